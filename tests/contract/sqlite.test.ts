import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore } from "../../storage/sqlite/index.ts";
import { storeContract } from "./store.ts";

storeContract("sqlite", async () => {
  const folder = await mkdtemp(join(tmpdir(), "anxin-store-"));
  return {
    open: async () => openSqliteStore({ path: join(folder, "anxin.sqlite") }),
    dispose: () => rm(folder, { recursive: true }),
  };
});
