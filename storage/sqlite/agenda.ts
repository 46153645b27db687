import { AnxinError } from "../../core/errors.ts";
import type { Unit } from "../../core/ports.ts";
import type { AgendaDay } from "../../core/spine/outcome.ts";
import { addDays, type DayKey, daysBetween } from "../../core/time.ts";
import { and, between, eq, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import type { Connection } from "./connection.ts";
import { type Db, type Sync, slot, slotFor } from "./statements.ts";

/** Days kept in memory at most: a horizon of a year and what is past. A day of fifty technicians takes about 30 kB. */
const KEPT_DAYS = 400;

/**
 * The agenda. Nearly every turn of a booking reads the same weeks, so days that were read are kept: as long as no other
 * connection has committed anything (SQLite's `data_version`), they are what the file holds.
 *
 * `forget` is to be called when a unit is rolled back, for its writes are among what is kept.
 */
export function createAgenda(
  db: Db & { readonly $client: Connection },
  { agenda }: Tables,
): { readonly operations: Sync<Unit["agenda"]>; readonly forget: () => void } {
  const kept = new Map<DayKey, readonly AgendaDay[]>();
  const readVersion = db.$client.prepare<[], number>("pragma data_version").pluck();
  let version: number | undefined;

  const days = db
    .select()
    .from(agenda)
    .where(between(agenda.day, slot("from"), slot("to")))
    .orderBy(agenda.day, agenda.technician)
    .prepare();

  const versionOf = db
    .select({ version: agenda.version })
    .from(agenda)
    .where(and(eq(agenda.day, slot("day")), eq(agenda.technician, slot("technician"))))
    .prepare();

  const first = db
    .insert(agenda)
    .values({ day: slot("day"), technician: slot("technician"), version: 1, busy: slot("busy") })
    .onConflictDoNothing({ target: [agenda.day, agenda.technician] })
    .prepare();

  const next = db
    .update(agenda)
    .set({ version: sql`version + 1`, busy: slotFor(agenda.busy, "busy") })
    .where(and(eq(agenda.day, slot("day")), eq(agenda.technician, slot("technician")), eq(agenda.version, slot("version"))))
    .prepare();

  function checkVersion(): void {
    const now = readVersion.get();
    if (now !== version) kept.clear();
    version = now;
  }

  /** Reads days that are not kept, all in one query. */
  function keepDays(from: DayKey, to: DayKey): void {
    const read = new Map<DayKey, AgendaDay[]>();
    for (let day = from; day <= to; day = addDays(day, 1)) read.set(day, []);
    for (const row of days.all({ from, to })) read.get(row.day)?.push(row);
    for (const [day, rows] of read) kept.set(day, rows);
  }

  return {
    forget: () => kept.clear(),
    operations: {
      days(from, to) {
        // Also what is no calendar day, which counts as NaN, is left to SQLite.
        if (!(daysBetween(from, to) < KEPT_DAYS)) return days.all({ from, to });
        checkVersion();
        // Counted as if none of the asked days were there, so that clearing never takes one of them away later.
        if (kept.size + daysBetween(from, to) >= KEPT_DAYS) kept.clear();
        let firstMissing: DayKey | null = null;
        let lastMissing = from;
        for (let day = from; day <= to; day = addDays(day, 1)) {
          if (kept.has(day)) continue;
          firstMissing ??= day;
          lastMissing = day;
        }
        if (firstMissing !== null) keepDays(firstMissing, lastMissing);
        const found: AgendaDay[] = [];
        for (let day = from; day <= to; day = addDays(day, 1)) found.push(...kept.get(day)!);
        return found;
      },
      hold(wanted) {
        // Nobody else is at work; only what was read in a unit before may be out of date.
        const changed = wanted.some(({ technician, day, version: read }) => (versionOf.get({ technician, day })?.version ?? 0) !== read);
        return changed ? "changed" : "held";
      },
      put({ day, technician, version: read, busy }) {
        const written = read === 0 ? first.run({ day, technician, busy }) : next.run({ day, technician, version: read, busy });
        kept.delete(day);
        if (written.changes === 1) return;
        throw new AnxinError(
          "conflict",
          `can't write ${day} of technician "${technician}": someone else wrote it after version ${read} was read; ` +
            "read it again and decide anew",
          { day, technician, version: read },
        );
      },
    },
  };
}
