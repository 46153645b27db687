/**
 * The parts of drizzle that the storage uses, loaded in their CommonJS form.
 *
 * Why not `import … from "drizzle-orm"`: Node reads a package's `exports` anew for each ES module of it, and drizzle's are
 * 179 kB for some hundred modules. Loading the same code by `require` does without: 0.1 s and 23 MB of resident memory
 * instead of 1.1 s and 270 MB (Node 24.21, drizzle 0.45).
 */
import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

export const { and, asc, between, desc, eq, getTableColumns, getTableName, gt, gte, lt, lte, notExists, or, sql } = load(
  "drizzle-orm",
) as typeof import("drizzle-orm");
export const sqliteCore = load("drizzle-orm/sqlite-core") as typeof import("drizzle-orm/sqlite-core");
export const { alias } = sqliteCore;
export const { drizzle } = load("drizzle-orm/better-sqlite3") as typeof import("drizzle-orm/better-sqlite3");
export const pgCore = load("drizzle-orm/pg-core") as typeof import("drizzle-orm/pg-core");
