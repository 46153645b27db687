export { backupSqlite, openSqliteBulk } from "./bulk.ts";
export { openSqliteStore, type SqliteOptions } from "./store.ts";
