export { detectLanguage } from "./language.ts";
export type { Normalised } from "./normalise.ts";
export { normalise, originalSpan, TEXT_LIMIT } from "./normalise.ts";
export { stem } from "./stem.ts";
