/**
 * The crash run: the real service under load over HTTP, killed at random moments and started again on the same data, and in
 * the end everything that was acknowledged is looked for.
 */
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { loadProfile } from "../../bots/profiles.ts";
import type { Booking } from "../../core/booking/state.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { dayOf, MINUTE_MS } from "../../core/time.ts";
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
const KNOWN_MODELS = join(import.meta.dirname, "../../data/models");
/** Share of conversations that are watched live, and of those the share that is watched to the very end. */
const WATCHED = 0.6;
const WATCHED_TO_THE_END = 0.1;
const RACERS = 3;
const SETTLE_MS = 60_000;

export async function soak(options: SoakOptions): Promise<SoakResult> {
  const began = performance.now();
  const chance = createChance(options.seed);
  const profile = loadProfile(PROFILE, "en");
  const ledger = createLedger();
  // A model that was trained here before needs no second training.
  if (existsSync(KNOWN_MODELS)) cpSync(KNOWN_MODELS, join(options.dataDir, "models"), { recursive: true });
  const createPlant = options.update ? createUpdate : options.engine === "scaled" ? createFleet : createSingle;
  const plant = await createPlant({ dataDir: options.dataDir, profile: PROFILE });
  const client = createClient(() => plant.port());
  let crowd: Crowd | null = null;
  try {
    options.progress("first start");
    await plant.start();
    crowd = startCrowd(client, ledger, chance.branch(), options.customers, profile.staff[0]!.id);
    for (let fault = 1; fault <= options.faults; fault++) {
      await plant.fail(chance);
      crowd.assertWell();
      if (fault % 10 === 0 || fault === options.faults)
        options.progress(`${fault} of ${options.faults} faults, ${ledger.customers.length} conversations`);
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
        if (own.happens(WATCHED_TO_THE_END)) {
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
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    const { body } = await client.get("/metrics");
    if (/^anxin_inbox_waiting 0$/m.test(String(body))) return;
    if (performance.now() > deadline) throw new Error("entries still wait in the inbox a minute after the last one came in");
    await pause(100);
  }
}
