/**
 * Our durable turn beside the turns that others keep in memory, in one run: the same booking in three turns, no network.
 *
 * The others are installed at run time into a scratch folder, so that the product depends on none of them. What they do for a turn
 * is far less (no disk, no understanding, no calendar): the ratio says what durability and understanding cost, not who is better.
 */
import { execFile, fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { openPostgresStore } from "../../../storage/postgres/index.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { openBarePostgres } from "../bare-postgres.ts";
import { entryOf, interleaved } from "../dialogue.ts";
import { type Figure, median, progress, type Section } from "../figures.ts";
import { type Bench, dropSchema, engineOn, POSTGRES, withMoreHands } from "../setup.ts";
import { bareTransactions } from "../storage.ts";
import { LOADER } from "./booking.ts";

const PEERS: readonly { readonly name: string; readonly label: string; readonly packages: readonly string[] }[] = [
  { name: "grammy", label: "grammY with its session", packages: ["grammy"] },
  { name: "grammy conversations", label: "grammY with @grammyjs/conversations", packages: ["grammy", "@grammyjs/conversations"] },
  { name: "bolt", label: "Slack's bolt", packages: ["@slack/bolt"] },
  { name: "koishi", label: "Koishi", packages: ["koishi"] },
  { name: "chat", label: "Vercel's chat", packages: ["chat", "@chat-adapter/state-memory"] },
  { name: "agents", label: "Microsoft's Agents SDK (Bot Framework)", packages: ["@microsoft/agents-hosting"] },
];

/** Tries a package first as CommonJS and then as a module: some work only as one of them. */
const LOADER_TEXT = `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
export const load = async (name) => {
  try {
    return require(name);
  } catch {
    return import(name);
  }
};
`;
const INSTALL_WITHIN_MS = 180_000;
const PLAY_WITHIN_MS = 180_000;
const ROUNDS = 5;
const GROUP = 16;

type Measured = { readonly us: number } | { readonly skipped: string };

export async function benchPeers(bench: Bench): Promise<Section> {
  const customers = bench.quick ? 50 : 300;
  const ours = await measureOurs(bench, bench.quick ? 40 : 120);
  const figures: Figure[] = [...ours.figures];
  const skipped: string[] = [];
  for (const { name, label, packages } of PEERS) {
    progress(`peers: ${label}`);
    const measured = await measurePeer(bench, name, packages, customers);
    if ("skipped" in measured) skipped.push(`${label} (${measured.skipped})`);
    else
      figures.push({
        what: `${label}, in memory`,
        value: measured.us,
        unit: "µs",
        note: `our durable turn takes ${(ours.singleUs / measured.us).toFixed(2)}× as long, in groups ${(ours.groupedUs / measured.us).toFixed(2)}×`,
      });
  }
  return {
    title: `peers: a booking in three turns, µs a turn, median of ${ROUNDS} rounds${skipped.length > 0 ? `; skipped: ${skipped.join(", ")}` : ""}`,
    figures,
  };
}

async function measurePeer(bench: Bench, name: string, packages: readonly string[], customers: number): Promise<Measured> {
  const folder = join(bench.folder, `peer-${name.replaceAll(" ", "-")}`);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  writeFileSync(join(folder, LOADER), LOADER_TEXT);
  const install = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", ...packages];
  try {
    await promisify(execFile)("npm", install, { cwd: folder, timeout: INSTALL_WITHIN_MS });
  } catch {
    return { skipped: "can't be installed" };
  }
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, "run.ts"), [name, folder, String(customers)], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let trouble = "";
    child.stderr!.on("data", (chunk: Buffer) => {
      trouble = (trouble + chunk.toString()).slice(0, 300);
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), PLAY_WITHIN_MS);
    child.once("message", (us) => resolve({ us: us as number }));
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve({ skipped: `ended with ${code}: ${trouble.trim()}` });
    });
  });
}

