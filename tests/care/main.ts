/** `npm run year -- --customers N --days N --seed N`: a year of care, judged. Exit code 0 when no rule was broken. */
import { loadProfile } from "../../bots/profiles.ts";
import { wholeNumber } from "./arguments.ts";
import { playYear } from "./year.ts";

const customers = wholeNumber("customers", 10_000);
const days = wholeNumber("days", 365);
const verdict = await playYear({
  profile: loadProfile("dealer", "en"),
  customers,
  days,
  start: Date.parse("2027-01-04T00:00:00+08:00"),
  seed: wholeNumber("seed", 7),
  onDay: (day, sent) => void (day % 30 === 0 && process.stderr.write(`day ${day}: ${sent} messages\n`)),
});
const { messages, touches, broken, seconds, failures } = verdict;
console.log(`customers ${customers}, days ${days}: ${messages} messages judged in ${seconds.toFixed(0)} s`);
console.log(
  `touches: ${Object.entries(touches)
    .map(([status, count]) => `${status} ${count}`)
    .join(", ")}`,
);
console.log(`memory ${Math.round(process.memoryUsage().rss / 1_048_576)} MB, failures of the engine ${failures}`);
console.log(broken.length === 0 ? "no rule was broken" : `broken:\n${broken.join("\n")}`);
process.exitCode = broken.length === 0 && failures === 0 ? 0 : 1;
