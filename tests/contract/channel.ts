/**
 * What every channel must do, whatever its platform: what is sent arrives whole, in order and as it was written; what comes in
 * is one entry however often it is delivered; a failure is told as what it is.
 *
 * A place is one channel at work: the real adapter, a real store, and an emulator of the platform (for the web channel the
 * real HTTP host) through which one customer writes and reads.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Channel, Delivery, Store } from "../../core/ports.ts";
import type { Button, InboxEntry, NewMessage, StoredMessage } from "../../core/spine/events.ts";

/** One message as the customer's client shows it. */
export interface SeenMessage {
  /** Without marks that a client doesn't show (zero-width joints against mentions). */
  readonly text: string;
  /** Labels, in the order in which they are shown. */
  readonly buttons: readonly string[];
  /** What the platform made of the text beyond plain words: `mention`, `bold`, `link preview` …; plain addresses don't count. */
  readonly markup: readonly string[];
}

/** Ways in which the platform can fail; each holds for the next send alone, `gone` for good. */
export interface ChannelFaults {
  /** Refuses as too fast, and says when to come back. */
  busy(afterMs: number): void;
  /** Answers with a fault of its own. */
  down(): void;
  /** Closes the connection without an answer, having done nothing. */
  unreachable(): void;
  /** The customer can't be reached any more. */
  gone(): void;
}

export interface ChannelPlace {
  readonly channel: Channel;
  readonly store: Store;
  /** Conversation of the customer who writes and reads here. */
  readonly customer: string;
  /** The time by which the channel lives, where the age of a message matters to it. */
  readonly now?: () => number;
  /** Must never be seen in a reason or an error. */
  readonly secrets: readonly string[];
  readonly faults: ChannelFaults;
  /** The customer writes; the platform delivers that one message `times` times. Resolves when all of it was answered. */
  say(text: string, times?: number): Promise<void>;
  /** The customer presses a button by its label (the press of a channel without buttons is never asked for); delivered `times` times. */
  press(label: string, times?: number): Promise<void>;
  /** What the customer has been shown, oldest first; own messages left out. */
  seen(): Promise<readonly SeenMessage[]>;
  dispose(): Promise<void>;
}

/** What kind of channel it is, so that clauses that don't concern it are left out in plain sight. */
export interface ChannelKind {
  /** Customers read stored messages from us: nothing is sent, so no send can fail or be too long. */
  readonly pulled: boolean;
  /** Has buttons; without, choices become words. */
  readonly buttons: boolean;
}

const MOST = 1_000;
/** A family of four, a flag, a letter with two marks, an ideograph outside the basic plane: each is one character to its reader. */
const WHOLE = ["👨‍👩‍👧‍👦", "🇹🇼", "ế̂", "𠮷", "👍🏽"];

/**
 * Runs the contract.
 *
 * @param name of the channel
 * @param kind what clauses concern it
 * @param create makes a channel and a customer who has written to it once already, so that it may be written to
 */
