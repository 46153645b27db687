/** What every store must do: each clause of the docstrings of `Store` and `Unit`. */
import { afterEach, beforeEach, describe } from "vitest";
import type { Store } from "../../core/ports.ts";
import { careClauses } from "./store/care.ts";
import { customerClauses } from "./store/customers.ts";
import { hostileClauses } from "./store/hostile.ts";
import { inboxClauses } from "./store/inbox.ts";
import { messageClauses, noticeClauses, timerClauses, traceClauses } from "./store/messages.ts";
import { agendaClauses, recordClauses, smallClauses } from "./store/records.ts";
import type { Place } from "./store/samples.ts";
import { staffClauses } from "./store/staff.ts";
import { unitClauses } from "./store/units.ts";

/** Data of one test. `open` opens a store on it, again after the last one was closed; `dispose` removes the data. */
export interface StorePlace {
  open(): Promise<Store>;
  dispose(): Promise<void>;
}

/**
 * Runs the contract.
 *
 * @param name of the implementation
 * @param create makes an empty place for each test
 */
export function storeContract(name: string, create: () => Promise<StorePlace>): void {
  describe(`store on ${name}`, () => {
    let data: StorePlace;
    const place = {} as Place;

    beforeEach(async () => {
      data = await create();
      place.store = await data.open();
      place.reopen = async () => {
        await place.store.close();
        place.store = await data.open();
      };
    });
    afterEach(async () => {
      await place.store.close();
      await data.dispose();
    });

    describe("units", () => unitClauses(place));
    describe("inbox", () => inboxClauses(place));
    describe("conversations and customers", () => customerClauses(place));
    describe("records", () => recordClauses(place));
    describe("agenda", () => agendaClauses(place));
    describe("messages", () => messageClauses(place));
    describe("notices", () => noticeClauses(place));
    describe("staff", () => staffClauses(place));
    describe("timers", () => timerClauses(place));
    describe("care", () => careClauses(place));
    describe("traces", () => traceClauses(place));
    describe("counters and meta", () => smallClauses(place));
    describe("hostile values", () => hostileClauses(place));
  });
}
