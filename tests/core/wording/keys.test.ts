import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { WORDING_KEYS } from "../../../core/wording/keys.ts";

const FOLDER = new URL("../../../core/wording/keys/", import.meta.url);

async function listed(): Promise<{ file: string; key: string }[]> {
  const found: { file: string; key: string }[] = [];
  for (const file of readdirSync(fileURLToPath(FOLDER))) {
    const exported = (await import(new URL(file, FOLDER).href)) as Record<string, Record<string, unknown>>;
    for (const keys of Object.values(exported)) found.push(...Object.keys(keys).map((key) => ({ file, key })));
  }
  return found;
}

test("WORDING_KEYS has the keys of every file, each listed once", async () => {
  const keys = (await listed()).map(({ key }) => key);
  expect(keys.sort()).toStrictEqual(Object.keys(WORDING_KEYS).sort());
});

test("a family of keys stands in one file, but for what is said to staff", async () => {
  const homes = new Map<string, Set<string>>();
  for (const { file, key } of await listed()) {
    const family = key.split(".")[0]!;
    if (family !== "staff") homes.set(family, (homes.get(family) ?? new Set()).add(file));
  }
  const scattered = [...homes].filter(([, files]) => files.size > 1).map(([family, files]) => `${family}: ${[...files].join(", ")}`);
  expect(scattered).toStrictEqual([]);
});
