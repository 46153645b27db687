/**
 * The crash run: the real service under load over HTTP, killed at random moments and started again on the same data, and in
 * the end everything that was acknowledged is looked for.
 */
import { loadProfile } from "../../bots/profiles.ts";
import type { Booking } from "../../core/booking/state.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { dayOf, MINUTE_MS } from "../../core/time.ts";
import { giveModel } from "../support/models.ts";
import { type Chance, createChance } from "./chance.ts";
import { type Counts, check, type Findings } from "./check.ts";
import { createCustomer, type Shown } from "./customer.ts";
import { readTranscript } from "./evidence.ts";
import { createFleet } from "./fleet.ts";
import { type Client, createClient, pause } from "./http.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { complain, pickScenario, race } from "./scenarios.ts";
import { createSingle } from "./single.ts";
import { workAsStaff } from "./staff.ts";
import { createUpdate } from "./update.ts";
import { type Watcher, watch } from "./watcher.ts";

export interface SoakOptions {
  readonly faults: number;
  /** `embedded` when left out. */
  readonly engine?: "embedded" | "scaled";
  /** Instead of faults: each process is replaced by the next version, one after another (`engine` is `scaled`). */
  readonly update?: boolean;
  readonly seed: number;
  /** Empty folder; the caller removes it. */
  readonly dataDir: string;
  /** Customers at work at the same time. */
  readonly customers: number;
  readonly progress: (text: string) => void;
}

export interface SoakResult {
  readonly findings: Findings;
  readonly counts: Counts & {
    /** What was done to the service, and how often. */
    readonly faults: Readonly<Record<string, number>>;
    readonly conversations: number;
    readonly seconds: number;
  };
}

const PROFILE = "appliance";
/** Share of conversations that are watched live, and of those the share that is watched to the very end. */
const WATCHED = 0.6;
const WATCHED_TO_THE_END = 0.1;
const RACERS = 3;
/** Readers that stay to the very end, at most: each of them connects again after every fault. */
const STAYING_MOST = 30;
/** For so long nothing may have gone on in the inbox before the run breaks off, ms: a slow machine is slow, not stuck. */
const SETTLE_MS = 60_000;
/** Between two words on how far the run is, ms. */
const TOLD_EVERY_MS = 15_000;

export async function soak(options: SoakOptions): Promise<SoakResult> {
  const began = performance.now();
  const chance = createChance(options.seed);
  const profile = loadProfile(PROFILE, "en");
  const ledger = createLedger();
  // A model that was trained here before needs no second training.
  await giveModel(options.dataDir);
  const createPlant = options.update ? createUpdate : options.engine === "scaled" ? createFleet : createSingle;
  const plant = await createPlant({ dataDir: options.dataDir, profile: PROFILE });
  const client = createClient(() => plant.port());
  let crowd: Crowd | null = null;
  try {
    options.progress("first start");
    await plant.start();
    crowd = startCrowd(client, ledger, chance.branch(), options.customers, profile.staff[0]!.id);
    let toldAt = performance.now();
    for (let fault = 1; fault <= options.faults; fault++) {
      await plant.fail(chance);
      crowd.assertWell();
      if (fault < options.faults && performance.now() - toldAt < TOLD_EVERY_MS) continue;
      toldAt = performance.now();
      const seconds = ((toldAt - began) / 1_000).toFixed(0);
      options.progress(`${fault} of ${options.faults} faults, ${ledger.customers.length} conversations, ${seconds} s`);
    }
    await plant.ready();
    options.progress("letting everyone finish");
    await crowd.finish();
    await settled(client);
    const transcripts = new Map<string, readonly Shown[]>();
    for (const { conversation } of ledger.customers) transcripts.set(conversation, await readTranscript(client, conversation));
    await crowd.endWatching((conversation) => transcripts.get(conversation)?.at(-1)?.seq ?? 0);
    await plant.stop();

    options.progress("checking");
    const { findings, counts } = check({
      ledger,
      left: await plant.left(),
      transcripts,
      marginMs: (booking) => marginMinutes(profile.business.booking, booking) * MINUTE_MS,
      dayOf: (at) => dayOf(at, profile.business.zone),
    });
    const seconds = (performance.now() - began) / 1_000;
    return { findings, counts: { ...counts, faults: plant.faults(), conversations: ledger.customers.length, seconds } };
  } finally {
    crowd?.abandon();
    client.close();
    await plant.abandon();
  }
}

