/** One customer on the web channel, who does not trust the line: what was not acknowledged is sent again under the same id. */
import type { Chance } from "./chance.ts";
import { type Answer, type Client, createKnocking } from "./http.ts";
import type { CustomerRecord, Ledger, SentMessage } from "./ledger.ts";

export interface Shown {
  readonly seq: number;
  readonly id: string;
  readonly from: string;
  readonly text: string;
  readonly buttons?: readonly { readonly id: string; readonly label: string }[];
}

export interface Customer {
  readonly record: CustomerRecord;
  /** Says something and waits for the acknowledgement, not for the reply. `null` = given up on it. */
  say(text: string): Promise<string | null>;
  press(button: string): Promise<string | null>;
  /** The bot's reply to a message; `null` when none comes (a person has the conversation). */
  reply(id: string): Promise<Shown | null>;
  /** Last sequence number that this customer has read. */
  lastSeq(): number;
}

/** Chance that a customer whose message got no answer gives up on it. */
const GIVES_UP = 0.02;
/** Chance that a client sends once more what was already acknowledged, as one does that lost the answer. */
const SENDS_AGAIN = 0.08;
/** Chance that a message leaves twice at the same time. */
const SENDS_TWICE = 0.05;
/** How long a customer looks for a reply; starting anew after a kill takes a second or two, ms. */
const PATIENCE_MS = 15_000;
const LOOK_EVERY_MS = 40;
/** Between two tries while nobody answers, at most, ms. */
const KNOCKS_EVERY_MS = 640;

export function createCustomer(client: Client, ledger: Ledger, chance: Chance, conversation: string): Customer {
  const record: CustomerRecord = { conversation, messages: [] };
  ledger.customers.push(record);
  let last = 0;
  const replies: Shown[] = [];

  async function send(content: { readonly text: string } | { readonly press: string }): Promise<string | null> {
    const message: SentMessage = {
      id: `m${record.messages.length + 1}`,
      words: "text" in content ? content.text : content.press,
      acknowledged: false,
      tries: 0,
    };
    record.messages.push(message);
    const body = { conversation, id: message.id, ...content };
    const post = (): Promise<Answer> => {
      message.tries += 1;
      return client.post("/channels/web/messages", body);
    };
    const knocking = createKnocking(chance.between(40, 160), KNOCKS_EVERY_MS);
    for (;;) {
      try {
        const answers = chance.happens(SENDS_TWICE) ? await firstAnswers([post(), post()]) : [await post()];
        const good = answers.find(({ status }) => status === 202);
        if (good) {
          message.acknowledged = true;
          if (chance.happens(SENDS_AGAIN)) await post().catch(() => null);
          return message.id;
        }
        const { status, body: problem } = answers[0]!;
        if (status !== 429 && status !== 503)
          throw new Unexpected(`POST of ${conversation} ${message.id} was answered ${status}: ${JSON.stringify(problem)}`);
      } catch (error) {
        if (error instanceof Unexpected) throw error;
        if (chance.happens(GIVES_UP)) return null;
      }
      await knocking.pause();
    }
  }

  return {
    record,
    say: (text) => send({ text }),
    press: (button) => send({ press: button }),
    lastSeq: () => last,
    async reply(id) {
      const entry = `web:${conversation}:${id}/`;
      const deadline = performance.now() + PATIENCE_MS;
      const knocking = createKnocking(LOOK_EVERY_MS, KNOCKS_EVERY_MS);
      for (;;) {
        const found = replies.find((one) => one.from === "bot" && one.id.startsWith(entry));
        if (found) return found;
        if (performance.now() > deadline) return null;
        await knocking.pause();
        const answer = await client.get(`/channels/web/messages?conversation=${conversation}&after=${last}`).catch(() => null);
        if (answer?.status !== 200) continue;
        knocking.answered();
        const { messages } = answer.body as { messages: Shown[] };
        replies.push(...messages);
        last = messages.at(-1)?.seq ?? last;
        // A person writes instead of the bot from then on.
        if (messages.some(({ from }) => from === "staff")) return null;
      }
    },
  };
}

class Unexpected extends Error {}

/** All that were answered; an error when none was. */
async function firstAnswers(posts: readonly Promise<Answer>[]): Promise<Answer[]> {
  const settled = await Promise.allSettled(posts);
  const answers = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  if (answers.length === 0) throw new Error("no answer");
  return answers;
}
