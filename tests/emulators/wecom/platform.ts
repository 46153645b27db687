/** What the emulated company has: credentials, members, accounts, and what went wrong on purpose. */
import { randomBytes } from "node:crypto";
import { REFUSALS, UNLISTED } from "./refusals.ts";

export interface Company {
  readonly corpId: string;
  readonly agentId: string;
  readonly secret: string;
  readonly token: string;
  readonly aesKey: string;
}

export const COMPANY: Company = {
  corpId: "ww5a1e0000example",
  agentId: "1000002",
  secret: "app-secret-of-the-emulator",
  token: "callbackToken",
  aesKey: "ExampleKeyExampleKeyExampleKeyExampleKeyExa",
};

/** Something to go wrong at the next calls of a kind. */
export type Fault =
  | { readonly errcode: number; readonly errmsg?: string }
  | { readonly status: number }
  /** The connection is cut before or after the call took effect. */
  | "reset_before"
  | "reset_after"
  /** All goes well, and takes so long. */
  | { readonly slowMs: number }
  /** An answer that is no JSON, as proxies give. */
  | "garbage"
  /** All goes well: for the calls before the one that shall not. */
  | "none";

export interface Faults {
  /** The next `times` calls of this name (`kf/send_msg`, `gettoken` …) go wrong. */
  next(call: string, fault: Fault, times?: number): void;
  /** All access tokens die now. */
  expireTokens(): void;
  /** The next accepted messages to customers fail later, with this `fail_type`. */
  failLater(failType: number, times?: number): void;
  /** Each callback is delivered so many times more. */
  repeatCallbacks(times: number): void;
  /** Callbacks are lost until told otherwise. */
  loseCallbacks(lose: boolean): void;
  /** Before the next pages, so many empty ones that say that there is more. */
  emptyPages(times: number): void;
  /** Items of a page at most. */
  pageSize(items: number): void;
  /** Address that is not on the list of trusted ones; `null` = all are. */
  distrust(ip: string | null): void;
}

export interface FaultState extends Faults {
  readonly state: { repeat: number; lose: boolean; empty: number; page: number; ip: string | null };
  take(call: string): Fault | null;
  takeLate(): number | null;
}

export function createFaults(expireTokens: () => void): FaultState {
  const queued = new Map<string, Fault[]>();
  const late: number[] = [];
  const state = { repeat: 0, lose: false, empty: 0, page: 1_000, ip: null as string | null };
  return {
    state,
    next(call, fault, times = 1) {
      if (typeof fault === "object" && "errcode" in fault && !(fault.errcode in REFUSALS) && fault.errcode !== UNLISTED)
        throw new Error(`the platform has no errcode ${fault.errcode}`);
      queued.set(call, [...(queued.get(call) ?? []), ...Array.from({ length: times }, () => fault)]);
    },
    expireTokens,
    failLater: (failType, times = 1) => void late.push(...Array.from({ length: times }, () => failType)),
    repeatCallbacks(times) {
      state.repeat = times;
    },
    loseCallbacks(lose) {
      state.lose = lose;
    },
    emptyPages(times) {
      state.empty = times;
    },
    pageSize(items) {
      state.page = items;
    },
    distrust(ip) {
      state.ip = ip;
    },
    take: (call) => queued.get(call)?.shift() ?? null,
    takeLate: () => late.shift() ?? null,
  };
}

/** A refusal as the platform writes it. */
export class Refusal extends Error {
  readonly errcode: number;

  constructor(errcode: number, errmsg = "refused") {
    super(errmsg);
    this.errcode = errcode;
  }
}

export const newId = (prefix: string): string => `${prefix}${randomBytes(9).toString("base64url").replace(/[-_]/g, "x")}`;

export const bytesOf = (text: unknown): number => Buffer.byteLength(String(text ?? ""), "utf8");

/** Cut at a byte, as the platform does: inside a character if it comes so. */
export const cutBytes = (text: string, bytes: number): string => Buffer.from(text, "utf8").subarray(0, bytes).toString("utf8");

export type Json = Record<string, unknown>;
