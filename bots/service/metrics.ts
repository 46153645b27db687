/** Figures for monitoring, in Prometheus' text form: counted from the tables when asked, so that every process tells the truth. */
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Store } from "../../core/ports.ts";
import { type ChannelWatch, watchChannels } from "./team-metrics.ts";

export interface Metrics {
  text(): Promise<string>;
}

/** @param watch the platforms that are set up, asked each time */
export function createMetrics(store: Store, watch: () => ChannelWatch): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "anxin_" });
  const gauge = (name: string, help: string): Gauge => new Gauge({ name: `anxin_${name}`, help, registers: [registry] });
  const openCases = gauge("open_cases", "cases that are not closed (counted up to 1000)");
  const inboxWaiting = gauge("inbox_waiting", "events that wait for their turn now (counted up to 1000)");
  const outboxWaiting = gauge("outbox_waiting", "messages that wait to be sent now (counted up to 1000)");
  const channels = watchChannels(registry, store, watch);
  return {
    async text() {
      await channels();
      const now = Date.now();
      await store.unit(async (unit) => {
        openCases.set((await unit.records.openCases(1_000)).length);
        inboxWaiting.set((await unit.inbox.pending(now, 1_000)).length);
        outboxWaiting.set((await unit.messages.due(now, 1_000)).length);
      });
      return registry.metrics();
    },
  };
}
