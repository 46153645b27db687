/**
 * Customers, products and service history as tables: which columns there are, what they are called, and how a row becomes a file
 * or says what is wrong with it. Pure; the files are read and written in bots/commands/transfer.
 */
import type { WorkOrder } from "../orders/state.ts";
import { ORDER_STATUSES } from "../orders/state.ts";
import type { BusinessModel } from "../profile/model.ts";
import { type DayKey, instantOf } from "../time.ts";
import { type CustomerFile, newCustomer, type OwnedProduct } from "./state.ts";

export type Sheet = "customers" | "products" | "history";

/** A cell as read: text, or a day that the sheet already knew as one. */
export type Row = Readonly<Record<string, string>>;

/** What is wrong with a row. `row` counts as a spreadsheet does: 1 is the heading. */
export interface RowProblem {
  readonly sheet: Sheet;
  readonly row: number;
  readonly column: string;
  readonly zh: string;
  readonly en: string;
}

interface Column {
  readonly name: string;
  /** Headings by which it is known; the first is written. */
  readonly headings: readonly string[];
  readonly needed?: boolean;
}

export const COLUMNS: Readonly<Record<Sheet, readonly Column[]>> = {
  customers: [
    { name: "code", headings: ["客户编号", "customer", "code", "编号", "id"] },
    { name: "name", headings: ["姓名", "name", "客户姓名", "车主"], needed: true },
    { name: "title", headings: ["称谓", "title", "性别"] },
    { name: "phone", headings: ["手机", "phone", "电话", "手机号", "联系电话", "mobile"], needed: true },
    { name: "phone2", headings: ["其他电话", "phone2", "电话2", "家庭电话", "办公电话"] },
    { name: "address", headings: ["地址", "address", "住址"] },
    { name: "postcode", headings: ["邮编", "postcode"] },
    { name: "company", headings: ["单位", "company", "公司"] },
    { name: "language", headings: ["语言", "language"] },
    { name: "vip", headings: ["VIP", "vip"] },
  ],
  products: [
    { name: "customer", headings: ["客户", "customer", "客户编号", "手机", "phone"], needed: true },
    { name: "product", headings: ["产品", "product", "品类", "车型"], needed: true },
    { name: "brand", headings: ["品牌", "brand"] },
    { name: "model", headings: ["型号", "model"] },
    { name: "plate", headings: ["车牌", "plate", "车牌号"] },
    { name: "serial", headings: ["序列号", "serial", "VIN", "车架号", "vin"] },
    { name: "bought", headings: ["购买日期", "bought", "购车日期"] },
    { name: "mileage", headings: ["里程", "mileage", "公里数"] },
    { name: "usage", headings: ["用途", "usage"] },
    { name: "channel", headings: ["购买渠道", "channel"] },
    { name: "inspection", headings: ["年检到期", "inspection"] },
    { name: "insurance", headings: ["保险到期", "insurance"] },
  ],
  history: [
    { name: "number", headings: ["工单号", "number", "order", "单号"], needed: true },
    { name: "customer", headings: ["客户", "customer", "客户编号", "手机", "phone"], needed: true },
    { name: "identity", headings: ["车牌或序列号", "identity", "车牌", "plate", "序列号", "serial"] },
    { name: "date", headings: ["日期", "date", "进厂日期", "服务日期"], needed: true },
    { name: "finished", headings: ["完成日期", "finished", "出厂日期"] },
    { name: "items", headings: ["项目", "items", "服务项目"] },
    { name: "fault", headings: ["故障", "fault"] },
    { name: "technician", headings: ["技师", "technician", "师傅"] },
    { name: "total", headings: ["金额", "total", "合计"] },
    { name: "status", headings: ["状态", "status"] },
    { name: "note", headings: ["备注", "note"] },
  ],
};

const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[\s_*]/g, "");

