/** A row of the products' table as a product of a customer. */
import type { DayKey } from "../../time.ts";
import type { OwnedProduct } from "../state.ts";
import type { Row } from "./columns.ts";
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
