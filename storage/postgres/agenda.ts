import { AnxinError } from "../../core/errors.ts";
import type { Unit } from "../../core/ports.ts";
import { and, between, eq, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { slotFor } from "../sqlite/statements.ts";
import { type Session, slot } from "./session.ts";

/** The agenda. A day's row is locked by the first unit that writes it; the second finds another version than it read. */
export function createAgenda({ db, read, write }: Session, { agenda }: Tables): Unit["agenda"] {
  const days = read(
    "agenda.days",
    db
      .select()
      .from(agenda)
      .where(between(agenda.day, slot("from"), slot("to")))
      .orderBy(agenda.day, agenda.technician),
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
    async put({ day, technician, version, busy }) {
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
