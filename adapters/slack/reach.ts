/** Who could not be reached when we last tried. Slack doesn't tell when that ends: the person's next act does. */
import type { Store, Unit } from "../../core/ports.ts";
import type { ConversationId } from "../../core/spine/events.ts";
import { goneKey } from "./ids.ts";

export interface Reach {
  isGone(conversation: ConversationId): Promise<boolean>;
  /** Keeps it in the transaction in which the core is told. */
  mark(unit: Unit, conversation: ConversationId, gone: boolean): Promise<void>;
}

const REMEMBERED = 20_000;

export function createReach(store: Store): Reach {
  const known = new Map<ConversationId, boolean>();
  const remember = (conversation: ConversationId, gone: boolean): void => {
    known.delete(conversation);
    known.set(conversation, gone);
    if (known.size > REMEMBERED) known.delete(known.keys().next().value!);
  };
  return {
    async isGone(conversation) {
      const gone = known.get(conversation) ?? (await store.unit((unit) => unit.meta.get(goneKey(conversation)))) === "gone";
      remember(conversation, gone);
      return gone;
    },
    async mark(unit, conversation, gone) {
      await unit.meta.set(goneKey(conversation), gone ? "gone" : "back");
      remember(conversation, gone);
    },
  };
}
