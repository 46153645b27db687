import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { faultSchema, productSchema, serviceSchema } from "../../../../core/profile/catalogue-schema.ts";
import { normalise } from "../../../../core/understanding/text/index.ts";
import type { Vocabulary, VocabularySource } from "../../../../core/understanding/vocabulary/index.ts";
import { createVocabulary } from "../../../../core/understanding/vocabulary/index.ts";
import { isOneSlipAway } from "../../../../core/understanding/vocabulary/misspelling.ts";

const name = (cn: string, tw: string, en: string) => ({ "zh-CN": cn, "zh-TW": tw, en });
const words = (cn: string[], tw: string[], en: string[]) => ({ "zh-CN": cn, "zh-TW": tw, en });

const shop: VocabularySource = {
  products: [
    productSchema.parse({
      id: "ac",
      name: name("空调", "冷氣", "air conditioner"),
      words: words(["挂机"], ["冷氣機", "分離式冷氣"], ["ac", "aircon", "air con"]),
      place: "visit",
      brands: ["格力", "Daikin"],
      models: ["KFR-35GW"],
    }),
    productSchema.parse({
      id: "fridge",
      name: name("冰箱", "冰箱", "fridge"),
      words: words(["双门冰箱"], ["雪櫃"], ["refrigerator"]),
      place: "visit",
      brands: ["海尔"],
    }),
    productSchema.parse({
      id: "washer",
      name: name("洗衣机", "洗衣機", "washing machine"),
      words: words(["滚筒"], [], ["washer"]),
      place: "visit",
      brands: ["海尔"],
    }),
    productSchema.parse({ id: "dishwasher", name: name("洗碗机", "洗碗機", "dishwasher"), place: "visit" }),
  ],
  faults: [
    faultSchema.parse({
      id: "ac-not-cold",
      name: name("不制冷", "不冷", "not cooling"),
      words: words(["没冷气"], ["唔凍"], ["blowing warm air", "no cold air"]),
      products: ["ac"],
      service: "ac-repair",
    }),
    faultSchema.parse({
      id: "fridge-not-cold",
      name: name("不制冷", "不冷", "not cooling"),
      products: ["fridge"],
      service: "fridge-repair",
    }),
    faultSchema.parse({
      id: "ac-leak",
      name: name("漏水", "漏水", "leaking"),
      words: words(["滴水"], [], ["water leak"]),
      products: ["ac"],
      service: "ac-repair",
    }),
    faultSchema.parse({
      id: "washer-leak",
      name: name("漏水", "漏水", "leaking"),
      words: words([], [], ["leaking water"]),
      products: ["washer"],
      service: "washer-repair",
    }),
    faultSchema.parse({
      id: "washer-no-spin",
      name: name("不脱水", "不脫水", "won't spin"),
      products: ["washer"],
      service: "washer-repair",
    }),
    faultSchema.parse({
      id: "no-power",
      name: name("没反应", "沒反應", "no power"),
      words: words(["不通电"], [], ["won't turn on", "dead"]),
      products: ["ac", "fridge", "washer", "dishwasher"],
      service: "check",
    }),
    faultSchema.parse({
      id: "noise",
      name: name("异响", "異音", "making noise"),
      words: words(["声音大"], ["好嘈"], ["rattling", "noisy"]),
      products: ["ac", "fridge", "washer"],
      service: "check",
    }),
    faultSchema.parse({ id: "clogged", name: name("滤网堵塞", "濾網堵塞", "clogged filter"), products: ["ac"], service: "ac-clean" }),
  ],
  services: [
    serviceSchema.parse({
      id: "ac-clean",
      name: name("空调清洗", "冷氣清洗", "air conditioner cleaning"),
      words: words(["洗空调"], ["洗冷氣"], ["clean the ac"]),
      products: ["ac"],
      minutes: 60,
      skills: ["ac"],
      price: { labour: 100 },
    }),
    serviceSchema.parse({
      id: "maintenance",
      name: name("保养", "保養", "maintenance"),
      words: words([], [], ["service my"]),
      products: ["ac", "washer"],
      minutes: 60,
      skills: ["ac"],
      price: { labour: 100 },
    }),
    serviceSchema.parse({
      id: "compressor",
      name: name("更换压缩机", "更換壓縮機", "compressor replacement"),
      products: ["ac"],
      minutes: 60,
      skills: ["ac"],
      price: { labour: 100 },
      requestable: false,
    }),
  ],
};

let vocabulary: Vocabulary;
beforeAll(() => {
  vocabulary = createVocabulary([shop]);
});
const read = (text: string, products?: string[]) => {
  const found = vocabulary.read(normalise(text), products);
  return [...found.product, ...found.fault, ...found.service].map((entity) => `${entity.id}:${entity.text}`);
};

