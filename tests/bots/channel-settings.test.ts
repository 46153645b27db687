import { describe, expect, test } from "vitest";
import { readSettings } from "../../bots/settings.ts";

const TELEGRAM = { TELEGRAM_BOT_TOKEN: "123456789:AAExampleToken-of_a_bot" };
const SLACK = { SLACK_BOT_TOKEN: "xoxb-1-2-3", SLACK_SIGNING_SECRET: "0123456789abcdef" };
const WECOM = {
  WECOM_CORP_ID: "ww1234567890",
  WECOM_AGENT_ID: "1000002",
  WECOM_SECRET: "secret-of-the-app",
  WECOM_TOKEN: "Token123",
  WECOM_AES_KEY: "a".repeat(43),
};

function channels(environment: Record<string, string>) {
  const read = readSettings(environment);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.settings.channels;
}

function problems(environment: Record<string, string>): readonly string[] {
  const read = readSettings(environment);
  if (read.ok) throw new Error("these settings should be refused");
  return read.problems.map((problem) => problem.variable);
}

describe("the settings of the platforms", () => {
  test("none of them: the web alone", () => {
    expect(channels({})).toEqual({ telegram: null, slack: null, wecom: null });
  });

  test("an address of an interface alone begins no set", () => {
    expect(channels({ TELEGRAM_API_ROOT: "http://127.0.0.1:1", TELEGRAM_MODE: "polling", SLACK_API_URL: "http://127.0.0.1:1/" })).toEqual({
      telegram: null,
      slack: null,
      wecom: null,
    });
  });

  test("whole sets run", () => {
    const read = channels({ ...TELEGRAM, ...SLACK, ...WECOM, WECOM_STAFF: "zhang, li,wang", TELEGRAM_STAFF_CHAT: "-1001234567890" });
    expect(read.telegram).toMatchObject({ mode: "polling", staffChat: "-1001234567890" });
    expect(read.slack).toMatchObject({ appToken: null, staffChannel: null });
    expect(read.wecom).toMatchObject({ staff: ["zhang", "li", "wang"], aibotId: null });
  });

  test("Telegram takes webhooks when there is a secret and a public address, and is asked for them when told to", () => {
    const secret = { TELEGRAM_WEBHOOK_SECRET: "s3cret" };
    const open = { PUBLIC_URL: "https://service.example.com" };
    expect(channels({ ...TELEGRAM, ...secret, ...open }).telegram).toMatchObject({ mode: "webhook", publicUrl: open.PUBLIC_URL });
    expect(channels({ ...TELEGRAM, ...secret }).telegram!.mode).toBe("polling");
    expect(problems({ ...TELEGRAM, TELEGRAM_MODE: "webhook" })).toEqual(["TELEGRAM_WEBHOOK_SECRET", "PUBLIC_URL"]);
  });

  test.each([
    ["Telegram", { TELEGRAM_STAFF_CHAT: "-100" }, ["TELEGRAM_BOT_TOKEN"]],
    ["Slack without its token", { SLACK_SIGNING_SECRET: "0123456789" }, ["SLACK_BOT_TOKEN"]],
    ["Slack without a way in", { SLACK_BOT_TOKEN: "xoxb-1" }, ["SLACK_SIGNING_SECRET"]],
    ["WeChat Work", { WECOM_CORP_ID: "ww1234" }, ["WECOM_AGENT_ID", "WECOM_SECRET", "WECOM_TOKEN", "WECOM_AES_KEY"]],
    ["half a robot", { ...WECOM, WECOM_AIBOT_ID: "aib" }, ["WECOM_AIBOT_SECRET"]],
  ])("half a set of %s names what is missing", (_name, environment, missing) => {
    expect(problems(environment as unknown as Record<string, string>)).toEqual(missing);
  });

  test("a secret that is wrong is named and never repeated", () => {
    const wrong = { ...WECOM, WECOM_AES_KEY: "not-a-key-at-all", SLACK_BOT_TOKEN: "hunter2", SLACK_SIGNING_SECRET: "0123456789" };
    const read = readSettings(wrong);
    const said = JSON.stringify(read);
    expect(said).toContain("WECOM_AES_KEY");
    expect(said).not.toContain("not-a-key-at-all");
    expect(said).not.toContain("hunter2");
  });

  test("a plain value that is wrong is shown with what is wanted", () => {
    const read = readSettings({ ...TELEGRAM, TELEGRAM_MODE: "carrier pigeon" });
    expect(JSON.stringify(read)).toContain("carrier pigeon");
    expect(JSON.stringify(read)).toContain("webhook or polling");
  });
});
