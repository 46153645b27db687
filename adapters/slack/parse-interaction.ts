/** What people do with buttons, menus of messages and the command (interactivity of Slack). Pure, as parse.ts. */
import type { StaffAct } from "../../core/ports.ts";
import { ACTIONS, blockOwner, isModalName } from "./actions.ts";
import { CHANNEL, conversationOf, entryId, isChannelId, isUserId } from "./ids.ts";
import { formOfButton } from "./modals.ts";
import { ignored, type ParseContext, type Parsed } from "./parse.ts";
import { readText } from "./text.ts";
import { listIn, objectIn, textIn } from "./types.ts";

/** A press of a button or a choice of a list (`block_actions`). */
export function parseAction(body: unknown, context: ParseContext): Parsed {
  const action = listIn(body, "actions")[0];
  const actionId = textIn(action, "action_id");
  const actedAt = textIn(action, "action_ts");
  const user = textIn(objectIn(body, "user"), "id");
  const container = objectIn(body, "container");
  if (actionId === null || actedAt === null || user === null || !isUserId(user)) return ignored("incomplete");
  const value = textIn(action, "value") ?? textIn(objectIn(action, "selected_option"), "value");
  const trigger = textIn(body, "trigger_id");
  if (textIn(container, "type") === "view") {
    return actionId.startsWith(ACTIONS.home)
      ? { kind: "home", user, action: value ?? actionId.slice(ACTIONS.home.length), trigger, actedAt }
      : ignored("action_of_a_modal");
  }
  const channel = textIn(objectIn(body, "channel"), "id") ?? textIn(container, "channel_id");
  const ts = textIn(container, "message_ts");
  if (channel === null || !isChannelId(channel) || ts === null || value === null) return ignored("incomplete");
  const message = objectIn(body, "message");
  const thread = textIn(message, "thread_ts") ?? textIn(container, "thread_ts");
  const owner = blockOwner(textIn(action, "block_id") ?? "");
  if (channel === context.staffChannel) {
    if (owner?.kind !== "case") return ignored("unknown_button");
    const place = owner.number === null ? thread : (thread ?? ts);
    if (actionId.startsWith(ACTIONS.more) && isModalName(value) && trigger !== null)
      return { kind: "modal", modal: value, trigger, user, case: owner.number, thread: place, text: "" };
    const form = formOfButton(value);
    if (form !== null && trigger !== null)
      return { kind: "modal", modal: form, trigger, user, case: owner.number, thread: place, text: "" };
    const act: StaffAct = {
      id: `${CHANNEL}:${channel}:${ts}:${actionId}:${actedAt}:${user}`,
      channel: CHANNEL,
      actor: user,
      case: owner.number,
      thread: place,
      act: { kind: "press", button: value },
      receivedAt: context.receivedAt,
    };
    return { kind: "staff", acts: [act], reply: { channel, user, thread } };
  }
  if (owner?.kind !== "customer") return ignored("unknown_button");
  if (owner.user !== null && owner.user !== user) return { kind: "not_yours", reply: { channel, user, thread } };
  const conversation = conversationOf({ channel, user: owner.user });
  return {
    kind: "customer",
    conversation,
    thread: owner.user === null ? null : (thread ?? ts),
    onlyIfCurrent: false,
    entries: [
      {
        id: entryId(conversation, ts, "press", actedAt),
        conversation,
        receivedAt: context.receivedAt,
        event: { kind: "press", value },
      },
    ],
  };
}

/** A shortcut: from the menu of a message in the staff room, or from anywhere (booking). */
export function parseShortcut(body: unknown, context: ParseContext): Parsed {
  const name = /^anxin_(\w+)$/.exec(textIn(body, "callback_id") ?? "")?.[1] ?? "";
  const trigger = textIn(body, "trigger_id");
  const user = textIn(objectIn(body, "user"), "id");
  if (!isModalName(name) || trigger === null || user === null || !isUserId(user)) return ignored("unknown_shortcut");
  if (textIn(body, "type") === "shortcut")
    return name === "book"
      ? { kind: "modal", modal: name, trigger, user, case: null, thread: null, text: "" }
      : ignored("unknown_shortcut");
  const channel = textIn(objectIn(body, "channel"), "id");
  const message = objectIn(body, "message");
  const thread = textIn(message, "thread_ts") ?? textIn(message, "ts");
  // Customers have no cases to work on, wherever they found the entry of the menu.
  if (name === "book" || channel === null || channel !== context.staffChannel || thread === null) return ignored("not_in_staff_room");
  const ownWords =
    textIn(message, "bot_id") === null && textIn(message, "user") === user ? readText(textIn(message, "text") ?? "", null).text : "";
  return { kind: "modal", modal: name, trigger, user, case: null, thread, text: ownWords };
}

/** `/anxin …`, typed in the staff room. */
export function parseCommand(body: unknown, context: ParseContext): Parsed {
  const channel = textIn(body, "channel_id");
  const user = textIn(body, "user_id");
  const trigger = textIn(body, "trigger_id");
  if (channel === null || user === null || !isUserId(user) || trigger === null) return ignored("incomplete");
  if (channel !== context.staffChannel) return { kind: "not_yours", reply: { channel, user, thread: null } };
  const { text } = readText(textIn(body, "text") ?? "", null);
  if (text === "") return ignored("empty");
  const act: StaffAct = {
    id: `${CHANNEL}:${channel}:command:${trigger}`,
    channel: CHANNEL,
    actor: user,
    case: null,
    thread: null,
    act: { kind: "text", text: /^[!/]/.test(text) ? `/${text.slice(1)}` : `/${text}` },
    receivedAt: context.receivedAt,
  };
  return { kind: "staff", acts: [act], reply: { channel, user, thread: null } };
}
