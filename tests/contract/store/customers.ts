import { expect, test } from "vitest";
import { ask, customer, NOW, type Place, product } from "./samples.ts";

export function customerClauses(place: Place): void {
  const put = (...files: readonly ReturnType<typeof customer>[]) =>
    ask(place, async (unit) => {
      for (const file of files) await unit.customers.put(file);
    });
  const find = (kind: "phone" | "plate" | "serial", value: string) =>
    ask(place, async (unit) => (await unit.customers.find(kind, value)).map((file) => file.id));

  test("a conversation that nobody wrote is null, and the last write is what is read", async () => {
    expect(await ask(place, (unit) => unit.conversations.get("web:a"))).toBeNull();
    await ask(place, (unit) => unit.conversations.put({ id: "web:a", customerId: null, state: { n: 1 }, updatedAt: NOW }));
    const last = { id: "web:a", customerId: "k1", state: { n: 2, list: [] }, updatedAt: NOW + 1 };
    await ask(place, (unit) => unit.conversations.put(last));
    expect(await ask(place, (unit) => unit.conversations.get("web:a"))).toEqual(last);
  });

  test("a conversation's state may be null, a number or a text", async () => {
    for (const state of [null, 0, "", false, []]) {
      await ask(place, (unit) => unit.conversations.put({ id: "web:a", customerId: null, state, updatedAt: NOW }));
      expect((await ask(place, (unit) => unit.conversations.get("web:a")))?.state).toEqual(state);
    }
  });

  test("a customer file comes back as it was put, and the last one counts", async () => {
    expect(await ask(place, (unit) => unit.customers.get("k1"))).toBeNull();
    await put(customer("k1", { name: "王芳" }));
    const file = customer("k1", { name: "王小芳", vip: true, products: [product("p1", { plate: "粤B12345", mileageKm: 1 })] });
    await put(file);
    expect(await ask(place, (unit) => unit.customers.get("k1"))).toEqual(file);
  });

  test("find gives the whole files of all customers with the key", async () => {
    const one = customer("k1", { phones: ["+8613800138000", "+85291234567"] });
    const two = customer("k2", { phones: ["+8613800138000"] });
    await put(two, one, customer("k3", { phones: ["+8613900139000"] }));
    expect(await ask(place, (unit) => unit.customers.find("phone", "+8613800138000"))).toEqual([one, two]);
    expect(await find("phone", "+85291234567")).toEqual(["k1"]);
  });

  test("find goes by kind: a serial is no plate", async () => {
    await put(customer("k1", { products: [product("p1", { plate: "A12345", serial: "B67890" })] }));
    expect(await find("plate", "A12345")).toEqual(["k1"]);
    expect(await find("serial", "B67890")).toEqual(["k1"]);
    expect(await find("serial", "A12345")).toEqual([]);
    expect(await find("phone", "A12345")).toEqual([]);
  });

  test("find keys follow the file: what is taken out of it finds nothing any more", async () => {
    await put(customer("k1", { phones: ["+8613800138000"], products: [product("p1", { plate: "粤B12345" })] }));
    await put(customer("k1", { phones: ["+8613900139000"], products: [product("p1", { plate: "粤B12345", serial: "SN-1" })] }));
    expect(await find("phone", "+8613800138000")).toEqual([]);
    expect(await find("phone", "+8613900139000")).toEqual(["k1"]);
    expect(await find("plate", "粤B12345")).toEqual(["k1"]);
    expect(await find("serial", "SN-1")).toEqual(["k1"]);
    await put(customer("k1"));
    expect(await find("plate", "粤B12345")).toEqual([]);
    expect(await find("serial", "SN-1")).toEqual([]);
  });

  test("a key that two products of one file share finds the file once", async () => {
    await put(customer("k1", { products: [product("p1", { serial: "SN1" }), product("p2", { serial: "sn-1" })] }));
    expect(await find("serial", "SN1")).toEqual(["k1"]);
  });

  test.each([
    ["plate", "粤B·12345", "粤b 12345"],
    ["serial", "LSVAA4182E2123456", "lsvaa4182e2123456"],
    ["serial", "ABC-001", "ABC001"],
    ["phone", "+8613800138000", "+86 138-0013-8000"],
  ] as const)("find takes a %s however it is written: %s as %s", async (kind, stored, asked) => {
    const file =
      kind === "phone" ? customer("k1", { phones: [stored] }) : customer("k1", { products: [product("p1", { [kind]: stored })] });
    await put(file);
    expect(await find(kind, asked)).toEqual(["k1"]);
  });

  test("an empty key finds nobody, even if files hold empty values", async () => {
    await put(customer("k1", { phones: ["", "-"], products: [product("p1", { plate: "", serial: " " })] }));
    expect(await find("phone", "")).toEqual([]);
    expect(await find("phone", "-")).toEqual([]);
    expect(await find("plate", " ")).toEqual([]);
    expect(await find("serial", "")).toEqual([]);
  });

  test("a conversation belongs to the customer it was linked to last; one customer may have many", async () => {
    const of = (conversation: string) => ask(place, (unit) => unit.customers.ofConversation(conversation));
    expect(await of("web:a")).toBeNull();
    await ask(place, (unit) => unit.customers.linkConversation("web:a", "k1"));
    await ask(place, (unit) => unit.customers.linkConversation("telegram:7", "k1"));
    await ask(place, (unit) => unit.customers.linkConversation("web:a", "k2"));
    expect(await of("web:a")).toBe("k2");
    expect(await of("telegram:7")).toBe("k1");
    await ask(place, (unit) => unit.customers.linkConversation("slack:1", "k1"));
    const conversations = (id: string) => ask(place, (unit) => unit.customers.conversationsOf(id));
    expect(await conversations("k1")).toEqual(["slack:1", "telegram:7"]);
    expect(await conversations("k2")).toEqual(["web:a"]);
    expect(await conversations("k3")).toEqual([]);
  });

  test("customers are found by how a key begins, a phone by its end, each once, and never more than asked for", async () => {
    await put(
      customer("k1", { name: "罗文强", phones: ["+8613800138821"], products: [product("p1", { plate: "粤B8821F" })] }),
      customer("k2", { name: "刘伟强", phones: ["+8613900138821"] }),
    );
    const search = (kind: "name" | "pinyin" | "tail" | "fragment", value: string, limit = 10) =>
      ask(place, async (unit) => (await unit.customers.search(kind, value, limit)).map((file) => file.id).sort());
    expect(await search("pinyin", "lwq")).toEqual(["k1", "k2"]);
    expect(await search("pinyin", "luo")).toEqual(["k1"]);
    expect(await search("name", "罗")).toEqual(["k1"]);
    expect(await search("tail", "8821")).toEqual(["k1", "k2"]);
    expect(await search("fragment", "882")).toEqual(["k1"]);
    expect(await search("tail", "8821", 1)).toHaveLength(1);
    expect(await search("tail", "-")).toEqual([]);
  });

  test("all files are paged by id", async () => {
    await put(customer("k2"), customer("k1"), customer("k3"));
    const page = (after: string, limit: number) =>
      ask(place, async (unit) => (await unit.customers.all(after, limit)).map((file) => file.id));
    expect(await page("", 2)).toEqual(["k1", "k2"]);
    expect(await page("k2", 2)).toEqual(["k3"]);
    expect(await ask(place, (unit) => unit.customers.ids("", 2))).toEqual(["k1", "k2"]);
    expect(await ask(place, (unit) => unit.customers.ids("k2", 2))).toEqual(["k3"]);
  });
}
