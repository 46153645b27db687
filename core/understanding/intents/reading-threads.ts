/** A corpus read on two threads: half the waiting at the first start of a shop. */
import { Worker } from "node:worker_threads";
import type { Lexicon } from "./lexicon.ts";
import type { TrainingInput } from "./training.ts";
import { readInputs } from "./training.ts";

/** Fewer are read before a second thread has started. */
const WORTH_A_THREAD = 5_000;
/** Of the inputs, left to the second thread, which has to start and to hand its tokens over. */
const SHARE_OF_SECOND = 0.46;

const READING_THREAD = new URL("./reading-thread.ts", import.meta.url);

/**
 * The same as {@link readInputs}, sooner. A thread that fails costs time and nothing else: its share is read here.
 *
 * @param thread what the second thread runs
 */
export async function readOnThreads(
  inputs: readonly TrainingInput[],
  lexicon: Lexicon,
  thread: URL = READING_THREAD,
): Promise<(readonly string[])[]> {
  if (inputs.length < WORTH_A_THREAD) return readInputs(inputs, lexicon);
  const from = Math.round(inputs.length * (1 - SHARE_OF_SECOND));
  const second = inputs.slice(from);
  const elsewhere = readElsewhere(second, thread).catch(() => null);
  const here = readInputs(inputs.slice(0, from), lexicon);
  return [...here, ...((await elsewhere) ?? readInputs(second, lexicon))];
}

function readElsewhere(inputs: readonly TrainingInput[], file: URL): Promise<(readonly string[])[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(file, { workerData: inputs });
    thread.once("message", (read: readonly string[]) => resolve(read.map((tokens) => tokens.split(TOKEN_BREAK))));
    thread.once("error", reject);
    thread.once("exit", () => reject(new Error("the reading thread ended without an answer")));
  });
}

/** No token holds it; one long text crosses from thread to thread far sooner than a hundred short ones. */
export const TOKEN_BREAK = "\n";
