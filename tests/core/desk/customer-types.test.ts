import { describe, expect, test } from "vitest";
import { typesOf, wordsOfCustomer } from "../../../core/desk/customer-types.ts";
import { LANGUAGES } from "../../../core/language.ts";
import { caseOf } from "../../contract/store/samples.ts";
import { shippedProfile } from "../../support/profile.ts";

const types = shippedProfile("appliance").desk.customerTypes;
const of = (words: string): readonly string[] => typesOf(types, words).map((type) => type.id);

describe("the sort of customer", () => {
  test.each<readonly [string, readonly string[]]>([
    ["你们怎么保证修好?真的假的", ["doubtful"]],
    ["太麻烦了,你们看着办吧", ["lazy"]],
    ["我忘了是哪天来着", ["forgetful"]],
    ["我是内行,肯定是压缩机", ["assertive"]],
    ["能不能便宜点", ["haggling"]],
    ["我再想想,不知道要不要做", ["hesitant"]],
    [`事情是这样的${"啊".repeat(200)}`, ["talkative"]],
    ["早知道就不该买你们的,后悔", ["regretful"]],
    ["別家人家才三百", ["comparing"]],
    ["这也不行那也不行,一堆问题", ["fault-finding"]],
    ["赶紧的,等不了", ["impulsive"]],
    ["呵呵,你们可真厉害", ["mocking"]],
    ["are you sure? how do I know", ["doubtful"]],
    ["Hurry up, do me a deal", ["haggling", "impulsive"]],
    ["空调不制冷,明天能来吗", []],
    ["I am discounting nothing", []],
  ])("%s: %j", (words, wanted) => {
    expect(of(words)).toEqual(wanted);
  });

  test("is read off the customer's words alone, not off what staff noted", () => {
    const one = caseOf("C1", {
      words: "空调坏了",
      notes: [
        { at: 1, by: "amy", text: "客户嫌太贵" },
        { at: 2, by: "customer", text: "快点" },
      ],
    });
    expect(of(wordsOfCustomer(one))).toEqual(["impulsive"]);
  });

  test("has twelve shipped types, each with signs and a reply in every language, none of which promises money", () => {
    expect(types.map((type) => type.id)).toHaveLength(12);
    for (const type of types)
      for (const language of LANGUAGES) {
        expect(type.signs[language].length).toBeGreaterThanOrEqual(5);
        expect(type.reply[language]).not.toMatch(/退款|赔|賠|补偿|補償|免费|免費|refund|free of charge|compensat/i);
      }
  });
});
