/** A member of staff at the desk's calls: takes open cases, writes to the customer, notes, resolves. */
import type { Chance } from "./chance.ts";
import { type Client, pause } from "./http.ts";
import type { Ledger, SentCommand } from "./ledger.ts";

const BETWEEN_MS = 150;

/** Works until told to stop; what was begun is sent until it is acknowledged or refused for good. */
export async function workAsStaff(client: Client, ledger: Ledger, chance: Chance, by: string, running: () => boolean): Promise<void> {
  const done = new Set<string>();
  while (running()) {
    await pause(BETWEEN_MS);
    const answer = await client.get("/desk/api/cases").catch(() => null);
    if (answer?.status !== 200) continue;
    const open = (answer.body as { cases: { number: string }[] }).cases.map(({ number }) => number).filter((number) => !done.has(number));
    if (open.length === 0) continue;
    const number = chance.pick(open);
    done.add(number);
    // Where a colleague has the case the desk asks "send anyway?"; what waits to be taken back leaves at the latest with the end.
    const steps: readonly SentCommand["do"][] = chance.happens(0.2)
      ? ["claim", "note", "resolve"]
      : ["claim", "reply", "anyway", "note", "resolve"];
    for (const step of steps) {
      await command(client, ledger, chance, by, number, step);
      await pause(chance.between(0, 80));
    }
  }
}

async function command(client: Client, ledger: Ledger, chance: Chance, by: string, number: string, step: SentCommand["do"]): Promise<void> {
  const id = `s${ledger.commands.length + 1}`;
  const text = step === "claim" || step === "anyway" ? null : `客服处理 ${id}。`;
  const sent: SentCommand = { id, case: number, do: step, text, acknowledged: false, tries: 0 };
  ledger.commands.push(sent);
  for (;;) {
    sent.tries += 1;
    const answer = await client
      .post("/desk/api/commands", { id, by, command: { do: step, case: number, ...(text === null ? {} : { text }) } })
      .catch(() => null);
    if (answer?.status === 202) {
      sent.acknowledged = true;
      return;
    }
    if (answer && answer.status < 500 && answer.status !== 429)
      throw new Error(`command ${id} (${step} ${number}) was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    await pause(chance.between(40, 160));
  }
}
