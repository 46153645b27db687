export { openPostgresBulk } from "./bulk.ts";
export { createPostgresLeases } from "./leases.ts";
export { openPostgresStore, type PostgresOptions } from "./store.ts";
