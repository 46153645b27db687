/** A row of the products' table as a product of a customer. */
import type { DayKey } from "../../time.ts";
import type { OwnedProduct } from "../state.ts";
import type { Row } from "./columns.ts";
import { readDue, readPeople, readReadings } from "./lists.ts";
import type { ImportNames } from "./names.ts";
import { type Complain, plain, transferDay } from "./values.ts";

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
  const service = dayOf("service", "保养到期");
  const mileageOn = dayOf("mileageOn", "里程日期");
  const soldOn = dayOf("sold", "已出售日期");
  const lists = {
    due: readDue(row["due"] ?? ""),
    readings: readReadings(row["readings"] ?? ""),
    people: readPeople(row["people"] ?? ""),
  };
  for (const [list, heading] of [
    ["due", "其他到期"],
    ["readings", "里程记录"],
    ["people", "相关人"],
  ] as const)
    for (const part of lists[list].wrong) {
      complain(heading, `「${part}」读不懂`, `"${part}" can't be read`);
      good = false;
    }
  if (soldOn !== null && boughtOn !== null && soldOn < boughtOn) {
    complain("已出售日期", "早于购买日期", "is before the purchase");
    good = false;
  }
  const mileage = row["mileage"] ? Number(row["mileage"].replace(/[,，\s]|公里|km/gi, "")) : null;
  if (mileage !== null && !(Number.isFinite(mileage) && mileage >= 0 && mileage <= 3_000_000)) {
    complain("里程", `「${row["mileage"]}」不是里程`, `"${row["mileage"]}" is no mileage`);
    good = false;
  }
  if (!good) return null;
  const due = {
    ...(inspection ? { inspection } : {}),
    ...(insurance ? { insurance } : {}),
    ...(service ? { service } : {}),
    ...lists.due.due,
  };
  const { readings } = lists.readings;
  const last = readings.at(-1);
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
    // What stands in no column of its own is known by the last reading.
    mileageKm: mileage === null ? (last?.km ?? null) : Math.round(mileage),
    ...(/公|business|company/.test(plain(row["usage"] ?? ""))
      ? { usage: "business" as const }
      : /私|private/.test(plain(row["usage"] ?? ""))
        ? { usage: "private" as const }
        : {}),
    ...(row["channel"] ? { purchaseChannel: row["channel"] } : {}),
    ...(Object.keys(due).length > 0 ? { due } : {}),
    ...((mileageOn ?? last?.on) ? { mileageOn: (mileageOn ?? last?.on)! } : {}),
    ...(readings.length > 0 ? { readings } : {}),
    ...(soldOn ? { soldOn } : {}),
    ...(row["maker"] ? { maker: row["maker"] } : {}),
    ...(row["specification"] ? { specification: row["specification"] } : {}),
    ...(lists.people.people.length > 0 ? { people: lists.people.people } : {}),
  };
}
