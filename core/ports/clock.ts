import type { Instant } from "../time.ts";

/** The time. In tests, scripts and the simulator it stands still until moved. */
export interface Clock {
  now(): Instant;
}
