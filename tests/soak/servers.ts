/** A Postgres and a Redis of the run's own, so that they can be killed and started again without anybody else noticing. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pause } from "./http.ts";
import { freePort } from "./service-process.ts";

/** How a server goes down: asked to, or as in a power cut. */
export type Blow = "asked" | "killed";

export interface Server {
  readonly url: string;
  /** Goes down, stays away for `awayMs`, and comes back with what it had kept. */
  restart(blow: Blow, awayMs: number): Promise<void>;
  /** Ends it for good. */
  end(): Promise<void>;
}

const STARTS_WITHIN_MS = 60_000;
/** Where Debian and its like keep the server's programs, one folder a version. */
const POSTGRES_FOLDERS = "/usr/lib/postgresql";

/** Folders in which the programs of Postgres may be, the likelier first. */
function postgresFolders(): readonly string[] {
  const versions = existsSync(POSTGRES_FOLDERS) ? readdirSync(POSTGRES_FOLDERS).sort((one, other) => Number(other) - Number(one)) : [];
  return [...(process.env["PATH"] ?? "").split(":"), ...versions.map((version) => join(POSTGRES_FOLDERS, version, "bin"))];
}

/** Postgres refuses to run as root: then the user that its package made runs it. */
function postgresUser(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (which: string): number => Number(execFileSync("id", [which, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

/** A new, empty one, removed at its end. @throws Error when Postgres' programs aren't installed */
export async function startPostgres(): Promise<Server> {
  const programs = postgresFolders().find((one) => existsSync(join(one, "initdb")) && existsSync(join(one, "postgres")));
  if (programs === undefined) throw new Error("initdb and postgres can't be found; the scaled engine needs them in the PATH");
  const user = postgresUser();
  const folder = mkdtempSync(join(tmpdir(), "anxin-postgres-"));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid!);
  const data = join(folder, "data");
  execFileSync(join(programs, "initdb"), ["--pgdata", data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"], {
    stdio: ["ignore", "ignore", "inherit"],
    ...user,
    cwd: folder,
  });
  const port = await freePort();
  const start = (): Promise<ChildProcess> =>
    started(
      spawn(
        join(programs, "postgres"),
        ["-D", data, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", `unix_socket_directories=${folder}`],
        {
          stdio: ["ignore", "ignore", "pipe"],
          ...user,
          cwd: folder,
        },
      ),
      "postgres",
      "ready to accept connections",
    );
  // Asked: sessions are cut, a checkpoint is written. Killed: nothing is written, the log is replayed at the next start.
  const server = await served(`postgres://postgres@127.0.0.1:${port}/postgres`, start, { asked: "SIGINT", killed: "SIGQUIT" });
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  return {
    ...server,
    async end() {
      await server.end();
      remove();
    },
  };
}

/** @throws Error when Redis isn't installed */
export async function startRedis(): Promise<Server> {
  const port = await freePort();
  const start = (): Promise<ChildProcess> =>
    started(
      spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], {
        stdio: ["ignore", "pipe", "inherit"],
      }),
      "redis-server",
      "Ready to accept connections",
    );
  return served(`redis://127.0.0.1:${port}`, start, { asked: "SIGTERM", killed: "SIGKILL" });
}

async function served(url: string, start: () => Promise<ChildProcess>, signals: Readonly<Record<Blow, NodeJS.Signals>>): Promise<Server> {
  let child = await start();
  const down = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  };
  // A run that breaks off leaves no server behind.
  process.once("exit", () => child.kill(signals.killed));
  return {
    url,
    async restart(blow, awayMs) {
      await down(signals[blow]);
      await pause(awayMs);
      child = await start();
    },
    end: () => down(signals.killed),
  };
}

/** Resolves when the program has written `sign`. */
function started(child: ChildProcess, name: string, sign: string): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => reject(new Error(`${name} did not start in time:\n${text}`)), STARTS_WITHIN_MS);
    const fail = (why: string) => (): void => {
      clearTimeout(timer);
      reject(new Error(`${name} ${why}:\n${text}`));
    };
    child.once("error", fail("can't be started; the scaled engine needs it in the PATH"));
    const ended = fail("ended by itself");
    child.once("exit", ended);
    (child.stdout ?? child.stderr)!.on("data", (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-4_000);
      if (!text.includes(sign)) return;
      clearTimeout(timer);
      child.removeListener("exit", ended);
      resolve(child);
    });
  });
}
