/**
 * Figures for monitoring, in Prometheus' text form. What waits is counted from the tables when asked, so that every process tells
 * the truth; what passed through this process is counted as it passes. The four golden signals per channel: traffic
 * (`events_total`, `sends_total`), errors (`sends_total` by result, `failures_total`), latency (`turn_seconds`,
 * `send_seconds`), saturation (`inbox_waiting`, `outbox_waiting` and their ages).
 */

import type { Logger } from "pino";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Channel, Intake, Store } from "../../core/ports.ts";
import { channelOf } from "../../core/spine/channel.ts";
import type { InboxEntry } from "../../core/spine/events.ts";
import type { Instant } from "../../core/time.ts";
import { causeOf, correlationOf } from "./correlation.ts";
import { type ChannelWatch, watchChannels } from "./team-metrics.ts";
import type { Tracer } from "./tracing.ts";

export interface Metrics {
  text(): Promise<string>;
  /** Counts what is taken in. */
  watchIntake(intake: Intake): Intake;
  /** Counts and times what is sent. */
  watchChannel(channel: Channel): Channel;
  /** Counts and times a turn that was saved. */
  turn(entry: InboxEntry, now: Instant): void;
  failure(what: string): void;
}

/** What waits is counted up to here. */
const COUNTED_MOST = 10_000;
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const aboutEntry = ({ conversation, event }: InboxEntry): Readonly<Record<string, string>> => ({
  "anxin.channel": channelOf(conversation),
  "anxin.kind": event.kind,
});

export interface MetricsParts {
  readonly store: Store;
  /** Does Redis answer? `null` = there is none. */
  readonly hubUp: () => boolean | null;
  readonly logger: Logger;
  /** Gets a span for all that passes; `null` = nobody wants traces. */
  readonly tracer: Tracer | null;
  /** The platforms that are set up, asked each time. */
  readonly watch: () => ChannelWatch;
}

export function createMetrics({ store, hubUp, logger, tracer, watch }: MetricsParts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "anxin_" });
  const registers = [registry];
  const gauge = (name: string, help: string, labelNames: readonly string[] = []): Gauge =>
    new Gauge({ name: `anxin_${name}`, help, registers, labelNames: [...labelNames] });
  const watched = watchChannels(gauge, store, watch);
  const openCases = gauge("open_cases", "cases that are not closed (counted up to 1000)");
  const inboxWaiting = gauge("inbox_waiting", "events that wait for their turn, of all channels (counted up to 10000)");
  const outboxWaiting = gauge("outbox_waiting", "messages that wait to be sent, of all channels (counted up to 10000)");
  const inboxDepth = gauge("inbox_depth", "events that wait for their turn", ["channel"]);
  const outboxDepth = gauge("outbox_depth", "messages that wait to be sent", ["channel"]);
  const inboxAge = gauge("inbox_age_seconds", "age of the oldest event that waits for its turn", ["channel"]);
  const outboxAge = gauge("outbox_age_seconds", "age of the oldest message that waits to be sent", ["channel"]);
  const clockLag = gauge("clock_lag_seconds", "how long the earliest timer that has not fired is overdue");
  const redisUp = gauge("redis_up", "1 = Redis answers; left out = there is none");
  const events = new Counter({ name: "anxin_events_total", help: "events taken in", registers, labelNames: ["channel", "result"] });
  const sends = new Counter({
    name: "anxin_sends_total",
    help: "messages sent to platforms",
    registers,
    labelNames: ["channel", "result"],
  });
  const failures = new Counter({
    name: "anxin_failures_total",
    help: "turns, sends and loops that failed",
    registers,
    labelNames: ["what"],
  });
  const turnSeconds = new Histogram({
    name: "anxin_turn_seconds",
    help: "from the arrival of an event to its saved turn",
    registers,
    labelNames: ["channel"],
    buckets: SECONDS,
  });
  const sendSeconds = new Histogram({
    name: "anxin_send_seconds",
    help: "time a platform took for a message",
    registers,
    labelNames: ["channel"],
    buckets: SECONDS,
  });

  function fill(depth: Gauge, age: Gauge, rows: readonly { readonly conversation: string; readonly at: number }[], now: number): void {
    depth.reset();
    age.reset();
    for (const [channel, own] of Map.groupBy(rows, (row) => channelOf(row.conversation))) {
      depth.set({ channel }, own.length);
      age.set({ channel }, Math.max(0, now - Math.min(...own.map((row) => row.at))) / 1_000);
    }
  }

  return {
    async text() {
      await watched();
      const now = Date.now();
      const found = await store.unit(async (unit) => ({
        cases: await unit.records.openCases(1_000),
        inbox: await unit.inbox.waiting(COUNTED_MOST),
        outbox: await unit.messages.unsent(COUNTED_MOST),
        timer: await unit.timers.nextAt(),
      }));
      openCases.set(found.cases.length);
      inboxWaiting.set(found.inbox.length);
      outboxWaiting.set(found.outbox.length);
      fill(inboxDepth, inboxAge, found.inbox, now);
      fill(outboxDepth, outboxAge, found.outbox, now);
      clockLag.set(found.timer === null ? 0 : Math.max(0, now - found.timer) / 1_000);
      const up = hubUp();
      if (up !== null) redisUp.set(up ? 1 : 0);
      return registry.metrics();
    },
    watchIntake: (intake) => ({
      async accept(entries, beside) {
        const from = Date.now();
        const results = await intake.accept(entries, beside).catch((error: unknown) => {
          for (const entry of entries) events.inc({ channel: channelOf(entry.conversation), result: "refused" });
          throw error;
        });
        for (const [at, entry] of entries.entries()) {
          const result = results[at]!;
          events.inc({ channel: channelOf(entry.conversation), result });
          logger.info({ id: correlationOf(entry.id), kind: entry.event.kind, result }, "taken in");
          // The same event delivered again is no second one.
          if (result === "new")
            tracer?.span({ entry: entry.id, stage: "taken in", from, to: Date.now(), failed: false, attributes: aboutEntry(entry) });
        }
        return results;
      },
    }),
    watchChannel: (channel) => ({
      name: channel.name,
      capabilities: channel.capabilities,
      async send(message) {
        const end = sendSeconds.startTimer({ channel: channel.name });
        const entry = causeOf(message);
        const trace = (from: number, result: string): void =>
          tracer?.span({
            entry,
            stage: "sent",
            part: message.id,
            from,
            to: Date.now(),
            failed: result !== "sent",
            attributes: { "anxin.channel": channel.name, "anxin.result": result },
          });
        const from = Date.now();
        try {
          const delivery = await channel.send(message);
          sends.inc({ channel: channel.name, result: delivery.result });
          logger.info({ id: correlationOf(entry), channel: channel.name, result: delivery.result }, "sent");
          trace(from, delivery.result);
          return delivery;
        } catch (error) {
          sends.inc({ channel: channel.name, result: "error" });
          trace(from, "error");
          throw error;
        } finally {
          end();
        }
      },
    }),
    turn(entry, now) {
      const ms = Math.max(0, now - entry.receivedAt);
      turnSeconds.observe({ channel: channelOf(entry.conversation) }, ms / 1_000);
      logger.info({ id: correlationOf(entry.id), kind: entry.event.kind, ms }, "turn saved");
      tracer?.span({ entry: entry.id, stage: "turn", from: entry.receivedAt, to: now, failed: false, attributes: aboutEntry(entry) });
    },
    failure: (what) => failures.inc({ what }),
  };
}
