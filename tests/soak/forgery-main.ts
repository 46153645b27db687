/**
 * Calls that no platform made.
 *
 *   npm run forge -- [--channel telegram,slack,wecom] [--tries 500] [--seed 1]
 *
 * Exit 0 none reached the inbox and none was answered as a fault of ours · 1 one did · 2 wrong use.
 */
import { parseArgs } from "node:util";
import { FORGED_CHANNELS, forge } from "./forgery.ts";

const USAGE = "npm run forge -- [--channel telegram,slack,wecom] [--tries 500] [--seed 1]";
const print = (text: string): void => void process.stdout.write(`${text}\n`);

function wrongUse(text: string): never {
  process.stderr.write(`${text}\n${USAGE}\n`);
  process.exit(2);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        channel: { type: "string", default: FORGED_CHANNELS.join(",") },
        tries: { type: "string", default: "500" },
        seed: { type: "string", default: "1" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return wrongUse((error as Error).message);
  }
}

const values = readOptions();
if (values.help) {
  print(USAGE);
  process.exit(0);
}
const [tries, seed] = [Number(values.tries), Number(values.seed)];
if (!Number.isInteger(tries) || tries < 1) wrongUse(`--tries "${values.tries}" is no number; wanted a whole number from 1 on`);
if (!Number.isInteger(seed) || seed < 0) wrongUse(`--seed "${values.seed}" is no number; wanted a whole number from 0 on`);

let isGood = true;
for (const name of values.channel.split(",")) {
  const channel = FORGED_CHANNELS.find((one) => one === name.trim());
  if (channel === undefined) wrongUse(`--channel ${name} is none of ${FORGED_CHANNELS.join(", ")}`);
  print(`${channel}, seed ${seed}`);
  print(`  ${"".padEnd(28)}${["sent", "refused", "ignored", "cut", "faults", "reached"].map((one) => one.padStart(9)).join("")}`);
  for (const { kind, ...count } of await forge(channel, tries, seed)) {
    print(
      `  ${kind.padEnd(28)}${Object.values(count)
        .map((one) => String(one).padStart(9))
        .join("")}`,
    );
    if (kind.startsWith("genuine")) isGood &&= count.reached === count.sent;
    else isGood &&= count.reached === 0 && count.faults === 0;
  }
}
process.exit(isGood ? 0 : 1);
