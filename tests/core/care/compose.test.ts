/** Several touches in one message: as a person would say them. */
import { describe, expect, test } from "vitest";
import { loadProfile } from "../../../bots/profiles.ts";
import { composeCare, type Piece, pieceOf, previewVoice } from "../../../core/care/compose.ts";
import { LANGUAGES, type Language } from "../../../core/language.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import { customer, product, touch } from "../../contract/store/samples.ts";

const NOW = Date.parse("2027-05-02T10:00:00+08:00");

/** Every plan that is no survey, about two or three products of one customer at once. */
function said(name: string, plan: string, language: Language, products: readonly string[], plates: readonly (string | null)[] = []) {
  const profile = loadProfile(name, "en");
  const model = createBusinessModel(profile);
  const file = customer("k1", {
    name: "Wang",
    title: "mr",
    products: products.map((id, index) => product(`p${index}`, { product: id, plate: plates[index] ?? null })),
  });
  const pieces = file.products.map(
    ({ id }): Piece => pieceOf(model, touch(`${plan}/${id}`, { plan, owned: id, on: "2027-05-09", kind: "reminder" }), new Map())!,
  );
  const { text, choices = [] } = composeCare(previewVoice(model, language, NOW), pieces, file, model.zone);
  return { text: text.split("\n\n").slice(1, -1), buttons: choices.map(({ label }) => label) };
}

describe("composeCare", () => {
  test("names two products of one plan in one sentence, each with its plate, under one button", () => {
    expect(said("dealer", "maintenance", "zh-CN", ["audi-a6l", "vw-lavida"], ["浙A1", "浙B2"])).toEqual({
      text: [expect.stringMatching(/^您的奥迪 A6L（浙A1）、大众朗逸（浙B2）预计在5月9日（周日）前后该做保养了/)],
      buttons: [expect.stringContaining("预约"), expect.any(String)],
    });
    expect(said("dealer", "maintenance", "en", ["audi-a6l", "vw-lavida"], ["A1", "B2"]).text).toEqual([
      expect.stringMatching(/^Maintenance of your Audi A6L \(A1\) and (?:VW|Volkswagen) Lavida \(B2\) is due around/),
    ]);
  });

  test("names what is of one name and has no plate once", () => {
    const [once] = said("glass", "first-year", "zh-CN", ["shower-screen", "shower-screen"]).text;
    const [alone] = said("glass", "first-year", "zh-CN", ["shower-screen"]).text;
    expect(once).toBe(alone);
    expect(once).toContain("淋浴房");
  });

  test.each(LANGUAGES)("plans of different days stay apart in %s", (language) => {
    const model = createBusinessModel(loadProfile("dealer", "en"));
    const file = customer("k1", { products: [product("p0", { product: "audi-a6l" }), product("p1", { product: "audi-a6l" })] });
    const pieces = file.products.map(
      ({ id }, index): Piece => pieceOf(model, touch(`tax/${id}`, { plan: "tax-due", owned: id, on: `2027-05-0${8 + index}` }), new Map())!,
    );
    const { text } = composeCare(previewVoice(model, language, NOW), pieces, file, model.zone);
    expect(text.split("\n\n")).toHaveLength(4);
  });
});
