/**
 * Care in real time. It has no wake-up of its own: it looks at the clock, works while there is something to do, and never takes more
 * than a share of the time, because nobody waits for it.
 */

/** After each step it rests this many times as long as the step took: where customers are served meanwhile, steps take longer and so do rests. */
const RESTS = 2;
/** With nothing to do it looks again after this long, ms, and each time after twice as long, so that an even pace can be kept… */
const LOOK_FIRST_MS = 100;
/** …up to this long, ms. */
const LOOK_LAST_MS = 800;

/** @param step one small piece of work; how much was done, 0 = nothing now */
export function startCareLoop(step: () => Promise<number>, onError: (error: unknown) => void): { stop(): Promise<void> } {
  let stopping = false;
  let wake = (): void => undefined;
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function run(): Promise<void> {
    let look = LOOK_FIRST_MS;
    while (!stopping) {
      const began = performance.now();
      const done = await step().catch((error: unknown) => {
        onError(error);
        return 0;
      });
      if (stopping) return;
      if (done > 0) look = LOOK_FIRST_MS;
      await rest(done > 0 ? RESTS * (performance.now() - began) : look);
      if (done === 0) look = Math.min(2 * look, LOOK_LAST_MS);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping = true;
      wake();
      await running;
    },
  };
}
