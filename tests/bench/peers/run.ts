/** Plays one peer in a process of its own, and tells how long a turn took, µs. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { median } from "../figures.ts";
import { openAgents } from "./agents.ts";
import { openBolt } from "./bolt.ts";
import { LAST_REPLY, LOADER, type Load, type Peer, SAID } from "./booking.ts";
import { openChat } from "./chat.ts";
import { openGrammy, openGrammyConversations } from "./grammy.ts";
import { openKoishi } from "./koishi.ts";

const PEERS: Readonly<Record<string, (load: Load) => Promise<Peer>>> = {
  grammy: openGrammy,
  "grammy conversations": openGrammyConversations,
  bolt: openBolt,
  koishi: openKoishi,
  chat: openChat,
  agents: openAgents,
};

const [name, folder, customers] = process.argv.slice(2) as [string, string, string];
const own = (await import(pathToFileURL(join(folder, LOADER)).href)) as { load(name: string): Promise<{ readonly default?: object }> };
/** A CommonJS package's exports stand under `default` as well as under their names, as far as Node found those. */
const load: Load = async <Module>(what: string): Promise<Module> => {
  const module = await own.load(what);
  return { ...module.default, ...module } as Module;
};
const ROUNDS = 5;

const peer = await PEERS[name]!(load);
const count = Number(customers);
const times: number[] = [];
for (let round = -1; round < ROUNDS; round++) {
  const began = performance.now();
  for (let customer = 0; customer < count; customer++) {
    let reply = "";
    for (const text of SAID) reply = await peer.turn(round * count + customer + count, text);
    if (reply !== LAST_REPLY) throw new Error(`${name} ended with "${reply}"`);
  }
  // The first round warms up.
  if (round >= 0) times.push(((performance.now() - began) * 1_000) / (count * SAID.length));
}
process.send!(median(times), () => process.exit(0));
