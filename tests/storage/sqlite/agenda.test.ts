/** Days of the agenda are kept in memory; nobody may ever read what the file doesn't hold. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "../../../core/ports.ts";
import type { AgendaDay, BusySpan } from "../../../core/spine/outcome.ts";
import { openSqliteStore } from "../../../storage/sqlite/index.ts";

const span = (booking: string): BusySpan => ({ start: 1_000, end: 2_000, booking });
const day = (version: number, busy: readonly BusySpan[], key = "2026-11-24", technician = "wu"): AgendaDay => ({
  technician,
  day: key,
  version,
  busy,
});

describe("agenda on sqlite", () => {
  let folder: string;
  let store: Store;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "anxin-agenda-"));
    store = openSqliteStore({ path: join(folder, "a.sqlite") });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const read = (from = "2026-11-20", to = "2026-11-30"): Promise<readonly AgendaDay[]> => store.unit((unit) => unit.agenda.days(from, to));

  test("what is written after a day was read is read", async () => {
    expect(await read()).toEqual([]);
    await store.unit((unit) => unit.agenda.put(day(0, [span("B1")])));
    expect(await read()).toEqual([day(1, [span("B1")])]);
    await store.unit((unit) => unit.agenda.put(day(1, [])));
    expect(await read()).toEqual([day(2, [])]);
  });

  test("what a unit wrote before it was rolled back is not read", async () => {
    await store.unit((unit) => unit.agenda.put(day(0, [span("B1")])));
    await expect(
      store.unit(async (unit) => {
        await unit.agenda.put(day(1, [span("B2")]));
        expect(await unit.agenda.days("2026-11-20", "2026-11-30")).toEqual([day(2, [span("B2")])]);
        throw new Error("undone");
      }),
    ).rejects.toThrow("undone");
    expect(await read()).toEqual([day(1, [span("B1")])]);
  });

  test("what another connection committed is read", async () => {
    await store.unit((unit) => unit.agenda.put(day(0, [span("B1")])));
    expect(await read()).toEqual([day(1, [span("B1")])]);
    const other = openSqliteStore({ path: join(folder, "a.sqlite") });
    await other.unit((unit) => unit.agenda.put(day(1, [span("B2")])));
    await other.close();
    expect(await read()).toEqual([day(2, [span("B2")])]);
  });

  test("a wider span after a narrower one holds every day, in order of day and technician", async () => {
    await store.unit(async (unit) => {
      await unit.agenda.put(day(0, [span("B3")], "2026-11-26"));
      await unit.agenda.put(day(0, [span("B2")], "2026-11-24", "zhou"));
      await unit.agenda.put(day(0, [span("B1")], "2026-11-24", "chen"));
      await unit.agenda.put(day(0, [span("B0")], "2026-11-19"));
    });
    expect((await read("2026-11-24", "2026-11-24")).map(({ busy }) => busy[0]!.booking)).toEqual(["B1", "B2"]);
    expect((await read("2026-11-19", "2026-11-26")).map(({ busy }) => busy[0]!.booking)).toEqual(["B0", "B1", "B2", "B3"]);
    expect((await read("2025-01-01", "2027-12-31")).map(({ busy }) => busy[0]!.booking)).toEqual(["B0", "B1", "B2", "B3"]);
  });

  test("after more days were read than are kept, days still are what the file holds", async () => {
    await store.unit((unit) => unit.agenda.put(day(0, [span("B1")])));
    for (let year = 2027; year < 2032; year++) await read(`${year}-01-01`, `${year}-12-31`);
    expect(await read()).toEqual([day(1, [span("B1")])]);
    await read("2025-11-01", "2026-11-24");
    expect(await read("2026-11-24", "2027-06-30")).toEqual([day(1, [span("B1")])]);
  });
});
