/**
 * Wording templates: `{name}` stands for a value; `{name?text}` gives `text` only when `name` has a value, and `text` may hold
 * `{name}` again. No other syntax, so that a shop owner can read and write them.
 */
const PLACEHOLDER = /([ \t]*[·•|｜][ \t]*)?\{(\w+)(?:\?((?:[^{}]|\{\w+\})*))?\}/g;

/** Names of the values a template uses. */
export function placeholdersOf(template: string): string[] {
  const names = new Set<string>();
  for (const match of template.matchAll(PLACEHOLDER)) {
    names.add(match[2]!);
    if (match[3] !== undefined) for (const inner of placeholdersOf(match[3])) names.add(inner);
  }
  return [...names];
}

export type TemplateValues = Readonly<Record<string, string | number | null | undefined>>;

/**
 * The template with its values filled in; a value that is `null`, absent or empty leaves nothing behind, not even the dot or bar
 * that parts it from what stands before it.
 */
export function fillTemplate(template: string, values: TemplateValues): string {
  return template.replace(PLACEHOLDER, (_whole, parting: string | undefined, name: string, conditional: string | undefined) => {
    const before = parting ?? "";
    const value = values[name];
    const empty = value === undefined || value === null || value === "";
    if (conditional !== undefined) return before + (empty ? "" : fillTemplate(conditional, values));
    return empty ? "" : before + String(value);
  });
}
