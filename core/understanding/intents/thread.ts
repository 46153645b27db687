/** The second thread of the training, see {@link ThreadTask}. */
import { parentPort, workerData } from "node:worker_threads";
import { loadLexicon } from "./files.ts";
import { fitSoftmax } from "./inner-model.ts";
import type { ThreadTask } from "./threads.ts";
import { TOKEN_BREAK } from "./threads.ts";
import { readInputs } from "./training.ts";

const asked = workerData as ThreadTask;
parentPort?.postMessage(
  asked.is === "read" ? readInputs(asked.inputs, loadLexicon()).map((tokens) => tokens.join(TOKEN_BREAK)) : fitSoftmax(asked.task),
);
