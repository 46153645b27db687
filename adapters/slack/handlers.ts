/** What is done with what was understood of a call: into the inbox, to the staff intake, or a form shown. */
import { errorName } from "../../core/errors.ts";
import type { Language } from "../../core/language.ts";
import type { StaffAct, Unit } from "../../core/ports.ts";
import type { InboxEntry } from "../../core/spine/events.ts";
import { DAY_MS, dayOf } from "../../core/time.ts";
import type { SlackApi } from "./api.ts";
import { renderHome } from "./home.ts";
import { CHANNEL, conversationOf, entryId } from "./ids.ts";
import { bookingMistakes, bookingModal, bookingValues, readSubmission, type Submission, staffModal } from "./modals.ts";
import { type ParseContext, type Parsed, parseEvent, type Reply } from "./parse.ts";
import { parseAction, parseCommand, parseShortcut } from "./parse-interaction.ts";
import type { People } from "./people.ts";
import type { Reach } from "./reach.ts";
import { staffCommandOf } from "./staff-commands.ts";
import { escapeText } from "./text.ts";
import type { Threads } from "./threads.ts";
import type { JsonObject, SlackDependencies } from "./types.ts";
import { say, type WordKey } from "./words.ts";

export interface Handlers {
  event(body: unknown): Promise<void>;
  action(body: unknown): Promise<void>;
  shortcut(body: unknown): Promise<void>;
  /** @returns words for the person who typed it, or `null` */
  command(body: unknown): Promise<string | null>;
  /** @returns what Slack is to do with the form; `null` = close it */
  submission(body: unknown): Promise<JsonObject | null>;
  /** Resolves when nothing that was begun is under way. */
  idle(): Promise<void>;
  /** The app was removed or its token taken away, as Slack told. */
  readonly revoked: string | null;
}

/** What the buttons of the Home stand for: the core's own buttons, which mean an intent whenever they are pressed. */
const HOME_PRESSES: Readonly<Record<string, string>> = {
  status: "intent:status",
  complaint: "intent:complaint",
  human: "intent:human",
  move: "intent:reschedule",
  cancel: "intent:cancel_booking",
};

export interface HandlerParts {
  readonly api: SlackApi;
  readonly people: People;
  readonly threads: Threads;
  readonly reach: Reach;
}

