export { createDelivery, SEND_RETRIES } from "./delivery.ts";
export { createIntake } from "./intake.ts";
export { replayHistory } from "./replay.ts";
export { createStaffDelivery } from "./staff-delivery.ts";
export { tellStaff } from "./staff-fanout.ts";
export { createStaffIntake } from "./staff-intake.ts";
export { nextRecallAt, recallHandovers } from "./staff-queries.ts";
export { fireTimers } from "./timers.ts";
export { createWorker, pauseMs, type RetryPolicy, TURN_RETRIES } from "./worker.ts";
