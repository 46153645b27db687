import type { LocalText } from "../language.ts";
import type { Channel } from "./channel.ts";
import type { FileSource } from "./files.ts";
import type { StaffChannel } from "./staff-channel.ts";

/** Something `doctor` found out about a platform's set-up. */
export interface Finding {
  readonly level: "good" | "warning" | "problem";
  /** What was found. */
  readonly what: LocalText;
  /** What to do; `null` when all is well. */
  readonly mend: LocalText | null;
}

/** A platform in operation, as an adapter's `connect…` gives it: what customers and staff are reached through. */
export interface Connection {
  readonly channel: Channel;
  /** `null` when no staff room is set. */
  readonly staff: StaffChannel | null;
  /** What customers and staff sent here. */
  readonly files: FileSource;
  /** Begins to receive (polling, sockets; webhooks are hung on the host before it listens). Called once, after the host listens. */
  start(): Promise<void>;
  /** Takes nothing new and resolves when nothing is under way. */
  stop(): Promise<void>;
  /** Asks the platform whether everything is set up, for `doctor`. Never throws; a platform that can't be reached is a finding. */
  check(): Promise<readonly Finding[]>;
}