interface Ours {
  readonly figures: readonly Figure[];
  /** A turn of a SQLite with a commit of its own, and one of a group, µs. */
  readonly singleUs: number;
  readonly groupedUs: number;
}

async function measureOurs(bench: Bench, conversations: number): Promise<Ours> {
  progress("peers: ours");
  const profile = withMoreHands(bench.profile, 8);
  const sqlite = openSqliteStore({ path: join(bench.folder, "peers.sqlite") });
  const schema = `anxin_peers_${process.pid}`;
  const postgres = await openPostgresStore({ url: POSTGRES, schema }).catch(() => null);
  const barePostgres = postgres === null ? null : await openBarePostgres();
  const full = bareTransactions(bench.folder, "full");
  const normal = bareTransactions(bench.folder, "normal");
  const spent = new Map<string, number[]>();
  const note = (what: string, us: number): void => void spent.set(what, [...(spent.get(what) ?? []), us]);
  // All of them in each round, so that a busy machine is busy for all.
  for (let round = -1; round < ROUNDS; round++) {
    const measures: [string, () => Promise<number>][] = [
      ["bare full", () => full(1, conversations)],
      ["bare normal", () => normal(1, conversations)],
      ["single", () => play(engineOn(bench, sqlite, { profile }), `s${round}`, conversations, 1)],
      ["grouped", () => play(engineOn(bench, sqlite, { profile, group: GROUP }), `g${round}`, conversations, GROUP)],
    ];
    if (postgres !== null && barePostgres !== null)
      measures.push(
        ["bare postgres", () => barePostgres.measure(1, conversations)],
        ["bare postgres grouped", () => barePostgres.measure(GROUP, conversations)],
        ["postgres single", () => play(engineOn(bench, postgres, { profile }), `s${round}`, conversations, 1)],
        ["postgres grouped", () => play(engineOn(bench, postgres, { profile, group: GROUP }), `g${round}`, conversations, GROUP)],
      );
    for (const [what, measure] of measures) {
      const us = await measure();
      if (round >= 0) note(what, us);
    }
  }
  await sqlite.close();
  const us = (what: string): number => median(spent.get(what) ?? []);
  const figure = (what: string, label: string, bare?: string): Figure => ({
    what: label,
    value: us(what),
    unit: "µs",
    ...(bare === undefined ? {} : { note: `${(us(what) / us(bare)).toFixed(2)}× the bare transaction of the same store` }),
  });
  const figures = [
    figure("bare full", "bare SQLite transaction, synchronous full"),
    figure("bare normal", "bare SQLite transaction, synchronous normal"),
    figure("single", "our turn on SQLite, one by one (two commits)", "bare full"),
    figure("grouped", `our turn on SQLite, ${GROUP} a commit`, "bare full"),
  ];
  if (barePostgres !== null && postgres !== null) {
    await postgres.close();
    await barePostgres.end();
    await dropSchema(schema);
    figures.push(
      figure("bare postgres", "bare Postgres transaction, same statements"),
      figure("postgres single", "our turn on Postgres, one by one (two commits)", "bare postgres"),
      figure("bare postgres grouped", `bare Postgres, ${GROUP} messages a commit`),
      figure("postgres grouped", `our turn on Postgres, ${GROUP} a commit`, "bare postgres grouped"),
    );
  }
  return { figures, singleUs: us("single"), groupedUs: us("grouped") };
}

/** µs a turn, from the event's arrival to its saved turn. */
async function play(engine: ReturnType<typeof engineOn>, run: string, conversations: number, together: number): Promise<number> {
  const order = interleaved(conversations, Math.min(conversations, 40));
  const began = performance.now();
  for (let at = 0; at < order.length; at += together) {
    const entries = order.slice(at, at + together).map(([who, turn]) => entryOf(`peers-${run}`, who, turn, Date.now()));
    await Promise.all(entries.map((entry) => engine.intake.accept([entry])));
    await engine.work();
  }
  while ((await engine.work()) > 0);
  return ((performance.now() - began) * 1_000) / order.length;
}
