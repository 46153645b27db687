import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { MODALS } from "../../../adapters/slack/actions.ts";
import { ROOM_SCOPES, SCOPES } from "../../../adapters/slack/check.ts";

interface Manifest {
  readonly features: {
    readonly app_home: Readonly<Record<string, boolean>>;
    readonly shortcuts: readonly {
      readonly name: string;
      readonly type: string;
      readonly callback_id: string;
      readonly description: string;
    }[];
    readonly slash_commands: readonly { readonly command: string; readonly url: string }[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: {
    readonly event_subscriptions: { readonly request_url: string; readonly bot_events: readonly string[] };
    readonly interactivity: { readonly request_url: string };
  };
}

const manifest = parse(readFileSync(new URL("../../../docs/channels/slack-manifest.yaml", import.meta.url), "utf8")) as Manifest;

describe("the manifest to paste", () => {
  test("asks for the rights that doctor looks for, and no others", () => {
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...SCOPES, ...ROOM_SCOPES].sort());
  });

  test("subscribes to every event that is read", () => {
    expect(manifest.settings.event_subscriptions.bot_events).toEqual([
      "app_home_opened",
      "app_mention",
      "app_uninstalled",
      "message.channels",
      "message.groups",
      "message.im",
      "tokens_revoked",
    ]);
  });

  test("has a shortcut for each form, within Slack's lengths", () => {
    expect(manifest.features.shortcuts.map((one) => one.callback_id).sort()).toEqual(MODALS.map((name) => `anxin_${name}`).sort());
    for (const { name, description } of manifest.features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
    expect(manifest.features.shortcuts.filter((one) => one.type === "message").length).toBeLessThanOrEqual(5);
  });

  test("lets people write to the bot, and leads everything to our one route", () => {
    expect(manifest.features.app_home).toMatchObject({ messages_tab_enabled: true, messages_tab_read_only_enabled: false });
    const addresses = [
      manifest.settings.event_subscriptions.request_url,
      manifest.settings.interactivity.request_url,
      ...manifest.features.slash_commands.map((one) => one.url),
    ];
    for (const address of addresses) expect(new URL(address).pathname).toBe("/channels/slack");
    expect(manifest.features.slash_commands.map((one) => one.command)).toEqual(["/anxin"]);
  });
});
