import PorterStemmer from "natural/lib/natural/stemmers/porter_stemmer.js";

/** Irregular forms that customers use of broken things; the stemmer alone would keep them apart. */
const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ["broke", "broken"],
  ["froze", "freez"],
  ["frozen", "freez"],
  ["blew", "blow"],
  ["blown", "blow"],
  ["smelt", "smell"],
  ["burnt", "burn"],
  ["stuck", "stick"],
  ["spilt", "spill"],
  ["tore", "tear"],
  ["torn", "tear"],
  ["wore", "wear"],
  ["worn", "wear"],
  ["fell", "fall"],
  ["fallen", "fall"],
  ["came", "come"],
  ["gone", "go"],
  ["went", "go"],
  ["goes", "go"],
  ["shook", "shake"],
  ["shaken", "shake"],
  ["bent", "bend"],
  ["lost", "lose"],
  ["ran", "run"],
  ["stank", "stink"],
  ["span", "spin"],
  ["spun", "spin"],
  ["tripped", "trip"],
  ["tyre", "tire"],
  ["tyres", "tire"],
  ["windscreens", "windscreen"],
  ["keys", "keys"],
  ["dying", "die"],
  ["stopped", "stop"],
  ["changing", "chang"],
  ["replacement", "replac"],
]);

/** Words come back often; the cache is emptied rather than trimmed when a flood of nonsense fills it. */
const CACHE_SIZE = 20_000;
const cache = new Map<string, string>();

/** Stem of a lower-case Latin word (leaks, leaking, leaked → leak). Words of up to three letters and words with digits stay as they are. */
export function stem(word: string): string {
  if (word.length < 4) return IRREGULAR.get(word) ?? word;
  const known = cache.get(word);
  if (known !== undefined) return known;
  const plain = word.length > 24 || !/^[a-z]+$/.test(word);
  const result = plain ? word : (IRREGULAR.get(word) ?? PorterStemmer.stem(word));
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(word, result);
  return result;
}
