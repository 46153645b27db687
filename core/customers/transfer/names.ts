/** Products, services, faults and technicians by the names people write in tables. */
import type { BusinessModel } from "../../profile/model.ts";
import { plain } from "./values.ts";

/** Look-ups by the names people write, made once for a whole import. */
export interface ImportNames {
  readonly product: (text: string) => string | undefined;
  readonly service: (text: string) => string | undefined;
  readonly fault: (text: string) => string | undefined;
  readonly technician: (text: string) => string | undefined;
}

export function importNames(model: BusinessModel): ImportNames {
  const index = (
    entries: readonly {
      id: string;
      name: Readonly<Record<string, string>>;
      words?: Readonly<Record<string, readonly string[]>>;
      models?: readonly string[];
    }[],
  ) => {
    const known = new Map<string, string>();
    const add = (text: string, id: string): void => {
      if (!known.has(plain(text))) known.set(plain(text), id);
    };
    for (const entry of entries) {
      add(entry.id, entry.id);
      for (const name of Object.values(entry.name)) add(name, entry.id);
    }
    for (const entry of entries)
      for (const word of [...Object.values(entry.words ?? {}).flat(), ...(entry.models ?? [])]) add(word, entry.id);
    return (text: string): string | undefined => known.get(plain(text));
  };
  const { products, services, faults, technicians } = model.profile;
  return { product: index(products), service: index(services), fault: index(faults), technician: index(technicians) };
}
