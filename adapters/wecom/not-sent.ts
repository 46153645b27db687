/** Why a post to staff was not sent, carried up to where the answer is given. */
import type { StaffDelivery } from "../../core/ports.ts";
import { MINUTE_MS } from "../../core/time.ts";
import { errcodeOf, retryAfterMs } from "./client.ts";
import type { Pacer } from "./pacing.ts";

export class NotSent extends Error {
  readonly result: Exclude<StaffDelivery, { readonly result: "sent" }>;

  constructor(result: NotSent["result"]) {
    super(result.reason);
    this.name = "NotSent";
    this.result = result;
  }
}

/** @throws NotSent when the pace does not allow it now */
export function demandPace(pacer: Pacer, keys: readonly string[]): void {
  const waitMs = pacer.take(keys);
  if (waitMs > 0) throw new NotSent({ result: "retry", reason: "the platform's pace", afterMs: Math.min(waitMs, MINUTE_MS) });
}

/** @throws NotSent for what the platform says no to, and for what did not reach it */
export async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const errcode = errcodeOf(error);
    if (errcode === null) throw new NotSent({ result: "retry", reason: "WeChat Work could not be reached", afterMs: null });
    const afterMs = retryAfterMs(errcode);
    if (afterMs === null) throw new NotSent({ result: "refused", reason: `errcode ${errcode}` });
    throw new NotSent({ result: "retry", reason: `errcode ${errcode}`, afterMs });
  }
}
