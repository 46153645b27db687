import { afterAll, describe } from "vitest";
import { createSchema, postgresUrl } from "../support/postgres.ts";
import { storeContract } from "./store.ts";

describe.skipIf(postgresUrl === null)("postgres", () => {
  const schema = postgresUrl === null ? null : createSchema();
  afterAll(() => schema?.drop());

  storeContract("postgres", async () => ({ open: () => schema!.open(), dispose: () => schema!.empty() }));
});
