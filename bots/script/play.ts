/** Plays a script against the whole engine on a virtual clock and an empty throw-away database. */
import { AnxinError } from "../../core/errors.ts";
import type { Channel, Store } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import type { Trace } from "../../core/spine/trace.ts";
import { type Instant, parseIso } from "../../core/time.ts";
import type { Understander } from "../../core/understanding/index.ts";
import { createEngine } from "../service/engine.ts";
import { openScratchStore } from "../service/scratch.ts";
import { createVirtualClock } from "../service/virtual-clock.ts";
import { Cast } from "./cast.ts";
import { Observer } from "./observer.ts";
import type { Played, PlayedTurn } from "./played.ts";
import { prepareScript } from "./prepare.ts";
import type { Script } from "./schema.ts";
import { Stage } from "./stage.ts";

export interface PlayOptions {
  readonly script: Script;
  readonly profile: Profile;
  readonly understander: Understander;
  /** Start of the virtual clock; the script's own `now` comes first. */
  readonly now: Instant;
  /** An empty store to play on, closed at the end; a throw-away one when left out. */
  readonly store?: Store;
  /** @param trace why, of the last turn that ran; `null` when none did */
  readonly onTurn: (turn: PlayedTurn, trace: Trace | null) => void;
}

/** @throws AnxinError("script_invalid") when the script names somebody or something that does not exist */
export async function playScript(options: PlayOptions): Promise<Played> {
  const { script, profile, understander } = options;
  const zone = profile.business.zone;
  const start = script.now === undefined ? options.now : parseIso(script.now, zone);
  if (start === null) throw new AnxinError("script_invalid", `now: "${script.now}" is no ISO date-time`, {});
  const clock = createVirtualClock(start);
  const channel: Channel = {
    name: script.channel,
    capabilities: {
      textLimit: { amount: 4000, unit: "characters" },
      buttons: 10,
      media: ["photo", "voice", "video", "file", "location"],
      pulled: true,
      pushWindowMs: null,
      pushQuota: null,
      idempotent: true,
    },
    send: () => Promise.resolve({ result: "sent" }),
  };
  const scratch = await openScratchStore(options.store);
  const failures: unknown[] = [];
  const engine = createEngine({
    profile,
    store: scratch.store,
    clock,
    wakeups: scratch.wakeups,
    feed: scratch.feed,
    channels: new Map([[channel.name, channel]]),
    understander,
    random: () => 0.5,
    onError: (_what, error) => failures.push(error),
  });
  const cast = new Cast(script);
  const stage = new Stage(engine, clock, script, cast);
  const observer = new Observer(engine, clock, script, cast);
  try {
    await prepareScript(engine.store, script, profile, clock.now(), engine.dependencies.model.zone, (name) => cast.conversationOf(name));
    for (const [index, turn] of script.turns.entries()) {
      const began = performance.now();
      const { said, speaker, answers = [] } = await stage.play(turn, index + 1);
      const played = await observer.turn(index + 1, said, cast.conversationOf(speaker), performance.now() - began);
      if (failures.length > 0) throw failures[0];
      options.onTurn({ ...played, staff: [...answers, ...played.staff] }, observer.lastTrace);
    }
    return { final: await observer.final(stage.speaker) };
  } finally {
    await scratch.store.close();
  }
}
