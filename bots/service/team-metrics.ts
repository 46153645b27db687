/** Figures of the platforms and team chats, counted when asked. */
import type { Store } from "../../core/ports.ts";

export interface ChannelWatch {
  readonly channels: readonly string[];
  readonly staffChannels: readonly string[];
  isUp(channel: string): boolean;
}

/** A figure of each channel. */
interface ChannelGauge {
  set(labels: { readonly channel: string }, value: number): void;
}

/** Makes the gauges; returns what brings them up to date. */
export function watchChannels(
  makeGauge: (name: string, help: string, labels: readonly string[]) => ChannelGauge,
  store: Store,
  watch: () => ChannelWatch,
): () => Promise<void> {
  const gauge = (name: string, help: string): ChannelGauge => makeGauge(name, help, ["channel"]);
  const up = gauge("channel_up", "1 when the platform is receiving, 0 when it is set up and is not");
  const waiting = gauge("staff_posts_waiting", "posts that wait to reach the team chat");
  const oldest = gauge("staff_posts_oldest_seconds", "age of the oldest post that waits to reach the team chat, s");
  const failed = gauge("staff_posts_failed", "posts among the last 200 failed ones that never reached the team chat");
  return async () => {
    const { channels, staffChannels, isUp } = watch();
    for (const channel of channels) up.set({ channel }, isUp(channel) ? 1 : 0);
    const now = Date.now();
    await store.unit(async (unit) => {
      const lost = await unit.staff.failed(200);
      for (const channel of staffChannels) {
        const health = await unit.staff.health(channel);
        waiting.set({ channel }, health.waiting);
        oldest.set({ channel }, health.oldestAt === null ? 0 : (now - health.oldestAt) / 1_000);
        failed.set({ channel }, lost.filter((post) => post.channel === channel).length);
      }
    });
  };
}