describe("createVocabulary", () => {
  test.each<[text: string, found: string[]]>([
    ["空调不制冷", ["ac:空调", "ac-not-cold:不制冷"]],
    ["冰箱不制冷", ["fridge:冰箱", "fridge-not-cold:不制冷"]],
    ["不制冷的是冰箱", ["fridge:冰箱", "fridge-not-cold:不制冷"]],
    ["空调不太制冷", ["ac:空调", "ac-not-cold:不太制冷"]],
    ["空调不 太 制冷", ["ac:空调", "ac-not-cold:不 太 制冷"]],
    ["空调不怎么制冷了", ["ac:空调", "ac-not-cold:不怎么制冷"]],
    ["空调不是很制冷", ["ac:空调", "ac-not-cold:不是很制冷"]],
    ["空调制冷不行", ["ac:空调", "ac-not-cold:制冷不行"]],
    ["冰箱制冷差", ["fridge:冰箱", "fridge-not-cold:制冷差"]],
    ["冷氣唔凍", ["ac:冷氣", "ac-not-cold:唔凍"]],
    ["冷氣不冷", ["ac:冷氣", "ac-not-cold:不冷"]],
    ["雪櫃唔冷", ["fridge:雪櫃", "fridge-not-cold:唔冷"]],
    ["洗衣机漏点水", ["washer:洗衣机", "washer-leak:漏点水"]],
    ["洗衣机漏了好多水", ["washer:洗衣机", "washer-leak:漏了好多水"]],
    ["空调没有反应", ["ac:空调", "no-power:没有反应"]],
    ["空调没什么反应", ["ac:空调", "no-power:没什么反应"]],
    ["洗衣機冇反應", ["washer:洗衣機", "no-power:冇反應"]],
    ["双门冰箱有异响", ["fridge:双门冰箱", "noise:异响"]],
    ["格力不制冷", ["ac:格力", "ac-not-cold:不制冷"]],
    ["格力冰箱不制冷", ["fridge:冰箱", "fridge-not-cold:不制冷"]],
    ["海尔洗衣机不脱水", ["washer:洗衣机", "washer-no-spin:不脱水"]],
    ["KFR-35GW 漏水", ["ac:KFR-35GW", "ac-leak:漏水"]],
    ["my fridge is not cooling", ["fridge:fridge", "fridge-not-cold:not cooling"]],
    ["the ac isn't cooling", ["ac:ac", "ac-not-cold:isn't cooling"]],
    ["aircon doesn't really cool any more", ["ac:aircon", "ac-not-cold:doesn't really cool"]],
    ["air-con no longer cools", ["ac:air-con", "ac-not-cold:no longer cools"]],
    ["AC blowing out warm air", ["ac:AC", "ac-not-cold:blowing out warm air"]],
    ["washer leaks", ["washer:washer", "washer-leak:leaks"]],
    ["washing machine leaked water everywhere", ["washer:washing machine", "washer-leak:leaked water"]],
    ["my washing machines are leaking", ["washer:washing machines", "washer-leak:leaking"]],
    ["dish washer won't turn on", ["dishwasher:dish washer", "no-power:won't turn on"]],
    ["fridge makes a lot of noise", ["fridge:fridge", "noise:makes a lot of noise"]],
    ["refridgerator noisy", ["fridge:refridgerator", "noise:noisy"]],
    ["wahser ratling", ["washer:wahser", "noise:ratling"]],
    ["dishwaher is dead", ["dishwasher:dishwaher", "no-power:dead"]],
    ["filter clogged", ["clogged:filter clogged"]],
    ["想洗空调", ["ac:空调", "ac-clean:洗空调"]],
    ["清洗一下空调", ["ac:空调", "ac-clean:清洗一下空调"]],
    ["約洗冷氣", ["ac:冷氣", "ac-clean:洗冷氣"]],
    ["想做保养", ["maintenance:保养"]],
    ["更换压缩机多少钱", []],
    ["冰箱好的,空调不制冷", ["fridge:冰箱", "ac:空调", "ac-not-cold:不制冷"]],
    ["星期日开不开", []],
    ["制。冷", []],
    ["不,制冷", []],
    ["right light winter washed", []],
    ["I showed you the water bill", []],
    ["__proto__ constructor toString", []],
    ["", []],
  ])("reads %j as %j", (text, found) => {
    expect(read(text)).toEqual(found);
  });

  test.each([
    "空调没有漏水",
    "空调没漏水",
    "空调不漏水了",
    "空调不再漏水",
    "没有发现漏水,空调",
    "不是漏水,空调",
    "空调没什么异响",
    "冷氣冇漏水",
    "冷氣唔漏水",
    "no leaks from the ac",
    "the ac is not leaking",
    "ac isn't leaking",
    "the ac never leaked",
    "ac stopped leaking",
    "ac no longer making noise",
    "ac without leaking",
    "ac no more rattling",
  ])("leaves the denied fault of %j out", (text) => {
    expect(vocabulary.read(normalise(text)).fault).toEqual([]);
  });

  test.each([
    "空调有没有漏水",
    "空调是不是漏水",
    "空调会不会漏水",
    "ac won't stop leaking",
    "空调没修好,漏水",
    "空调还没修,漏水",
    "no, ac is leaking again",
    "空调不但漏水",
  ])("keeps the fault of %j, which is not denied", (text) => {
    expect(vocabulary.read(normalise(text)).fault.map((fault) => fault.id)).toEqual(["ac-leak"]);
  });

  test("a fault told without its product stands for each product that has it", () => {
    expect(read("漏水了")).toEqual(["ac-leak:漏水", "washer-leak:漏水"]);
  });

  test("products known from the conversation settle a fault told without its product", () => {
    expect(read("漏水了", ["washer"])).toEqual(["washer-leak:漏水"]);
    expect(read("海尔不制冷", ["fridge"])).toEqual(["fridge:海尔", "fridge-not-cold:不制冷"]);
  });

  test("a product that cannot have the fault leaves it unsettled and unsaid", () => {
    expect(read("洗碗机漏水")).toEqual(["dishwasher:洗碗机"]);
  });

  test("productsOfFault lists the products, nothing for an unknown id", () => {
    expect(vocabulary.productsOfFault("noise")).toEqual(["ac", "fridge", "washer"]);
    expect(vocabulary.productsOfFault("__proto__")).toEqual([]);
  });

  test("a product and a fault added to a profile are understood without another change", () => {
    const kettle = productSchema.parse({ id: "kettle", name: name("电水壶", "電水壺", "kettle"), place: "shop" });
    const slow = faultSchema.parse({ id: "slow", name: name("烧水慢", "煲水慢", "boils slowly"), products: ["kettle"], service: "check" });
    const larger = createVocabulary([{ ...shop, products: [...shop.products, kettle], faults: [...shop.faults, slow] }]);
    expect(larger.read(normalise("我的電水壺煲水好慢"))).toMatchObject({
      product: [{ id: "kettle", text: "電水壺" }],
      fault: [{ id: "slow", text: "煲水好慢" }],
    });
  });

  test("spans are verbatim in the typed text", () => {
    const typed = "您好！！我家　的冷氣機唔 凍咗…";
    const { product, fault } = vocabulary.read(normalise(typed));
    for (const entity of [...product, ...fault]) expect(typed.slice(entity.at, entity.at + entity.text.length)).toBe(entity.text);
    expect(product).toHaveLength(1);
    expect(fault).toHaveLength(1);
  });
});

