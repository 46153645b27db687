import { AnxinError } from "../../core/errors.ts";

/** @throws AnxinError `storage_address` for a schema name that would have to be quoted */
export function searchPathSafe(schema: string): string {
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) return schema;
  throw new AnxinError("storage_address", `schema "${schema}" can't be used; wanted lower-case letters, digits and underscores`, {
    schema,
  });
}
