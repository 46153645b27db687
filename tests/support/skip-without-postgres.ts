/** Skips every test of a file that needs Postgres when there is none; servers.ts has said so. */
import { beforeEach } from "vitest";
import { postgresUrl } from "./postgres.ts";

beforeEach((context) => context.skip(postgresUrl === null));
