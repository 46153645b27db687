import { describe, expect, test } from "vitest";
import { faultsFor, generalService, NO_WISH, productsFor, servicesFor, type WorkWish, wishOf } from "../../../core/booking/work.ts";
import { fault, product, service, tinyModel } from "../../support/profile.ts";
import { NO_ENTITIES } from "../../support/understander.ts";

/** A kind with two sorts, and a product of its own. */
const model = tinyModel({
  products: [
    product("fridge"),
    product("wine-fridge", { kind: "fridge" }),
    product("big-wine-fridge", { kind: "wine-fridge" }),
    product("washer"),
    product("bare"),
  ],
  services: [
    service("look-fridge", { products: ["fridge"], afterDiagnosis: true }),
    service("look-wine", { products: ["wine-fridge"], afterDiagnosis: true }),
    service("look-washer", { products: ["washer"] }),
    service("seal", { products: ["fridge"] }),
    service("drain", { products: ["washer"] }),
    service("clean", { products: ["washer", "fridge"] }),
    service("weld", { products: ["washer"], requestable: false }),
  ],
  faults: [
    fault("fridge-leaks", { products: ["fridge"], service: "seal" }),
    fault("wine-leaks", { products: ["wine-fridge"], service: "look-wine" }),
    fault("washer-leaks", { products: ["washer"], service: "drain" }),
    fault("fridge-loud", { products: ["fridge"], service: "look-fridge" }),
  ],
});
const leaks: WorkWish = { faults: [["fridge-leaks", "wine-leaks", "washer-leaks"]], services: [], note: null };
const ids = (entries: readonly { readonly id: string }[]): string[] => entries.map((entry) => entry.id);
const found = (at: number, id: string) => ({ text: "x", at, id });

describe("wishOf", () => {
  test("nothing named is no wish", () => {
    expect(wishOf(model, NO_ENTITIES, "hm")).toBeNull();
  });
  test("entries on the same words are alternatives, others stand side by side", () => {
    const wish = wishOf(
      model,
      { ...NO_ENTITIES, fault: [found(0, "fridge-leaks"), found(0, "washer-leaks"), found(9, "fridge-loud")] },
      "漏水又响",
    );
    expect(wish).toStrictEqual({ faults: [["fridge-leaks", "washer-leaks"], ["fridge-loud"]], services: [], note: "漏水又响" });
  });
  test("work that nobody asks for by itself is no wish", () => {
    expect(wishOf(model, { ...NO_ENTITIES, service: [found(0, "weld")] }, null)).toBeNull();
    expect(wishOf(model, { ...NO_ENTITIES, service: [found(0, "weld"), found(5, "clean")] }, null)?.services).toStrictEqual([["clean"]]);
  });
});

describe("the product settles which alternative is meant", () => {
  test.each([
    ["washer", "washer-leaks", ["drain"]],
    ["fridge", "fridge-leaks", ["seal"]],
    // The entry that names the product itself comes before the one that names its kind.
    ["wine-fridge", "wine-leaks", ["look-wine"]],
  ])("on a %s it is %s, mended by %j", (on, wanted, services) => {
    expect(ids(faultsFor(model, on, leaks))).toStrictEqual([wanted]);
    expect(ids(servicesFor(model, on, leaks))).toStrictEqual(services);
  });

  test("a sort of a sort takes what holds for its kinds", () => {
    expect(ids(servicesFor(model, "big-wine-fridge", { ...NO_WISH, faults: [["fridge-loud"]] }))).toStrictEqual(["look-fridge"]);
  });

  test("before the product is known, the first alternative stands for all", () => {
    expect(ids(faultsFor(model, null, leaks))).toStrictEqual(["fridge-leaks"]);
  });

  test("a fault the product cannot have is left out, and finding out takes its place", () => {
    expect(ids(faultsFor(model, "washer", { ...NO_WISH, faults: [["fridge-loud"]] }))).toStrictEqual([]);
    expect(ids(servicesFor(model, "washer", { ...NO_WISH, faults: [["fridge-loud"]] }))).toStrictEqual(["look-washer"]);
  });
});

describe("servicesFor", () => {
  test("gives what was asked for first, then what the faults need, each once", () => {
    const wish: WorkWish = { faults: [["washer-leaks"], ["washer-leaks"]], services: [["clean"], ["drain"]], note: null };
    expect(ids(servicesFor(model, "washer", wish))).toStrictEqual(["clean", "drain"]);
  });
  test("unknown ids are left out", () => {
    expect(ids(servicesFor(model, "washer", { faults: [["gone"]], services: [["gone"], ["clean"]], note: null }))).toStrictEqual(["clean"]);
  });
  test("a product without any service has none", () => {
    expect(servicesFor(model, "bare", NO_WISH)).toStrictEqual([]);
    expect(generalService(model, "bare")).toBeUndefined();
  });
});

describe("generalService", () => {
  test.each([
    ["fridge", "look-fridge"],
    ["wine-fridge", "look-wine"],
    ["washer", "look-washer"],
  ])("of a %s is %s", (on, wanted) => {
    expect(generalService(model, on)?.id).toBe(wanted);
  });
});

describe("productsFor", () => {
  test.each<readonly [string, WorkWish, readonly string[]]>([
    ["nothing named says nothing", NO_WISH, []],
    ["a fault of several products", leaks, ["fridge", "wine-fridge", "big-wine-fridge", "washer"]],
    ["every fault must make sense", { ...leaks, faults: [...leaks.faults, ["fridge-loud"]] }, ["fridge", "wine-fridge", "big-wine-fridge"]],
    ["and every service", { ...leaks, services: [["drain"]] }, ["washer"]],
    ["what no product can have at once", { faults: [["fridge-loud"]], services: [["drain"]], note: null }, []],
  ])("%s", (_name, wish, wanted) => {
    expect(productsFor(model, wish)).toStrictEqual(wanted);
  });
});
