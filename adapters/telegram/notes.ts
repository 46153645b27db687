/** What the channel keeps for itself, as JSON under keys of its own in the store's `meta`. */
import type { Store, Unit } from "../../core/ports.ts";

export interface Notes {
  read<T>(key: string): Promise<T | null>;
  write(values: Readonly<Record<string, unknown>>): Promise<void>;
  /** Reads and writes in one transaction. */
  change<T, R>(key: string, change: (value: T | null) => { readonly value?: T | null; readonly result: R }): Promise<R>;
}

const PREFIX = "telegram:";

async function get<T>(unit: Unit, key: string): Promise<T | null> {
  const text = await unit.meta.get(PREFIX + key);
  return text === null || text === "" ? null : (JSON.parse(text) as T);
}

export function createNotes(store: Store): Notes {
  return {
    read: (key) => store.unit((unit) => get(unit, key)),
    write: (values) =>
      store.unit(async (unit) => {
        for (const [key, value] of Object.entries(values)) await unit.meta.set(PREFIX + key, JSON.stringify(value));
      }),
    change: (key, change) =>
      store.unit(async (unit) => {
        const { value, result } = change(await get(unit, key));
        if (value !== undefined) await unit.meta.set(PREFIX + key, value === null ? "" : JSON.stringify(value));
        return result;
      }),
  };
}
