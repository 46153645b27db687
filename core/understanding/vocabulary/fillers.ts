import type { Token } from "./tokens.ts";

/** Pieces that customers put into a wording without changing it (不 太 制冷, 漏 点 水), longest first, at most four characters. */
const HAN_FILLERS = new Set(
  (
    "了 点 的 地 得 着 太 很 都 也 又 还 会 老 总 个 些 在 是很 是太 是特别 是那么 是非常 那么 这么 有 就 能 再 够 大 啊 呀 嘛 呢 哦 喔 它 被 给 乱 全 直 出 到 好 一点 一点点 一点儿 一点都 点儿 有点 有点儿 " +
    "有些 一些 好像 似乎 貌似 一直 总是 老是 经常 时常 突然 忽然 完全 根本 几乎 特别 非常 好多 很多 好大 很大 越来越 已经 开始 怎么 怎样 一下 一下子 一个 一台 这个 那个 我家 家里 现在 今天 昨天 时候 的时候 严重 使劲 不停 " +
    "不停地 每次 自己 自动 真的 的话 稍微 基本 基本上 什么 任何 反正 咁 晒 紧 几 多 少少 啲 起来"
  ).split(" "),
);
const LONGEST_HAN_FILLER = 4;

/** The same in English. */
const LATIN_FILLERS = new Set(
  (
    "the a an my our your is are was were be been being has have had got get getting gets keep keeps kept start starts started really " +
    "very so too quite just always constantly suddenly completely totally properly properli at all it its this that to of do does did " +
    "will would can could up out any some still now again bit little lot lots more much seem seems appear even well proper right off " +
    "on from in there"
  ).split(" "),
);

/** After a negation these Han characters still belong to it (没有漏水, 不怎么制冷). */
const NEGATED_THROUGH = new Set([
  "有",
  "什么",
  "再",
  "出现",
  "发现",
  "看到",
  "见",
  "见到",
  "任何",
  "怎么",
  "是",
  "会",
  "在",
  "又",
  "一点",
  "点",
  "半点",
  "过",
  "听到",
  "听见",
  "闻到",
  "啥",
  "啦",
  "的",
  "一直",
  "曾",
  "曾经",
]);
const NEGATED_THROUGH_LATIN = new Set(
  (
    "any more a an the is are was been being longer really sign signs of seeing see seen hearing hear heard having have had got get " +
    "to be it its it's there even at all actually currently"
  ).split(" "),
);

/** How many tokens to skip from `at` when a filler stands there; 0 for none. The longest filler wins. */
export function fillerLength(tokens: readonly Token[], at: number): number {
  const token = tokens[at];
  if (token === undefined || token.breaks) return 0;
  if (!token.han) return LATIN_FILLERS.has(token.word) ? 1 : 0;
  let joined = "";
  let longest = 0;
  for (let k = 0; k < LONGEST_HAN_FILLER; k += 1) {
    const next = tokens[at + k];
    if (next === undefined || !next.han || (k > 0 && next.breaks)) break;
    joined += next.word;
    if (HAN_FILLERS.has(joined)) longest = k + 1;
  }
  return longest;
}

/** Steps taken back from a match in search of the negation. */
const REACH = 6;

/**
 * Is the wording that begins at token `at` denied (没有漏水, 不是漏水, "no leak", "isn't leaking", "stopped leaking")?
 * Questions (有没有漏水, 是不是漏水) and doubled denials (won't stop leaking) are none.
 */
export function isNegated(tokens: readonly Token[], at: number): boolean {
  for (let k = at - 1; k >= 0 && k >= at - REACH; k -= 1) {
    if (tokens[k + 1]!.breaks) return false;
    const token = tokens[k]!;
    if (token.han) {
      if (token.key === "不" || token.key === "没" || token.key === "未" || token.key === "别" || token.key === "非") {
        const before = tokens[k - 1];
        const after = tokens[k + 1];
        // 有没有, 是不是, 会不会 ask; 没 in 有没漏水 asks too.
        const asks =
          before?.han === true && !tokens[k]!.breaks && (before.key === after?.key || (token.key === "没" && before.key === "有"));
        return !asks;
      }
      if (k > 0 && !token.breaks && NEGATED_THROUGH.has(tokens[k - 1]!.word + token.word)) {
        k -= 1;
        continue;
      }
      if (NEGATED_THROUGH.has(token.word)) continue;
      return false;
    }
    if (token.key === "not" || token.word === "without" || token.word === "none") {
      // "not only leaking" falls out below: only is no bridge.
      return !(tokens[k + 1]!.key === "stop");
    }
    if (token.key === "stop" && k === at - 1) {
      const before = tokens[k - 1];
      return !(before !== undefined && !token.breaks && before.key === "not");
    }
    if (!NEGATED_THROUGH_LATIN.has(token.word)) return false;
  }
  return false;
}
