import type { Instant } from "../time.ts";

/** Button that puts a customer on the waiting list for the hours around a wish. */
export function waitChoiceId(from: Instant, to: Instant): string {
  return `waitlist:${from}:${to}`;
}
