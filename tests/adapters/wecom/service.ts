/** The whole service before the emulated platform: engine, understanding and the plainest of desks. */
import { loadProfile } from "../../../bots/profiles.ts";
import { createEngine, type Engine } from "../../../bots/service/engine.ts";
import { createInProcessFeed } from "../../../bots/service/feed.ts";
import { createVirtualClock } from "../../../bots/service/virtual-clock.ts";
import { understanderFor } from "../../../bots/understanding.ts";
import { parseDeskCommand } from "../../../core/desk/command.ts";
import type { Channel, StaffIntake, StaffPlace } from "../../../core/ports.ts";
import { createInProcessWakeups } from "../../../storage/jobs/in-process.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { NOW, openWecomPlace, type WecomPlace } from "./support.ts";

export interface WecomService {
  readonly place: WecomPlace;
  readonly engine: Engine;
  /** What went wrong in turns and sends. */
  readonly errors: unknown[];
  /** Reads what came, works until nothing is due now, and brings news of cases to staff. */
  settle(): Promise<void>;
  /** Lets time pass. */
  wait(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Staff of the profile by their ids on the platform. */
const MEMBERS: Readonly<Record<string, string>> = { zhang: "sun-jianping" };

export async function openWecomService(name: "appliance" | "dealer"): Promise<WecomService> {
  const profile = loadProfile(name, "en");
  const understander = await understanderFor(name, profile, "data");
  const clock = createVirtualClock(NOW);
  const store = openSqliteStore({ path: ":memory:" });
  const errors: unknown[] = [];
  const channels = new Map<string, Channel>();
  const engine = createEngine({
    profile,
    store,
    clock,
    wakeups: createInProcessWakeups(),
    feed: createInProcessFeed(),
    channels,
    understander,
    random: () => 0.5,
    onError: (what, error) => errors.push([what, error]),
  });
  const places = new Map<string, StaffPlace>();

  /** Which case, what command; the rest is the core's. */
  const staffIntake: StaffIntake = {
    async accept(act) {
      const by = MEMBERS[act.actor];
      if (by === undefined) return { result: "refused", say: "我还不认识您。" };
      const text = act.act.kind === "text" ? act.act.text : act.act.kind === "press" ? `/${act.act.button.split(":")[1]}` : "";
      const parsed = parseDeskCommand(text, act.case);
      if (!parsed.ok) return { result: "refused", say: parsed.reason };
      const { command } = parsed;
      const found = await store.unit((unit) => ("case" in command ? unit.records.case(command.case) : Promise.resolve(null)));
      if (found === null) return { result: "refused", say: "没有这个个案。" };
      await engine.intake.accept([
        { id: act.id, conversation: found.conversation, receivedAt: act.receivedAt, event: { kind: "desk", by, command } },
      ]);
      return { result: "taken" };
    },
  };
  const place = await openWecomPlace({ store, clock, intake: () => engine.intake, staffIntake });
  channels.set("wecom", place.connection.channel);

  let told = 0;
  async function tellStaff(): Promise<void> {
    for (const notice of await store.unit((unit) => unit.notices.list(told, 100))) {
      told = notice.seq;
      const found = notice.case === null ? null : await store.unit((unit) => unit.records.case(notice.case!));
      const sent = await place.connection.staff!.send(
        {
          id: notice.id,
          case: notice.case,
          mention: ["zhang"],
          page: notice.to === "on_call",
          text: notice.text,
          card:
            found === null
              ? null
              : {
                  case: found.number,
                  title: found.category,
                  urgency: found.urgency,
                  lines: [{ label: "状态", value: found.status }],
                  words: found.words,
                  done: found.status === "resolved" || found.status === "closed",
                },
          buttons: notice.case === null ? [] : [{ id: `desk:claim:${notice.case}`, label: "认领" }],
          media: null,
        },
        notice.case === null ? null : (places.get(notice.case) ?? null),
      );
      if (sent.result !== "sent") throw new Error(`not told: ${sent.reason}`);
      if (notice.case !== null) places.set(notice.case, sent.place);
    }
  }

  const settle = async (): Promise<void> => {
    await place.read();
    await engine.settle();
    await tellStaff();
  };
  return {
    place,
    engine,
    errors,
    settle,
    async wait(ms) {
      const until = clock.now() + ms;
      for (;;) {
        await settle();
        const next = await engine.nextAt();
        if (next === null || next > until) break;
        clock.moveTo(Math.max(next, clock.now()));
      }
      clock.moveTo(Math.max(until, clock.now()));
      await settle();
    },
    async close() {
      await place.close();
      await store.close();
    },
  };
}
