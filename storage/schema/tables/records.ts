/** What has a number and a life, its events, and the hours it takes. */
import type { BusySpan, Change } from "../../../core/spine/outcome.ts";
import { sql } from "../drizzle.ts";
import type { Kit } from "../kit.ts";

export const OPEN = "open";

export function defineRecordTables(kit: Kit) {
  const { text, instant, integer, flag, json, sequence, table, primaryKey, index } = kit;

  const records = table(
    "records",
    {
      kind: text<Change["kind"]>("kind").notNull(),
      number: text("number").notNull(),
      customerId: text("customer_id"),
      /** Work orders have none. */
      conversation: text("conversation"),
      /** Somebody still waits for it, as `isOpenRecord` says: found by kind without walking what was ever stored. */
      open: flag("open").notNull(),
      createdAt: instant("created_at").notNull(),
      state: json<Change["state"]>("state"),
    },
    (t) => [
      primaryKey({ name: "records_pk", columns: [t.kind, t.number] }),
      index("records_customer").on(t.kind, t.customerId, t.createdAt, t.number),
      index("records_conversation").on(t.kind, t.conversation, t.createdAt, t.number),
      index("records_open").on(t.kind, t.createdAt, t.number).where(sql.raw(OPEN)),
    ],
  );

  /** What cases are found by beside their number, as `marksOf` writes it. */
  const caseMarks = table(
    "case_marks",
    {
      mark: text("mark").notNull(),
      number: text("number").notNull(),
      at: instant("at").notNull(),
    },
    (t) => [
      primaryKey({ name: "case_marks_pk", columns: [t.mark, t.number] }),
      index("case_marks_at").on(t.mark, t.at, t.number),
      index("case_marks_number").on(t.number),
    ],
  );

  const events = table(
    "events",
    {
      seq: sequence("seq"),
      kind: text<Change["kind"]>("kind").notNull(),
      number: text("number").notNull(),
      /** Inbox entry, or whatever else caused it. */
      cause: text("cause").notNull(),
      event: json<unknown>("event"),
    },
    (t) => [index("events_record").on(t.kind, t.number, t.seq)],
  );

  const agenda = table(
    "agenda",
    {
      day: text("day").notNull(),
      technician: text("technician").notNull(),
      version: integer("version").notNull(),
      busy: json<readonly BusySpan[]>("busy"),
    },
    (t) => [primaryKey({ name: "agenda_pk", columns: [t.day, t.technician] })],
  );

  return { records, caseMarks, events, agenda };
}
