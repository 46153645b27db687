/** The shop's own entries over those of the shared base. */
import type { Path } from "./problems.ts";

/** The shop's entries over the base's: lists by `id`, maps by key. */
export function mergeSection(own: unknown, base: unknown): unknown {
  if (base === undefined) return own;
  if (own === undefined) return base;
  if (Array.isArray(own) && Array.isArray(base)) {
    const ids = new Set(own.map(idOf));
    return [...base.filter((entry) => !ids.has(idOf(entry))), ...own];
  }
  if (isRecord(own) && isRecord(base)) return { ...base, ...own };
  return own;
}

/** The path within `part` (own or base) of a path within the merged section, or `null` if it does not come from there. */
export function locateMerged(path: Path, part: unknown, merged: unknown): Path | null {
  if (part === undefined) return null;
  const [first, ...rest] = path;
  if (first === undefined) return [];
  if (Array.isArray(part) && Array.isArray(merged)) {
    const index = part.indexOf(merged[Number(first)]);
    return index < 0 ? null : [index, ...rest];
  }
  return isRecord(part) && String(first) in part
    ? path
    : isRecord(part) && !isRecord(merged)
      ? null
      : isRecord(part) && isRecord(merged) && !(String(first) in merged)
        ? path
        : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

const idOf = (entry: unknown): unknown => (isRecord(entry) ? entry["id"] : undefined);
