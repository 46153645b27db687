/** Texts that staff and shop owners write for care. */
import { CARE_VARIABLES } from "../profile/care-schema.ts";
import { placeholdersOf } from "../wording/template.ts";

/** The first variable of a text that does not exist, or `null`. */
export function fillableText(text: string): string | null {
  return placeholdersOf(text).find((name) => !(CARE_VARIABLES as readonly string[]).includes(name)) ?? null;
}
