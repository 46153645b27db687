/**
 * The scaled profile of compose.yaml without containers: its commands with its environment as plain processes, as many of each as it
 * says, beside a Postgres and a Redis of the run's own and a balancer. What a container would change is changed here too: each process
 * has a port of its own in place of its own address, and the names of the services are addresses of this machine.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import pg from "pg";
import { giveModel } from "../support/models.ts";
import { type Balancer, startBalancer } from "./balancer.ts";
import { type ComposeService, filledIn, ROOT, readCompose, readImage } from "./compose-file.ts";
import { createClient, pause } from "./http.ts";
import { FIRST_READY_MS } from "./plant.ts";
import { type Server, startPostgres, startRedis } from "./servers.ts";
import { freePort } from "./service-process.ts";

const GIVEN = { ADMIN_TOKEN: "a-token-of-the-runs-own", POSTGRES_PASSWORD: "a-password-of-the-runs-own", LOG_LEVEL: "error" };
const CUSTOMERS = 12;
const REPLY_WITHIN_MS = 60_000;

interface Played {
  readonly name: string;
  readonly port: number;
  readonly child: ChildProcess;
  readonly environment: Readonly<Record<string, string>>;
  output(): string;
}

/** @returns what was found wrong; empty = it runs as the file says */
export async function playCompose(dataDir: string, progress: (text: string) => void): Promise<string[]> {
  const compose = readCompose();
  const image = readImage();
  await giveModel(dataDir);
  const problems: string[] = [];
  const played: Played[] = [];
  let postgres: Server | null = null;
  let redis: Server | null = null;
  let balancer: Balancer | null = null;
  try {
    progress("Postgres and Redis");
    redis = await startRedis();
    postgres = await startPostgres();
    await makeDatabase(postgres.url, compose.services["postgres"]!);
    const where = { "postgres:5432": new URL(postgres.url).host, "redis:6379": new URL(redis.url).host };
    problems.push(...(await isHealthy("postgres", compose.services["postgres"]!.healthcheck!.test, databaseSettings(postgres.url))));
    const services = Object.entries(compose.services).filter(([, one]) => one.build !== undefined && one.profiles?.includes("scaled"));
    for (const [name, service] of services) {
      for (let place = 1; place <= (service.deploy?.replicas ?? 1); place++) {
        progress(`${name} ${place}`);
        const settings = environmentOf(service, image.environment, where);
        const one = await start(`${name} ${place}`, service.command ?? image.command, { ...settings, DATA_DIR: dataDir });
        played.push(one);
        // One after another: the first makes the model and the tables.
        await ready(one);
        problems.push(...(await isHealthy(one.name, ["CMD", ...image.healthCheck], one.environment)));
      }
    }
    const fronts = played.filter(({ name }) => name.startsWith("front"));
    balancer = await startBalancer(fronts.map(({ port }) => port));
    progress(`${CUSTOMERS} customers through the balancer`);
    problems.push(...(await serve(balancer.port)));
    for (const front of fronts) problems.push(...(await isShut(front)));
    progress("a front and a worker are asked to stop");
    for (const one of [fronts[0]!, played.find(({ name }) => name.startsWith("worker"))!]) problems.push(...(await stop(one)));
    problems.push(...(await serve(balancer.port)));
    progress("all of it is asked to stop");
    for (const one of played) problems.push(...(await stop(one)));
    return problems;
  } finally {
    for (const { child } of played) child.kill("SIGKILL");
    await balancer?.end();
    await Promise.all([redis?.end(), postgres?.end()]);
  }
}

/** As the image's own start does it: the user and the database of the file. */
async function makeDatabase(url: string, { environment = {} }: ComposeService): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { POSTGRES_USER: user, POSTGRES_DB: database, POSTGRES_PASSWORD: password } = environment;
  await client.query(`create role ${client.escapeIdentifier(user!)} login password ${client.escapeLiteral(filledIn(password!, GIVEN))}`);
  await client.query(`create database ${client.escapeIdentifier(database!)} owner ${client.escapeIdentifier(user!)}`);
  await client.end();
}

function databaseSettings(url: string): Readonly<Record<string, string>> {
  const { hostname, port } = new URL(url);
  return { PGHOST: hostname, PGPORT: port };
}