/** Where each column stands in a heading row; problems for those that are needed and missing. */
export function mapHeadings(
  sheet: Sheet,
  headings: readonly string[],
): { readonly at: Readonly<Record<string, number>>; readonly problems: readonly RowProblem[] } {
  const at: Record<string, number> = {};
  const known = headings.map(plain);
  for (const column of COLUMNS[sheet]) {
    for (const heading of column.headings) {
      const index = known.findIndex((one, position) => one === plain(heading) && !Object.values(at).includes(position));
      if (index < 0) continue;
      at[column.name] = index;
      break;
    }
  }
  const problems = COLUMNS[sheet]
    .filter((column) => column.needed && at[column.name] === undefined)
    .map((column) => ({
      sheet,
      row: 1,
      column: column.headings[0]!,
      zh: `缺少「${column.headings[0]}」这一列`,
      en: `the column "${column.headings[1]}" is missing`,
    }));
  return { at, problems };
}

/** A phone in E.164 where its country is plain; `null` when it is none. */
export function transferPhone(text: string): string | null {
  const digits = text.normalize("NFKC").replace(/[^\d+]/g, "");
  if (/^\+\d{8,15}$/.test(digits)) return digits;
  if (/^(?:0086|86)?1[3-9]\d{9}$/.test(digits)) return `+86${digits.slice(-11)}`;
  if (/^09\d{8}$/.test(digits)) return `+886${digits.slice(1)}`;
  if (/^0\d{2,3}\d{7,8}$/.test(digits)) return digits;
  return /^\d{7,12}$/.test(digits) ? digits : null;
}

/** A calendar day as people write it; `null` when it is none. */
export function transferDay(text: string): DayKey | null {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$/.exec(text.normalize("NFKC").trim());
  if (!match) return null;
  const day = `${match[1]}-${match[2]!.padStart(2, "0")}-${match[3]!.padStart(2, "0")}`;
  const back = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(back.getTime()) && back.toISOString().startsWith(day) ? day : null;
}

/** How rows of other sheets name a customer: by code, or by phone. */
export function customerKey(text: string): string {
  return transferPhone(text) ?? text.normalize("NFKC").trim().toUpperCase();
}

type Complain = (column: string, zh: string, en: string) => void;

/** The file of a row, or `null` after complaining. The id follows from the code or phone, so that the same row twice is one file. */
export function customerOfRow(
  row: Row,
  now: number,
  complain: Complain,
): { readonly file: CustomerFile; readonly keys: readonly string[] } | null {
  const name = row["name"] ?? "";
  const phone = transferPhone(row["phone"] ?? "");
  if (name === "") complain("姓名", "没有姓名", "the name is missing");
  else if (name.length > 60) complain("姓名", "姓名过长", "the name is too long");
  if (phone === null)
    complain("手机", row["phone"] ? "不是电话号码" : "没有电话", row["phone"] ? "is no phone number" : "the phone is missing");
  const second = row["phone2"] ? transferPhone(row["phone2"]) : undefined;
  if (second === null) complain("其他电话", "不是电话号码", "is no phone number");
  const language = row["language"] ? LANGUAGES[plain(row["language"])] : null;
  if (language === undefined) complain("语言", "只能是 zh-CN、zh-TW 或 en", "must be zh-CN, zh-TW or en");
  if (name === "" || name.length > 60 || phone === null || second === null || language === undefined) return null;
  const code = (row["code"] ?? "").trim();
  const id = code === "" ? `T${phone.replace("+", "")}` : `I${code.toUpperCase().replace(/[^\p{L}\p{N}-]/gu, "")}`;
  const title = plain(row["title"] ?? "");
  const file: CustomerFile = {
    ...newCustomer(id, now),
    name,
    title: /先生|男|mr|^m$/.test(title) ? "mr" : /女|小姐|ms|mrs|^f$/.test(title) ? "ms" : null,
    phones: second ? [phone, second] : [phone],
    address: row["address"] || null,
    language: language ?? null,
    vip: /^(?:是|y|yes|1|true|vip|√)$/.test(plain(row["vip"] ?? "")),
    ...(row["postcode"] ? { postcode: row["postcode"] } : {}),
    ...(row["company"] ? { company: row["company"] } : {}),
  };
  return { file, keys: [...(code === "" ? [] : [customerKey(code)]), phone] };
}

