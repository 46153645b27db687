/**
 * How fast the product is and how much it carries.
 *
 *   npm run bench -- [--only storage,turn,latency,greetings,start,understanding,memory,slots,channels,capacity,scale,history,peers] [--stored 1000,1000000] [--quick]
 *
 * Prints figures and nothing else depends on them: no figure fails the run. Exit 0 measured, 2 wrong use.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadProfile } from "../../bots/profiles.ts";
import { understanderFor } from "../../bots/understanding.ts";
import { giveModel } from "../support/models.ts";
import { benchCapacity } from "./capacity.ts";
import { benchChannels } from "./channels.ts";
import { diskLine } from "./disk.ts";
import { machine, printSection, progress, type Section } from "./figures.ts";
import { benchGreetings } from "./greetings.ts";
import { benchHistory } from "./history/index.ts";
import { benchLatency } from "./latency.ts";
import { benchMemory } from "./memory.ts";
import { benchPeers } from "./peers/index.ts";
import { benchScale } from "./scale.ts";
import type { Bench } from "./setup.ts";
import { benchSlots } from "./slots.ts";
import { benchStart } from "./start.ts";
import { benchStorage } from "./storage.ts";
import { benchTurn } from "./turn.ts";
import { benchUnderstanding } from "./understanding.ts";

const SECTIONS: Readonly<Record<string, (bench: Bench) => Promise<Section | readonly Section[]>>> = {
  storage: benchStorage,
  turn: benchTurn,
  latency: benchLatency,
  greetings: benchGreetings,
  start: benchStart,
  understanding: benchUnderstanding,
  memory: benchMemory,
  slots: benchSlots,
  channels: benchChannels,
  scale: benchScale,
  capacity: benchCapacity,
  history: benchHistory,
  peers: benchPeers,
};

function wrongUse(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(2);
}

interface Options {
  readonly only: readonly string[];
  readonly sizes: readonly number[];
  readonly quick: boolean;
  readonly help: boolean;
}

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: "string" },
        stored: { type: "string" },
        quick: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    const only = values.only?.split(",").map((name) => name.trim()) ?? Object.keys(SECTIONS);
    const unknown = only.filter((name) => !Object.hasOwn(SECTIONS, name));
    if (unknown.length > 0) wrongUse(`--only ${unknown.join(",")} is no section; wanted some of ${Object.keys(SECTIONS).join(",")}`);
    const sizes = values.stored?.split(",").map(Number) ?? [];
    if (!sizes.every((size) => Number.isInteger(size) && size > 0 && size % 20 === 0))
      wrongUse(`--stored ${values.stored} must be numbers of conversations, each a multiple of 20, such as 1000,1000000`);
    return { only, sizes, quick: values.quick, help: values.help };
  } catch (error) {
    return wrongUse((error as Error).message);
  }
}

const { only, sizes, quick, help } = readOptions();
if (help) {
  process.stdout.write(`npm run bench -- [--only ${Object.keys(SECTIONS).join(",")}] [--stored 1000,1000000] [--quick]\n`);
} else {
  const folder = mkdtempSync(join(tmpdir(), "anxin-bench-"));
  try {
    progress("preparing the understanding");
    await giveModel(folder);
    const profile = loadProfile("appliance", "en");
    const understander = await understanderFor("appliance", profile, folder);
    process.stdout.write(`${machine()}${quick ? ", quick: not for quoting" : ""}\n${await diskLine(folder)}\n`);
    for (const name of only)
      for (const section of [await SECTIONS[name]!({ folder, profile, understander, sizes, quick })].flat()) printSection(section);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
