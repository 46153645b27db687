/** A person in the workspace: what they do becomes payloads as Slack sends them; what they see is read from the workspace. */
import { eventEnvelope } from "./envelope.ts";
import { isObject, type Json, type JsonObject } from "./limits.ts";
import { type Pressable, pressable, showMessage } from "./shown.ts";
import type { SlackEmulator, SlackPerson } from "./types.ts";
import { APP, BOT_USER, TEAM } from "./workspace.ts";

const object = (value: unknown): JsonObject => (isObject(value) ? value : {});
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** A person's words as Slack sends them. */
const escaped = (words: string): string => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export function createPerson(slack: SlackEmulator, id: string, channel: string): SlackPerson {
  const { workspace } = slack;
  const user = workspace.users.get(id)!;
  const channelOf = (given?: string) => workspace.channels.get(given ?? channel)!;

  async function event(given: JsonObject): Promise<void> {
    await slack.deliver(
      "event",
      eventEnvelope(given, `Ev${workspace.nextNumber()}`, Number(text(given["event_ts"]).split(".")[0]) * 1_000),
    );
  }

  const messageEvent = (message: JsonObject, to: string): JsonObject => ({
    ...message,
    channel: to,
    channel_type: channelOf(to).kind === "im" ? "im" : "channel",
    event_ts: message["ts"]!,
    team: TEAM,
  });

  function find(label: string, from: readonly JsonObject[], within: string): { readonly holder: JsonObject; readonly found: Pressable } {
    for (const holder of [...from].reverse()) {
      if (within !== "" && !showMessage(holder).text.includes(within)) continue;
      const found = pressable(holder).find((one) => one.label === label);
      if (found) return { holder, found };
    }
    const shown = from.flatMap((one) => pressable(one).map((button) => button.label));
    throw new Error(`nothing to press is called "${label}"; there is: ${shown.join(" | ")}`);
  }

  const person: SlackPerson = {
    id,
    channel,
    async say(words, { channel: to = channel, thread, files = [], mention = false } = {}) {
      const ts = workspace.nextTs();
      const shared = files.map((file) => workspace.addFile(file.name, file.mime, file.bytes ?? Buffer.from(file.name)));
      for (const file of shared) file.shares.add(to);
      const message: JsonObject = {
        type: "message",
        ...(files.length > 0 ? { subtype: "file_share" } : {}),
        user: id,
        ts,
        client_msg_id: `c-${ts}`,
        text: `${mention ? `<@${BOT_USER}> ` : ""}${escaped(words)}`,
        ...(thread === undefined ? {} : { thread_ts: thread }),
        ...(files.length > 0
          ? {
              files: shared.map((file) => ({
                id: file.id,
                name: file.name,
                mimetype: file.mime,
                size: file.bytes!.length,
                url_private_download: "https://files.slack.com/files-pri/x",
              })),
            }
          : {}),
      };
      channelOf(to).messages.push(message);
      await event(messageEvent(message, to));
      if (mention) await event({ ...messageEvent(message, to), type: "app_mention" });
      return ts;
    },
    photo: (caption = "") => person.say(caption, { files: [{ name: "photo.jpg", mime: "image/jpeg" }] }),
    voice: () => person.say("", { files: [{ name: "audio_message.m4a", mime: "audio/mp4" }] }),
    async edit(ts, words) {
      const message = channelOf().messages.find((one) => one["ts"] === ts)!;
      const before = { ...message };
      Object.assign(message, { text: escaped(words), edited: { user: id, ts: workspace.nextTs() } });
      await event({
        type: "message",
        subtype: "message_changed",
        hidden: true,
        channel,
        channel_type: channelOf().kind === "im" ? "im" : "channel",
        ts: workspace.nextTs(),
        event_ts: workspace.nextTs(),
        message: { ...message },
        previous_message: before,
      });
    },
    press(label, { channel: at = channel, home = false, within = "" } = {}) {
      const trigger = workspace.newTrigger(id);
      const actedAt = workspace.nextTs();
      const { holder, found } = find(label, home ? [object(user.home)] : channelOf(at).messages, within);
      const kind = text(found.action["type"]);
      const action: JsonObject = {
        type: kind,
        action_id: found.action["action_id"]!,
        block_id: found.block,
        action_ts: actedAt,
        ...(kind === "button"
          ? { value: found.value, text: found.action["text"]! }
          : { selected_option: { text: { type: "plain_text", text: found.label }, value: found.value } }),
      };
      const where: JsonObject = home
        ? { container: { type: "view", view_id: holder["id"] ?? "" }, view: holder }
        : {
            container: { type: "message", message_ts: holder["ts"] ?? "", channel_id: at, is_ephemeral: false },
            channel: { id: at, name: "x" },
            message: holder,
          };
      return slack.deliver("interactive", {
        type: "block_actions",
        user: { id, username: user.name, team_id: TEAM },
        api_app_id: APP,
        team: { id: TEAM, domain: "shop" },
        trigger_id: trigger,
        ...where,
        actions: [action],
      });
    },
    openHome: (tab = "home") =>
      event({ type: "app_home_opened", user: id, channel: workspace.direct(id).id, tab, event_ts: workspace.nextTs() }),
    shortcut(name, { message } = {}) {
      const trigger = workspace.newTrigger(id);
      const about = message === undefined ? undefined : channelOf().messages.find((one) => one["ts"] === message)!;
      return slack.deliver("interactive", {
        type: about ? "message_action" : "shortcut",
        callback_id: `anxin_${name}`,
        user: { id, username: user.name, team_id: TEAM },
        team: { id: TEAM, domain: "shop" },
        trigger_id: trigger,
        action_ts: workspace.nextTs(),
        ...(about ? { channel: { id: channel, name: "staff" }, message: about, message_ts: about["ts"]! } : {}),
      });
    },
    command(words, at = channel) {
      const trigger = workspace.newTrigger(id);
      return slack.deliver("command", {
        command: "/anxin",
        text: words,
        user_id: id,
        user_name: user.name,
        team_id: TEAM,
        api_app_id: APP,
        channel_id: at,
        channel_name: "staff",
        trigger_id: trigger,
        response_url: "http://127.0.0.1:1/none",
      });
    },
    async submit(values) {
      const view = user.modal;
      if (view === null) throw new Error("no form is open");
      const state: JsonObject = {};
      for (const block of (view["blocks"] as Json[]).map(object)) {
        if (block["type"] !== "input") continue;
        const element = object(block["element"]);
        const field = text(block["block_id"]);
        const given = values[field] ?? text(element["initial_value"]);
        if (given === "" && block["optional"] !== true) throw new Error(`Slack would not send the form: "${field}" is empty`);
        const wrong = given === "" ? null : wrongIn(element, given);
        if (wrong !== null) throw new Error(`Slack would not let this be put into "${field}": ${wrong}`);
        state[field] = { [text(element["action_id"])]: stateOf(text(element["type"]), given) };
      }
      const answer = await slack.deliver("interactive", {
        type: "view_submission",
        team: { id: TEAM, domain: "shop" },
        user: { id, username: user.name, team_id: TEAM },
        api_app_id: APP,
        view: { ...view, state: { values: state } },
      });
      if (answer.status !== 200) return { closed: false, errors: {} };
      const told = answer.body === "" ? {} : object(JSON.parse(answer.body));
      if (told["response_action"] === "errors") return { closed: false, errors: told["errors"] as Record<string, string> };
      user.modal = null;
      return { closed: true, errors: {} };
    },
    modal() {
      const view = user.modal;
      if (view === null) return null;
      const inputs = (view["blocks"] as Json[]).map(object).filter((block) => block["type"] === "input");
      const filled = inputs.flatMap((block) => {
        const initial = text(object(block["element"])["initial_value"]);
        return initial === "" ? [] : [[text(block["block_id"]), initial] as const];
      });
      return {
        title: text(object(view["title"])["text"]),
        fields: inputs.map((block) => text(block["block_id"])),
        filled: Object.fromEntries(filled),
      };
    },
    form() {
      const view = user.modal;
      if (view === null) return null;
      return {
        title: text(object(view["title"])["text"]),
        fields: (view["blocks"] as Json[])
          .map(object)
          .filter((block) => block["type"] === "input")
          .map((block) => {
            const element = object(block["element"]);
            const options = Array.isArray(element["options"]) ? element["options"].map(object) : [];
            return {
              id: text(block["block_id"]),
              label: text(object(block["label"])["text"]),
              options: options.map((one) => ({ value: text(one["value"]), label: text(object(one["text"])["text"]) })),
              value: text(element["initial_value"]),
            };
          }),
      };
    },
    home() {
      if (user.home === null) return null;
      const shown = showMessage(user.home);
      return { text: shown.text, buttons: shown.buttons };
    },
    seen: (at) =>
      channelOf(at)
        .messages.filter((message) => message["bot_id"] !== undefined)
        .map(showMessage),
    whispers: (at) =>
      channelOf(at)
        .whispers.filter((one) => one.user === id)
        .map((one) => one.text),
  };
  return person;
}

/** What a client doesn't let anybody type or choose; `null` when it does. */
function wrongIn(element: JsonObject, given: string): string | null {
  switch (element["type"]) {
    case "plain_text_input": {
      const most = typeof element["max_length"] === "number" ? element["max_length"] : 3_000;
      return given.length > most ? `longer than ${most}` : null;
    }
    case "static_select":
      return (element["options"] as Json[]).some((one) => object(one)["value"] === given) ? null : "not among the options";
    case "datepicker":
      return /^\d{4}-\d{2}-\d{2}$/.test(given) ? null : "no date";
    case "timepicker":
      return /^\d{2}:\d{2}$/.test(given) ? null : "no time";
    default:
      return null;
  }
}

function stateOf(type: string, value: string): JsonObject {
  switch (type) {
    case "datepicker":
      return { type, selected_date: value || null };
    case "timepicker":
      return { type, selected_time: value || null };
    case "static_select":
      return { type, selected_option: value === "" ? null : { text: { type: "plain_text", text: value }, value } };
    default:
      return { type, value: value || null };
  }
}
