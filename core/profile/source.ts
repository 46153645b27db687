/** One YAML file of a profile: its values, and on which line each of them stands. */
import { type Alias, isCollection, isMap, isScalar, LineCounter, type Node, parseDocument, visit } from "yaml";
import type { Path, ProfileProblem } from "./problems.ts";

export interface Source {
  readonly file: string;
  /** The YAML could be parsed. */
  readonly readable: boolean;
  readonly root: Node | null;
  /** The whole file as plain data, anchors and aliases resolved. */
  readonly value: unknown;
  readonly counter: LineCounter;
}

export function parseSource(file: string, text: string | undefined, problems: ProfileProblem[]): Source | null {
  if (text === undefined) return null;
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  let unresolved = false;
  for (const error of document.errors) {
    problems.push({
      file,
      line: counter.linePos(error.pos[0]).line,
      path: "",
      what: { zh: `YAML 写法有误(${firstLine(error.message)})`, en: `the YAML cannot be read (${firstLine(error.message)})` },
      wanted: { zh: "检查缩进、冒号后的空格和引号", en: "check the indentation, the space behind each colon, and quotes" },
    });
  }
  visit(document, {
    Alias: (_key, alias: Alias) => {
      if (alias.resolve(document)) return;
      problems.push({
        file,
        line: counter.linePos(alias.range![0]).line,
        path: "",
        what: {
          zh: `*${alias.source} 指向的 &${alias.source} 不存在`,
          en: `*${alias.source} points at &${alias.source}, which is not there`,
        },
        wanted: { zh: `若是文字,加上引号:"*${alias.source}"`, en: `quotes if it is text: "*${alias.source}"` },
      });
      unresolved = true;
    },
  });
  if (document.errors.length > 0 || unresolved) return { file, readable: false, root: null, value: undefined, counter };
  return { file, readable: true, root: document.contents as Node | null, value: document.toJS({ maxAliasCount: 1_000 }), counter };
}

const firstLine = (text: string): string => text.split("\n")[0]!.replace(/ at line \d+.*$/, "");

export function pick(source: Source | null, key: string | null): unknown {
  if (!source?.root) return undefined;
  const value = source.value;
  if (key === null) return value;
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** Line of the deepest node that exists on the way to `path`. */
export function lineOf(source: Source, path: Path): number | null {
  if (!source.root) return 1;
  let node: unknown = source.root;
  let line = source.counter.linePos(source.root.range?.[0] ?? 0).line;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (!pair) break;
      const key = pair.key as Node;
      line = source.counter.linePos(key.range?.[0] ?? 0).line;
      node = pair.value;
    } else if (isCollection(node)) {
      node = node.get(part, true);
    } else break;
    const range = (node as Node | null | undefined)?.range;
    if (range && !isMap(node)) line = source.counter.linePos(range[0]).line;
    else if (range && isMap(node) && typeof part === "number") line = source.counter.linePos(range[0]).line;
  }
  return line;
}
