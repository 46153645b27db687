import { createInProcessWakeups } from "../../storage/jobs/in-process.ts";
import { wakeupsContract } from "./wakeups.ts";

wakeupsContract("one process", async () => ({ wakeups: createInProcessWakeups(), dispose: async () => undefined }));
