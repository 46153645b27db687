/**
 * One core for the service and another for what floods it, so that ten times what the service can do is really offered: side by
 * side on the same cores the flood would slow itself down. Where that can't be had (one core, no `taskset`), they share.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Pour, Poured } from "./flood-source.ts";

const SERVICE_CORE = "0";
const FLOOD_CORE = "1";

/** Puts this process, and whatever it starts from now on, on a core. `false` = it stays where it is. */
function pinTo(core: string): boolean {
  return availableCores > 1 && spawnSync("taskset", ["-acp", core, String(process.pid)], { stdio: "ignore" }).status === 0;
}
/** Asked once: a process that is pinned counts but its own. */
const availableCores = availableParallelism();

/** Starts the service's processes on its core. @returns whether they have it for themselves */
export async function onCoreOfItsOwn(start: () => Promise<void>): Promise<boolean> {
  const isPinned = pinTo(SERVICE_CORE);
  try {
    await start();
  } finally {
    if (isPinned) pinTo(FLOOD_CORE);
  }
  return isPinned;
}

export interface Source {
  pour(wanted: Pour): Promise<Poured>;
  end(): void;
}

/** To be started after the service: it runs where this process does. */
export function startSource(): Source {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, "flood-source.ts")], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  process.once("exit", () => child.kill());
  return {
    pour: (wanted) =>
      new Promise((resolve, reject) => {
        const gone = (code: number | null): void => reject(new Error(`what floods the service ended with ${code}`));
        child.once("exit", gone);
        child.once("message", (poured) => {
          child.removeListener("exit", gone);
          resolve(poured as Poured);
        });
        child.send(wanted);
      }),
    end: () => void child.kill(),
  };
}
