/**
 * What the newest notices let staff do with one tap, for the desk page: team chats have the buttons on the post itself. One small
 * document in the store's meta (`TAPS_KEY`), so that every process shows the same; what has grown old goes by itself, and the
 * words of the notice name the command all the same. Pure.
 */
import type { Button, StaffNotice } from "../spine/events.ts";
import { DAY_MS, type Instant } from "../time.ts";

export const TAPS_KEY = "desk:taps";
/** As long as the buttons of a team chat are good. */
const KEPT_MS = 3 * DAY_MS;
const KEPT_MOST = 100;

interface NoticeTaps {
  readonly notice: string;
  readonly at: Instant;
  readonly buttons: readonly Button[];
}

/** @param now leaves out what is too old; `null` = all */
export function parseTaps(text: string | null, now: Instant | null): readonly NoticeTaps[] {
  const all = text === null ? [] : (JSON.parse(text) as readonly NoticeTaps[]);
  return now === null ? all : all.filter(({ at }) => now - at < KEPT_MS);
}

/** With the buttons of these notices; `null` = none of them has any. */
export function withTaps(text: string | null, notices: readonly StaffNotice[]): string | null {
  const fresh = notices.flatMap(({ id, at, buttons }) => (buttons && buttons.length > 0 ? [{ notice: id, at, buttons }] : []));
  if (fresh.length === 0) return null;
  const last = Math.max(...fresh.map(({ at }) => at));
  const known = new Set(fresh.map(({ notice }) => notice));
  const others = parseTaps(text, last).filter(({ notice }) => !known.has(notice));
  return JSON.stringify([...others, ...fresh].slice(-KEPT_MOST));
}
