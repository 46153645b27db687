import { afterEach, describe, expect, test } from "vitest";
import type { Finding } from "../../../core/ports.ts";
import { openSlackPlace, type SlackPlace, type SlackPlaceOptions } from "./support.ts";

let place: SlackPlace;
afterEach(() => place.close());

async function check(options: SlackPlaceOptions, prepare: (place: SlackPlace) => unknown = () => undefined): Promise<readonly Finding[]> {
  place = await openSlackPlace(options);
  await prepare(place);
  const findings = await place.connection.check();
  for (const { level, what, mend } of findings) {
    expect((mend === null) === (level === "good")).toBe(true);
    for (const text of [what, ...(mend ? [mend] : [])]) for (const one of Object.values(text)) expect(one.trim()).not.toBe("");
    for (const secret of [place.slack.botToken, place.slack.appToken, place.slack.signingSecret])
      expect(JSON.stringify({ what, mend })).not.toContain(secret);
  }
  return findings;
}

const wrong = (findings: readonly Finding[]): string[] => findings.filter((one) => one.level !== "good").map((one) => one.what.en);

describe("doctor", () => {
  test("finds nothing wrong where everything is set up", async () => {
    expect(wrong(await check({}, (at) => at.slack.customer("U0WANG").say("hi")))).toEqual([]);
  });

  test("says that nothing has arrived yet until something has, and remembers it over a restart", async () => {
    expect(wrong(await check({}))).toEqual(["No call from Slack has arrived yet."]);
    await place.slack.customer("U0WANG").say("hi");
    await place.restart();
    expect(wrong(await place.connection.check())).toEqual([]);
  });

  test.each<[string, SlackPlaceOptions, (place: SlackPlace) => unknown, string]>([
    ["a wrong bot token", { settings: { botToken: "xoxb-wrong" } }, () => 0, "Slack does not accept SLACK_BOT_TOKEN (invalid_auth)."],
    [
      "a token that was revoked",
      {},
      (at) => at.slack.faults.always("auth.test", { kind: "error", error: "token_revoked" }),
      "Slack does not accept SLACK_BOT_TOKEN (token_revoked).",
    ],
    ["a Slack that is down", {}, (at) => at.slack.faults.always("*", { kind: "http", status: 503 }), "Slack can't be reached (http_503)."],
    [
      "missing scopes",
      {},
      async (at) => {
        await at.slack.customer("U0WANG").say("hi");
        at.slack.faults.withoutScope("im:history", "files:read");
      },
      "The bot lacks scopes: files:read, im:history.",
    ],
    [
      "a wrong signing secret",
      { settings: { signingSecret: "something else" } },
      (at) => at.slack.customer("U0WANG").say("hi"),
      "4 calls came with a wrong signature and none with a right one: SLACK_SIGNING_SECRET is probably wrong.",
    ],
    [
      "neither secret nor socket",
      { settings: { signingSecret: null } },
      () => 0,
      "Neither SLACK_SIGNING_SECRET nor SLACK_APP_TOKEN is set: nothing can be received.",
    ],
    ["a wrong app token", { settings: { appToken: "xapp-wrong" } }, () => 0, "Socket Mode can't be opened (invalid_auth)."],
    [
      "a staff channel by its name",
      { settings: { staffChannel: "#staff" } },
      (at) => at.slack.customer("U0WANG").say("hi"),
      "The staff channel #staff can't be found.",
    ],
    [
      "a staff channel that isn't there",
      { settings: { staffChannel: "C0NOWHERE" } },
      (at) => at.slack.customer("U0WANG").say("hi"),
      "The staff channel C0NOWHERE can't be found.",
    ],
    [
      "no staff channel",
      { settings: { staffChannel: null } },
      (at) => at.slack.customer("U0WANG").say("hi"),
      "SLACK_STAFF_CHANNEL is not set: staff get no cases on Slack.",
    ],
    [
      "a staff channel without the bot",
      {},
      async (at) => {
        await at.slack.customer("U0WANG").say("hi");
        at.slack.workspace.channels.get(at.slack.staffChannel)!.members.delete("U0BOT");
      },
      "The bot is not in the staff channel C0STAFF.",
    ],
    [
      "an archived staff channel",
      {},
      async (at) => {
        await at.slack.customer("U0WANG").say("hi");
        at.slack.workspace.channels.get(at.slack.staffChannel)!.archived = true;
      },
      "The staff channel C0STAFF is archived.",
    ],
    [
      "a staff channel that another company sees",
      {},
      async (at) => {
        await at.slack.customer("U0WANG").say("hi");
        at.slack.workspace.channels.get(at.slack.staffChannel)!.shared = true;
      },
      "The staff channel C0STAFF is shared with another company: people outside see customers' data.",
    ],
  ])("names %s and nothing else", async (_name, options, prepare, what) => {
    expect(wrong(await check(options, prepare))).toEqual([what]);
  });

  test("a platform that isn't there is a finding, not an error", async () => {
    place = await openSlackPlace();
    await place.slack.close();
    expect(wrong(await place.connection.check())).toEqual(["Slack can't be reached (econnrefused)."]);
  });
});
