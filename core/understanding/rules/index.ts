export type { Answer } from "./answers.ts";
export { readAnswer, readShortcut } from "./answers.ts";
export { kindOf } from "./danger.ts";