export function createHandlers(dependencies: SlackDependencies, { api, people, threads, reach }: HandlerParts): Handlers {
  const { settings, store, intake, staffIntake, clock, log } = dependencies;
  const staffLanguage: Language = dependencies.business?.language ?? "zh-CN";
  const names = dependencies.business?.names ?? null;
  const underWay = new Set<Promise<unknown>>();
  /** People whose first look is stored. */
  const seen = new Set<string>();
  let revoked: string | null = null;

  const context = (): ParseContext => ({ receivedAt: clock.now(), staffChannel: settings.staffChannel });

  /** Something that nobody waits for. Its failure is told in the log and changes nothing else. */
  function beside(what: string, work: Promise<unknown>): void {
    const watched = work.catch((error: unknown) => log("warn", what, { error: errorName(error) })).finally(() => underWay.delete(watched));
    underWay.add(watched);
  }

  function whisper(reply: Reply, text: string): void {
    beside(
      "slack words to one person not sent",
      api.call("chat.postEphemeral", {
        channel: reply.channel,
        user: reply.user,
        text: escapeText(text),
        ...(reply.thread === null ? {} : { thread_ts: reply.thread }),
      }),
    );
  }

  async function languageOf(user: string, fallback: Language): Promise<Language> {
    return (await people.profileOf(user)).language ?? fallback;
  }

  async function handle(parsed: Parsed): Promise<void> {
    switch (parsed.kind) {
      case "customer":
        return takeCustomer(parsed);
      case "opened":
        return takeOpened(parsed);
      case "staff": {
        for (const act of parsed.acts) {
          const result = await staffIntake.accept(act);
          if (result.result === "refused") whisper(parsed.reply, result.say);
        }
        return;
      }
      case "not_yours":
        whisper(parsed.reply, say("press.not_yours", await languageOf(parsed.reply.user, staffLanguage)));
        return;
      case "home":
        return takeHome(parsed);
      case "modal":
        return openModal(parsed);
      case "revoked":
        revoked = parsed.what;
        log("error", "slack app revoked", { what: parsed.what });
        return;
      case "ignored":
        log("debug", "slack call ignored", { why: parsed.why });
    }
  }

  async function takeCustomer(parsed: Extract<Parsed, { kind: "customer" }>): Promise<void> {
    const { conversation, thread } = parsed;
    const current = thread === null ? null : await threads.get(conversation);
    if (parsed.onlyIfCurrent && current !== thread) return;
    await take(parsed.entries, async (unit) => {
      if (thread !== null && current !== thread) await threads.set(unit, conversation, thread);
    });
  }

  /** What a customer did, into the inbox; somebody who couldn't be reached shows by it that they can. */
  async function take(entries: readonly InboxEntry[], beside: (unit: Unit) => Promise<void> = async () => undefined): Promise<void> {
    const { id, conversation, receivedAt } = entries[0]!;
    if (!(await reach.isGone(conversation))) {
      await intake.accept(entries, beside);
      return;
    }
    const back: InboxEntry = { id: `${id}:back`, conversation, receivedAt, event: { kind: "reach", reachable: true, reason: "wrote" } };
    await intake.accept([back, ...entries], async (unit) => {
      await beside(unit);
      await reach.mark(unit, conversation, false);
    });
  }

  async function takeOpened({ channel, user, tab }: Extract<Parsed, { kind: "opened" }>): Promise<void> {
    await people.learnDirect(user, channel);
    const conversation = conversationOf({ channel, user: null });
    if (!seen.has(conversation)) {
      const known = await store.unit((unit) => unit.conversations.get(conversation));
      if (known === null) {
        const profile = await people.profileOf(user);
        // One id for ever: the first look is one event, however often the app is opened.
        await intake.accept([
          {
            id: entryId(conversation, "opened"),
            conversation,
            receivedAt: clock.now(),
            event: { kind: "opened", scene: null, name: profile.name, language: profile.locale },
          },
        ]);
      }
      seen.add(conversation);
      if (seen.size > 10_000) seen.delete(seen.values().next().value!);
    }
    if (tab === "home") beside("slack home not shown", publishHome(user, channel));
  }

  async function publishHome(user: string, channel: string): Promise<void> {
    const conversation = conversationOf({ channel, user: null });
    const facts = await store.unit(async (unit) => {
      const customer = await unit.customers.ofConversation(conversation);
      const file = customer === null ? null : await unit.customers.get(customer);
      const conversations = new Set([conversation, ...(customer === null ? [] : await unit.customers.conversationsOf(customer))]);
      const cases = [];
      for (const one of conversations) cases.push(...(await unit.records.casesOf(one)));
      return { file, cases, bookings: customer === null ? [] : await unit.records.bookingsOf(customer) };
    });
    const language = facts.file?.language ?? (await languageOf(user, staffLanguage));
    const view = renderHome({ language, now: clock.now(), names, bookings: facts.bookings, cases: facts.cases });
    await api.call("views.publish", { user_id: user, view });
  }

  async function takeHome({ user, action, trigger, actedAt }: Extract<Parsed, { kind: "home" }>): Promise<void> {
    if (action === "book" && trigger !== null)
      return openModal({ kind: "modal", modal: "book", trigger, user, case: null, thread: null, text: "" });
    const channel = await people.directOf(user);
    if (channel === null) throw new Error("no direct message channel");
    if (action === "refresh") {
      beside("slack home not shown", publishHome(user, channel));
      return;
    }
    const press = HOME_PRESSES[action];
    if (press !== undefined) await pressFor(channel, press, actedAt);
  }

  async function pressFor(channel: string, value: string, key: string): Promise<void> {
    const conversation = conversationOf({ channel, user: null });
    await take([{ id: entryId(conversation, "home", key), conversation, receivedAt: clock.now(), event: { kind: "press", value } }]);
  }

  async function openModal(parsed: Extract<Parsed, { kind: "modal" }>): Promise<void> {
    const { modal, user, trigger } = parsed;
    // Slack counts 3 s from the press, its own way to us included: what is shown must be at hand.
    const memory = { case: parsed.case, thread: parsed.thread };
    const [language, known] = await Promise.all([languageOf(user, staffLanguage), modal === "book" ? contactOf(user) : null]);
    const view =
      modal === "book"
        ? bookingModal(language, known ?? { name: null, phone: null, address: null })
        : staffModal(modal, language, memory, parsed.text);
    const opened = await api.call("views.open", { trigger_id: trigger, view });
    if (opened.ok) return;
    if (modal === "book") {
      // Then it is booked by talking.
      const channel = await people.directOf(user);
      if (channel !== null) await pressFor(channel, "intent:book", trigger);
    } else if (settings.staffChannel !== null) {
      whisper({ channel: settings.staffChannel, user, thread: parsed.thread }, say("staff.form_failed", language));
    }
  }

  async function contactOf(user: string): Promise<{ name: string | null; phone: string | null; address: string | null }> {
    const channel = await people.directOf(user);
    const file =
      channel === null
        ? null
        : await store.unit(async (unit) => {
            const customer = await unit.customers.ofConversation(conversationOf({ channel, user: null }));
            return customer === null ? null : unit.customers.get(customer);
          });
    return { name: file?.name ?? null, phone: file?.phones[0] ?? null, address: file?.address ?? null };
  }

  async function takeBooking({ values, user, key, language }: Submission): Promise<JsonObject | null> {
    // Without the business's zone a day is past only when it is past everywhere.
    const today = names === null ? dayOf(clock.now() - DAY_MS / 2, "UTC") : dayOf(clock.now(), names.zone);
    const mistakes = bookingMistakes(values, today);
    if (Object.keys(mistakes).length > 0) return errorsOf(mistakes, language);
    const channel = await people.directOf(user);
    if (channel === null) return errorsOf({ fault: "staff.failed" }, language);
    const conversation = conversationOf({ channel, user: null });
    await take([
      {
        id: entryId(conversation, "view", key),
        conversation,
        receivedAt: clock.now(),
        event: { kind: "form", flow: "book", values: bookingValues(values) },
      },
    ]);
    return null;
  }

  async function takeStaffForm(form: Submission): Promise<JsonObject | null> {
    const command = staffCommandOf(form);
    if (!command.ok) return errorsOf({ [command.field]: command.mistake }, form.language);
    const act: StaffAct = {
      id: `${CHANNEL}:view:${form.key}`,
      channel: CHANNEL,
      actor: form.user,
      case: form.memory.case,
      thread: form.memory.thread,
      act: { kind: "text", text: command.text },
      receivedAt: clock.now(),
    };
    const result = await staffIntake.accept(act);
    return result.result === "refused" ? { response_action: "errors", errors: { text: result.say } } : null;
  }

  const errorsOf = (mistakes: Readonly<Record<string, WordKey>>, language: Language): JsonObject => ({
    response_action: "errors",
    errors: Object.fromEntries(Object.entries(mistakes).map(([field, key]) => [field, say(key, language)])),
  });

  return {
    event: (body) => handle(parseEvent(body, context())),
    action: (body) => handle(parseAction(body, context())),
    shortcut: (body) => handle(parseShortcut(body, context())),
    async command(body) {
      const parsed = parseCommand(body, context());
      if (parsed.kind === "not_yours") return say("staff.elsewhere", await languageOf(parsed.reply.user, staffLanguage));
      if (parsed.kind !== "staff") return null;
      const result = await staffIntake.accept(parsed.acts[0]!);
      if (result.result === "refused") return escapeText(result.say);
      return say(result.result === "known" ? "staff.known" : "staff.taken", await languageOf(parsed.reply.user, staffLanguage));
    },
    async submission(body) {
      const form = readSubmission(body);
      if (form === null) return null;
      try {
        return form.modal === "book" ? await takeBooking(form) : await takeStaffForm(form);
      } catch (error) {
        // The form stays open with everything in it: nothing that was typed is lost.
        log("warn", "slack form not taken", { modal: form.modal, error: errorName(error) });
        return errorsOf({ [form.modal === "book" ? "fault" : "text"]: "staff.failed" }, form.language);
      }
    },
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
    get revoked() {
      return revoked;
    },
  };
}
