/** What the fault run of a channel drives: an emulated platform with people on it, and what can go wrong there. */
import type { Chance } from "../chance.ts";

/** One message as the customer sees it. */
export interface Seen {
  readonly text: string;
  /** When it came to stand there, ms; whole seconds on some platforms. */
  readonly at: number;
  /** The platform took it, and the answer that said so was cut off. */
  readonly answerLost: boolean;
}

export interface SoakCustomer {
  readonly conversation: string;
  /** Resolves when the platform has brought it, or has given up. @returns whether the service acknowledged it */
  say(text: string): Promise<boolean>;
  seen(): readonly Seen[];
}

export interface SoakPlatform {
  /** Settings of the service for it. */
  settings(port: number): Readonly<Record<string, string>>;
  /** Tells the platform where the service answers. */
  attach(port: number): void;
  customer(number: number): SoakCustomer;
  /** What can go wrong beside the service being killed, by name. Resolves when it is over, or will be by itself. */
  readonly faults: Readonly<Record<string, (chance: Chance) => Promise<void> | void>>;
  /** What was set going by hand is ended: nothing waits for somebody to write again. */
  calm(): Promise<void>;
  close(): Promise<void>;
}
