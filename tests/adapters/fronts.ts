/** The three adapters before their emulated platforms, in one form. */
import type { VirtualClock } from "../../bots/service/virtual-clock.ts";
import type { traceNames } from "../../core/conversation/explain.ts";
import type { Connection, Intake, StaffIntake, Store } from "../../core/ports.ts";
import { type Colleague, type Folk, slackFolk, telegramFolk, wecomFolk } from "../emulators/folk.ts";
import { openSlackPlace, type SlackPlace } from "./slack/support.ts";
import { createTestTime, openPlace, type Place } from "./telegram/support.ts";
import { openWecomPlace, type WecomPlace } from "./wecom/support.ts";

/** What an adapter's place is opened on. */
export interface FrontParts {
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly intake: () => Intake;
  readonly staffIntake: StaffIntake;
  readonly business: { readonly names: ReturnType<typeof traceNames>; readonly language: "zh-CN" };
  readonly colleagues: readonly Colleague[];
}

/** One adapter before its emulated platform. */
export interface Front<Place> {
  /** As the tests of the adapter alone have it. */
  readonly place: Place;
  /** The adapter that is in work; another one after a restart. */
  readonly connection: () => Connection;
  readonly folk: Folk;
  /** Resolves when what was said is kept, where a platform has to be asked for it. */
  read(): Promise<void>;
  close(): Promise<void>;
}

export async function openSlackFront({ colleagues, ...parts }: FrontParts): Promise<Front<SlackPlace>> {
  const place = await openSlackPlace(parts);
  return {
    place,
    connection: () => place.connection,
    folk: slackFolk(place.slack, colleagues),
    read: () => Promise.resolve(),
    close: () => place.close(),
  };
}

export async function openTelegramFront({ store, clock, intake, staffIntake, colleagues }: FrontParts): Promise<Front<Place>> {
  const place = await openPlace({ time: createTestTime(clock), store, intake, staffIntake });
  return {
    place,
    connection: () => place.connection,
    folk: telegramFolk(place.telegram, colleagues),
    read: () => Promise.resolve(),
    close: () => place.dispose(),
  };
}

export async function openWecomFront({ store, clock, intake, staffIntake, colleagues }: FrontParts): Promise<Front<WecomPlace>> {
  const staff = colleagues.map((one) => one.wecom);
  const place = await openWecomPlace({ store, clock, intake, staffIntake, settings: { staff }, emulator: { staff } });
  return {
    place,
    connection: () => place.connection,
    folk: wecomFolk(place.platform, colleagues),
    read: () => place.read(),
    close: () => place.close(),
  };
}
