/** Bolt's log lines in our log. Its debug lines hold bodies and tokens, and are left out. */
import type { Logger, LogLevel } from "@slack/bolt";
import type { ChannelLog } from "./types.ts";

const SECRET = /xox[a-z]-[\w-]+|xapp-[\w-]+|\b[\w-]*(?:ticket|token|secret)=[^\s&]+/gi;
/** Addresses may carry what lets one in, and words of people stand in payloads. */
const PAYLOAD = /\{.*\}/gs;

function line(parts: readonly unknown[]): string {
  return parts
    .map((part) => (part instanceof Error ? `${part.name}: ${part.message}` : String(part)))
    .join(" ")
    .replace(SECRET, "…")
    .replace(PAYLOAD, "{…}")
    .slice(0, 300);
}

export function boltLogger(log: ChannelLog): Logger {
  return {
    debug: () => undefined,
    info: (...parts) => log("debug", "slack library", { line: line(parts) }),
    warn: (...parts) => log("info", "slack library", { line: line(parts) }),
    error: (...parts) => log("warn", "slack library", { line: line(parts) }),
    setLevel: () => undefined,
    // Never debug: at that level the library puts bodies together only for us to drop them.
    getLevel: () => "info" as LogLevel,
    setName: () => undefined,
  };
}
