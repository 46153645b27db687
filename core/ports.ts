/**
 * What the core needs of the world, in the core's words. Each port has one contract suite in tests/contract that every
 * implementation passes.
 */

export type { Capabilities, Channel, Delivery } from "./ports/channel.ts";
export type { Clock } from "./ports/clock.ts";
export type { Connection, Finding } from "./ports/connection.ts";
export type { Feed, Lease, Leases, Pacing, WakeKind, Wakeups } from "./ports/coordination.ts";
export type { FileRead, FileSource } from "./ports/files.ts";
export type { PendingEntry } from "./ports/inbox-rows.ts";
export type { Intake } from "./ports/intake.ts";
export type { MassOutcome, MassSending } from "./ports/mass-sending.ts";
export type { StaffAct, StaffCard, StaffChannel, StaffDelivery, StaffIntake, StaffPlace, StaffPost } from "./ports/staff-channel.ts";
export type { Store, Unit } from "./ports/store.ts";
