/** A row of the history's table as a finished work order. */
import { ORDER_STATUSES, type WorkOrder } from "../../orders/state.ts";
import { instantOf } from "../../time.ts";
import type { CustomerFile } from "../state.ts";
import type { Row } from "./columns.ts";
import type { ImportNames } from "./names.ts";
import { type Complain, plain, transferDay } from "./values.ts";

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
