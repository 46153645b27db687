/** Everyday Chinese words that hold the name of a product and mean something else. */
import type { Match } from "./matcher.ts";
import type { Token } from "./tokens.ts";

/** With 车: people, places and ways of going; with 灯, 门, 窗: shops, clinics, sayings. */
const COMPOUNDS =
  /停车|泊车|车号|下车|上车|取车|热车(?=后|时)|车架号|车架子号|大架号|车身号|车主|车牌|车站|车厢|火车|高铁|堵车|塞车|打车|网约车|公交车|公车|巴士车|出租车|的士车|车程|车费|车位|车库|车险|车祸|车友|车间|车管|车贷|车票|车型|单车|自行车|电瓶车|摩托车|婴儿车|购物车|推车|挂机了|直接挂机|就挂机|窗口(?!机|冷|式)|橱窗口|店门口|大门口|家门口|窗花|窗帘|窗台|镜头|眼镜|玻璃心|玻璃杯|玻璃水|(?:挡风|前挡|后挡|车窗|天窗|手机|汽车)玻璃|电视台|电视剧|网格(?=员)/g;
/** The same in English: cities, and names of people with the word of a van in them. */
const LATIN_COMPOUNDS =
  /\bnew york\b|\b(?:nguyen|tran|pham|huynh|hoang|ludwig|dirk|jan) van\b|\bvan (?:der|den|de|dyke|gogh|halen|ness|nuys|buren|horn)\b/g;
/** Longest of them, characters. */
const LONGEST = 5;

/** Does a match of one or two Han characters, or of one Latin word, lie within such a word (停‹车›场, New ‹York›)? */
export function isPartOfWord(tokens: readonly Token[], { first, last }: Match): boolean {
  if (!tokens[first]!.han) return last === first && isPartOfLatin(tokens, first);
  if (last - first > 1) return false;
  const from = Math.max(0, first - LONGEST);
  let text = "";
  const at: number[] = [];
  for (let k = from; k < tokens.length && k <= last + LONGEST; k += 1) {
    if (tokens[k]!.breaks) text += ",";
    at[k] = text.length;
    text += tokens[k]!.word;
  }
  for (const word of text.matchAll(COMPOUNDS)) {
    const end = word.index + word[0].length;
    if (word.index <= at[first]! && at[last]! < end && word[0].length > last - first + 1) return true;
  }
  return false;
}

function isPartOfLatin(tokens: readonly Token[], at: number): boolean {
  const before = at > 0 && !tokens[at]!.breaks ? `${tokens[at - 1]!.word} ` : "";
  const after = tokens[at + 1] !== undefined && !tokens[at + 1]!.breaks ? ` ${tokens[at + 1]!.word}` : "";
  const text = before + tokens[at]!.word + after;
  return [...text.matchAll(LATIN_COMPOUNDS)].some((word) => word.index <= before.length && before.length < word.index + word[0].length);
}

/** Goods by themselves and parts of others. */
const PARTS = /^(?:heater|burner|外机|内机|室外机|室内机|风扇|排气扇|抽气扇|抽风扇|换气扇|排风扇)$/;

/** Is the match a part of the product named right before it (烤箱‹风扇›)? */
export function isPartOf(tokens: readonly Token[], { first, last }: Match, products: readonly Match[]): boolean {
  if (tokens[first]!.breaks || !products.some((other) => other.last === first - 1)) return false;
  let word = "";
  for (let k = first; k <= last; k += 1) word += tokens[k]!.word;
  return PARTS.test(word);
}
