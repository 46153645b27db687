import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exportRows } from "../../../bots/commands/transfer/export-tables.ts";
import { planImport, type Tables, writeImport } from "../../../bots/commands/transfer/import-tables.ts";
import { readTable, writeCsv, writeWorkbook } from "../../../bots/commands/transfer/tables.ts";
import { openScratchStore } from "../../../bots/service/scratch.ts";
import { transferDay, transferPhone } from "../../../core/customers/transfer/values.ts";
import type { Store } from "../../../core/ports.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import { NOW } from "../../contract/store/samples.ts";
import { shippedProfile } from "../../support/profile.ts";

const model = createBusinessModel(shippedProfile("dealer"));

const GOOD: Tables = {
  customers: [
    ["客户编号", "姓名", "称谓", "手机", "地址", "VIP", "生日", "更多电话"],
    ["K001", "罗文强", "先生", "138 0013 8821", "=深圳市福田区1号", "是", "农历 08-15", "0755-88888888；13800138822"],
    ["", "Mark Evans", "mr", "+447700900123", "", "", "1985/3/12", ""],
  ],
  products: [
    ["客户", "产品", "车牌", "VIN", "购买日期", "里程", "年检到期", "保养到期", "其他到期", "里程记录", "已出售日期", "相关人"],
    [
      "K001",
      "帕萨特",
      "粤B·8821F",
      "lsvaa4182e2123456",
      "2024/3/5",
      "23,500",
      "2027-03-31",
      "2027/1/5",
      "tax 2027-06-30",
      "2026-01-05 18000；2025-07-01 12000",
      "",
      "使用人 王芳 13800138003；付款人 罗氏贸易",
    ],
    ["+447700900123", "car", "粤B1111", "", "", "", "", "", "", "", "2026-02-01", ""],
  ],
  history: [
    ["工单号", "客户", "车牌", "日期", "项目", "金额"],
    ["H-2024-001", "13800138821", "粤B8821F", "2025年6月1日", "保养", "¥1,280.50"],
  ],
};

describe("phones and days as people write them", () => {
  test.each([
    ["138-0013-8821", "+8613800138821"],
    ["0086 13800138821", "+8613800138821"],
    ["0912345678", "+886912345678"],
    ["0755-88888888", "075588888888"],
    ["12", null],
    ["abc", null],
  ])("phone %s", (text, wanted) => expect(transferPhone(text)).toBe(wanted));
  test.each([
    ["2024/3/5", "2024-03-05"],
    ["2024年12月31日", "2024-12-31"],
    ["2024-02-30", null],
    ["5.3.24", null],
  ])("day %s", (text, wanted) => expect(transferDay(text)).toBe(wanted));
});

