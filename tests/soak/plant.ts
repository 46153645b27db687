/** What the crash run drives: the service as it stands, whatever it is made of, and what can happen to it. */
import type { Chance } from "./chance.ts";
import type { Left } from "./evidence.ts";

export interface PlantOptions {
  /** Empty folder, but for models; the caller removes it. */
  readonly dataDir: string;
  readonly profile: string;
}

export interface Plant {
  /** Where the next request goes. */
  port(): number;
  /** Ports at which customers are let in, without the balancer. */
  fronts(): readonly number[];
  /** Processes of the service that run now. */
  pids(): readonly number[];
  /** Resolves when all of it is ready for the first time. */
  start(): Promise<void>;
  /** Waits a while and lets one thing go wrong. @throws Error when something ended by itself */
  fail(chance: Chance): Promise<void>;
  /** Resolves when all of it is well again. */
  ready(): Promise<void>;
  /** Asks all of it to stop. @throws Error when one didn't end well */
  stop(): Promise<void>;
  /** What it left behind; after `stop`. */
  left(): Promise<Left>;
  /** What was done to it, and how often. */
  faults(): Readonly<Record<string, number>>;
  /** Ends whatever still runs. */
  abandon(): Promise<void>;
}

/** The first start makes the tables and reads the profile anew, ms. */
export const FIRST_READY_MS = 600_000;
/** A start takes seconds; only one that hangs takes this long, on whatever machine. */
export const READY_MS = 600_000;
