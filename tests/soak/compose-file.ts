/** What compose.yaml and the Dockerfile say, read as data. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export const ROOT = join(import.meta.dirname, "../..");

export interface ComposeService {
  readonly build?: string;
  readonly image?: string;
  readonly profiles?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly configs?: readonly { readonly source: string }[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly stop_grace_period?: string;
  readonly deploy?: { readonly replicas: number };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
}

export function readCompose(): ComposeFile {
  return parse(readFileSync(join(ROOT, "compose.yaml"), "utf8"), { merge: true }) as ComposeFile;
}

/**
 * A text as compose fills it in.
 *
 * @throws Error where a variable must be given and is not: compose refuses to start then
 */
export function filledIn(text: string, given: Readonly<Record<string, string>>): string {
  return String(text).replace(/\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g, (_all, name: string, kind: string | undefined, rest: string) => {
    const value = given[name] ?? "";
    if (value !== "") return value;
    if (kind === "?") throw new Error(rest);
    return rest ?? "";
  });
}

export interface Image {
  /** Its `ENV`. */
  readonly environment: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
}

/** @throws Error where the Dockerfile has no such line in the form of a list */
export function readImage(): Image {
  const text = readFileSync(join(ROOT, "Dockerfile"), "utf8").replaceAll("\\\n", " ");
  const list = (line: RegExp): readonly string[] => {
    const found = line.exec(text)?.[1];
    if (found === undefined) throw new Error(`the Dockerfile has no line like ${String(line)}`);
    return JSON.parse(found) as readonly string[];
  };
  const environment = Object.fromEntries(
    [...text.matchAll(/^ENV (.+)$/gm)]
      .flatMap(([, pairs]) => pairs!.trim().split(/\s+/))
      .map((pair) => pair.split("=") as [string, string]),
  );
  return { environment, command: list(/^CMD (\[.+\])$/m), healthCheck: list(/^HEALTHCHECK .*\bCMD (\[.+\])$/m) };
}