/** Kept free on either side of a job, read off the profile: the way to that part of town, or the pause between two jobs in the shop. */
function marginMinutes(figures: Profile["business"]["booking"], { place, address }: Pick<Booking, "place" | "address">): number {
  if (place !== "visit") return figures.bufferMinutes;
  const part = figures.zones.find(({ words }) => words.some((word) => address?.includes(word)));
  return part?.travelMinutes ?? figures.travelMinutes;
}

interface Crowd {
  /** @throws the first error of any of them: an answer that must not be */
  assertWell(): void;
  /** Begins nothing new; resolves when all that was begun has ended. */
  finish(): Promise<void>;
  /** Waits until the readers that stay to the end have seen the last message. */
  endWatching(lastSeq: (conversation: string) => number): Promise<void>;
  abandon(): void;
}

function startCrowd(client: Client, ledger: Ledger, chance: Chance, size: number, staff: string): Crowd {
  let running = true;
  let abandoned = false;
  let failure: unknown = null;
  let count = 0;
  const staying = new Map<string, Watcher>();
  const guard = (work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => {
      failure ??= error;
    });

  function meet(own: Chance): { readonly customer: ReturnType<typeof createCustomer>; readonly leave: () => Promise<void> } {
    count += 1;
    const conversation = `c${count}`;
    const watcher = own.happens(WATCHED) ? watch(client, ledger, conversation) : null;
    const customer = createCustomer(client, ledger, own, conversation);
    return {
      customer,
      leave: async () => {
        if (!watcher) return;
        if (own.happens(WATCHED_TO_THE_END) && staying.size < STAYING_MOST) {
          watcher.record.toTheEnd = true;
          staying.set(conversation, watcher);
        } else await watcher.stopAfter(customer.lastSeq(), 10_000);
      },
    };
  }

  async function comeAndGo(own: Chance): Promise<void> {
    while (running) {
      const met = meet(own);
      await pickScenario(own)(met.customer, own);
      await met.leave();
      await pause(own.between(0, 120));
    }
  }

  async function comeTogether(own: Chance): Promise<void> {
    while (running) {
      const racers = Array.from({ length: RACERS }, () => meet(own));
      await race(
        racers.map(({ customer }) => customer),
        own,
      );
      await Promise.all(racers.map(({ leave }) => leave()));
      await pause(own.between(0, 200));
    }
  }

  /** One after another complains, and the first of all until it is heard, so that staff have something to do. */
  async function comeAndComplain(own: Chance): Promise<void> {
    let heard = false;
    while (running || !(heard || abandoned)) {
      const met = meet(own);
      await complain(met.customer, own);
      heard ||= met.customer.lastSeq() > 0;
      await met.leave();
      await pause(own.between(500, 3_000));
    }
  }

  const customers = [
    ...Array.from({ length: Math.max(1, size - RACERS - 1) }, () => guard(comeAndGo(chance.branch()))),
    guard(comeTogether(chance.branch())),
    guard(comeAndComplain(chance.branch())),
  ];
  let customersLeft = false;
  const gone = Promise.all(customers).then(() => {
    customersLeft = true;
  });
  const works = [gone, guard(workAsStaff(client, ledger, chance.branch(), staff, () => !customersLeft))];
  const assertWell = (): void => {
    if (failure !== null) throw failure;
  };
  return {
    assertWell,
    async finish() {
      running = false;
      await Promise.all(works);
      assertWell();
    },
    async endWatching(lastSeq) {
      for (const [conversation, watcher] of staying) await watcher.stopAfter(lastSeq(conversation), 20_000);
    },
    abandon() {
      running = false;
      abandoned = true;
      for (const watcher of staying.values()) void watcher.stopAfter(0, 0);
    },
  };
}

/** Until nothing waits in the inbox any more. */
async function settled(client: Client): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  let fellAt = performance.now();
  for (;;) {
    const { body } = await client.get("/metrics");
    const waiting = Number(/^anxin_inbox_waiting (\d+)$/m.exec(String(body))?.[1] ?? Number.NaN);
    if (waiting === 0) return;
    if (waiting < least) {
      least = waiting;
      fellAt = performance.now();
    }
    if (performance.now() - fellAt > SETTLE_MS) throw new Error(`${waiting} entries wait in the inbox, and for a minute no fewer`);
    await pause(100);
  }
}
