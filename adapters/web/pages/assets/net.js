/** Calls and live streams, with breaks mended by themselves. */
import { t } from "./i18n.js";

const TIMEOUT_MS = 15_000;
/** Waits between tries grow to this, ms. */
const LONGEST_WAIT_MS = 15_000;
/** A hidden page gives its stream back (browsers allow six connections a site) and looks this often, ms. */
const HIDDEN_AFTER_MS = 20_000;
const HIDDEN_LOOK_MS = 20_000;

/** A call that failed: `status` 0 when the service could not be reached. */
export class CallFailed extends Error {
  constructor(status, code, message, retryAfterMs) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  /** May the same call succeed later? */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Calls the service; `body` makes it a POST. */
export async function call(path, body) {
  let response;
  try {
    response = await fetch(path, {
      ...(body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw new CallFailed(0, "unreachable", t("problem.unreachable"), null);
  }
  let answer = null;
  try {
    answer = await response.json();
  } catch {
    // A proxy's own page: the status says enough.
  }
  if (response.ok) return answer;
  const retryAfter = Number(response.headers.get("retry-after"));
  throw new CallFailed(
    response.status,
    answer?.error?.code ?? "unknown",
    wordsFor(response.status, answer?.error),
    retryAfter > 0 ? retryAfter * 1_000 : null,
  );
}

function wordsFor(status, error) {
  const known = t(`problem.${error?.code}`);
  if (known !== `problem.${error?.code}`) return known;
  if (status === 401) return t("problem.login_needed");
  if (status === 429 || status === 503) return t("problem.busy");
  if (status >= 500) return t("problem.server");
  return error?.message ?? t("problem.server");
}

/** Wait before try number `tries` (from 0), ms: doubling, spread so that pages don't come back all at once. */
export function backoffMs(tries) {
  return Math.min(LONGEST_WAIT_MS, 500 * 2 ** tries) * (0.7 + Math.random() * 0.6);
}

/**
 * Follows a stream for as long as the page lives.
 *
 * @param url gives the address, so that it can name where to go on
 * @param events listeners by event name; they get the parsed data
 * @param look what to do instead while the page is hidden, or when streams are refused
 * @param onState told `live`, `lost` or `waiting`
 * @returns the way to stop
 */
export function follow({ url, events, look, onState }) {
  let source = null;
  let timer = 0;
  let tries = 0;
  let stopped = false;

  const connect = () => {
    clearTimeout(timer);
    source?.close();
    if (stopped) return;
    source = new EventSource(url());
    source.onopen = () => {
      tries = 0;
      onState("live");
    };
    source.onerror = () => {
      // The browser would try again by itself, but never after a refusal, and without growing waits.
      source?.close();
      source = null;
      onState("lost");
      // A look also brings what was missed, and a login that has ended shows as its own problem.
      Promise.resolve(look()).catch(() => undefined);
      timer = setTimeout(connect, backoffMs(tries++));
    };
    for (const [name, listener] of Object.entries(events)) source.addEventListener(name, (event) => listener(JSON.parse(event.data)));
  };
  const rest = () => {
    source?.close();
    source = null;
    onState("waiting");
    const again = () => {
      Promise.resolve(look()).catch(() => undefined);
      timer = setTimeout(again, HIDDEN_LOOK_MS);
    };
    timer = setTimeout(again, HIDDEN_LOOK_MS);
  };
  const seen = () => {
    clearTimeout(timer);
    if (document.visibilityState === "hidden") timer = setTimeout(rest, HIDDEN_AFTER_MS);
    else if (!source || source.readyState !== EventSource.OPEN) connect();
  };
  const online = () => {
    tries = 0;
    connect();
  };
  const offline = () => {
    // Some browsers leave the stream hanging when the network goes.
    source?.close();
    source = null;
    clearTimeout(timer);
    timer = setTimeout(connect, backoffMs(tries++));
    onState("lost");
  };
  document.addEventListener("visibilitychange", seen);
  window.addEventListener("online", online);
  window.addEventListener("offline", offline);
  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
    document.removeEventListener("visibilitychange", seen);
    window.removeEventListener("online", online);
    window.removeEventListener("offline", offline);
  };
}
