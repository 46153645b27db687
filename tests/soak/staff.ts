/** A member of staff at the desk's calls: takes open cases, writes to the customer, notes, resolves. */
import type { Chance } from "./chance.ts";
import { type Client, pause } from "./http.ts";
import type { Ledger, SentCommand } from "./ledger.ts";

const BETWEEN_MS = 150;
/** One of the words in `desk.yaml` of the shared base. */
const INSIDE = "底价";

type Step = SentCommand["do"] | "reply that is asked about";

/** What is done to one case after another, in turn. What waits to be taken back leaves at the latest with the end. */
const STEPS: readonly (readonly Step[])[] = [
  ["claim", "reply that is asked about", "anyway", "note", "resolve"],
  ["claim", "reply", "note", "resolve"],
  ["claim", "note", "resolve"],
];

/** After the last customer has gone the desk is cleared, for so long at most. */
const CLEARING_MS = 20_000;

/**
 * Works until told to stop, then clears the desk of what still stands open; what was begun is sent until it is acknowledged or
 * refused for good.
 */
export async function workAsStaff(client: Client, ledger: Ledger, chance: Chance, by: string, running: () => boolean): Promise<void> {
  const done = new Set<string>();
  let clearUntil = Number.POSITIVE_INFINITY;
  while (performance.now() < clearUntil) {
    await pause(BETWEEN_MS);
    // Asked before the list is: a case that was opened until then stands on it.
    const clearing = !running();
    if (clearing && clearUntil === Number.POSITIVE_INFINITY) clearUntil = performance.now() + CLEARING_MS;
    const answer = await client.get("/desk/api/cases").catch(() => null);
    if (answer?.status !== 200) continue;
    const open = (answer.body as { cases: { number: string }[] }).cases.map(({ number }) => number).filter((number) => !done.has(number));
    if (open.length === 0 && clearing) return;
    if (open.length === 0) continue;
    const number = chance.pick(open);
    const steps = STEPS[done.size % STEPS.length]!;
    done.add(number);
    for (const step of steps) {
      await command(client, ledger, chance, by, number, step);
      await pause(chance.between(0, 80));
    }
  }
}

async function command(client: Client, ledger: Ledger, chance: Chance, by: string, number: string, step: Step): Promise<void> {
  const id = `s${ledger.commands.length + 1}`;
  const asked = step === "reply that is asked about";
  const what = asked ? "reply" : step;
  const text = what === "claim" || what === "anyway" ? null : `客服处理 ${id}${asked ? `,${INSIDE}的事` : ""}。`;
  const sent: SentCommand = { id, case: number, do: what, text, asked, acknowledged: false, tries: 0 };
  ledger.commands.push(sent);
  for (;;) {
    sent.tries += 1;
    const answer = await client
      .post("/desk/api/commands", { id, by, command: { do: what, case: number, ...(text === null ? {} : { text }) } })
      .catch(() => null);
    if (answer?.status === 202) {
      sent.acknowledged = true;
      return;
    }
    if (answer && answer.status < 500 && answer.status !== 429)
      throw new Error(`command ${id} (${what} ${number}) was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    await pause(chance.between(40, 160));
  }
}
