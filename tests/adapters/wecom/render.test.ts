import { describe, expect, test } from "vitest";
import { type KfBody, renderLocation, renderNumbered, renderWords, textOfMenu } from "../../../adapters/wecom/render.ts";
import { caseOfTask, renderCard, renderPostTexts, renderQuestion, taskOf } from "../../../adapters/wecom/render-staff.ts";
import { inert, inertMarkdown, shorten } from "../../../adapters/wecom/text.ts";
import { cleanText } from "../../../core/text.ts";

const buttons = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `b${index}`, label: `选项${index + 1}` }));
const bytes = (text: unknown): number => Buffer.byteLength(String(text));

interface Menu {
  readonly head_content?: string;
  readonly tail_content?: string;
  readonly list: readonly {
    readonly type: string;
    readonly text?: { readonly content: string };
    readonly click?: { readonly id: string; readonly content: string };
  }[];
}
const menuOf = (body: KfBody): Menu => body["msgmenu"] as Menu;

describe("renderWords", () => {
  test("a short text is one text", () => {
    expect(renderWords({ text: "您好", buttons: [] })).toStrictEqual([{ msgtype: "text", text: { content: "您好" } }]);
  });

  test("buttons make a menu below the words", () => {
    const [body] = renderWords({ text: "什么时间方便？", buttons: buttons(2) });
    expect(body).toStrictEqual({
      msgtype: "msgmenu",
      msgmenu: {
        head_content: "什么时间方便？",
        list: [
          { type: "click", click: { id: "b_6230", content: "选项1" } },
          { type: "click", click: { id: "b_6231", content: "选项2" } },
        ],
      },
    });
  });

  test.each([1_000, 1_500, 2_040, 3_000, 6_000])("a text of %d bytes with buttons stays whole, within every limit", (size) => {
    const text = "第一句话写在这里。".repeat(Math.ceil(size / 27));
    const bodies = renderWords({ text, buttons: buttons(10) });
    const menu = menuOf(bodies.at(-1)!);
    expect(bytes(menu.head_content)).toBeLessThanOrEqual(1_024);
    expect(bytes(menu.tail_content ?? "")).toBeLessThanOrEqual(1_024);
    for (const item of menu.list)
      expect(bytes(item.text?.content ?? item.click!.content)).toBeLessThanOrEqual(item.type === "text" ? 256 : 128);
    expect(menu.list.filter((item) => item.type === "click")).toHaveLength(10);
    const words = [...bodies.slice(0, -1).map((body) => (body["text"] as { content: string }).content), textOfMenu(bodies.at(-1)!)].join(
      "",
    );
    expect(words.replace(/\s/g, "")).toBe(text);
  });

  test("where few items are allowed, the rest of the words follows the buttons", () => {
    const text = "第一句话写在这里。".repeat(75);
    const [body, ...more] = renderWords({ text, buttons: buttons(8) }, 10);
    expect(more).toStrictEqual([]);
    expect(menuOf(body!).list).toHaveLength(10);
    expect(menuOf(body!).tail_content).toBeDefined();
    expect(textOfMenu(body!).replace(/\s/g, "")).toBe(text);
  });

  test("more buttons than a menu takes, or than the place allows, become numbered lines", () => {
    expect(renderWords({ text: "选一个：", buttons: buttons(11) })).toMatchObject([{ msgtype: "text" }]);
    expect(renderWords({ text: "选一个：", buttons: buttons(6) }, 5)).toStrictEqual(
      renderNumbered({ text: "选一个：", buttons: buttons(6) }),
    );
  });

  test("a label beyond its limit is cut with an ellipsis, and never inside a character", () => {
    const [body] = renderWords({ text: "?", buttons: [{ id: "a", label: "👨‍👩‍👧‍👦".repeat(9) }] });
    const label = menuOf(body!).list[0]!.click!.content;
    expect(bytes(label)).toBeLessThanOrEqual(128);
    expect(label).toMatch(/^(?:👨‍👩‍👧‍👦)+…$/u);
  });

  test("no words and no buttons are no message", () => {
    expect(renderWords({ text: "", buttons: [] })).toStrictEqual([]);
  });
});