export function channelContract(name: string, kind: ChannelKind, create: () => Promise<ChannelPlace>): void {
  describe(`channel ${name}`, () => {
    let place: ChannelPlace;
    let taken: readonly InboxEntry[];
    beforeEach(async () => {
      place = await create();
      taken = await entries();
      expect(place.channel.capabilities.pulled).toBe(kind.pulled);
      expect(place.channel.capabilities.buttons > 1).toBe(kind.buttons);
    });
    afterEach(() => place.dispose());

    const entries = (): Promise<readonly InboxEntry[]> => place.store.unit((unit) => unit.inbox.pending(Number.MAX_SAFE_INTEGER, MOST));
    /** Entries that came since the test began. */
    const came = async (): Promise<readonly InboxEntry[]> => (await entries()).slice(taken.length);

    /** Keeps a message as a turn would, and sends it as delivery would. */
    async function deliver(id: string, text: string, extra: Partial<NewMessage> = {}): Promise<Delivery> {
      return place.channel.send(await stored(id, text, extra));
    }

    async function stored(id: string, text: string, extra: Partial<NewMessage> = {}): Promise<StoredMessage> {
      const message: NewMessage = {
        id,
        conversation: place.customer,
        from: "bot",
        author: null,
        text,
        buttons: [],
        media: null,
        at: place.now?.() ?? 0,
        status: place.channel.capabilities.pulled ? "kept" : "pending",
        attempts: 0,
        nextAt: 0,
        ...extra,
      };
      return place.store.unit(async (unit) => {
        await unit.messages.add(message);
        return (await unit.messages.list(place.customer, 0, MOST)).findLast((one) => one.id === id)!;
      });
    }

    const texts = async (): Promise<readonly string[]> => (await place.seen()).map((one) => one.text);

    describe("sending", () => {
      test("shows a short text as it was written", async () => {
        const text = "您好，预约已确认：11月25日 14:00。\n\nSee you then!";
        expect(await deliver("b1", text)).toEqual({ result: "sent" });
        expect(await texts()).toEqual([text]);
      });

      test("shows messages in the order in which they were sent", async () => {
        for (let index = 1; index <= 3; index++) expect(await deliver(`b${index}`, `第 ${index} 条`)).toEqual({ result: "sent" });
        expect(await texts()).toEqual(["第 1 条", "第 2 条", "第 3 条"]);
      });

      test.each([
        ["Chinese prose", "空调不制冷，室外机有异响。请在方便的时候上门检查。\n"],
        ["one unbroken run", "无"],
        ["English prose", "The compressor hums but the fan stands still. "],
        ["characters of several parts", WHOLE.join("")],
      ])("shows a text beyond the limit in pieces that lose and break nothing: %s", async (_name, piece) => {
        const { amount, unit } = place.channel.capabilities.textLimit;
        const size = (text: string): number => (unit === "bytes" ? Buffer.byteLength(text) : [...text].length);
        const text = piece.repeat(Math.ceil((amount * 2.5) / size(piece))).trim();
        expect(await deliver("b1", text)).toEqual({ result: "sent" });
        const pieces = await texts();
        const blanks = /\s+/g;
        expect(pieces.join("").replace(blanks, "")).toBe(text.replace(blanks, ""));
        const whole = new Set(graphemes(text));
        for (const one of pieces) {
          expect(graphemes(one).filter((grapheme) => !whole.has(grapheme) && grapheme.trim() !== "")).toEqual([]);
          if (!kind.pulled) expect(size(one)).toBeLessThanOrEqual(amount);
        }
        if (!kind.pulled) expect(pieces.length).toBeGreaterThanOrEqual(3);
      });

      test.each([
        "*bold* _italic_ ~gone~ `code` ```pre```",
        "<b>bold</b> <a href='https://evil.example'>click</a> &amp; &lt;",
        "[click](https://evil.example) ![x](y) # head",
        "@everyone @channel @all @here @admin <!channel> <@U012345> <@all>",
        "<script>alert(1)</script> \\n \\u0000 %00 {{x}}",
        "/start /resolve C20261122001",
      ])("shows %s as written, as nothing but words", async (text) => {
        expect(await deliver("b1", text)).toEqual({ result: "sent" });
        expect(await place.seen()).toMatchObject([{ text, buttons: [], markup: [] }]);
      });

      test.skipIf(kind.pulled)("tells a conversation of another channel apart", async () => {
        const foreign = { ...(await stored("b1", "hello")), conversation: "elsewhere:1" };
        expect(await place.channel.send(foreign)).toMatchObject({ result: "refused" });
        expect(await place.seen()).toEqual([]);
      });
    });

    describe("buttons", () => {
      const two: readonly Button[] = [
        // As long as an id may be: 48 bytes.
        { id: `slot:${"x".repeat(43)}`, label: "明天 14:00" },
        { id: "later", label: "换个时间" },
      ];

      test("shows the labels below the text, in order", async () => {
        expect(await deliver("b1", "什么时间方便？", { buttons: two })).toEqual({ result: "sent" });
        const last = (await place.seen()).at(-1)!;
        if (kind.buttons) expect(last.buttons).toEqual(two.map((one) => one.label));
        else for (const { label } of two) expect(last.text).toContain(label);
      });

      test.runIf(kind.buttons)("gives back what stands behind a pressed one, once however often it is delivered", async () => {
        await deliver("b1", "什么时间方便？", { buttons: two });
        await place.press(two[0]!.label, 3);
        expect(await came()).toMatchObject([{ conversation: place.customer, event: { kind: "press", value: two[0]!.id } }]);
      });

      test("stand below the last piece of a long text", async () => {
        const { amount } = place.channel.capabilities.textLimit;
        await deliver("b1", "长".repeat(amount + 10), { buttons: two });
        const seen = await place.seen();
        if (kind.buttons) {
          expect(seen.at(-1)!.buttons).toHaveLength(2);
          for (const one of seen.slice(0, -1)) expect(one.buttons).toEqual([]);
        } else expect(seen.at(-1)!.text).toContain(two[1]!.label);
      });

      test("more than the platform takes still offer every choice", async () => {
        const many = Array.from({ length: Math.max(30, place.channel.capabilities.buttons + 5) }, (_, index) => ({
          id: `choice:${index}`,
          label: `选项${index + 1}号`,
        }));
        expect(await deliver("b1", "请选择：", { buttons: many })).toEqual({ result: "sent" });
        const shown = (await place.seen()).map((one) => [one.text, ...one.buttons].join("\n")).join("\n");
        for (const { label } of many) expect(shown).toContain(label);
      });
    });

    describe("receiving", () => {
      test("makes an entry of the channel and the conversation", async () => {
        await place.say("空调不制冷");
        const [entry, ...more] = await came();
        expect(more).toEqual([]);
        expect(entry).toMatchObject({ conversation: place.customer, event: { kind: "message", text: "空调不制冷" } });
        expect(entry!.id.startsWith(`${place.channel.name}:`)).toBe(true);
        expect(place.customer.startsWith(`${place.channel.name}:`)).toBe(true);
      });

      test("makes one entry of a message that is delivered many times", async () => {
        await place.say("还在吗？", 5);
        expect(await came()).toHaveLength(1);
      });

      test("makes two entries of the same words said twice, in order", async () => {
        for (const text of ["在吗", "在吗", "你好"]) await place.say(text);
        const events = (await came()).map((entry) => entry.event);
        expect(events).toMatchObject([{ text: "在吗" }, { text: "在吗" }, { text: "你好" }]);
      });

      test.each([
        ["characters of several parts", "𠮷野家 👨‍👩‍👧‍👦"],
        ["lines", "line one\nline two"],
        ["what looks like markup", "<b>&amp; *x*"],
        ["a long message", "a".repeat(2_000)],
      ])("keeps the customer's words: %s", async (_name, text) => {
        await place.say(text);
        expect((await came()).map((entry) => entry.event)).toEqual([{ kind: "message", text }]);
      });
    });

    describe.skipIf(kind.pulled)("failing", () => {
      test("a platform that is busy is asked again no earlier than it says", async () => {
        place.faults.busy(7_000);
        const answer = await deliver("b1", "hello");
        expect(answer).toMatchObject({ result: "retry" });
        expect((answer as { afterMs: number }).afterMs).toBeGreaterThanOrEqual(7_000);
        expect(await place.seen()).toEqual([]);
      });

      test.each(["down", "unreachable"] as const)("a platform that is %s is tried again later, and then it arrives once", async (fault) => {
        place.faults[fault]();
        const message = await stored("b1", "hello");
        const answer = await place.channel.send(message);
        // An adapter may have tried again by itself; what counts is that it says so only when it arrived.
        if (answer.result !== "sent") {
          expect(answer.result).toBe("retry");
          expect(await place.seen()).toEqual([]);
          expect(await place.channel.send({ ...message, attempts: 1 })).toEqual({ result: "sent" });
        }
        expect(await texts()).toEqual(["hello"]);
      });

      test("a customer who can't be reached any more is refused for good, with a reason", async () => {
        place.faults.gone();
        const answer = await deliver("b1", "hello");
        expect(answer).toMatchObject({ result: "refused" });
        expect((answer as { reason: string }).reason).not.toBe("");
      });

      test("no reason tells a secret", async () => {
        const answers: Delivery[] = [];
        for (const fault of ["down", "unreachable", "gone"] as const) {
          place.faults[fault]();
          answers.push(await deliver(fault, "hello"));
        }
        for (const secret of place.secrets) expect(JSON.stringify(answers)).not.toContain(secret);
      });
    });
  });
}

const segmenter = new Intl.Segmenter("zh", { granularity: "grapheme" });

function graphemes(text: string): readonly string[] {
  return [...segmenter.segment(text)].map((one) => one.segment);
}
