/**
 * The access token, one for the app: fetched once however many need it at the same time, renewed a little before its end, and
 * dropped when the platform says that it died early. A wrong secret is not tried again for a while: many wrong tries ban the
 * address for an hour (document 90313 at 45009).
 */
import type { Clock } from "../../core/ports.ts";
import { MINUTE_MS } from "../../core/time.ts";

/** Renewed this long before the end that the platform told (7200 s). */
const EARLY_MS = 5 * MINUTE_MS;
const REFUSED_FOR_MS = 10 * MINUTE_MS;

export interface TokenSource {
  get(): Promise<string>;
  /** Drops the token unless another one has taken its place. */
  drop(token: string): void;
}

/**
 * @param fetchToken asks the platform
 * @param isFinal whether a failure will not pass by itself
 */
export function createTokenSource(
  clock: Clock,
  fetchToken: () => Promise<{ readonly token: string; readonly expiresInMs: number }>,
  isFinal: (error: unknown) => boolean,
): TokenSource {
  let held: { readonly token: string; readonly until: number } | null = null;
  let refused: { readonly error: unknown; readonly until: number } | null = null;
  let flight: Promise<string> | null = null;

  async function refresh(): Promise<string> {
    try {
      const { token, expiresInMs } = await fetchToken();
      held = { token, until: clock.now() + Math.max(expiresInMs - EARLY_MS, expiresInMs / 2) };
      return token;
    } catch (error) {
      if (isFinal(error)) refused = { error, until: clock.now() + REFUSED_FOR_MS };
      throw error;
    } finally {
      flight = null;
    }
  }

  return {
    async get() {
      const now = clock.now();
      if (held && now < held.until) return held.token;
      if (refused && now < refused.until) throw refused.error;
      refused = null;
      flight ??= refresh();
      return flight;
    },
    drop(token) {
      if (held?.token === token) held = null;
    },
  };
}
