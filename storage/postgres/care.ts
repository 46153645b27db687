import { NO_STATE, type Touch } from "../../core/care/touch.ts";
import type { Unit } from "../../core/ports.ts";
import { CARE_PACE, readPace } from "../schema/care-pace.ts";
import { and, asc, desc, eq, gt, gte, lt, lte, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { held, unlessLocked } from "./alias.ts";
import { type Session, slot } from "./session.ts";

/** Touches, campaigns, and what planning remembers. The columns beside `touch` are what queries look for; the touch itself is the truth; as in sqlite/care.ts. */
export function createCare(
  { db, read, write, flush }: Session,
  { touches, careStates, campaigns, customers, events, meta }: Tables,
): Unit["care"] {
  const waits = sql`${touches.status} = 'waiting'`;
  const underWayNow = sql`${touches.status} in ('asked', 'pending')`;
  const open = sql`${touches.status} in ('waiting', 'paused', 'asked', 'pending')`;

  const values = {
    id: slot("id"),
    customerId: slot("customerId"),
    plan: slot("plan"),
    status: slot("status"),
    why: slot("why"),
    dueAt: slot("dueAt"),
    conversation: slot("conversation"),
    at: slot("at"),
    touch: slot("touch"),
  };
  const insert = write("care.insert", db.insert(touches).values(values).onConflictDoNothing({ target: touches.id }));
  const put = write(
    "care.put",
    db
      .insert(touches)
      .values(values)
      .onConflictDoUpdate({
        target: touches.id,
        set: {
          status: sql`excluded.status`,
          why: sql`excluded.why`,
          dueAt: sql`excluded.due_at`,
          conversation: sql`excluded.conversation`,
          at: sql`excluded.at`,
          touch: sql`excluded.touch`,
        },
      }),
  );
  const get = read(
    "care.get",
    db
      .select({ touch: touches.touch })
      .from(touches)
      .where(eq(touches.id, slot("id"))),
  );
  const due = read(
    "care.due",
    unlessLocked(
      db
        .select({ touch: touches.touch })
        .from(touches)
        .where(and(waits, lte(touches.dueAt, slot("now"))))
        .orderBy(touches.dueAt, touches.id)
        .limit(slot("limit")),
    ),
  );
  const nextAt = read(
    "care.nextAt",
    db.select({ at: touches.dueAt }).from(touches).where(waits).orderBy(touches.dueAt, touches.id).limit(1),
  );
  const underWay = read(
    "care.underWay",
    db
      .select({ id: touches.id, conversation: touches.conversation, at: touches.at })
      .from(touches)
      .where(underWayNow)
      .orderBy(touches.at, touches.id)
      .limit(slot("limit")),
  );
  const openOf = read(
    "care.openOf",
    db
      .select({ touch: touches.touch })
      .from(touches)
      .where(and(eq(touches.customerId, slot("customerId")), open))
      .orderBy(touches.dueAt),
  );
  const changedOf = read(
    "care.changedOf",
    db
      .select({ touch: touches.touch })
      .from(touches)
      .where(and(eq(touches.customerId, slot("customerId")), gte(touches.at, slot("since"))))
      .orderBy(touches.at),
  );
  const tasks = read(
    "care.tasks",
    db
      .select({ touch: touches.touch })
      .from(touches)
      .where(and(sql`${touches.status} = 'task'`, gt(touches.id, slot("after"))))
      .orderBy(touches.id)
      .limit(slot("limit")),
  );
  const changed = read(
    "care.changed",
    db
      .select({ touch: touches.touch })
      .from(touches)
      .where(and(sql`(${touches.at}, ${touches.id}) > (${slot("at")}, ${slot("id")})`, lt(touches.at, slot("to"))))
      .orderBy(touches.at, touches.id)
      .limit(slot("limit")),
  );
  const count = read(
    "care.count",
    db
      .select({ status: touches.status, why: touches.why, count: sql<number>`count(*)`.mapWith(Number) })
      .from(touches)
      .where(eq(touches.plan, slot("plan")))
      .groupBy(touches.status, touches.why),
  );
  const ofPlan = read(
    "care.ofPlan",
    db
      .select({ touch: touches.touch })
      .from(touches)
      .where(and(eq(touches.plan, slot("plan")), eq(touches.status, slot("status"))))
      .limit(slot("limit")),
  );
  const openOfPlan = read(
    "care.openOfPlan",
    db
      .select({ id: touches.id })
      .from(touches)
      .where(and(eq(touches.plan, slot("plan")), open))
      .limit(1),
  );
  // A row that isn't there can't be held.
  const beginPace = write(
    "care.beginPace",
    db.insert(meta).values({ key: CARE_PACE, value: "" }).onConflictDoNothing({ target: meta.key }),
  );
  const paceFullAt = read("care.paceFullAt", held(db.select({ value: meta.value }).from(meta).where(eq(meta.key, CARE_PACE))));
  const putPaceFullAt = write(
    "care.putPaceFullAt",
    db
      .insert(meta)
      .values({ key: CARE_PACE, value: slot("value") })
      .onConflictDoUpdate({ target: meta.key, set: { value: sql`excluded.value` } }),
  );
  const page = read(
    "care.page",
    db
      .select({ file: customers.file, state: careStates.state })
      .from(customers)
      .leftJoin(careStates, eq(careStates.customerId, customers.id))
      .where(gt(customers.id, slot("after")))
      .orderBy(asc(customers.id))
      .limit(slot("limit")),
  );
  const stateOf = read(
    "care.stateOf",
    db
      .select({ state: careStates.state })
      .from(careStates)
      .where(eq(careStates.customerId, slot("customerId"))),
  );
  const putState = write(
    "care.putState",
    db
      .insert(careStates)
      .values({ customerId: slot("customerId"), state: slot("state") })
      .onConflictDoUpdate({ target: careStates.customerId, set: { state: sql`excluded.state` } }),
  );
  const eventsAfter = read(
    "care.eventsAfter",
    db
      .select({ seq: events.seq, kind: events.kind, number: events.number, event: events.event })
      .from(events)
      .where(gt(events.seq, slot("after")))
      .orderBy(events.seq)
      .limit(slot("limit")),
  );
  const campaign = read(
    "care.campaign",
    db
      .select({ campaign: campaigns.campaign })
      .from(campaigns)
      .where(eq(campaigns.id, slot("id"))),
  );
  const putCampaign = write(
    "care.putCampaign",
    db
      .insert(campaigns)
      .values({ id: slot("id"), createdAt: slot("createdAt"), campaign: slot("campaign") })
      .onConflictDoUpdate({ target: campaigns.id, set: { campaign: sql`excluded.campaign` } }),
  );
  const newest = read(
    "care.newest",
    db.select({ campaign: campaigns.campaign }).from(campaigns).orderBy(desc(campaigns.createdAt), desc(campaigns.id)).limit(slot("limit")),
  );

  const rowOf = (touch: Touch) => ({
    id: touch.id,
    customerId: touch.customerId,
    plan: touch.plan,
    status: touch.status,
    why: touch.log.at(-1)?.why ?? null,
    dueAt: touch.dueAt,
    conversation: touch.conversation,
    at: touch.at,
    touch,
  });

  return {
    async plan(planned) {
      const changes = await Promise.all(planned.map((touch) => insert.changes(rowOf(touch))));
      return changes.reduce((sum, one) => sum + one, 0);
    },
    async put(touch) {
      put.send(rowOf(touch));
    },
    get: async (id) => (await get.get({ id }))?.touch ?? null,
    due: async (now, limit) => (await due.all({ now, limit })).map((row) => row.touch),
    nextAt: async () => (await nextAt.get())?.at ?? null,
    underWay: (limit) => underWay.all({ limit }),
    async ofCustomer(customerId, since) {
      const rows = await Promise.all([openOf.all({ customerId }), changedOf.all({ customerId, since })]);
      const found = new Map(rows.flat().map((row) => [row.touch.id, row.touch]));
      return [...found.values()].sort((one, other) => one.dueAt - other.dueAt || (one.id < other.id ? -1 : 1));
    },
    tasks: async (after, limit) => (await tasks.all({ after, limit })).map((row) => row.touch),
    changed: async ({ at, id }, to, limit) => (await changed.all({ at, id, to, limit })).map((row) => row.touch),
    count: (plan) => count.all({ plan }),
    hasOpen: async (plan) => (await openOfPlan.get({ plan })) !== undefined,
    async paceFullAt() {
      beginPace.send({});
      return readPace((await paceFullAt.get({}))?.value);
    },
    async putPaceFullAt(at) {
      putPaceFullAt.send({ value: String(at) });
    },
    async pause(plan, paused, limit) {
      const rows = await ofPlan.all({ plan, status: paused ? "waiting" : "paused", limit });
      for (const { touch } of rows) put.send(rowOf({ ...touch, status: paused ? "paused" : "waiting" }));
      return rows.length;
    },
    customers: async (after, limit) => (await page.all({ after, limit })).map((row) => ({ file: row.file, state: row.state ?? NO_STATE })),
    stateOf: async (customerId) => (await stateOf.get({ customerId }))?.state ?? NO_STATE,
    async putState(customerId, state) {
      putState.send({ customerId, state });
    },
    events(after, limit) {
      flush();
      return eventsAfter.all({ after, limit });
    },
    campaign: async (id) => (await campaign.get({ id }))?.campaign ?? null,
    async putCampaign(one) {
      putCampaign.send({ id: one.id, createdAt: one.createdAt, campaign: one });
    },
    campaigns: async (limit) => (await newest.all({ limit })).map((row) => row.campaign),
  };
}
