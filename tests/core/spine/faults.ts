/** Stores that fail where a test says so. Everything else is the real store. */
import type { Store, Unit } from "../../../core/ports.ts";

/** Every unit fails with what `fault` gives, or works when it gives `null`. */
export function failing(store: Store, fault: () => Error | null): Store {
  return {
    unit: async (work) => {
      const error = fault();
      if (error) throw error;
      return store.unit(work);
    },
    close: () => store.close(),
  };
}

/** A unit fails at the write of a message that `breaks` names. */
export function failingMessages(store: Store, breaks: (text: string) => boolean): Store {
  const wrap = (unit: Unit): Unit => ({
    ...unit,
    messages: {
      ...unit.messages,
      add: async (message) => {
        if (breaks(message.text)) throw new Error("message can't be written");
        return unit.messages.add(message);
      },
    },
  });
  return { unit: (work) => store.unit((unit) => work(wrap(unit))), close: () => store.close() };
}
