import type { InboxEntry } from "../spine/events.ts";
import type { Unit } from "./store.ts";

/** Takes events in: kept under the platform's id before anyone is told that they arrived. */
export interface Intake {
  /**
   * @param beside what is kept in the same transaction, such as the place up to which a platform's log has been read
   * @returns in the order of `entries`: `new`, or `known` when that id was taken in before
   * @throws AnxinError("overloaded") when too much waits; nothing of `entries` was kept then
   */
  accept(entries: readonly InboxEntry[], beside?: (unit: Unit) => Promise<void>): Promise<readonly ("new" | "known")[]>;
}