describe("renderLocation", () => {
  test.each([
    ["geo:23.1,113.2", "门店", { name: "门店", latitude: 23.1, longitude: 113.2 }],
    ["geo:-90,180", null, { latitude: -90, longitude: 180 }],
  ])("%s", (ref, name, location) => {
    expect(renderLocation(ref, name)).toStrictEqual({ msgtype: "location", location });
  });
  test.each(["wecom:M", "geo:", "geo:1", "geo:a,b", "https://x"])("%s is none", (ref) => {
    expect(renderLocation(ref, null)).toBeNull();
  });
});

describe("staff's cards and texts", () => {
  const card = {
    case: "C20261122001",
    title: "很长的标题".repeat(20),
    urgency: "emergency" as const,
    lines: Array.from({ length: 12 }, (_, index) => ({ label: `标签名很长${index}`, value: "值".repeat(80) })),
    words: "<@all> 着火了",
    done: false,
  };
  const post = { id: "p1", case: "C20261122001", text: "新个案", buttons: buttons(9) };

  test("stay within the platform's limits, whatever the core has to show", () => {
    const body = renderCard(card, post, taskOf(post));
    expect(body["horizontal_content_list"]).toHaveLength(6);
    expect(body["button_list"]).toHaveLength(6);
    expect(body.task_id).toMatch(/^[0-9A-Za-z_@-]{1,128}$/);
    expect(caseOfTask(body.task_id)).toBe("C20261122001");
    expect(JSON.stringify(body)).not.toContain("<@");
    for (const line of body["horizontal_content_list"] as readonly { keyname: string; value: string }[]) {
      expect([...line.keyname].length).toBeLessThanOrEqual(5);
      expect([...line.value].length).toBeLessThanOrEqual(30);
    }
  });

  test("a task of no case of ours names none", () => {
    for (const task of ["", "@abc", "abc", "C1@", taskOf({ id: "p", case: null })]) expect(caseOfTask(task)).toBeNull();
  });

  test("a question of several lines has the first as its title", () => {
    expect(renderQuestion({ text: "发送吗？\n“马上到”", buttons: buttons(2), case: "C20261122001" }, "C20261122001@x")).toMatchObject({
      main_title: { title: "发送吗？", desc: "C20261122001" },
      sub_title_text: "“马上到”",
    });
  });

  test("texts begin with the case's number unless they name it", () => {
    expect(renderPostTexts({ text: "在吗", case: "C20261122001" })).toStrictEqual(["C20261122001 在吗"]);
    expect(renderPostTexts({ text: "新个案 C20261122001", case: "C20261122001" })).toStrictEqual(["新个案 C20261122001"]);
    expect(renderPostTexts({ text: "公告", case: null })).toStrictEqual(["公告"]);
    expect(renderPostTexts({ text: "", case: "C20261122001" })).toStrictEqual([]);
  });
});

describe("texts", () => {
  test.each([
    ["<a href='x'>点</a>", "<\u200ba href='x'>点<\u200b/a>"],
    ["<@all>", "<\u200b@all>"],
    ["1 < 2 <3 a<b", "1 < 2 <3 a<\u200bb"],
  ])("%s has no markup left", (text, plain) => {
    expect(inert(text)).toBe(plain);
  });

  test("Markdown is none any more", () => {
    expect(inertMarkdown("# 标题\n> 引\n- 项\n1. 一\n**粗** [点](x) `c` ~~d~~ <@u> a|b")).not.toMatch(/^[#>-]\s|[*[\]`~<|]/m);
  });

  test.each([
    ["a\u0000b\u0007c", "abc"],
    ["  x \r\n y\t", "x \n y"],
    ["\ud800x", "\ufffdx"],
  ])("%j is cleaned", (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  test.each([
    ["短", 5, "短"],
    ["一二三四五六", 5, "一二三四…"],
  ])("%s of at most %d", (text, amount, short) => {
    expect(shorten(text, { amount, unit: "characters" })).toBe(short);
  });
});
