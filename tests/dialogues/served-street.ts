/** The real service before the three emulated platforms: whoever plays a dialogue writes in their clients, over HTTP. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Logger, pino } from "pino";
import { loadProfile } from "../../bots/profiles.ts";
import { type Service, startService } from "../../bots/service/service.ts";
import { readSettings } from "../../bots/settings.ts";
import { understanderFor } from "../../bots/understanding.ts";
import { openStreet, type Street } from "../emulators/street.ts";

export interface ServedStreet {
  readonly street: Street;
  readonly service: Service;
  close(): Promise<void>;
}

/** @param inVainMs ends a wait that has no end; nothing is measured. A staff group of Telegram takes twenty messages a minute. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, inVainMs = 90_000): Promise<void> {
  const end = performance.now() + inVainMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export async function serveStreet(clock: { now(): number }, logger: Logger = pino({ level: "silent" })): Promise<ServedStreet> {
  const folder = mkdtempSync(join(tmpdir(), "anxin-street-"));
  const base = loadProfile("appliance", "zh-CN");
  const street = await openStreet(base, clock);
  const read = readSettings({ ...street.environment, PORT: "0", DATA_DIR: folder });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const peopled = street.peopled(base);
  // A reply leaves at once: the moment in which it can be taken back is tried elsewhere, on a clock that stands still.
  const profile = { ...peopled, desk: { ...peopled.desk, recallSeconds: 0 } };
  const understander = await understanderFor("appliance", profile, "data");
  const service = await startService({ settings: read.settings, profile, understander, logger, clock });
  street.attach(service.address);
  await service.connections.start();
  return {
    street,
    service,
    async close() {
      await service.stop();
      await street.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
