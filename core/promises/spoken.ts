/** Times in what staff write to a customer: "明天下午三点前好", "I'll call you in 30 minutes". */
import type { TurnContext } from "../conversation/context.ts";
import { dayOf, type Instant, MINUTE_MS } from "../time.ts";
import type { DateTimeEntity } from "../understanding/types.ts";
import { makePromise, promiseTaps } from "./ledger.ts";

/** Words that make a time a promise of ours; a time alone ("you came on Monday at 3") is none. */
const COMMITS =
  /好|完成|完工|搞定|弄完|回复|回覆|答复|答覆|回电|回電|打给|打給|打电话|打電話|致电|致電|联系|聯繫|聯絡|通知|告诉|告訴|送到|到货|到貨|寄出|上门|上門|到府|过去|過去|出发|出發|交车|交車|安排|给您|給您|\b(?:i'?ll|we'?ll|i will|we will|will be|ready|done|finish(?:ed)?|call you|get back|let you know|deliver|arrive)\b/i;
const ASKS = /[?？]\s*$|吗\s*[?？]?$|嗎\s*[?？]?$|方便(?:吗|嗎)|可以(?:吗|嗎)|您(?:几点|幾點|什么时候|什麼時候)/;

/**
 * The instant by which something was promised in `text`; `null` when nothing was. A day or a part of one is promised until its end,
 * at closing time at the latest.
 */
function promisedIn(turn: TurnContext, text: string): Instant | null {
  if (!COMMITS.test(text) || ASKS.test(text.trim())) return null;
  return timeIn(turn, text);
}

/** The first time to come that is said in `text`, as a deadline; `null` when none is. */
export function timeIn(turn: TurnContext, text: string): Instant | null {
  const { entities } = turn.dependencies.understander.understand(text, { now: turn.now, zone: turn.zone, lang: turn.lang });
  const said = entities.datetime.find((one) => !one.past && deadline(turn, one) > turn.now);
  return said ? deadline(turn, said) : null;
}

function deadline(turn: TurnContext, said: DateTimeEntity): Instant {
  if (said.end === null || said.grain === "minute") return said.start;
  if (said.grain === "hour") return said.end;
  const last = said.end - MINUTE_MS;
  const closing = turn.model.calendar.openSpans(dayOf(last, turn.zone)).at(-1)?.end;
  return closing !== undefined && closing > said.start ? Math.min(said.end, closing) : said.end;
}

/** Staff wrote to the customer: a time in it is kept as a promise, and shown to them to confirm or take back with one tap. */
export function noticeSpoken(turn: TurnContext, by: string, about: string, text: string): void {
  const dueAt = promisedIn(turn, text);
  if (dueAt === null) return;
  const number = turn.number("promise");
  makePromise(turn, { number, about, words: text, by, dueAt, confirmed: false });
  turn.notify(by, turn.staffWords("staff.promise_noted", { number, about, due: turn.staffTime(dueAt) }), about, {
    buttons: promiseTaps(turn, number, ["confirm", "kept", "dismiss"]),
  });
}
