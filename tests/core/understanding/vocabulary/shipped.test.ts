/** Everyday words for products and faults, read with the words of all shipped businesses at once. */
import { describe, expect, test } from "vitest";
import { loadProfile, SHIPPED_PROFILES } from "../../../../bots/profiles.ts";
import { normalise } from "../../../../core/understanding/text/index.ts";
import { createVocabulary } from "../../../../core/understanding/vocabulary/index.ts";

const vocabulary = createVocabulary(SHIPPED_PROFILES.map((name) => loadProfile(name, "en")));

describe("the shipped vocabulary", () => {
  test.each([
    ["the cooker left burner burns weak", "gas-stove", "stove-weak-flame"],
    ["my fridge is freezing the lettuce", "fridge", "fridge-overcold"],
    ["the washing machine dances across the room", "washer", "washer-noise"],
    ["the hood has lost its suction", "range-hood", "hood-weak-suction"],
    ["dishwasher, water sitting in the bottom", "dishwasher", "dishwasher-no-drain"],
    ["the car just clicks", null, "engine-wont-start"],
    ["left rear tyre loses air", null, "tyre-pressure"],
    ["the patio door came off the track", "sliding-door", "sliding-off-track"],
    ["电视有声没图", "tv", "tv-no-picture"],
    ["冰箱半夜跟拖拉机似的", "fridge", "fridge-noise"],
    ["空调响得跟拖拉机似的", "ac", "ac-noise"],
    ["轮胎慢撒气", null, "tyre-pressure"],
    ["壁虎挡着,推拉门卡死在轨道里了", "sliding-door", "sliding-off-track"],
    ["洗衣機識跳舞", "washer", "washer-noise"],
    ["部乾衣機烘極唔乾", "dryer", "dryer-not-drying"],
    ["電視得聲冇畫", "tv", "tv-no-picture"],
    ["煞車會嘰嘰叫", null, "brake-noise"],
    ["玻璃趟門跌咗路軌", "sliding-door", "sliding-off-track"],
  ])("reads %j as %s with %s", (text, product, fault) => {
    const found = vocabulary.read(normalise(text));
    expect(found.fault.map(({ id }) => id)).toContain(fault);
    if (product !== null) expect(found.product.map(({ id }) => id)).toContain(product);
  });

  test.each([
    ["洗衣机哐哐响", "washer-noise"],
    ["the dishwasher conked out", "dishwasher-broken"],
    ["壁挂炉显示E1", "boiler-error-code"],
    ["冰箱又不制冷了", "fridge-not-cooling"],
    ["后视镜折不起来,车在楼下", "mirror"],
    ["又漏水了,空调", "ac-indoor-leak"],
  ])("reads in %j, told in words of its own, %s", (text, fault) => {
    expect(vocabulary.read(normalise(text)).fault.map(({ id }) => id)).toContain(fault);
  });

  test.each([
    ["净水机的盖子扣不进去了", "purifier-broken", "扣不进去了"],
    ["the rangehood hardly pulls", "hood-broken", "hardly pulls"],
    ["suds all over from the dishwasher", "dishwasher-broken", "suds"],
  ])("reads what no profile lists, %j, as the general fault of the product", (text, fault, told) => {
    const found = vocabulary.read(normalise(text)).fault.map((one) => [one.id, one.text]);
    expect(found).toEqual([[fault, told]]);
  });

  test.each(["my phone died", "空调我约不到时间", "冰箱不用了", "the dryer is not mine", "洗衣机不漏了"])(
    "reads no fault in %j",
    (text) => {
      expect(vocabulary.read(normalise(text)).fault).toEqual([]);
    },
  );

  test.each(["没气味了", "your tow truck was late", "please pick up the phone"])("reads no product and no fault of ours in %j", (text) => {
    const found = vocabulary.read(normalise(text));
    expect([...found.product, ...found.fault]).toEqual([]);
  });
});
