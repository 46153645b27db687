import { AnxinError } from "../../core/errors.ts";
import type { Unit } from "../../core/ports.ts";
import { and, between, eq, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { slotFor } from "../sqlite/statements.ts";
import { dayKey } from "./locks.ts";
import { type Session, slot } from "./session.ts";

/**
 * The agenda. Who writes a day holds its lock: a turn takes it without waiting before it writes anything, so that one which comes
 * too late decides anew by itself, and the other turns of its unit stand; any other unit waits for it.
 */
export function createAgenda({ db, read, write, ask, schema, hold, protect }: Session, { agenda }: Tables): Unit["agenda"] {
  const days = read(
    "agenda.days",
    db
      .select()
      .from(agenda)
      .where(between(agenda.day, slot("from"), slot("to")))
      .orderBy(agenda.day, agenda.technician),
  );
  const tryLocks = ask<{ got: boolean }>(
    "agenda.try",
    "select pg_try_advisory_xact_lock(hashtextextended($2 || ':' || key, 0)) as got from unnest($1::text[]) as wanted (key)",
  );
  // In the same order in every unit, so that no two wait for each other.
  const waitForLocks = ask(
    "agenda.wait",
    "select pg_advisory_xact_lock(lock) from (select distinct hashtextextended($2 || ':' || key, 0) as lock from unnest($1::text[]) as wanted (key) order by 1) as locks",
  );
  const versions = ask<{ day: string; technician: string; version: number }>(
    "agenda.versions",
    "select day, technician, version from agenda join unnest($1::text[], $2::text[]) as wanted (d, t) on day = d and technician = t",
  );
  const first = write(
    "agenda.first",
    db
      .insert(agenda)
      .values({ day: slot("day"), technician: slot("technician"), version: 1, busy: slot("busy") })
      .onConflictDoNothing({ target: [agenda.day, agenda.technician] }),
  );
  const next = write(
    "agenda.next",
    db
      .update(agenda)
      .set({ version: sql`version + 1`, busy: slotFor(agenda.busy, "busy") })
      .where(and(eq(agenda.day, slot("day")), eq(agenda.technician, slot("technician")), eq(agenda.version, slot("version")))),
  );

  return {
    days: (from, to) => days.all({ from, to }),
    async hold(wanted, wait) {
      const keys = wanted.map(({ technician, day }) => dayKey(technician, day));
      // The versions are asked for behind the locks, and at read committed they are those of this moment.
      const locks = wait
        ? waitForLocks(keys, schema).then(() => true)
        : tryLocks(keys, schema).then((rows) => rows.every((row) => row.got));
      const [got, found] = await Promise.all([
        locks,
        versions(
          wanted.map(({ day }) => day),
          wanted.map(({ technician }) => technician),
        ),
      ]);
      if (!got) return "busy";
      hold(keys);
      const known = new Map(found.map(({ day, technician, version }) => [dayKey(technician, day), Number(version)]));
      return wanted.every(({ technician, day, version }) => (known.get(dayKey(technician, day)) ?? 0) === version) ? "held" : "changed";
    },
    async put({ day, technician, version, busy }) {
      protect(dayKey(technician, day));
      (version === 0 ? first : next).send({ day, technician, version, busy }, (changes) =>
        changes === 1
          ? null
          : new AnxinError(
              "conflict",
              `can't write ${day} of technician "${technician}": someone else wrote it after version ${version} was read; ` +
                "read it again and decide anew",
              { day, technician, version },
            ),
      );
    },
  };
}
