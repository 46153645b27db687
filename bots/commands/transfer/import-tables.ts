/**
 * Customers, products and history from tables into a store. Everything is checked first, row by row; nothing is written while a row
 * is wrong (unless the wrong ones may be left out). The same tables again change what changed and double nothing.
 */
import type { CustomerFile, OwnedProduct } from "../../../core/customers/state.ts";
import { mapHeadings, type Row, type RowProblem, type Sheet } from "../../../core/customers/transfer/columns.ts";
import { customerOfRow } from "../../../core/customers/transfer/customer-row.ts";
import { orderOfRow } from "../../../core/customers/transfer/history-row.ts";
import { type ImportNames, importNames } from "../../../core/customers/transfer/names.ts";
import { productOfRow } from "../../../core/customers/transfer/product-row.ts";
import { customerKey } from "../../../core/customers/transfer/values.ts";
import type { WorkOrder } from "../../../core/orders/state.ts";
import type { Store } from "../../../core/ports.ts";
import type { BusinessModel } from "../../../core/profile/model.ts";
import type { Instant } from "../../../core/time.ts";

export interface ImportPlan {
  readonly files: readonly CustomerFile[];
  readonly orders: readonly WorkOrder[];
  readonly problems: readonly RowProblem[];
  /** Rows read, by sheet. */
  readonly rows: Readonly<Record<Sheet, number>>;
}

export type Tables = Partial<Record<Sheet, readonly (readonly string[])[]>>;

/** Records written in one transaction: each commit waits for the disk, and a serving process waits for the transaction (about half a second). */
const GROUP = 4_000;

