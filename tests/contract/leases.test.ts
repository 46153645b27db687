import { describe, expect, test } from "vitest";
import { createInProcessLeases } from "../../storage/jobs/in-process-leases.ts";
import { createPostgresLeases } from "../../storage/postgres/index.ts";
import { createSchema, postgresUrl } from "../support/postgres.ts";
import { leasesContract } from "./leases.ts";

leasesContract("one process", async () => {
  const leases = createInProcessLeases();
  return { process: () => leases, dispose: async () => undefined };
});

describe.skipIf(postgresUrl === null)("postgres", () => {
  leasesContract("postgres", async () => {
    const schema = createSchema();
    return { process: () => createPostgresLeases({ url: postgresUrl!, schema: schema.name }), dispose: () => schema.drop() };
  });

  test("a holder whose connection is cut knows it, and another may have the lease", async () => {
    const schema = createSchema();
    const one = createPostgresLeases({ url: postgresUrl!, schema: schema.name });
    const other = createPostgresLeases({ url: postgresUrl!, schema: schema.name });
    const held = (await one.acquire("polling"))!;
    const heard = new Promise((resolve) => held.ended.addEventListener("abort", resolve, { once: true }));
    await schema.cut();
    await heard;
    // The server tells the holder before it has quite let go.
    let next = await other.acquire("polling");
    while (next === null) next = await other.acquire("polling");
    expect(await one.acquire("polling")).toBeNull();
    await one.close();
    await other.close();
    await schema.drop();
  });
});
