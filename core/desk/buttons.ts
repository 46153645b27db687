/**
 * Buttons of staff posts: `desk:<verb>:<subject>`, at most 48 bytes, the subject being a case's number, a hand-over or a
 * suggestion's place. Channels hand the id back as it is; those that know the verbs `reply`, `note`, `resolve` and `transfer`
 * may open a form for the words instead.
 */
import type { Button } from "../spine/events.ts";

export const DESK_BUTTONS = [
  "claim",
  "reply",
  "note",
  "resolve",
  "release",
  "reopen",
  "why",
  "recall",
  "anyway",
  "discard",
  "accept",
  "suggest",
] as const;
export type DeskButton = (typeof DESK_BUTTONS)[number];

export function deskButton(verb: DeskButton, subject: string, label: string): Button {
  return { id: `desk:${verb}:${subject}`, label };
}

/** The verb and subject of a pressed button, or `null` when it is none of the desk's. */
export function parseDeskButton(id: string): { readonly verb: DeskButton; readonly subject: string } | null {
  const match = /^desk:([a-z]+):(.+)$/.exec(id);
  const verb = DESK_BUTTONS.find((known) => known === match?.[1]);
  return match && verb ? { verb, subject: match[2]! } : null;
}
