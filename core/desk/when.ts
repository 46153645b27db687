/** Times as staff type them behind a command: a span from now or a clock. */
import { addDays, DAY_MS, dayOf, HOUR_MS, type Instant, instantOf, MINUTE_MS } from "../time.ts";

const SPAN = /^(\d+(?:\.\d+)?|半)\s*(m|min|mins|minutes?|分钟|分鐘|分|h|hrs?|hours?|个?小时|個?小時|d|days?|天)(?=\s|$|[,，])/i;
const CLOCK = /^(today|tomorrow|今天|明天|后天|後天)?\s*(\d{1,2})(?:[:：](\d{2})|点|點)(半)?(?=\s|$|[,，])/i;

/**
 * Reads a time at the beginning of a text.
 *
 * @returns the instant, always after `now`, and what stands behind it; `null` when there is no time
 */
export function readWhen(text: string, now: Instant, zone: string): { readonly at: Instant; readonly rest: string } | null {
  const span = SPAN.exec(text);
  if (span) {
    const amount = span[1] === "半" ? 0.5 : Number(span[1]);
    const unit = span[2]!.toLowerCase();
    const unitMs = /^(m|分)/.test(unit) ? MINUTE_MS : /^(d|天)/.test(unit) ? DAY_MS : HOUR_MS;
    return amount > 0 ? { at: now + Math.round(amount * unitMs), rest: restOf(text, span[0]) } : null;
  }
  const clock = CLOCK.exec(text);
  if (!clock) return null;
  const minute = Number(clock[2]) * 60 + (clock[4] ? 30 : Number(clock[3] ?? 0));
  if (Number(clock[2]) > 24 || Number(clock[3] ?? 0) > 59) return null;
  const word = (clock[1] ?? "").toLowerCase();
  const ahead = word === "tomorrow" || word === "明天" ? 1 : word === "后天" || word === "後天" ? 2 : 0;
  const today = dayOf(now, zone);
  const at = instantOf(addDays(today, ahead), minute, zone);
  // A clock that has passed today is tomorrow's.
  return { at: at > now ? at : instantOf(addDays(today, ahead + 1), minute, zone), rest: restOf(text, clock[0]) };
}

const restOf = (text: string, read: string): string => text.slice(read.length).replace(/^[\s,，]+/, "");
