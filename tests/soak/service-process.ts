/** The real service in a process of its own, started as an operator starts it, and killed. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createClient, createKnocking } from "./http.ts";

const ROOT = join(import.meta.dirname, "../..");

/** What `npm start` runs behind `node`: Node's own options and the program, as package.json says. */
function startArguments(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: { start: string } };
  const [program, ...rest] = scripts.start.split(" ");
  if (program !== "node") throw new Error(`the start script of package.json is "${scripts.start}"; wanted one that begins with "node "`);
  return rest;
}

export interface ServiceOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly profile: string;
  /** Further arguments of `start`. */
  readonly more?: readonly string[];
  /** Folder of the program, when it is another version than this one. */
  readonly program?: string | undefined;
  /** Further settings. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface ServiceProcess {
  readonly pid: number;
  /** What the process has written, for a failure's message. */
  output(): string;
  /** Resolves when it answers that it is ready. @throws Error when it ends before, or `withinMs` pass */
  ready(withinMs: number): Promise<void>;
  /** SIGKILL: no chance to finish anything. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves to the exit code, `null` when a signal ended it. */
  stop(): Promise<number | null>;
  /** Whether it has ended. */
  ended(): boolean;
}

/** Between two looks whether it is ready, ms: at first and at most. */
const LOOKS_MS = [10, 80] as const;

const living = new Set<ChildProcess>();
process.on("exit", () => {
  // A run that breaks off leaves no service behind.
  for (const child of living) child.kill("SIGKILL");
});

export function startServiceProcess({ port, dataDir, profile, more = [], program = ROOT, settings = {} }: ServiceOptions): ServiceProcess {
  const child = spawn(process.execPath, [...startArguments(), "--port", String(port), "--data", dataDir, "--profile", profile, ...more], {
    cwd: program,
    env: {
      ...process.env,
      HOST: "127.0.0.1",
      LOG_LEVEL: "error",
      ADMIN_TOKEN: "",
      PUBLIC_URL: "",
      DATABASE_URL: "",
      REDIS_URL: "",
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  living.add(child);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      text = (text + chunk).slice(-4_000);
    });
  }
  let isEnded = false;
  const end = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => {
      isEnded = true;
      living.delete(child);
      resolve(code);
    });
  });
  return {
    pid: child.pid!,
    output: () => text,
    ended: () => isEnded,
    async ready(withinMs) {
      const deadline = performance.now() + withinMs;
      const client = createClient(() => port);
      const knocking = createKnocking(...LOOKS_MS);
      try {
        for (;;) {
          if (isEnded) throw new Error(`the service ended by itself:\n${text}`);
          const answer = await client.get("/readyz").catch(() => null);
          if (answer?.status === 200) return;
          if (performance.now() > deadline) throw new Error(`the service was not ready within ${withinMs} ms:\n${text}`);
          await knocking.pause();
        }
      } finally {
        client.close();
      }
    },
    async kill() {
      child.kill("SIGKILL");
      await end;
    },
    async stop() {
      child.kill("SIGTERM");
      return end;
    },
  };
}

/** A port that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