/** Decides what an import leads to. Reads the store for customers who are known already; writes nothing. */
export async function planImport(store: Store, model: BusinessModel, tables: Tables, now: Instant): Promise<ImportPlan> {
  const problems: RowProblem[] = [];
  const names = importNames(model);
  const rows = { customers: 0, products: 0, history: 0 };
  const files = new Map<string, CustomerFile>();
  const byKey = new Map<string, string>();
  const complainAt =
    (sheet: Sheet, row: number) =>
    (column: string, zh: string, en: string): void => {
      problems.push({ sheet, row, column, zh, en });
    };

  const rowsOf = (sheet: Sheet): { row: Row; at: number }[] => {
    const [headings, ...body] = tables[sheet] ?? [];
    if (!headings) return [];
    const mapped = mapHeadings(sheet, headings);
    problems.push(...mapped.problems);
    rows[sheet] = body.length;
    if (mapped.problems.length > 0) return [];
    return body.map((cells, index) => ({
      row: Object.fromEntries(Object.entries(mapped.at).map(([name, position]) => [name, clean(cells[position] ?? "")])),
      at: index + 2,
    }));
  };

  const seen = new Map<string, number>();
  for (const { row, at } of rowsOf("customers")) {
    const complain = complainAt("customers", at);
    const read = customerOfRow(row, now, complain);
    if (!read) continue;
    const before = seen.get(read.file.id);
    if (before !== undefined) {
      complain("客户编号", `与第 ${before} 行是同一位客户`, `is the same customer as row ${before}`);
      continue;
    }
    seen.set(read.file.id, at);
    files.set(read.file.id, read.file);
    for (const key of read.keys) if (!byKey.has(key)) byKey.set(key, read.file.id);
  }
  await joinKnown(store, files, byKey, now);

  const owner = async (text: string, complain: (column: string, zh: string, en: string) => void): Promise<CustomerFile | null> => {
    const key = customerKey(text);
    const id = byKey.get(key);
    if (id !== undefined) return files.get(id) ?? null;
    const known = await store.unit(async (unit) => {
      const byId = (await unit.customers.get(key.replace(/^#/, ""))) ?? (await unit.customers.get(`I${key}`));
      if (byId) return [byId];
      return key.startsWith("+") || /^\d+$/.test(key) ? unit.customers.find("phone", key) : [];
    });
    if (known.length !== 1) {
      complain(
        "客户",
        known.length === 0 ? `没有客户「${text}」` : `「${text}」不止一位客户`,
        known.length === 0 ? `there is no customer "${text}"` : `"${text}" is more than one customer`,
      );
      return null;
    }
    files.set(known[0]!.id, known[0]!);
    byKey.set(key, known[0]!.id);
    return known[0]!;
  };

  const identities = new Map<string, number>();
  for (const { row, at } of rowsOf("products")) {
    const complain = complainAt("products", at);
    const product = productOfRow(row, names, complain);
    const file = await owner(row["customer"] ?? "", complain);
    if (!product || !file) continue;
    const identity = product.serial ?? product.plate;
    const twice = identity === null ? undefined : identities.get(identity);
    if (twice !== undefined) {
      complain("序列号", `与第 ${twice} 行是同一件产品`, `is the same product as row ${twice}`);
      continue;
    }
    if (identity !== null) identities.set(identity, at);
    files.set(file.id, { ...file, products: withProduct(file.products, product) });
  }
  const orders = await planHistory(rowsOf("history"), owner, names, model.zone, complainAt);
  return { files: [...files.values()].map((file) => ({ ...file, updatedAt: now })), orders, problems, rows };
}

async function planHistory(
  rows: readonly { row: Row; at: number }[],
  owner: (text: string, complain: (column: string, zh: string, en: string) => void) => Promise<CustomerFile | null>,
  names: ImportNames,
  zone: string,
  complainAt: (sheet: Sheet, row: number) => (column: string, zh: string, en: string) => void,
): Promise<WorkOrder[]> {
  const orders = new Map<string, WorkOrder>();
  for (const { row, at } of rows) {
    const complain = complainAt("history", at);
    const file = await owner(row["customer"] ?? "", complain);
    const order = file ? orderOfRow(row, file, names, zone, complain) : null;
    if (!order) continue;
    if (orders.has(order.number)) complain("工单号", `工单号 ${order.number} 重复`, `order ${order.number} stands twice`);
    else orders.set(order.number, order);
  }
  return [...orders.values()];
}

/** NUL and half characters can be kept by no store; what stands for nothing is nothing. */
function clean(cell: string): string {
  return cell.replaceAll("\0", "").toWellFormed().trim().slice(0, 2_000);
}

/** Customers of the tables who are in the store already (same id, or the only one with that phone) keep their file, and get what is new. */
async function joinKnown(store: Store, files: Map<string, CustomerFile>, byKey: Map<string, string>, now: Instant): Promise<void> {
  const all = [...files.values()];
  for (let at = 0; at < all.length; at += GROUP) {
    await store.unit(async (unit) => {
      for (const file of all.slice(at, at + GROUP)) {
        const same = await unit.customers.get(file.id);
        const byPhone = same ? [] : await unit.customers.find("phone", file.phones[0]!);
        const known = same ?? (byPhone.length === 1 ? byPhone[0]! : null);
        if (!known) continue;
        files.delete(file.id);
        files.set(known.id, {
          ...known,
          name: file.name,
          title: file.title ?? known.title,
          phones: [...new Set([...file.phones, ...known.phones])],
          address: file.address ?? known.address,
          language: known.language ?? file.language,
          vip: file.vip || known.vip,
          ...(file.birthday ? { birthday: file.birthday } : {}),
          ...(file.postcode ? { postcode: file.postcode } : {}),
          ...(file.company ? { company: file.company } : {}),
          updatedAt: now,
        });
        for (const [key, id] of byKey) if (id === file.id && file.id !== known.id) byKey.set(key, known.id);
      }
    });
  }
}

function withProduct(products: readonly OwnedProduct[], product: Omit<OwnedProduct, "id">): readonly OwnedProduct[] {
  const same = products.find(
    (one) => (product.plate !== null && one.plate === product.plate) || (product.serial !== null && one.serial === product.serial),
  );
  if (same) {
    // Days that the table does not name are still due.
    const due = { ...same.due, ...product.due };
    const merged = { ...same, ...product, id: same.id, ...(Object.keys(due).length > 0 ? { due } : {}) };
    return products.map((one) => (one === same ? merged : one));
  }
  return [...products, { ...product, id: `p${products.length + 1}` }];
}

/** Writes a plan. @param progress told after each transaction how many records are written */
export async function writeImport(
  store: Store,
  plan: ImportPlan,
  now: Instant,
  progress: (done: number, all: number) => void,
): Promise<void> {
  const all = plan.files.length + plan.orders.length;
  let done = 0;
  for (let at = 0; at < plan.files.length; at += GROUP) {
    const group = plan.files.slice(at, at + GROUP);
    await store.unit(async (unit) => {
      for (const file of group) await unit.customers.put(file);
    });
    done += group.length;
    progress(done, all);
  }
  for (let at = 0; at < plan.orders.length; at += GROUP) {
    const group = plan.orders.slice(at, at + GROUP);
    await store.unit(async (unit) => {
      for (const order of group) {
        const known = await unit.records.order(order.number);
        if (known && known.updatedAt >= order.updatedAt && known.status === order.status) continue;
        await unit.records.save(
          { kind: "order", id: order.number, events: [{ type: "order_opened", at: now, order }], state: order },
          "import",
        );
      }
    });
    done += group.length;
    progress(done, all);
  }
}
