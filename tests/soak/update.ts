/**
 * A rolling update under load: fronts and workers are replaced one by one by the next version, which brings a migration that
 * widens a table, and then by the one after, which takes away what is needed no more (expand and contract).
 */
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pause } from "./http.ts";
import { type Plant, type PlantOptions, READY_MS } from "./plant.ts";
import { createTopology } from "./topology.ts";

const ROOT = join(import.meta.dirname, "../..");
/** What a program is made of. */
const PARTS = ["bots", "core", "adapters", "storage", "package.json"];
/** Between two replacements, ms: the load goes on with some of each version. */
const BETWEEN_MS = [500, 2_500] as const;

/** The migrations that the next versions bring, after all there are. */
const NEXT: readonly (readonly [name: string, sql: string])[] = [
  [
    "expand",
    "alter table conversations add column remark text;\ncreate index conversations_remark on conversations (remark) where remark is not null;",
  ],
  ["contract", "drop index conversations_remark;\nalter table conversations drop column remark;"],
];

/** This program with the first `count` of the next migrations, in a folder of its own. */
function nextVersion(dataDir: string, count: number): string {
  const folder = join(dataDir, `version-${count + 1}`);
  mkdirSync(folder);
  for (const part of PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const migrations = join(folder, "storage/migrations/postgres");
  const last = Math.max(...readdirSync(migrations).map((name) => Number.parseInt(name, 10)));
  for (const [place, [name, sql]] of NEXT.slice(0, count).entries())
    writeFileSync(join(migrations, `${String(last + place + 1).padStart(4, "0")}_${name}.sql`), `${sql}\n`);
  return folder;
}

/** Each `fail` is one replacement; when every process runs the last version it begins anew with the same one, as after a change of settings. */
export async function createUpdate(options: PlantOptions): Promise<Plant> {
  const versions = NEXT.map((_, place) => nextVersion(options.dataDir, place + 1));
  const topology = await createTopology(options);
  // One of a role after one of the other, so that each version meets both others.
  const order = [topology.places("worker"), topology.places("front")].flatMap(([first, second], role) => [
    { place: first!, rank: role },
    { place: second!, rank: role + 2 },
  ]);
  const places = order.sort((one, other) => one.rank - other.rank).map(({ place }) => place);
  const done: Record<string, number> = {};
  let count = 0;
  return {
    ...topology,
    async fail(chance) {
      await pause(chance.between(...BETWEEN_MS));
      const place = places[count % places.length]!;
      const program = versions[Math.min(versions.length - 1, Math.floor(count / places.length))];
      const code = await topology.process(place).stop();
      if (code !== 0) throw new Error(`asked to stop, a ${topology.roleAt(place)} ended with ${code}`);
      await topology.begin(place, program).ready(READY_MS);
      count += 1;
      const what = `${topology.roleAt(place)} replaced`;
      done[what] = (done[what] ?? 0) + 1;
    },
    faults: () => ({ ...done, "requests no front answered": topology.unanswered() }),
  };
}