const LANGUAGES: Readonly<Record<string, "zh-CN" | "zh-TW" | "en">> = {
  "zh-cn": "zh-CN",
  中文: "zh-CN",
  简体: "zh-CN",
  "zh-tw": "zh-TW",
  繁体: "zh-TW",
  繁體: "zh-TW",
  en: "en",
  english: "en",
  英文: "en",
};

/** Look-ups by the names people write, made once for a whole import. */
export interface ImportNames {
  readonly product: (text: string) => string | undefined;
  readonly service: (text: string) => string | undefined;
  readonly fault: (text: string) => string | undefined;
  readonly technician: (text: string) => string | undefined;
}

export function importNames(model: BusinessModel): ImportNames {
  const index = (
    entries: readonly {
      id: string;
      name: Readonly<Record<string, string>>;
      words?: Readonly<Record<string, readonly string[]>>;
      models?: readonly string[];
    }[],
  ) => {
    const known = new Map<string, string>();
    const add = (text: string, id: string): void => {
      if (!known.has(plain(text))) known.set(plain(text), id);
    };
    for (const entry of entries) {
      add(entry.id, entry.id);
      for (const name of Object.values(entry.name)) add(name, entry.id);
    }
    for (const entry of entries)
      for (const word of [...Object.values(entry.words ?? {}).flat(), ...(entry.models ?? [])]) add(word, entry.id);
    return (text: string): string | undefined => known.get(plain(text));
  };
  const { products, services, faults, technicians } = model.profile;
  return { product: index(products), service: index(services), fault: index(faults), technician: index(technicians) };
}

/** The product of a row, without its number within the file; `null` after complaining. */
export function productOfRow(row: Row, names: ImportNames, complain: Complain): Omit<OwnedProduct, "id"> | null {
  const product = names.product(row["product"] ?? "");
  if (product === undefined)
    complain("产品", `「${row["product"] ?? ""}」不在 products.yaml 中`, `"${row["product"] ?? ""}" is not in products.yaml`);
  let good = product !== undefined;
  const dayOf = (column: string, heading: string): DayKey | null => {
    const text = row[column];
    if (!text) return null;
    const day = transferDay(text);
    if (day === null) {
      complain(heading, `「${text}」不是日期`, `"${text}" is no day`);
      good = false;
    }
    return day;
  };
  const boughtOn = dayOf("bought", "购买日期");
  const inspection = dayOf("inspection", "年检到期");
  const insurance = dayOf("insurance", "保险到期");
  const mileage = row["mileage"] ? Number(row["mileage"].replace(/[,，\s]|公里|km/gi, "")) : null;
  if (mileage !== null && !(Number.isFinite(mileage) && mileage >= 0 && mileage <= 3_000_000)) {
    complain("里程", `「${row["mileage"]}」不是里程`, `"${row["mileage"]}" is no mileage`);
    good = false;
  }
  if (!good) return null;
  const due = { ...(inspection ? { inspection } : {}), ...(insurance ? { insurance } : {}) };
  return {
    product: product!,
    brand: row["brand"] || null,
    model: row["model"] || null,
    plate: row["plate"]
      ? row["plate"]
          .normalize("NFKC")
          .toUpperCase()
          .replace(/[\s·.-]/g, "")
      : null,
    serial: row["serial"] ? row["serial"].normalize("NFKC").toUpperCase().replace(/\s/g, "") : null,
    boughtOn,
    mileageKm: mileage === null ? null : Math.round(mileage),
    ...(/公|business|company/.test(plain(row["usage"] ?? ""))
      ? { usage: "business" as const }
      : /私|private/.test(plain(row["usage"] ?? ""))
        ? { usage: "private" as const }
        : {}),
    ...(row["channel"] ? { purchaseChannel: row["channel"] } : {}),
    ...(Object.keys(due).length > 0 ? { due } : {}),
  };
}

