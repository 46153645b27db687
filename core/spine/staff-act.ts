/** An act of staff under way, and what its taking rests on. */
import type { Case } from "../cases/state.ts";
import type { Clock, StaffAct, StaffChannel, Store, Unit, Wakeups } from "../ports.ts";
import type { BusinessModel } from "../profile/model.ts";
import type { Staff } from "../profile/schema.ts";
import type { Instant } from "../time.ts";

export interface StaffIntakeOptions {
  readonly store: Store;
  readonly model: BusinessModel;
  readonly channels: ReadonlyMap<string, StaffChannel>;
  readonly clock: Clock;
  readonly wakeups: Wakeups;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
}

/** An act under way. */
export interface Handled {
  readonly unit: Unit;
  readonly act: StaffAct;
  readonly member: Staff;
  readonly now: Instant;
  readonly current: Case | null;
}
