import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { createHttpHost } from "../../adapters/http/index.ts";
import { mountWeb, webConversation } from "../../adapters/web/index.ts";
import { createInProcessFeed } from "../../bots/service/feed.ts";
import { createIntake } from "../../core/spine/index.ts";
import { createInProcessWakeups } from "../../storage/jobs/in-process.ts";
import { openSqliteStore } from "../../storage/sqlite/index.ts";
import { ABOUT, call, deskParts, NAMES, NOW } from "../adapters/web/support.ts";
import { channelContract } from "./channel.ts";

/** Nothing is sent, so no send can fail. */
const never = (): never => {
  throw new Error("a channel that is read has no sends to fail");
};

channelContract("web", { pulled: true, buttons: true }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "anxin-channel-"));
  const store = openSqliteStore({ path: join(folder, "anxin.sqlite") });
  const nextRound = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const host = createHttpHost({
    host: "127.0.0.1",
    port: 0,
    logger: pino({ level: "silent" }),
    adminToken: null,
    publicUrl: null,
    ready: () => [],
    metrics: async () => "",
    now: () => NOW,
  });
  const channel = mountWeb(host, {
    store,
    feed: createInProcessFeed(),
    intake: createIntake(store, createInProcessWakeups(), nextRound),
    clock: { now: () => NOW },
    about: ABOUT,
    names: NAMES,
    files: new Map(),
    ...deskParts(store, { now: () => NOW }),
  });
  const url = await host.listen();
  let said = 0;
  const post = async (content: Readonly<Record<string, unknown>>, times: number): Promise<void> => {
    const id = `m${++said}`;
    for (let round = 0; round < times; round++) {
      const { status } = await call(`${url}/channels/web/messages`, { conversation: "c1", id, ...content });
      if (status !== 202) throw new Error(`refused with ${status}`);
    }
  };
  const list = async (): Promise<readonly { from: string; text: string; buttons?: readonly { id: string; label: string }[] }[]> => {
    const { body } = await call(`${url}/channels/web/messages?conversation=c1&after=0`);
    return (body as { messages: never[] }).messages;
  };
  await post({ text: "你好" }, 1);
  return {
    channel,
    store,
    customer: webConversation("c1"),
    secrets: [],
    faults: { busy: never, down: never, unreachable: never, gone: never },
    say: (text, times = 1) => post({ text }, times),
    async press(label, times = 1) {
      const button = (await list()).flatMap((message) => message.buttons ?? []).find((one) => one.label === label);
      await post({ press: button!.id }, times);
    },
    async seen() {
      return (await list())
        .filter((message) => message.from !== "customer")
        .map(({ text, buttons = [] }) => ({ text, buttons: buttons.map((one) => one.label), markup: [] }));
    },
    async dispose() {
      await host.close();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});
