import type { EntityContext, TextEntities } from "../../../../core/understanding/entities/index.ts";
import { readEntities } from "../../../../core/understanding/entities/index.ts";
import { detectLanguage, normalise } from "../../../../core/understanding/text/index.ts";

/** Reads a message as the understanding does: normalised, with its own language unless the case names one. */
export function read(text: string, context: EntityContext = {}): TextEntities {
  return readEntities(normalise(text), { language: detectLanguage(text), ...context });
}

/** Kinds that were read, so that a case can say "this and nothing else". */
export function kinds(entities: TextEntities): string[] {
  return Object.entries(entities)
    .filter(([, list]) => list.length > 0)
    .map(([kind]) => kind)
    .sort();
}
