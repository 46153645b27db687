/** The whole service before the emulated Telegram: engine, understanding and the plainest of desks. */
import { loadProfile } from "../../../bots/profiles.ts";
import { createEngine, type Engine } from "../../../bots/service/engine.ts";
import { createInProcessFeed } from "../../../bots/service/feed.ts";
import { understanderFor } from "../../../bots/understanding.ts";
import { parseDeskCommand } from "../../../core/desk/command.ts";
import type { Channel, StaffIntake, StaffPlace, Store } from "../../../core/ports.ts";
import { createInProcessWakeups } from "../../../storage/jobs/in-process.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { createTestTime, openPlace, type Place, type PlaceOptions } from "./support.ts";

export interface TelegramService {
  readonly place: Place;
  readonly store: Store;
  readonly engine: Engine;
  /** What went wrong in turns and sends. */
  readonly errors: unknown[];
  /** Works until nothing is due now, and brings news of cases to the staff room. */
  settle(): Promise<void>;
  /** Lets time pass. */
  wait(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Staff of the profile by their ids on Telegram. */
const MEMBERS: Readonly<Record<string, string>> = { "5001": "sun-jianping" };

export async function openTelegramService(
  name: "appliance" | "dealer",
  options: Pick<PlaceOptions, "settings" | "limits"> = {},
): Promise<TelegramService> {
  const profile = loadProfile(name, "en");
  const understander = await understanderFor(name, profile, "data");
  const time = createTestTime();
  const store = openSqliteStore({ path: ":memory:" });
  const errors: unknown[] = [];
  const channels = new Map<string, Channel>();
  const engine = createEngine({
    profile,
    store,
    clock: time,
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
      const inThread = [...places].find(([, at]) => at.thread !== null && at.thread === act.thread)?.[0] ?? null;
      const text = act.act.kind === "text" ? act.act.text : act.act.kind === "press" ? `/${act.act.button}` : (act.act.text ?? "");
      const parsed = parseDeskCommand(text, act.case ?? inThread);
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
  const place = await openPlace({ time, store, intake: () => engine.intake, staffIntake, ...options });
  channels.set("telegram", place.connection.channel);

  let told = 0;
  async function tellStaff(): Promise<void> {
    for (const notice of await store.unit((unit) => unit.notices.list(told, 100))) {
      const found = notice.case === null ? null : await store.unit((unit) => unit.records.case(notice.case!));
      const sent = await place.connection.staff!.send(
        {
          id: notice.id,
          case: notice.case,
          mention: [],
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
          buttons: notice.case === null ? [] : [{ id: "claim", label: "接单" }],
          media: null,
        },
        notice.case === null ? null : (places.get(notice.case) ?? null),
      );
      if (sent.result === "retry") {
        await time.advance(sent.afterMs ?? 2_000);
        return tellStaff();
      }
      if (sent.result !== "sent") throw new Error(`not told: ${sent.reason}`);
      told = notice.seq;
      if (notice.case !== null) places.set(notice.case, sent.place);
    }
  }

  const settle = async (): Promise<void> => {
    await engine.settle();
    await tellStaff();
  };
  return {
    place,
    store,
    engine,
    errors,
    settle,
    async wait(ms) {
      const until = time.now() + ms;
      for (;;) {
        await settle();
        const next = await engine.nextAt();
        if (next === null || next > until) break;
        await time.advance(Math.max(0, next - time.now()));
      }
      await time.advance(Math.max(0, until - time.now()));
      await settle();
    },
    async close() {
      await place.dispose();
      await store.close();
    },
  };
}
