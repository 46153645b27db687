export type { Entities, Question, Understander, Understanding } from "./types.ts";
export { INTENTS } from "./types.ts";
export { createUnderstander } from "./understander.ts";
