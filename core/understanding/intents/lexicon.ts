/**
 * What the learner knows beside the corpus: regional and short wordings that mean the same ({@link Lexicon.rewrite}), and notions with
 * their words in every language ({@link Lexicon.concepts}). Both come as text (dialect.txt, concepts.txt) and are compiled once.
 */
import { normalise } from "../text/index.ts";

export interface Lexicon {
  /** `text` (normalised) with regional wordings replaced by the common ones. */
  rewrite(text: string): string;
  /** Notions named in a rewritten text, in order, with repetitions. */
  concepts(text: string): string[];
}

/** The two source texts. */
export interface LexiconTexts {
  readonly dialect: string;
  readonly concepts: string;
}

/** Longest Latin phrase looked up, in words. */
const PHRASE_WORDS = 4;

/** A Latin word of any wording; marks beyond ASCII were folded or are foreign. */
const WORD = /[a-z][a-z'/-]*|\/\d+/y;

const isHan = (unit: number): boolean => unit >= 0x3400 && unit <= 0x9fff;
const isLetter = (unit: number): boolean => unit >= 97 && unit <= 122;

/** Wordings of either script with what they stand for; longest match first. */
class Phrases<V> {
  readonly #words = new Map<string, V>();
  readonly #prefixes = new Map<string, V>();
  /** Longest Han wording by first unit. */
  readonly #hanLength = new Map<number, number>();
  /** Longest Latin phrase, in words, by first word. */
  readonly #wordCount = new Map<string, number>();

  add(wording: string, value: (before: V | undefined) => V): void {
    const isPrefix = wording.endsWith("*");
    const key = isPrefix ? wording.slice(0, -1) : wording;
    const map = isPrefix ? this.#prefixes : this.#words;
    map.set(key, value(map.get(key)));
    if (isPrefix) return;
    const first = key.charCodeAt(0);
    if (isHan(first)) this.#hanLength.set(first, Math.max(this.#hanLength.get(first) ?? 0, key.length));
    const [word = "", ...more] = key.split(" ");
    if (!isHan(first)) this.#wordCount.set(word, Math.max(this.#wordCount.get(word) ?? 0, Math.min(PHRASE_WORDS, more.length + 1)));
  }

  /** The longest wording that starts with the Han unit at `at`. */
  hanAt(text: string, at: number): { value: V; length: number } | null {
    const longest = this.#hanLength.get(text.charCodeAt(at));
    if (longest === undefined) return null;
    for (let length = Math.min(longest, text.length - at); length > 0; length -= 1) {
      const value = this.#words.get(text.slice(at, at + length));
      if (value !== undefined) return { value, length };
    }
    return null;
  }

  /** The longest phrase that starts with word `at`; failing that the longest prefix of that word, counted as one word. */
  wordsAt(words: readonly string[], at: number): { value: V; length: number } | null {
    const first = words[at]!;
    const most = this.#wordCount.get(first) ?? 0;
    for (let length = Math.min(most, words.length - at); length > 0; length -= 1) {
      const value = this.#words.get(length === 1 ? first : words.slice(at, at + length).join(" "));
      if (value !== undefined) return { value, length };
    }
    if (this.#prefixes.size === 0) return null;
    for (let length = Math.min(first.length, 12); length >= 3; length -= 1) {
      const value = this.#prefixes.get(first.slice(0, length));
      if (value !== undefined) return { value, length: 1 };
    }
    return null;
  }
}

/** A run of the text: one Han unit or anything else that is no word (`han` / `other`), or Latin words that stand side by side. */
function forEachRun(
  text: string,
  onHan: (at: number) => number,
  onWords: (words: readonly string[]) => void,
  onOther: (at: number) => void,
): void {
  let words: string[] = [];
  const flush = (): void => {
    if (words.length > 0) onWords(words);
    words = [];
  };
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at);
    if (isLetter(unit) || unit === 47) {
      WORD.lastIndex = at;
      const word = WORD.exec(text)?.[0];
      if (word !== undefined) {
        words.push(word);
        at += word.length;
        if (text.charCodeAt(at) === 32 && isLetter(text.charCodeAt(at + 1))) {
          at += 1;
          continue;
        }
        flush();
        continue;
      }
    }
    if (isHan(unit)) at += onHan(at);
    else {
      onOther(at);
      at += 1;
    }
  }
  flush();
}

const lines = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("//"));

/**
 * Compiles the lexicon.
 *
 * @throws SyntaxError when a line of either text has not the form its head describes
 */
export function createLexicon(texts: LexiconTexts): Lexicon {
  const dialect = new Phrases<string>();
  for (const line of lines(texts.dialect)) {
    const [left, right, ...more] = line.split("=");
    if (!left || !right || more.length > 0) throw new SyntaxError(`dialect: "${line}" is not wording|wording=common wording`);
    const target = normalise(right).text;
    for (const wording of left.split("|")) dialect.add(normalise(wording).text, () => target);
  }

  const rewrite = (text: string): string => {
    let out = "";
    const hasHan = /\p{Script=Han}/u.test(text);
    forEachRun(
      text,
      (at) => {
        const found = dialect.hanAt(text, at);
        out += found?.value ?? text[at]!;
        return found?.length ?? 1;
      },
      (words) => {
        for (let i = 0; i < words.length; ) {
          const hit = dialect.wordsAt(words, i);
          // A Latin word stands for a Chinese one (book 期) only where Chinese is written.
          const found = hit && (hasHan || !isHan(hit.value.charCodeAt(0))) ? hit : null;
          out += (i > 0 ? " " : "") + (found?.value ?? words[i]!);
          i += found?.length ?? 1;
        }
      },
      (at) => {
        out += text[at]!;
      },
    );
    return out;
  };

  const notions = new Phrases<readonly string[]>();
  for (const line of lines(texts.concepts)) {
    const match = /^([a-z_]+): (.+)$/.exec(line);
    if (!match) throw new SyntaxError(`concepts: "${line.slice(0, 40)}" is not name: wording|wording`);
    const name = match[1]!;
    const addTo = (before: readonly string[] = []): readonly string[] => (before.includes(name) ? before : [...before, name]);
    for (const wording of match[2]!.split("|")) {
      const isPrefix = wording.endsWith("*");
      const plain = normalise(isPrefix ? wording.slice(0, -1) : wording).text;
      if (plain === "") throw new SyntaxError(`concepts: ${name} has an empty wording`);
      notions.add(isPrefix ? `${plain}*` : plain, addTo);
      // The words arrive rewritten (can't as can not, washing machine as washer): the wordings are looked up in that form too.
      if (!isPrefix) notions.add(rewrite(plain), addTo);
    }
  }

  return {
    rewrite,
    concepts: (text) => {
      const found: string[] = [];
      forEachRun(
        text,
        (at) => {
          const hit = notions.hanAt(text, at);
          if (hit) found.push(...hit.value);
          return hit?.length ?? 1;
        },
        (words) => {
          for (let i = 0; i < words.length; ) {
            const hit = notions.wordsAt(words, i);
            if (hit) found.push(...hit.value);
            i += hit?.length ?? 1;
          }
        },
        () => {},
      );
      return found;
    },
  };
}
