/**
 * Names that our buttons, lists and forms carry, and that Slack gives back. Pure.
 *
 * Slack signs what it gives back and takes values from the message as we posted it, so a person can't make up a value; who
 * pressed is checked against the owner that the block names.
 */
import { isUserId } from "./ids.ts";

export const ACTIONS = {
  /** A button of a message; its place follows. */
  button: "anxin:b:",
  list: "anxin:list",
  /** A button of the App Home. */
  home: "anxin:home:",
  /** The menu of a case's card, each choice of which opens a form. */
  more: "anxin:more",
} as const;

/** Forms, named as in `anxin:<name>` (views) and `anxin_<name>` (shortcuts). */
export const MODALS = ["book", "reply", "note", "transfer", "resolve", "compensate"] as const;
export type ModalName = (typeof MODALS)[number];

export function isModalName(value: string): value is ModalName {
  return (MODALS as readonly string[]).includes(value);
}

export type BlockOwner =
  /** `user` is `null` in a direct message: there is one person only. */
  { readonly kind: "customer"; readonly user: string | null } | { readonly kind: "case"; readonly number: string | null };

/** Id of a block with buttons; `row` makes it unique within its message. */
export function blockIdOf(owner: BlockOwner, row: number): string {
  return owner.kind === "customer" ? `customer|${owner.user ?? ""}|${row}` : `case|${owner.number ?? ""}|${row}`;
}

export function blockOwner(blockId: string): BlockOwner | null {
  const [kind, key, row] = blockId.split("|");
  if (key === undefined || row === undefined) return null;
  if (kind === "customer") return key === "" || isUserId(key) ? { kind, user: key || null } : null;
  if (kind === "case") return { kind, number: key || null };
  return null;
}
