export { openSqliteStore, type SqliteOptions } from "./store.ts";