/** The environment of a container: the image's, and over it the file's. */
function environmentOf(
  { environment = {} }: ComposeService,
  ofImage: Readonly<Record<string, string>>,
  where: Readonly<Record<string, string>>,
): Record<string, string> {
  const all = { ...ofImage };
  for (const [name, text] of Object.entries(environment)) {
    let value = filledIn(text, GIVEN);
    for (const [inside, here] of Object.entries(where)) value = value.replace(inside, here);
    all[name] = value;
  }
  return all;
}

async function start(name: string, command: readonly string[], settings: Readonly<Record<string, string>>): Promise<Played> {
  const port = await freePort();
  const [program, ...rest] = command as [string, ...string[]];
  if (program !== "node") throw new Error(`${name} runs "${program}"; the image has node`);
  // Nothing of this process' own settings: a container has none of them.
  const environment = { PATH: process.env["PATH"] ?? "", ...settings, PORT: String(port) };
  const child = spawn(process.execPath, rest, { cwd: ROOT, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  process.once("exit", () => child.kill("SIGKILL"));
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-4_000);
    });
  }
  return { name, port, child, environment, output: () => text };
}

async function ready({ name, port, child, output }: Played): Promise<void> {
  const client = createClient(() => port);
  const deadline = performance.now() + FIRST_READY_MS;
  try {
    while ((await client.get("/readyz").catch(() => null))?.status !== 200) {
      if (child.exitCode !== null || performance.now() > deadline) throw new Error(`${name} is not ready:\n${output()}`);
      await pause(50);
    }
  } finally {
    client.close();
  }
}

/** Runs a health check as the container would. */
async function isHealthy(name: string, [kind, ...test]: readonly string[], settings: Readonly<Record<string, string>>): Promise<string[]> {
  const [program, ...rest] = kind === "CMD-SHELL" ? ["sh", "-c", ...test] : test;
  const env = { PATH: process.env["PATH"] ?? "", ...settings };
  return promisify(execFile)(program === "node" ? process.execPath : program!, rest, { env }).then(
    () => [],
    (error: Error) => [`${name} is up, and its health check fails: ${error.message}`],
  );
}

let talks = 0;

/** Customers write, and each of them is answered. */
async function serve(port: number): Promise<string[]> {
  const client = createClient(() => port);
  talks += 1;
  const customers = Array.from({ length: CUSTOMERS }, (_, place) => `compose-${talks}-${place}`);
  try {
    const answers = await Promise.all(customers.map((conversation) => answered(conversation)));
    return answers.flatMap((isAnswered, place) => (isAnswered ? [] : [`${customers[place]} was not answered`]));
  } finally {
    client.close();
  }

  async function answered(conversation: string): Promise<boolean> {
    const sent = await client.post("/channels/web/messages", { conversation, id: "1", text: "你们几点开门" });
    const deadline = performance.now() + REPLY_WITHIN_MS;
    while (sent.status === 202 && performance.now() < deadline) {
      const { body } = await client.get(`/channels/web/messages?conversation=${conversation}`);
      if ((body as { messages: { from: string }[] }).messages.some(({ from }) => from === "bot")) return true;
      await pause(50);
    }
    return false;
  }
}

/** Pages and the desk need the token, for in a container every caller comes from outside; who has it gets in. */
async function isShut({ name, port }: Played): Promise<string[]> {
  const ask = (headers: Readonly<Record<string, string>>): Promise<number> =>
    fetch(`http://127.0.0.1:${port}/desk/api/cases`, { headers: { "x-forwarded-for": "203.0.113.7", ...headers } }).then(
      ({ status }) => status,
    );
  const [without, withToken] = [await ask({}), await ask({ authorization: `Bearer ${GIVEN.ADMIN_TOKEN}` })];
  return without === 401 && withToken === 200 ? [] : [`the desk of ${name} answers ${without} without the token and ${withToken} with it`];
}

async function stop({ name, child, output }: Played): Promise<string[]> {
  if (child.exitCode !== null) return [];
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const [code] = (await ended) as [number | null];
  return code === 0 ? [] : [`asked to stop, ${name} ended with ${code}:\n${output()}`];
}
