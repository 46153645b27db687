/** A customer's page: follows the live stream of a conversation, and connects again where it was cut off. */
import { type Client, createKnocking, pause } from "./http.ts";
import type { Ledger, WatchRecord } from "./ledger.ts";

export interface Watcher {
  readonly record: WatchRecord;
  /** Stops once `seq` was seen, or after `withinMs`. */
  stopAfter(seq: number, withinMs: number): Promise<void>;
}

/** Until it connects again, ms: at first, and at most while nobody answers. */
const RECONNECT_MS = [60, 1_000] as const;

export function watch(client: Client, ledger: Ledger, conversation: string): Watcher {
  const record: WatchRecord = { conversation, seen: [], reconnects: -1, toTheEnd: false };
  ledger.watched.push(record);
  let stopped = false;
  let close = (): void => {};
  const knocking = createKnocking(...RECONNECT_MS);
  const running = (async () => {
    while (!stopped) {
      const last = record.seen.at(-1)?.seq;
      let rest = "";
      let heard = false;
      await client.stream(
        `/channels/web/stream?conversation=${conversation}`,
        last === undefined ? {} : { "last-event-id": String(last) },
        (text) => {
          // Knocking at a service that is down is no connection.
          if (!heard) record.reconnects += 1;
          knocking.answered();
          heard = true;
          const blocks = (rest + text).split("\n\n");
          rest = blocks.pop()!;
          for (const block of blocks) note(block);
        },
        (end) => {
          close = end;
        },
      );
      if (!stopped) await knocking.pause();
    }
  })();

  function note(block: string): void {
    const lines = block.split("\n");
    if (!lines.includes("event: message")) return;
    const seq = Number(lines.find((line) => line.startsWith("id: "))?.slice(4));
    const data = JSON.parse(lines.find((line) => line.startsWith("data: "))!.slice(6)) as { id: string };
    record.seen.push({ seq, id: data.id });
  }

  return {
    record,
    async stopAfter(seq, withinMs) {
      const deadline = performance.now() + withinMs;
      while ((record.seen.at(-1)?.seq ?? 0) < seq && performance.now() < deadline) await pause(20);
      stopped = true;
      close();
      await running;
    },
  };
}
