/** Complaints of one fault that several workers take at the same moment: one parent, and every complaint under it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Store } from "../../../core/ports.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";
import { openBench } from "../../support/bench.ts";
import { createSchema, postgresUrl } from "../../support/postgres.ts";
import { SHOP } from "./bench-case.ts";

const WORKERS = 3;
const CUSTOMERS = 9;
const ROUNDS = 4;

interface Shared {
  open(): Promise<Store>;
  clear(): Promise<void>;
}

async function race(shared: Shared): Promise<void> {
  const stores = await Promise.all(Array.from({ length: WORKERS }, () => shared.open()));
  // Single entries, so that each worker has some of them.
  const benches = stores.map((store) => openBench({ profile: SHOP, store, group: 1 }));
  const [first] = benches as [(typeof benches)[number]];
  try {
    for (let customer = 0; customer < CUSTOMERS; customer += 1)
      await first.post(`web:${customer}`, { kind: "message", text: `我要投诉,机器坏了,第${customer}位` });
    await Promise.all(benches.map((bench) => bench.engine.settle()));
    await first.wait(60_000);
    const cases = await first.cases();
    const parents = cases.filter((one) => one.category === "batch");
    expect(parents.map((one) => one.children.length)).toEqual([CUSTOMERS]);
    const complaints = cases.filter((one) => one.category === "complaint");
    expect(complaints.map((one) => one.parent)).toEqual(Array.from({ length: CUSTOMERS }, () => parents[0]!.number));
  } finally {
    await Promise.all(stores.map((store) => store.close()));
    await shared.clear();
  }
}

describe("an outbreak met by several workers at once has one parent", () => {
  test(`on one SQLite file, ${ROUNDS} times`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const folder = mkdtempSync(join(tmpdir(), "anxin-outbreak-"));
      // One process may serve a file: its workers share the store.
      const store = openSqliteStore({ path: join(folder, "anxin.db") });
      await race({
        open: async () => ({ ...store, close: async () => undefined }),
        clear: async () => {
          await store.close();
          rmSync(folder, { recursive: true, force: true });
        },
      });
    }
  });

  describe.skipIf(postgresUrl === null)("on Postgres", () => {
    const schema = postgresUrl === null ? null : createSchema();
    afterAll(() => schema?.drop());
    test(`${ROUNDS} times`, async () => {
      for (let round = 0; round < ROUNDS; round += 1) await race({ open: () => schema!.open(), clear: () => schema!.empty() });
    });
  });
});
