/** Finds wordings in a message: one walk of a trie of stems and Han characters from each token, through fillers and misspellings. */
import type { Normalised } from "../text/normalise.ts";
import { stem } from "../text/stem.ts";
import { fillerLength } from "./fillers.ts";
import type { Misspellings } from "./misspelling.ts";
import { createMisspellings } from "./misspelling.ts";
import type { Token } from "./tokens.ts";
import { tokenise } from "./tokens.ts";
import type { Meaning, Wording } from "./wordings.ts";

interface Node {
  readonly next: Map<string, Node>;
  meanings: Meaning[] | null;
}

/** A wording found in the message: tokens `[first, last]`. */
export interface Match {
  readonly first: number;
  readonly last: number;
  /** Tokens of the wording itself, fillers not counted; longer wordings win. */
  readonly size: number;
  readonly meanings: readonly Meaning[];
}

/** Most fillers inside one wording, and most tokens they may take. */
const MOST_FILLERS = 3;
/** What a machine shows in its window when something is wrong: a letter and a number. */
const CODE = /^[efhpu]\d{1,3}$/;
/** Cap on a hostile message's matches. */
const MOST_MATCHES = 60;

/** A message cut into tokens, and the wordings found in it, nested and overlapping ones included. */
export interface Found {
  readonly tokens: readonly Token[];
  readonly matches: readonly Match[];
}

/** The search for these wordings; built once. */
export function createMatcher(wordings: readonly Wording[]): (normalised: Normalised) => Found {
  const root: Node = { next: new Map(), meanings: null };
  const latinWords = new Set<string>();
  for (const { tokens, meaning } of wordings) {
    insert(
      root,
      tokens.map((token) => token.key),
      meaning,
    );
    for (const token of tokens) if (!token.han) latinWords.add(token.word);
    // Two words are often typed as one (dish washer, dishwasher).
    if (tokens.length === 2 && tokens.every((token) => !token.han && /^[a-z]{2,}$/.test(token.word) && token.key !== "not")) {
      const joined = tokens[0]!.word + tokens[1]!.word;
      // "over icing" would shrink to "over".
      if (stem(joined).length <= Math.max(tokens[0]!.word.length, tokens[1]!.word.length)) continue;
      insert(root, [stem(joined)], meaning);
      latinWords.add(joined);
    }
  }
  const misspellings = createMisspellings(latinWords, stem);
  return (normalised) => {
    const tokens = tokensOf(normalised, misspellings);
    return { tokens, matches: findMatches(tokens, root, latinWords) };
  };
}

function insert(root: Node, keys: readonly string[], meaning: Meaning): void {
  let node = root;
  for (const key of keys) {
    let child = node.next.get(key);
    if (!child) {
      child = { next: new Map(), meanings: null };
      node.next.set(key, child);
    }
    node = child;
  }
  node.meanings ??= [];
  if (
    !node.meanings.some(
      (known) => known.kind === meaning.kind && known.id === meaning.id && known.products.join() === meaning.products.join(),
    )
  ) {
    node.meanings.push(meaning);
  }
}

function tokensOf(normalised: Normalised, misspellings: Misspellings): Token[] {
  const tokens = tokenise(normalised.text);
  if (!normalised.hasLatin) return tokens;
  return tokens.map((token) => {
    const meant = token.han ? null : misspellings.correct(token.word);
    return meant === null ? token : { ...token, key: stem(meant), guessed: isRisky(token.word, meant) };
  });
}

/** One word alone, mended by a changed letter, is often another word; swapped letters and long words are safe. */
function isRisky(word: string, meant: string): boolean {
  const letters = (text: string): string => [...text].sort().join("");
  return word.length < 7 && letters(word) !== letters(meant);
}

function findMatches(tokens: readonly Token[], root: Node, known: ReadonlySet<string>): Match[] {
  const matches: Match[] = [];
  for (let first = 0; first < tokens.length && matches.length < MOST_MATCHES; first += 1) {
    const node = childOf(root, tokens[first]!);
    if (node) walk(tokens, first, first, node, 1, MOST_FILLERS, matches);
    // "dish washer" for dishwasher
    const second = tokens[first + 1];
    // "my son is" is no Sony: only words of some length are parts of one.
    if (second && !second.breaks && !second.han && !tokens[first]!.han && second.word.length >= 3) {
      const word = tokens[first]!.word + second.word;
      // "was here" is no washer, though their stems are one.
      const isKnown = known.has(word) || (word.endsWith("s") && known.has(word.slice(0, -1)));
      const joined = isKnown ? root.next.get(stem(word)) : undefined;
      if (joined?.meanings) matches.push({ first, last: first + 1, size: 2, meanings: joined.meanings });
    }
  }
  return matches;
}

/** The way on from a node; 显示E stands for 显示E3. */
function childOf(node: Node, token: Token): Node | undefined {
  return node.next.get(token.key) ?? (CODE.test(token.word) ? node.next.get(token.word[0]!) : undefined);
}

function walk(tokens: readonly Token[], first: number, at: number, node: Node, size: number, fillersLeft: number, matches: Match[]): void {
  if (node.meanings && !(size === 1 && tokens[at]!.guessed)) {
    // "Hot water from the boiler" names no water boiler: what stands between parts the name of a thing, though not of its trouble.
    const filled = fillersLeft < MOST_FILLERS && !tokens[first]!.han;
    const meanings = filled ? node.meanings.filter(({ kind }) => kind === "fault" || kind === "service") : node.meanings;
    if (meanings.length > 0) matches.push({ first, last: at, size, meanings });
  }
  const next = tokens[at + 1];
  if (next === undefined || next.breaks || node.next.size === 0) return;
  const child = childOf(node, next);
  if (child) walk(tokens, first, at + 1, child, size + 1, fillersLeft, matches);
  // Fillers may follow one another: 不 是 很 制冷, makes a lot of noise.
  let after = at + 1;
  for (let left = fillersLeft; left > 0; left -= 1) {
    const skip = fillerLength(tokens, after);
    if (skip === 0) return;
    after += skip;
    const beyond = tokens[after];
    if (beyond === undefined || beyond.breaks) return;
    const target = node.next.get(beyond.key);
    if (target) {
      walk(tokens, first, after, target, size + 1, left - 1, matches);
      return;
    }
  }
}
