/** The second thread of {@link readOnThreads}: gets its inputs as it starts, answers once and ends. */
import { parentPort, workerData } from "node:worker_threads";
import { loadLexicon } from "./files.ts";
import { TOKEN_BREAK } from "./reading-threads.ts";
import type { TrainingInput } from "./training.ts";
import { readInputs } from "./training.ts";

const inputs = workerData as readonly TrainingInput[];
parentPort?.postMessage(readInputs(inputs, loadLexicon()).map((tokens) => tokens.join(TOKEN_BREAK)));
