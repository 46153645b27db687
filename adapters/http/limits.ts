/** Bounds of the HTTP host. */

export interface HttpLimits {
  /** Longest request body, bytes. */
  readonly bodyBytes: number;
  /** A comment goes down each open stream this often, ms. */
  readonly heartbeatMs: number;
  /** Most open streams of the host. */
  readonly streams: number;
  /** A stream whose reader takes nothing for this long is cut, ms. */
  readonly stalledMs: number;
}

export const HTTP_LIMITS: HttpLimits = {
  // The largest thing a web customer sends is 48 KiB of media; the platforms' callbacks are far below it.
  bodyBytes: 65_536,
  // Proxies commonly cut a silent connection after 30–60 s.
  heartbeatMs: 15_000,
  // About 20 kB of memory each: 40 MB at most.
  streams: 2_000,
  stalledMs: 30_000,
};