describe("isOneSlipAway", () => {
  test.each([
    ["washer", "wahser", true],
    ["washer", "washr", true],
    ["washer", "waasher", true],
    ["washer", "wisher", true],
    ["washer", "wsaehr", false],
    ["washer", "wash", false],
    ["same", "same", true],
  ])("isOneSlipAway(%j, %j) is %s", (a, b, expected) => {
    expect(isOneSlipAway(a, b)).toBe(expected);
  });
});

describe.each(["dealer", "appliance", "glass"])("the shipped profile %s", (profile) => {
  const file = (part: string) =>
    parse(readFileSync(new URL(`../../../../bots/profiles/${profile}/${part}.yaml`, import.meta.url), "utf8"))[part] as unknown[];
  const source: VocabularySource = {
    products: file("products").map((entry) => productSchema.parse(entry)),
    faults: file("faults").map((entry) => faultSchema.parse(entry)),
    services: file("services").map((entry) => serviceSchema.parse(entry)),
  };
  const shipped = createVocabulary([source]);

  test("finds each product by each of its words", () => {
    const missed = source.products.flatMap((product) =>
      Object.values(product.words)
        .flat()
        .filter((word) => !shipped.read(normalise(word)).product.some((found) => found.id === product.id)),
    );
    expect(missed).toEqual([]);
  });

  test("finds a fault in every wording of its catalogue", () => {
    const missed = source.faults.flatMap((fault) =>
      Object.values(fault.words)
        .flat()
        .filter((word) => {
          const product = source.products.find((entry) => entry.id === fault.products[0])!;
          // 开不开 alone asks whether we are open; behind its product it is a fault.
          return [word, `${product.name["zh-CN"]}${word}`].every((text) => {
            const found = shipped.read(normalise(text), fault.products);
            return found.fault.length + found.service.length === 0;
          });
        }),
    );
    expect(missed).toEqual([]);
  });
});
