/** Runs the fault run of a channel and prints its figures. */
import { type Print, printFindings } from "../print.ts";
import { isClean } from "./check.ts";
import { type ChannelSoakOptions, soakChannel } from "./run.ts";

/** @returns whether nothing was lost, and nothing doubled that the platform would have let us know of */
export async function printChannelSoak(options: ChannelSoakOptions & { readonly print: Print }): Promise<boolean> {
  const { print, channel, seed } = options;
  const { findings, counts } = await soakChannel(options);
  print(`fault run, channel ${channel}, seed ${seed}, ${options.customers} customers`);
  for (const [what, times] of Object.entries(counts.faults).sort()) print(`  ${what.padEnd(46)}${times}`);
  print(`  messages sent            ${counts.sent}`);
  print(`  messages acknowledged    ${counts.acknowledged}`);
  print(`  messages answered        ${counts.answered}`);
  print(`  messages seen            ${counts.shown}`);
  for (const [excuse, times] of Object.entries(counts.excused)) print(`  seen twice: ${excuse.padEnd(60)}${times}`);
  printFindings(print, { ...findings });
  print(`  seconds                  ${counts.seconds.toFixed(0)}`);
  return isClean(findings);
}
