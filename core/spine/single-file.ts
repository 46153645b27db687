/** Work that goes one after another, so that of all of it one piece at most stands before others who want the same thing. */

export interface SingleFile {
  /** @param what `begin` something, or `end` what was begun: an end goes before all beginnings that wait */
  run<T>(what: "begin" | "end", work: () => Promise<T>): Promise<T>;
}

export function createSingleFile(): SingleFile {
  const begins: (() => Promise<void>)[] = [];
  const ends: (() => Promise<void>)[] = [];
  let running = false;

  async function drain(): Promise<void> {
    running = true;
    for (let next = ends.shift() ?? begins.shift(); next; next = ends.shift() ?? begins.shift()) await next();
    running = false;
  }

  return {
    run: (what, work) =>
      new Promise((resolve, reject) => {
        (what === "end" ? ends : begins).push(() => work().then(resolve, reject));
        if (!running) void drain();
      }),
  };
}
