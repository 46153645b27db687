/** Training on two threads: a shop waits for it at its first start. */
import { Worker } from "node:worker_threads";
import type { SoftmaxTask } from "./inner-model.ts";
import { fitSoftmax } from "./inner-model.ts";
import type { Lexicon } from "./lexicon.ts";
import type { LinearWeights } from "./linear.ts";
import type { TrainingInput } from "./training.ts";
import { readInputs } from "./training.ts";

/** What the second thread is asked for as it starts. It answers once and ends. */
export type ThreadTask =
  | { readonly is: "read"; readonly inputs: readonly TrainingInput[] }
  | { readonly is: "softmax"; readonly task: SoftmaxTask };

/** Fewer messages are done with before a second thread has started. */
const WORTH_A_THREAD = 5_000;
/** Of the inputs, left to the second thread, which has to start and to hand its tokens over. */
const SHARE_OF_SECOND = 0.46;
const THREAD = new URL("./thread.ts", import.meta.url);

/**
 * The same as {@link readInputs}, sooner. A thread that fails costs time and nothing else: its share is read here.
 *
 * @param thread what the second thread runs
 */
export async function readOnThreads(
  inputs: readonly TrainingInput[],
  lexicon: Lexicon,
  thread: URL = THREAD,
): Promise<(readonly string[])[]> {
  if (inputs.length < WORTH_A_THREAD) return readInputs(inputs, lexicon);
  const from = Math.round(inputs.length * (1 - SHARE_OF_SECOND));
  const second = inputs.slice(from);
  const elsewhere = ask<readonly string[]>({ is: "read", inputs: second }, thread);
  const here = readInputs(inputs.slice(0, from), lexicon);
  const there = await elsewhere;
  return [...here, ...(there === null ? readInputs(second, lexicon) : there.map((tokens) => tokens.split(TOKEN_BREAK)))];
}

/** The same as {@link fitSoftmax}, on the second thread where that is worth it. */
export async function fitOnThread(task: SoftmaxTask, thread: URL = THREAD): Promise<LinearWeights> {
  const there = task.labels.length < WORTH_A_THREAD ? null : await ask<LinearWeights>({ is: "softmax", task }, thread);
  return there ?? fitSoftmax(task);
}

/** `null` when the thread does not start, fails, or ends without an answer. */
function ask<Answer>(task: ThreadTask, file: URL): Promise<Answer | null> {
  return new Promise((resolve) => {
    const thread = new Worker(file, { workerData: task });
    thread.once("message", resolve);
    thread.once("error", () => resolve(null));
    thread.once("exit", () => resolve(null));
  });
}

/** No token holds it; one long text crosses from thread to thread far sooner than a hundred short ones. */
export const TOKEN_BREAK = "\n";
