import type { LocalText } from "../language.ts";
import type { Channel } from "./channel.ts";
import type { FileSource } from "./files.ts";
import type { MassSending } from "./mass-sending.ts";
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
  /** Where staff can send what we prepare. */
  readonly massSending?: MassSending;
  /** What customers and staff sent here. */
  readonly files: FileSource;
  /**
   * Begins what one process alone does: asking, long connections, telling the platform where we are. Webhooks are hung on the host
   * before it listens and need no start. Called after the host listens; again after it failed, and again after `rest`.
   */
  start(): Promise<void>;
  /**
   * Ends what `start` began, for another process does it now, and resolves when none of it is under way. Calls that come in are
   * taken as before, and sends go out. Without effect where nothing was started.
   */
  rest(): Promise<void>;
  /** Takes nothing new, for good, and resolves when nothing is under way. */
  stop(): Promise<void>;
  /** Asks the platform whether everything is set up, for `doctor`. Never throws; a platform that can't be reached is a finding. */
  check(): Promise<readonly Finding[]>;
}
