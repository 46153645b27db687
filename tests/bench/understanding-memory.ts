/** What the understanding adds to the memory of a process that has read its profile; run as a process of its own, prints MB. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { loadProfile } from "../../bots/profiles.ts";
import { understanderFor } from "../../bots/understanding.ts";

const [folder, text] = process.argv.slice(2) as [string, string];
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes in use, on the heap and beside it, after everything that nobody holds is gone. */
function inUse(): number {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const profile = loadProfile("appliance", "en");
const before = inUse();
const understander = await understanderFor("appliance", profile, folder);
understander.understand(text, { now: Date.now(), zone: "Asia/Shanghai" });
process.stdout.write(String((inUse() - before) / 2 ** 20));