describe("import", () => {
  let store: Store;
  let folder: string;
  beforeEach(async () => {
    ({ store } = await openScratchStore());
    folder = mkdtempSync(join(tmpdir(), "anxin-transfer-"));
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const count = (): Promise<number> => store.unit(async (unit) => (await unit.customers.all("", 100)).length);

  test("good tables become files, products and orders; the same tables again double nothing", async () => {
    for (let round = 0; round < 2; round++) {
      const plan = await planImport(store, model, GOOD, NOW);
      expect(plan.problems).toEqual([]);
      await writeImport(store, plan, NOW, () => {});
    }
    expect(await count()).toBe(2);
    const file = await store.unit((unit) => unit.customers.get("IK001"));
    expect(file).toMatchObject({
      name: "罗文强",
      title: "mr",
      phones: ["+8613800138821", "075588888888", "+8613800138822"],
      vip: true,
      birthday: { calendar: "lunar", year: null, month: 8, date: 15 },
    });
    expect(file?.products).toMatchObject([
      { product: "vw-passat", plate: "粤B8821F", serial: "LSVAA4182E2123456", boughtOn: "2024-03-05", mileageKm: 23_500 },
    ]);
    expect(file?.products[0]).toMatchObject({
      due: { inspection: "2027-03-31", service: "2027-01-05", tax: "2027-06-30" },
      readings: [
        { on: "2025-07-01", km: 12_000 },
        { on: "2026-01-05", km: 18_000 },
      ],
      mileageOn: "2026-01-05",
      people: [
        { role: "driver", name: "王芳", phone: "+8613800138003" },
        { role: "payer", name: "罗氏贸易", phone: null },
      ],
    });
    const sold = await store.unit((unit) => unit.customers.get("T447700900123"));
    expect(sold).toMatchObject({ birthday: { calendar: "solar", year: 1985, month: 3, date: 12 }, products: [{ soldOn: "2026-02-01" }] });
    const order = await store.unit((unit) => unit.records.order("H-2024-001"));
    expect(order).toMatchObject({
      customerId: "IK001",
      ownedProduct: "p1",
      status: "closed",
      services: ["maintenance"],
      finalMinor: 128_050,
    });
    expect(await store.unit((unit) => unit.records.events("order", "H-2024-001"))).toHaveLength(1);
  });

  test("every problem is told by row, and nothing is written by the plan", async () => {
    const plan = await planImport(
      store,
      model,
      {
        customers: [
          ["姓名", "手机", "生日", "更多电话"],
          ["", "13800138000", "", ""],
          ["王", "12", "", ""],
          ["李", "13800138001", "", ""],
          ["李", "13800138001", "", ""],
          ["赵", "13800138002", "三月", "abc"],
        ],
        products: [
          ["客户", "产品", "购买日期", "里程记录", "其他到期", "相关人", "已出售日期"],
          ["13800138001", "飞船", "昨天", "", "", "", ""],
          ["13999999999", "car", "", "", "", "", ""],
          ["13800138001", "car", "2024-01-01", "昨天 12000", "tax 早晚", "邻居 王芳", "2023-01-01"],
        ],
        history: [["工单号", "客户"]],
      },
      NOW,
    );
    expect(plan.problems.map(({ sheet, row, column }) => `${sheet} ${row} ${column}`)).toEqual([
      "customers 2 姓名",
      "customers 3 手机",
      "customers 5 客户编号",
      "customers 6 生日",
      "customers 6 更多电话",
      "products 2 产品",
      "products 2 购买日期",
      "products 3 客户",
      "products 4 其他到期",
      "products 4 里程记录",
      "products 4 相关人",
      "products 4 已出售日期",
      "history 1 日期",
    ]);
    expect(await count()).toBe(0);
  });

  test("a customer known by phone keeps their file and gets what is new", async () => {
    await writeImport(
      store,
      await planImport(
        store,
        model,
        {
          customers: [
            ["姓名", "手机"],
            ["罗文强", "13800138821"],
          ],
        },
        NOW,
      ),
      NOW,
      () => {},
    );
    const plan = await planImport(store, model, { customers: GOOD.customers!, products: GOOD.products! }, NOW + 1);
    expect(plan.problems).toEqual([]);
    await writeImport(store, plan, NOW + 1, () => {});
    expect(await count()).toBe(2);
    const [file] = await store.unit((unit) => unit.customers.find("phone", "+8613800138821"));
    expect(file).toMatchObject({ id: "T8613800138821", address: "=深圳市福田区1号", vip: true, products: [{ plate: "粤B8821F" }] });
  });

  test.each(["csv", "xlsx"])("what is exported as %s is what is imported again", async (format) => {
    await writeImport(store, await planImport(store, model, GOOD, NOW), NOW, () => {});
    const paths: Record<string, string> = {};
    for (const sheet of ["customers", "products", "history"] as const) {
      paths[sheet] = join(folder, `${sheet}.${format}`);
      if (format === "csv") await writeCsv(paths[sheet]!, exportRows(store, model, sheet));
      else {
        const rows: string[][] = [];
        for await (const page of exportRows(store, model, sheet)) rows.push(...page);
        await writeWorkbook(paths[sheet]!, [{ name: sheet, rows }]);
      }
    }
    const other = await openScratchStore();
    try {
      const tables = {
        customers: await readTable(paths["customers"]!),
        products: await readTable(paths["products"]!),
        history: await readTable(paths["history"]!),
      };
      const plan = await planImport(other.store, model, tables, NOW);
      expect(plan.problems).toEqual([]);
      await writeImport(other.store, plan, NOW, () => {});
      const before = await store.unit((unit) => unit.customers.get("IK001"));
      const after = await other.store.unit((unit) => unit.customers.get("IK001"));
      expect(after).toEqual(before);
      const other1 = await store.unit((unit) => unit.customers.get("T447700900123"));
      const other2 = await other.store.unit((unit) => unit.customers.get("T447700900123"));
      expect(other2).toEqual(other1);
      expect(await other.store.unit((unit) => unit.records.order("H-2024-001"))).toEqual(
        await store.unit((unit) => unit.records.order("H-2024-001")),
      );
    } finally {
      await other.store.close();
    }
  });

  test("a table that a Chinese spreadsheet saved as GB18030 is read", async () => {
    const path = join(folder, "gbk.csv");
    // 姓名,手机 / 王芳,13800138000
    writeFileSync(path, Buffer.from("d0d5c3fb2ccad6bbfa0acdf5b7bc2c3133383030313338303030", "hex"));
    expect(await readTable(path)).toEqual([
      ["姓名", "手机"],
      ["王芳", "13800138000"],
    ]);
  });

  test("a file that is no table is refused with its name", async () => {
    const path = join(folder, "broken.xlsx");
    writeFileSync(path, "no workbook");
    await expect(readTable(path)).rejects.toMatchObject({ code: "wrong_use" });
    await expect(readTable(join(folder, "missing.csv"))).rejects.toMatchObject({ code: "wrong_use" });
  });
});
