/**
 * Every kind of update that the Bot API has, as its pages write it, through the webhook: taken with 200, and either kept as what
 * a customer did or put aside on purpose. A kind that nobody has heard of is kept neither, and stops nothing.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPlace, type Place, STAFF_CHAT } from "./support.ts";

let place: Place;
let next = 900_000;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.dispose());

const USER = { id: 40_012_345, is_bot: false, first_name: "芳", last_name: "王", language_code: "zh-hans" };
const CHAT = { id: USER.id, type: "private", first_name: "芳" };
const GROUP = { id: STAFF_CHAT, type: "supergroup", title: "售后", is_forum: true };
const file = (id: string, more: object = {}) => ({ file_id: id, file_unique_id: `u${id}`, file_size: 10, ...more });

/** Posts an update as Telegram does, and tells what was added to the inbox and to what staff did. */
async function post(body: object) {
  const before = (await place.entries()).length;
  const actsBefore = place.acts.length;
  const answer = await fetch(`${place.url}/channels/telegram`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": place.settings.webhookSecret! },
    body: JSON.stringify({ update_id: ++next, ...body }),
  });
  const events = (await place.entries()).slice(before).map((entry) => entry.event);
  return { status: answer.status, events, acts: place.acts.slice(actsBefore).map(({ act }) => act) };
}
const message = (content: object, chat: object = CHAT, from: object = USER) => ({
  message: { message_id: ++next, date: 1_763_863_200, chat, from, ...content },
});
const media = (kind: string, ref: string, name: string | null = null, mime: string | null = null, text: string | null = null) => ({
  kind: "media",
  media: { kind, ref: `telegram-file:${ref}`, name, mime },
  text,
});
const other = (name: string) => ({ kind: "media", media: { kind: "file", name }, text: null });

describe("what a customer sends", () => {
  test.each<[string, object, object]>([
    ["text", { text: "空调不制冷" }, { kind: "message", text: "空调不制冷" }],
    [
      "text that quotes and forwards",
      { text: "这个", quote: { text: "x", position: 0 }, forward_origin: { type: "user", date: 1 } },
      { text: "这个" },
    ],
    ["photo", { photo: [file("s"), file("l")], caption: "漏水" }, media("photo", "l", null, "image/jpeg", "漏水")],
    ["live photo", { live_photo: file("lp") }, media("photo", "lp", null, "image/jpeg")],
    ["voice", { voice: file("v", { duration: 3, mime_type: "audio/ogg" }) }, media("voice", "v", null, "audio/ogg")],
    [
      "audio",
      { audio: file("a", { title: "x", file_name: "响声.mp3", mime_type: "audio/mpeg" }) },
      media("file", "a", "响声.mp3", "audio/mpeg"),
    ],
    ["video", { video: file("w", { width: 1, height: 1, duration: 1 }) }, media("video", "w", null, "video/mp4")],
    ["video note", { video_note: file("n", { length: 1, duration: 1 }) }, media("video", "n", null, "video/mp4")],
    ["animation, which comes as a document too", { animation: file("g"), document: file("g") }, media("video", "g", null, "video/mp4")],
    ["document", { document: file("d", { file_name: "发票.pdf" }) }, media("file", "d", "发票.pdf")],
    ["sticker", { sticker: file("st", { emoji: "👍", type: "regular" }) }, { kind: "message", text: "👍" }],
    ["sticker without emoji", { sticker: file("st2", { type: "regular" }) }, media("photo", "st2", "sticker", "image/webp")],
    ["dice", { dice: { emoji: "🎲", value: 3 } }, { kind: "message", text: "🎲" }],
    ["location", { location: { latitude: 31.2, longitude: 121.4 } }, { kind: "media", media: { kind: "location", ref: "geo:31.2,121.4" } }],
    [
      "venue",
      { venue: { location: { latitude: 25.03, longitude: 121.56 }, title: "台北101", address: "信義路五段7號" } },
      { kind: "media", media: { kind: "location", name: "台北101" }, text: "台北101，信義路五段7號" },
    ],
    ["own contact", { contact: { phone_number: "8613800138000", first_name: "芳", user_id: USER.id } }, { kind: "contact", proven: true }],
    ["somebody's contact", { contact: { phone_number: "+886912345678", first_name: "志明" } }, { kind: "contact", proven: false }],
    ["poll", { poll: { id: "1", question: "周末能来吗？", options: [] } }, { kind: "message", text: "周末能来吗？" }],
    ["story", { story: { chat: CHAT, id: 1 } }, other("story")],
    ["checklist", { checklist: { title: "x", tasks: [] } }, other("checklist")],
    ["paid media", { paid_media: { star_count: 1, paid_media: [] } }, other("paid_media")],
    ["rich message", { rich_message: { blocks: [] } }, other("rich_message")],
    ["game", { game: { title: "x", description: "y", photo: [] } }, other("game")],
    ["invoice", { invoice: { title: "x", description: "y", currency: "XTR", total_amount: 1 } }, other("invoice")],
    ["/start with a scene", { text: "/start qr_door-12" }, { kind: "opened", scene: "qr_door-12" }],
  ])("%s", async (_name, content, event) => {
    const { status, events } = await post(message(content));
    expect(status).toBe(200);
    expect(events).toMatchObject([event]);
  });

  test.each<[string, object, object]>([
    ["edited words", { edited_message: { ...message({ text: "改了" }).message, edit_date: 2 } }, { kind: "edited", text: "改了" }],
    [
      "blocked",
      { my_chat_member: { chat: CHAT, from: USER, date: 1, old_chat_member: { status: "member" }, new_chat_member: { status: "kicked" } } },
      { kind: "reach", reachable: false },
    ],
    [
      "unblocked",
      { my_chat_member: { chat: CHAT, from: USER, date: 1, old_chat_member: { status: "kicked" }, new_chat_member: { status: "member" } } },
      { kind: "reach", reachable: true },
    ],
  ])("%s", async (_name, update, event) => {
    expect(await post(update)).toMatchObject({ status: 200, events: [event] });
  });
});

