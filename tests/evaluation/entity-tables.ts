/** Tables of the pieces found in messages: entities, dates and times. */
import type { Entities } from "../../core/understanding/index.ts";
import { percent, Tally, table } from "./metrics.ts";
import type { Read } from "./reads.ts";

const VERBATIM = ["phone", "plate", "vin", "order_no", "product", "fault", "name", "address"] as const;
const tidy = (text: unknown): string =>
  String(text)
    .replace(/[\s\-·.]/g, "")
    .toLowerCase();
const overlap = (one: unknown, other: unknown): boolean => tidy(one).includes(tidy(other)) || tidy(other).includes(tidy(one));

/** Does any of the found pieces say what was wanted? A product or fault may be a little longer or shorter than the judge's. */
function entityFound(kind: string, wanted: unknown, entities: Entities): boolean {
  if (kind === "score") {
    const { value, scale = null } = typeof wanted === "number" ? { value: wanted } : (wanted as { value: number; scale: number });
    return entities.score.some((score) => score.value === value && (scale === null || score.scale === scale));
  }
  // The held-out sets have the piece itself where the others have what it comes to.
  if ((kind === "amount" || kind === "mileage") && typeof wanted === "string")
    return entities[kind].some(({ text }) => overlap(text, wanted));
  if (kind === "amount") {
    const { value, currency } = wanted as { value: number; currency: string };
    return entities.amount.some((amount) => amount.minor === value && amount.currency === currency);
  }
  if (kind === "mileage") return entities.mileage.some(({ km }) => Math.abs(km - Number(wanted)) <= 0.02 * Number(wanted));
  const found = [...(entities[kind as "phone"] ?? []), ...(kind === "fault" ? entities.service : [])];
  if (kind === "name") return entities.name.some((name) => tidy(name.value) === tidy(wanted));
  if (kind === "product" || kind === "fault") return found.some(({ text }) => overlap(text, wanted));
  return found.some(({ text }) => tidy(text) === tidy(wanted));
}

export function entityTable(reads: readonly Read[]): string {
  const rows: (string | number)[][] = [["entity", "messages", "recall", "precision", "F1"]];
  for (const kind of [...VERBATIM, "score", "amount", "mileage"] as const) {
    const tally = new Tally();
    for (const { expected, got } of reads) {
      const wanted = expected.entities[kind];
      const found = got.entities[kind].length > 0;
      const right = wanted !== undefined && wanted !== null && entityFound(kind, wanted, got.entities);
      if (right) tally.right += 1;
      else {
        if (wanted !== undefined && wanted !== null) tally.missed += 1;
        if (found && (wanted !== undefined || !VERBATIM.slice(4, 6).includes(kind as "product"))) tally.invented += 1;
      }
    }
    rows.push([kind, tally.expected, percent(tally.recall), percent(tally.precision), percent(tally.f1)]);
  }
  return table(rows);
}

export function datetimeTable(reads: readonly Read[]): string {
  const rows: (string | number)[][] = [["date and time", "with one", "exact", "missed", "without", "invented"]];
  for (const set of [...new Set(reads.map(({ expected }) => expected.set))]) {
    const own = reads.filter(({ expected }) => expected.set === set);
    const wanted = own.filter(({ expected }) => expected.datetime !== null);
    const none = own.filter(({ expected }) => expected.datetime === null);
    const wishes = (read: Read) => read.got.entities.datetime.filter(({ past }) => !past);
    const exact = wanted.filter((read) => {
      const [first] = wishes(read);
      return first !== undefined && first.start === read.expected.datetime!.start && first.end === read.expected.datetime!.end;
    });
    rows.push([
      set,
      wanted.length,
      percent(exact.length / wanted.length),
      wanted.filter((read) => wishes(read).length === 0).length,
      none.length,
      none.filter((read) => wishes(read).length > 0).length,
    ]);
  }
  return table(rows);
}
