/**
 * Every kind of event, press, shortcut and form that Slack sends to an app like this one, as its pages write them, signed and over
 * HTTP: answered with 200 at once, and either kept as what somebody did or put aside on purpose.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSlackPlace, type SlackPlace } from "./support.ts";

let place: SlackPlace;
let next = 0;
beforeAll(async () => {
  place = await openSlackPlace();
});
afterAll(() => place.close());

const USER = "U0WANG";
const DIRECT = "D0DIRECT";
const tsOf = (): string => `1763863200.${String(++next).padStart(6, "0")}`;

async function sent(kind: "event" | "interactive" | "command", body: object) {
  const before = (await place.entries()).length;
  const actsBefore = place.acts.length;
  const answer = await place.slack.deliver(kind, body as never);
  return {
    status: answer.status,
    events: (await place.entries()).slice(before).map((entry) => entry.event),
    acts: place.acts.slice(actsBefore).map(({ act }) => act),
  };
}
const event = (content: object) =>
  sent("event", {
    type: "event_callback",
    team_id: "T0",
    api_app_id: "A0ANXIN",
    event_id: `Ev${++next}`,
    event_time: 1,
    authorizations: [{ team_id: "T0", user_id: "U0BOT", is_bot: true }],
    event: content,
  });
const message = (content: object) => event({ type: "message", channel: DIRECT, channel_type: "im", user: USER, ts: tsOf(), ...content });
const file = { id: "F0PHOTO1", name: "unit.jpg", mimetype: "image/jpeg", url_private_download: "https://files.example/x" };
const NOTHING = { status: 200, events: [], acts: [] };

describe("messages", () => {
  test.each<[string, object, object]>([
    ["plain", { text: "空调不制冷" }, { kind: "message", text: "空调不制冷" }],
    ["in a thread", { text: "还在吗", thread_ts: "1763863100.000001", parent_user_id: "U0BOT" }, { kind: "message", text: "还在吗" }],
    ["thread_broadcast", { subtype: "thread_broadcast", text: "也说一下", thread_ts: "1763863100.000001" }, { kind: "message" }],
    ["me_message", { subtype: "me_message", text: "等着" }, { kind: "message", text: "等着" }],
    [
      "file_share",
      { subtype: "file_share", text: "漏水", files: [file] },
      { kind: "media", media: { kind: "photo", ref: "slack:F0PHOTO1" }, text: "漏水" },
    ],
    [
      "a voice clip",
      { subtype: "file_share", text: "", files: [{ ...file, mimetype: "audio/mp4", subtype: "slack_audio" }] },
      { kind: "media", media: { kind: "voice" } },
    ],
    [
      "a file of another organisation",
      { subtype: "file_share", text: "", files: [{ id: "F0STUB", file_access: "check_file_info" }] },
      { kind: "media" },
    ],
    [
      "message_changed",
      {
        subtype: "message_changed",
        user: undefined,
        message: { type: "message", user: USER, text: "改了", ts: "1763863150.000001", edited: { user: USER, ts: "1763863160.000000" } },
        previous_message: { type: "message", user: USER, text: "旧的", ts: "1763863150.000001" },
      },
      { kind: "edited", text: "改了" },
    ],
  ])("%s is heard", async (_name, content, wanted) => {
    expect(await message(content)).toMatchObject({ status: 200, events: [wanted] });
  });

  test.each(
    [
      "bot_message",
      "message_deleted",
      "message_replied",
      "channel_join",
      "channel_leave",
      "channel_topic",
      "channel_purpose",
      "channel_name",
      "channel_archive",
      "channel_unarchive",
      "group_join",
      "pinned_item",
      "ekm_access_denied",
      "reminder_add",
      "huddle_thread",
      "assistant_app_thread",
      "a_subtype_of_tomorrow",
    ].map((subtype) => [subtype]),
  )("%s is Slack's own note", async (subtype) => {
    expect(await message({ subtype, text: "x" })).toEqual(NOTHING);
  });
});

describe("other events", () => {
  test("app_home_opened is a first look, once", async () => {
    const customer = place.slack.customer("U0LOOKS");
    const open = () => event({ type: "app_home_opened", user: customer.id, channel: customer.channel, tab: "home", event_ts: tsOf() });
    expect(await open()).toMatchObject({ status: 200, events: [{ kind: "opened" }] });
    expect(await open()).toEqual(NOTHING);
  });

  test.each(
    [
      { type: "member_joined_channel", user: USER, channel: "C0STAFF", channel_type: "C", team: "T0" },
      { type: "member_left_channel", user: USER, channel: "C0STAFF", channel_type: "C", team: "T0" },
      { type: "reaction_added", user: USER, reaction: "eyes", item: { type: "message", channel: DIRECT, ts: "1.1" }, event_ts: "1.2" },
      { type: "file_shared", file_id: "F0PHOTO1", user_id: USER, channel_id: DIRECT, event_ts: "1.2" },
      { type: "channel_rename", channel: { id: "C0STAFF", name: "x", created: 1 } },
      { type: "channel_archive", channel: "C0STAFF", user: USER },
      { type: "team_join", user: { id: "U0NEW", name: "x" } },
      { type: "user_change", user: { id: USER, name: "x" } },
      { type: "link_shared", channel: DIRECT, user: USER, message_ts: "1.1", links: [] },
      { type: "assistant_thread_started", assistant_thread: { user_id: USER, channel_id: DIRECT, thread_ts: "1.1" } },
      { type: "an_event_of_tomorrow" },
    ].map((content) => [content.type, content] as const),
  )("%s changes nothing", async (_name, content) => {
    expect(await event(content)).toEqual(NOTHING);
  });

  test("app_rate_limited is told in the log, for messages are lost meanwhile", async () => {
    expect(await sent("event", { type: "app_rate_limited", team_id: "T0", minute_rate_limited: 1, api_app_id: "A0ANXIN" })).toEqual(
      NOTHING,
    );
    expect(place.logged.some((line) => line.startsWith("warn") && line.includes("app_rate_limited"))).toBe(true);
  });
});

describe("presses", () => {
  const press = (action: object, more: object = {}) =>
    sent("interactive", {
      type: "block_actions",
      user: { id: USER, team_id: "T0" },
      api_app_id: "A0ANXIN",
      container: { type: "message", message_ts: "1763863200.000100", channel_id: DIRECT, is_ephemeral: false },
      trigger_id: `${++next}.1.x`,
      channel: { id: DIRECT, name: "directmessage" },
      message: { ts: "1763863200.000100", bot_id: "B0BOT" },
      actions: [{ action_id: "anxin:press:0", block_id: "customer||0", action_ts: `1763863300.${++next}`, ...action }],
      ...more,
    });

  test.each<[string, object]>([
    ["button", { type: "button", value: "intent:book" }],
    ["static_select", { type: "static_select", selected_option: { text: { type: "plain_text", text: "订" }, value: "intent:book" } }],
    ["overflow", { type: "overflow", selected_option: { text: { type: "plain_text", text: "订" }, value: "intent:book" } }],
    ["radio_buttons", { type: "radio_buttons", selected_option: { text: { type: "plain_text", text: "订" }, value: "intent:book" } }],
  ])("%s is a press", async (_name, action) => {
    expect(await press(action)).toMatchObject({ status: 200, events: [{ kind: "press", value: "intent:book" }] });
  });

  test.each<[string, object]>([
    ["datepicker", { type: "datepicker", selected_date: "2026-11-25" }],
    ["timepicker", { type: "timepicker", selected_time: "14:00" }],
    ["datetimepicker", { type: "datetimepicker", selected_date_time: 1_763_863_200 }],
    ["checkboxes", { type: "checkboxes", selected_options: [] }],
    ["multi_static_select", { type: "multi_static_select", selected_options: [] }],
    ["users_select", { type: "users_select", selected_user: USER }],
    ["conversations_select", { type: "conversations_select", selected_conversation: DIRECT }],
    ["plain_text_input", { type: "plain_text_input", value: null }],
    ["file_input", { type: "file_input", files: [] }],
    ["a link's button", { type: "button", action_id: "anxin:link" }],
    ["another app's action", { type: "button", action_id: "other", value: "x" }],
  ])("%s in a message is none of ours, and answered", async (_name, action) => {
    expect(await press(action)).toEqual(NOTHING);
  });

  test("within a form that is open nothing is pressed yet", async () => {
    const container = { type: "view", view_id: "V0" };
    expect(await press({ type: "datepicker", selected_date: "2026-11-25" }, { container, view: { id: "V0" }, channel: undefined })).toEqual(
      NOTHING,
    );
  });
});

describe("forms and shortcuts", () => {
  const view = { id: "V0FORM", hash: "1.x", callback_id: "anxin:book", private_metadata: "{}", state: { values: {} } };
  test.each<[string, object]>([
    ["a form that was closed", { type: "view_closed", view, is_cleared: false, user: { id: USER } }],
    ["another app's form", { type: "view_submission", view: { ...view, callback_id: "other" }, user: { id: USER } }],
    ["another app's shortcut", { type: "shortcut", callback_id: "other", trigger_id: "1.1.x", user: { id: USER } }],
    ["a question for options", { type: "block_suggestion", action_id: "x", value: "y", user: { id: USER } }],
    ["a workflow's step", { type: "workflow_step_edit", user: { id: USER } }],
    ["a kind of tomorrow", { type: "hologram", user: { id: USER } }],
  ])("%s changes nothing", async (_name, body) => {
    expect(await sent("interactive", body)).toEqual(NOTHING);
  });

  test("a command that is not ours changes nothing", async () => {
    expect(await sent("command", { command: "/other", text: "x", user_id: USER, channel_id: DIRECT, trigger_id: "1.1.x" })).toEqual(
      NOTHING,
    );
  });
});
