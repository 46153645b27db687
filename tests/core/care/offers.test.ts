/** Nobody is told of a button that isn't there: what staff send by hand has none, and who is called hears of neither. */
import { describe, expect, test } from "vitest";
import { loadProfile } from "../../../bots/profiles.ts";
import { bodyOf, type Offer } from "../../../core/care/compose.ts";
import { newCustomer } from "../../../core/customers/state.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import { touch } from "../../contract/store/samples.ts";

const NOW = Date.parse("2026-11-23T10:00:00+08:00");
const BUTTON = { "zh-CN": "按钮", "zh-TW": "按鈕", en: "ap below" } as const;
const REPLY = { "zh-CN": "回复", "zh-TW": "回覆", en: "reply" } as const;

const CASES = (["dealer", "appliance", "glass"] as const).flatMap((name) => {
  const model = createBusinessModel(loadProfile(name, "en"));
  return model.profile.carePlans
    .filter((plan) => plan.book !== undefined)
    .flatMap((plan) =>
      plan.steps
        .filter((step) => step.do === "message")
        .flatMap((step) =>
          (["zh-CN", "zh-TW", "en"] as const).map((language) => ({ name, model, plan, text: step.text ?? plan.text, language })),
        ),
    );
});

describe("a plan that books", () => {
  test.each(CASES)("$name/$plan.id in $language says how, and only where it is so", ({ model, plan, text, language }) => {
    const customer = newCustomer("k1", NOW);
    const piece = { touch: touch("t1", { plan: plan.id, on: "2026-11-30" }), text, book: plan.book ?? null, survey: null };
    const said = (offer: Offer): readonly boolean[] => {
      const body = bodyOf(model, piece, customer, language, "Asia/Shanghai", NOW, offer);
      return [body.includes(BUTTON[language]), body.includes(REPLY[language])];
    };
    expect([said("button"), said("reply"), said("none")]).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
  });
});