describe("what nobody said is put aside", () => {
  const aside: readonly (readonly [string, object])[] = [
    ...[
      { new_chat_members: [USER] },
      { left_chat_member: USER },
      { new_chat_title: "x" },
      { pinned_message: { message_id: 1, date: 0, chat: CHAT } },
      { message_auto_delete_timer_changed: { message_auto_delete_time: 86_400 } },
      { users_shared: { request_id: 1, users: [] } },
      { web_app_data: { data: "x", button_text: "y" } },
      { write_access_allowed: {} },
      { chat_background_set: { type: {} } },
      { boost_added: { boost_count: 1 } },
      { proximity_alert_triggered: { traveler: USER, watcher: USER, distance: 1 } },
      { video_chat_started: {} },
    ].map((content) => [Object.keys(content)[0]!, message(content)] as const),
    ...["forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden"].map(
      (kind) => [kind, message({ [kind]: {}, message_thread_id: 77, is_topic_message: true }, GROUP)] as const,
    ),
    ["a live location that moves", { edited_message: message({ location: { latitude: 1, longitude: 2 } }).message }],
    [
      "a reaction of a customer",
      {
        message_reaction: {
          chat: CHAT,
          message_id: 1,
          user: USER,
          date: 1,
          old_reaction: [],
          new_reaction: [{ type: "emoji", emoji: "👍" }],
        },
      },
    ],
    ["a reaction count", { message_reaction_count: { chat: GROUP, message_id: 1, date: 1, reactions: [] } }],
    ["a member of another group", { chat_member: { chat: GROUP, from: USER, date: 1 } }],
    ["a post of a channel", { channel_post: { message_id: 1, date: 1, chat: { id: -1, type: "channel" }, text: "x" } }],
    ["an inline query", { inline_query: { id: "1", from: USER, query: "x", offset: "" } }],
    ["a poll's answer", { poll_answer: { poll_id: "1", user: USER, option_ids: [0] } }],
    ["a wish to join", { chat_join_request: { chat: GROUP, from: USER, user_chat_id: 1, date: 1 } }],
    ["a business message", { business_message: message({ text: "x" }).message }],
    ["a kind of tomorrow", { hologram: { of: "tomorrow" } }],
  ];

  test.each(aside)("%s", async (_name, update) => {
    expect(await post(update)).toEqual({ status: 200, events: [], acts: [] });
  });

  test("the group's move to another id is followed, and its words go on being staff's", async () => {
    const moved = { ...GROUP, id: STAFF_CHAT - 1 };
    expect(await post(message({ migrate_to_chat_id: moved.id }, GROUP))).toMatchObject({ status: 200, events: [] });
    const said = message({ text: "已联系客户", message_thread_id: 77, is_topic_message: true }, moved);
    expect((await post(said)).acts).toEqual([{ kind: "text", text: "已联系客户" }]);
  });
});
