import { AnxinError } from "../../core/errors.ts";

/** SQLSTATE classes and codes (Postgres manual, appendix A), what we call them, and what to do. */
const KNOWN: readonly (readonly [prefix: string, code: string, problem: string, mend: string])[] = [
  ["08", "storage_unreachable", "the connection broke", "look at the server and the network; what was committed is safe"],
  ["57P", "storage_unreachable", "the server ended the connection", "wait until it is up again; what was committed is safe"],
  ["25P03", "storage_unreachable", "the server ended a unit that stood still", "look for a process that hangs"],
  ["28", "storage_refused", "the server refused the user or password", "set user and password in DATABASE_URL"],
  ["3D000", "storage_refused", "there is no such database", "make it with createdb, or name another one in DATABASE_URL"],
  ["42501", "storage_not_writable", "the user may not do this", "give the user of DATABASE_URL the right to make tables in its database"],
  ["53100", "storage_disk_full", "the server's disk is full", "free space on it; what was committed is safe"],
  ["53300", "storage_busy", "the server has no connection left", "raise max_connections, or run fewer processes"],
  ["54000", "unstorable_value", "a value is too long to be looked for", "wanted ids of some hundred characters at most"],
  ["55P03", "storage_busy", "another process holds what is wanted", "look for a process that hangs"],
  ["40", "storage_busy", "it met too many others", "try again in a moment"],
  ["58", "storage_io", "the server failed to read or write", "look at its disk and its log"],
];

/** What the driver says when a connection is gone. */
const BROKEN =
  /^Connection terminated|^Client has encountered a connection error|^Client was closed|timeout exceeded when trying to connect|^Query read timeout/;
const NETWORK = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EHOSTUNREACH", "EAI_AGAIN"]);

/** The error of the driver inside of what drizzle wraps around it, which quotes customers' data. */
function innermost(error: unknown): unknown {
  let inner = error;
  while (inner instanceof Error && inner.name === "DrizzleQueryError" && inner.cause !== undefined) inner = inner.cause;
  return inner;
}

/** SQLSTATE, or `null` when it isn't an error of the server. */
function sqlState(error: unknown): string | null {
  const inner = innermost(error);
  const code = inner instanceof Error && "code" in inner && "severity" in inner ? inner.code : null;
  return typeof code === "string" ? code : null;
}

/** Is the connection gone, so that everything not committed is undone? */
export function isConnectionLoss(error: unknown): boolean {
  const inner = innermost(error);
  if (!(inner instanceof Error)) return false;
  const state = sqlState(inner);
  if (state !== null) return state.startsWith("08") || state.startsWith("57P") || state === "25P03";
  return BROKEN.test(inner.message) || ("code" in inner && NETWORK.has(String(inner.code)));
}

/** Did the unit meet another one, so that doing it again will succeed? Serialisation failure, deadlock, lock timeout, a race of two first writers. */
export function isMeeting(error: unknown): boolean {
  const state = sqlState(error);
  return state === "40001" || state === "40P01" || state === "55P03" || state === "23505";
}

/** An error of Postgres as one of ours, without the data of the statement; any other error as it was. */
export function translateError(error: unknown, address: string): unknown {
  const inner = innermost(error);
  if (inner instanceof AnxinError || !(inner instanceof Error)) return inner;
  const state = sqlState(inner);
  if (state === null) {
    if (!isConnectionLoss(inner)) return inner;
    return new AnxinError("storage_unreachable", `database ${address}: can't be reached (${inner.message}); what was committed is safe`, {
      address,
    });
  }
  const known = KNOWN.find(([prefix]) => state.startsWith(prefix));
  // The server's text names tables and rules; its details would quote values.
  if (known === undefined)
    return new AnxinError("storage_failed", `database ${address}: ${inner.message} (${state})`, { address, sqlState: state });
  const [, code, problem, mend] = known;
  return new AnxinError(code, `database ${address}: ${problem} (${state}); ${mend}`, { address, sqlState: state });
}
