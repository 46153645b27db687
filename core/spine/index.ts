export { createDelivery, SEND_RETRIES } from "./delivery.ts";
export { createIntake } from "./intake.ts";
export { rehearseHistory } from "./rehearse.ts";
export { replayHistory } from "./replay.ts";
export { fireTimers } from "./timers.ts";
export { createWorker, pauseMs, type RetryPolicy, TURN_RETRIES } from "./worker.ts";
