/** The ground a service stands on, whichever it is. */
import type { Feed, Leases, Pacing, Store, Wakeups } from "../../core/ports.ts";

export interface Infrastructure {
  readonly store: Store;
  readonly wakeups: Wakeups;
  readonly feed: Feed;
  readonly leases: Leases;
  readonly pacing: Pacing;
  /** As `DeliveryOptions.holdMs`. */
  readonly holdMs: number;
  /** As `WorkerOptions.group`. */
  readonly group: number;
  /** Units of the inbox that a process works on at the same time. */
  readonly lanes: number;
  /** Why it can't work now; empty = it can. What only makes it slower is no reason. */
  problems(): Promise<readonly string[]>;
  /** Does Redis answer? `null` = there is none. */
  hubUp(): boolean | null;
  close(): Promise<void>;
}

export interface InfrastructureSettings {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
}