/** The finished order of a row of history; `null` after complaining. */
export function orderOfRow(row: Row, owner: CustomerFile, names: ImportNames, zone: string, complain: Complain): WorkOrder | null {
  const number = (row["number"] ?? "").normalize("NFKC").trim().toUpperCase();
  const day = transferDay(row["date"] ?? "");
  let good = true;
  const wrong: Complain = (column, zh, en) => {
    complain(column, zh, en);
    good = false;
  };
  if (!/^[\p{L}\p{N}-]{3,40}$/u.test(number))
    wrong("工单号", number === "" ? "没有工单号" : "工单号只能是 3–40 位字母和数字", "must be 3–40 letters and digits");
  if (day === null) wrong("日期", `「${row["date"] ?? ""}」不是日期`, `"${row["date"] ?? ""}" is no day`);
  const finished = row["finished"] ? transferDay(row["finished"]) : day;
  if (finished === null && day !== null) wrong("完成日期", `「${row["finished"]}」不是日期`, `"${row["finished"]}" is no day`);
  if (finished !== null && day !== null && finished < day) wrong("完成日期", "早于开始日期", "is before the start");
  const services: string[] = [];
  for (const item of (row["items"] ?? "").split(/[;；、]/).filter((one) => one.trim() !== "")) {
    const service = names.service(item);
    if (service === undefined) wrong("项目", `「${item.trim()}」不在 services.yaml 中`, `"${item.trim()}" is not in services.yaml`);
    else services.push(service);
  }
  const total = row["total"] ? Number(row["total"].replace(/[,，\s¥￥$元]/g, "")) : null;
  if (total !== null && !(Number.isFinite(total) && total >= 0 && total <= 10_000_000))
    wrong("金额", `「${row["total"]}」不是金额`, `"${row["total"]}" is no amount`);
  const status = row["status"] ? ORDER_STATUSES.find((one) => one === plain(row["status"]!)) : "closed";
  if (status === undefined) wrong("状态", `「${row["status"]}」不是工单状态`, `"${row["status"]}" is no state of an order`);
  const identity = plain(row["identity"] ?? "")
    .toUpperCase()
    .replace(/[·.-]/g, "");
  const owned =
    owner.products.find((one) => identity !== "" && (one.plate === identity || one.serial === identity)) ??
    (owner.products.length === 1 && identity === "" ? owner.products[0] : undefined);
  if (!owned)
    wrong(
      "车牌或序列号",
      identity === "" ? "客户有多件产品,请写明是哪一件" : `客户没有「${identity}」`,
      identity === "" ? "the customer has several products: say which" : `the customer has no "${identity}"`,
    );
  if (!good || day === null || finished === null || status === undefined || !owned) return null;
  const came = instantOf(day, 9 * 60, zone);
  const done = instantOf(finished, 17 * 60, zone);
  const fault = names.fault(row["fault"] ?? "");
  return {
    number,
    customerId: owner.id,
    status,
    product: owned.product,
    ownedProduct: owned.id,
    plate: owned.plate,
    serial: owned.serial,
    services,
    technician: row["technician"] ? (names.technician(row["technician"]) ?? null) : null,
    booking: null,
    promisedAt: null,
    note: row["note"] || null,
    history: [
      { status: "received", at: came, by: "import", why: null },
      ...(status === "closed" || status === "delivered" ? [{ status: "delivered" as const, at: done, by: "import", why: null }] : []),
      ...(status === "delivered" || status === "received" ? [] : [{ status, at: done, by: "import", why: null }]),
    ],
    hurried: 0,
    ...(total === null ? {} : { finalMinor: Math.round(total * 100) }),
    ...(fault === undefined ? {} : { fault }),
    createdAt: came,
    updatedAt: done,
  };
}
