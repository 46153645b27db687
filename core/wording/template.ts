/**
 * Wording templates: `{name}` stands for a value; `{name?text}` gives `text` only when `name` has a value, and `text` may hold
 * `{name}` again. No other syntax, so that a shop owner can read and write them.
 */
const PLACEHOLDER = /\{(\w+)(?:\?((?:[^{}]|\{\w+\})*))?\}/g;

/** Names of the values a template uses. */
export function placeholdersOf(template: string): string[] {
  const names = new Set<string>();
  for (const match of template.matchAll(PLACEHOLDER)) {
    names.add(match[1]!);
    if (match[2] !== undefined) for (const inner of placeholdersOf(match[2])) names.add(inner);
  }
  return [...names];
}

export type TemplateValues = Readonly<Record<string, string | number | null | undefined>>;

/** The template with its values filled in; a value that is `null`, absent or empty leaves nothing behind. */
export function fillTemplate(template: string, values: TemplateValues): string {
  return template.replace(PLACEHOLDER, (_whole, name: string, conditional: string | undefined) => {
    const value = values[name];
    const empty = value === undefined || value === null || value === "";
    if (conditional !== undefined) return empty ? "" : fillTemplate(conditional, values);
    return empty ? "" : String(value);
  });
}
