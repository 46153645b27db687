/** Drizzle for Postgres, loaded in its CommonJS form for the reason given in schema/drizzle.ts, and only where Postgres is used. */
import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

export const { drizzle } = load("drizzle-orm/node-postgres") as typeof import("drizzle-orm/node-postgres");
export const { fillPlaceholders } = load("drizzle-orm") as typeof import("drizzle-orm");
