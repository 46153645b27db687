/** What every team chat must do: each clause of the docstrings of `StaffChannel` and `StaffPost`. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { StaffCard, StaffChannel, StaffPlace, StaffPost } from "../../core/ports.ts";

/** A team chat with somebody in it who reads. */
export interface StaffRoom {
  readonly channel: StaffChannel;
  /** What stands in a case's thread (or, without threads, of that case) beside its card, in order; `null` = the room itself. */
  texts(caseNumber: string | null): Promise<readonly string[]>;
  /** All text that the card of a case shows, or `null` when it has none. */
  card(caseNumber: string): Promise<string | null>;
  /** Everything that can be read anywhere in the room. */
  everything(): Promise<string>;
  dispose(): Promise<void>;
}

function staffCard(number: string, more: Partial<StaffCard> = {}): StaffCard {
  return {
    case: number,
    title: `${number} · 投诉`,
    urgency: "normal",
    lines: [{ label: "状态", value: "待处理" }],
    words: "还是漏水",
    done: false,
    ...more,
  };
}

function staffPostOf(id: string, number: string | null, text: string, more: Partial<StaffPost> = {}): StaffPost {
  return {
    id,
    case: number,
    mention: [],
    page: false,
    text,
    card: number === null ? null : staffCard(number),
    buttons: number === null ? [] : [{ id: `desk:claim:${number}`, label: "接单" }],
    media: null,
    ...more,
  };
}

/**
 * Runs the contract.
 *
 * @param create an empty room for each test
 */
export function staffChannelContract(name: string, create: () => Promise<StaffRoom>): void {
  describe(`team chat on ${name}`, () => {
    let room: StaffRoom;
    const places = new Map<string, StaffPlace>();

    beforeEach(async () => {
      places.clear();
      room = await create();
    });
    afterEach(() => room.dispose());

    async function post(one: StaffPost): Promise<void> {
      const answer = await room.channel.send(one, one.case === null ? null : (places.get(one.case) ?? null));
      expect(answer).toMatchObject({ result: "sent" });
      if (answer.result === "sent" && one.case !== null) places.set(one.case, answer.place);
    }

    test("the first post of a case shows its card and its words", async () => {
      await post(staffPostOf("p1", "C26112301", "新个案 C26112301"));
      expect(await room.everything()).toContain("还是漏水");
      expect(await room.everything()).toContain("C26112301");
    });

    test("posts of one case stand together, in order, apart from another case's and from the room's", async () => {
      await post(staffPostOf("p1", "C26112301", "第一条"));
      await post(staffPostOf("p2", "C26112302", "另一个案"));
      await post(staffPostOf("p3", "C26112301", "第二条"));
      await post(staffPostOf("p4", null, "全体通知"));
      const own = (await room.texts("C26112301")).join("\n");
      expect(own.indexOf("第二条")).toBeGreaterThan(-1);
      expect(own.indexOf("第一条")).toBeLessThan(own.indexOf("第二条"));
      expect(own).not.toContain("另一个案");
      expect(own).not.toContain("全体通知");
      expect((await room.texts(null)).join("\n")).toContain("全体通知");
    });

    test("a card that changed is brought up to date in place; without words nothing else is written", async () => {
      if (!room.channel.capabilities.edits) return;
      await post(staffPostOf("p1", "C26112301", "新个案"));
      const before = await room.texts("C26112301");
      await post(
        staffPostOf("p2", "C26112301", "", { card: staffCard("C26112301", { lines: [{ label: "状态", value: "已接单 王丽丽" }] }) }),
      );
      expect(await room.card("C26112301")).toContain("王丽丽");
      expect(await room.card("C26112301")).not.toContain("待处理");
      expect(await room.texts("C26112301")).toEqual(before);
    });

    test("a customer's words are never markup, a mention or a command", async () => {
      const words = '<b>粗</b> *星* _下划_ [链接](https://evil.example) @channel <!here> <@U1> `code` & "引号"';
      await post(staffPostOf("p1", "C26112301", `客户：「${words}」`, { card: staffCard("C26112301", { words }) }));
      const seen = await room.everything();
      for (const part of ["<b>粗</b>", "*星*", "_下划_", "`code`"]) expect(seen).toContain(part);
    });

    test("a text longer than the platform takes arrives whole and in order", async () => {
      const { amount, unit } = room.channel.capabilities.textLimit;
      const length = Math.min(20_000, Math.ceil((amount * 2.2) / (unit === "bytes" ? 3 : 1)));
      const text = Array.from({ length }, (_, at) => "春夏秋冬东南西北"[at % 8]).join("");
      await post(staffPostOf("p1", "C26112301", "新个案"));
      await post(staffPostOf("p2", "C26112301", text));
      const seen = (await room.texts("C26112301")).join("").replace(/[^春夏秋冬东南西北]/g, "");
      expect(seen).toContain(text);
    });

    test("a place that was lost is made anew", async () => {
      await post(staffPostOf("p1", "C26112301", "第一条"));
      places.delete("C26112301");
      await post(staffPostOf("p2", "C26112301", "第二条"));
      expect(await room.everything()).toContain("第二条");
    });

    test("more buttons than the platform shows, and none at all, are both fine", async () => {
      const buttons = Array.from({ length: 12 }, (_, at) => ({ id: `desk:suggest:C26112301:${at}`, label: `建议 ${at}` }));
      await post(staffPostOf("p1", "C26112301", "很多按钮", { buttons }));
      await post(staffPostOf("p2", "C26112301", "没有按钮", { buttons: [] }));
      expect((await room.texts("C26112301")).join("\n")).toContain("没有按钮");
    });
  });
}
