import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { expect, test } from "vitest";
import { createMetrics } from "../../../bots/service/metrics.ts";
import type { Span } from "../../../bots/service/tracing.ts";
import { AnxinError } from "../../../core/errors.ts";
import type { InboxEntry, StoredMessage } from "../../../core/spine/events.ts";
import { pushedChannel } from "../../support/bench.ts";
import { openTestStore } from "../../support/store.ts";

const DOCS = join(import.meta.dirname, "../../../docs");
const ENTRY: InboxEntry = { id: "telegram:7:1", conversation: "telegram:7", receivedAt: 1_000, event: { kind: "message", text: "hi" } };

function open() {
  const lines: { readonly msg: string; readonly id?: string }[] = [];
  const spans: Span[] = [];
  const logger = pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as { msg: string }) });
  const metrics = createMetrics({
    store: openTestStore(),
    hubUp: () => true,
    logger,
    tracer: { span: (span) => void spans.push(span), close: async () => undefined },
    watch: () => ({ channels: ["telegram"], staffChannels: ["telegram"], isUp: () => true }),
  });
  return { metrics, lines, spans };
}

test.each(["grafana.json", "operations.md", "operations.zh.md"])("every metric that %s names is there", async (page) => {
  const text = await open().metrics.text();
  const known = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!.replace(/_(bucket|sum|count)$/, "")));
  const named = [...readFileSync(join(DOCS, page), "utf8").matchAll(/anxin_[a-z0-9_]+/g)].map(([name]) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !known.has(name.replace(/_(bucket|sum|count)$/, "")))).toEqual([]);
});

test("one id goes through logs and traces, from what was taken in to what was sent", async () => {
  const { metrics, lines, spans } = open();
  await metrics.watchIntake({ accept: async () => ["new"] }).accept([ENTRY]);
  metrics.turn(ENTRY, 1_250);
  const channel = metrics.watchChannel(pushedChannel("telegram"));
  await channel.send({ id: `${ENTRY.id}/1`, conversation: ENTRY.conversation } as StoredMessage);
  expect(lines.map(({ msg }) => msg)).toEqual(["taken in", "turn saved", "sent"]);
  expect(new Set(lines.map(({ id }) => id)).size).toBe(1);
  expect(spans.map(({ stage, entry }) => [stage, entry])).toEqual([
    ["taken in", ENTRY.id],
    ["turn", ENTRY.id],
    ["sent", ENTRY.id],
  ]);
  // Ids of conversations are the customers' secrets.
  expect(JSON.stringify(lines)).not.toContain("telegram:7");
});

test("the golden signals are counted by channel, refusals among them", async () => {
  const { metrics } = open();
  await metrics.watchIntake({ accept: async () => ["known"] }).accept([ENTRY]);
  const busy = metrics.watchIntake({ accept: () => Promise.reject(new AnxinError("overloaded", "busy")) });
  await expect(busy.accept([ENTRY])).rejects.toThrow("busy");
  metrics.turn(ENTRY, 1_250);
  await metrics
    .watchChannel(pushedChannel("telegram", () => ({ result: "refused", reason: "blocked" })))
    .send({ id: "m/1" } as StoredMessage);
  const text = await metrics.text();
  expect(text).toContain('anxin_events_total{channel="telegram",result="known"} 1');
  expect(text).toContain('anxin_events_total{channel="telegram",result="refused"} 1');
  expect(text).toContain('anxin_sends_total{channel="telegram",result="refused"} 1');
  expect(text).toContain('anxin_turn_seconds_sum{channel="telegram"} 0.25');
});
