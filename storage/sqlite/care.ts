import { NO_STATE, type Touch } from "../../core/care/touch.ts";
import type { Unit } from "../../core/ports.ts";
import { CARE_PACE, readPace } from "../schema/care-pace.ts";
import { and, asc, desc, eq, gt, gte, lt, lte, sql } from "../schema/drizzle.ts";
import type { Tables } from "../schema/tables.ts";
import { type Db, type Sync, slot } from "./statements.ts";

/** Touches, campaigns, and what planning remembers. The columns beside `touch` are what queries look for; the touch itself is the truth. */
export function createCare(db: Db, { touches, careStates, campaigns, customers, events, meta }: Tables): Sync<Unit["care"]> {
  // Literal for the sake of the partial indexes, as in inbox.ts.
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
  const insert = db.insert(touches).values(values).onConflictDoNothing({ target: touches.id }).prepare();
  const put = db
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
    })
    .prepare();
  const get = db
    .select({ touch: touches.touch })
    .from(touches)
    .where(eq(touches.id, slot("id")))
    .prepare();
  const due = db
    .select({ touch: touches.touch })
    .from(touches)
    .where(and(waits, lte(touches.dueAt, slot("now"))))
    .orderBy(touches.dueAt, touches.id)
    .limit(slot("limit"))
    .prepare();
  const nextAt = db.select({ at: touches.dueAt }).from(touches).where(waits).orderBy(touches.dueAt, touches.id).limit(1).prepare();
  const underWay = db
    .select({ id: touches.id, conversation: touches.conversation, at: touches.at })
    .from(touches)
    .where(underWayNow)
    .orderBy(touches.at, touches.id)
    .limit(slot("limit"))
    .prepare();
  const openOf = db
    .select({ touch: touches.touch })
    .from(touches)
    .where(and(eq(touches.customerId, slot("customerId")), open))
    .orderBy(touches.dueAt)
    .prepare();
  const changedOf = db
    .select({ touch: touches.touch })
    .from(touches)
    .where(and(eq(touches.customerId, slot("customerId")), gte(touches.at, slot("since"))))
    .orderBy(touches.at)
    .prepare();
  const tasks = db
    .select({ touch: touches.touch })
    .from(touches)
    .where(and(sql`${touches.status} = 'task'`, gt(touches.id, slot("after"))))
    .orderBy(touches.id)
    .limit(slot("limit"))
    .prepare();
  const changed = db
    .select({ touch: touches.touch })
    .from(touches)
    .where(and(sql`(${touches.at}, ${touches.id}) > (${slot("at")}, ${slot("id")})`, lt(touches.at, slot("to"))))
    .orderBy(touches.at, touches.id)
    .limit(slot("limit"))
    .prepare();
  const count = db
    .select({ status: touches.status, why: touches.why, count: sql<number>`count(*)` })
    .from(touches)
    .where(eq(touches.plan, slot("plan")))
    .groupBy(touches.status, touches.why)
    .prepare();
  const ofPlan = db
    .select({ touch: touches.touch })
    .from(touches)
    .where(and(eq(touches.plan, slot("plan")), eq(touches.status, slot("status"))))
    .limit(slot("limit"))
    .prepare();
  const openOfPlan = db
    .select({ id: touches.id })
    .from(touches)
    .where(and(eq(touches.plan, slot("plan")), open))
    .limit(1)
    .prepare();
  const paceFullAt = db.select({ value: meta.value }).from(meta).where(eq(meta.key, CARE_PACE)).prepare();
  const putPaceFullAt = db
    .insert(meta)
    .values({ key: CARE_PACE, value: slot("value") })
    .onConflictDoUpdate({ target: meta.key, set: { value: sql`excluded.value` } })
    .prepare();
  const page = db
    .select({ file: customers.file, state: careStates.state })
    .from(customers)
    .leftJoin(careStates, eq(careStates.customerId, customers.id))
    .where(gt(customers.id, slot("after")))
    .orderBy(asc(customers.id))
    .limit(slot("limit"))
    .prepare();
  const stateOf = db
    .select({ state: careStates.state })
    .from(careStates)
    .where(eq(careStates.customerId, slot("customerId")))
    .prepare();
  const putState = db
    .insert(careStates)
    .values({ customerId: slot("customerId"), state: slot("state") })
    .onConflictDoUpdate({ target: careStates.customerId, set: { state: sql`excluded.state` } })
    .prepare();
  const eventsAfter = db
    .select({ seq: events.seq, kind: events.kind, number: events.number, event: events.event })
    .from(events)
    .where(gt(events.seq, slot("after")))
    .orderBy(events.seq)
    .limit(slot("limit"))
    .prepare();
  const campaign = db
    .select({ campaign: campaigns.campaign })
    .from(campaigns)
    .where(eq(campaigns.id, slot("id")))
    .prepare();
  const putCampaign = db
    .insert(campaigns)
    .values({ id: slot("id"), createdAt: slot("createdAt"), campaign: slot("campaign") })
    .onConflictDoUpdate({ target: campaigns.id, set: { campaign: sql`excluded.campaign` } })
    .prepare();
  const newest = db
    .select({ campaign: campaigns.campaign })
    .from(campaigns)
    .orderBy(desc(campaigns.createdAt), desc(campaigns.id))
    .limit(slot("limit"))
    .prepare();

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
    plan: (planned) => planned.reduce((sum, touch) => sum + insert.run(rowOf(touch)).changes, 0),
    put: (touch) => void put.run(rowOf(touch)),
    get: (id) => get.get({ id })?.touch ?? null,
    due: (now, limit) => due.all({ now, limit }).map((row) => row.touch),
    nextAt: () => nextAt.get()?.at ?? null,
    underWay: (limit) => underWay.all({ limit }),
    ofCustomer(customerId, since) {
      const found = new Map(
        [...openOf.all({ customerId }), ...changedOf.all({ customerId, since })].map((row) => [row.touch.id, row.touch]),
      );
      return [...found.values()].sort((one, other) => one.dueAt - other.dueAt || (one.id < other.id ? -1 : 1));
    },
    tasks: (after, limit) => tasks.all({ after, limit }).map((row) => row.touch),
    changed: ({ at, id }, to, limit) => changed.all({ at, id, to, limit }).map((row) => row.touch),
    count: (plan) => count.all({ plan }),
    hasOpen: (plan) => openOfPlan.get({ plan }) !== undefined,
    paceFullAt: () => readPace(paceFullAt.get()?.value),
    putPaceFullAt: (at) => void putPaceFullAt.run({ value: String(at) }),
    pause(plan, paused, limit) {
      const rows = ofPlan.all({ plan, status: paused ? "waiting" : "paused", limit });
      for (const { touch } of rows) put.run(rowOf({ ...touch, status: paused ? "paused" : "waiting" }));
      return rows.length;
    },
    customers: (after, limit) => page.all({ after, limit }).map((row) => ({ file: row.file, state: row.state ?? NO_STATE })),
    stateOf: (customerId) => stateOf.get({ customerId })?.state ?? NO_STATE,
    putState: (customerId, state) => void putState.run({ customerId, state }),
    events: (after, limit) => eventsAfter.all({ after, limit }),
    campaign: (id) => campaign.get({ id })?.campaign ?? null,
    putCampaign: (one) => void putCampaign.run({ id: one.id, createdAt: one.createdAt, campaign: one }),
    campaigns: (limit) => newest.all({ limit }).map((row) => row.campaign),
  };
}
