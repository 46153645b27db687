import { Converter } from "opencc-js/t2cn";

/** First and last code unit of the Han block whose characters are folded (CJK Unified Ideographs and Extension A). */
const HAN_FIRST = 0x3400;
const HAN_LAST = 0x9fff;

/**
 * Simplified forms that traditional text writes too (里 in 公里, 只, 面, 台 …): seeing one says nothing about the script.
 * Made from the converter's tables: a simplified form that is also the traditional form of itself; the last line was added by hand
 * for characters which Taiwan and Hong Kong type every day.
 */
const BOTH_SCRIPTS = new Set(
  "幺布局系私幸家俊胄克札恤即念咽向冢奸娘昆吊雕佛栗戚欲蒙捍拼挲舍挨卷扇折抬教旗既升拐查杆棋矩梁僵泛污溯泄凌潨沈漓抵呆璇酸痹愈症杯真困睾朱埼御棱谷" +
    "蓑檐扎弦捆彩致累才玩修庵着搜席卜芸姜苔蔑同胡只制核托注志噪溪狸逾踊挽回周糖扣巨表旋合板暗沾秋千刮飧糊喂松哄面曲冬出" +
    "里干台斗于余岳征范叶借伙杰准占凶采吃游晒峰床群朴仆了灶恒秘岩炮吁划佣郁咸丑舍咨你",
);

/** Characters that only Hong Kong Cantonese or Taiwan type, although no simplified form stands beside them. */
const TRADITIONAL_EXTRA = "妳喺嘅咗冇唔嚟佢哋啲嘢㗎嗰乜喎攞睇揾搵瞓咁嗌嘥孖";

interface Tables {
  /** Simplified code unit for each Han code unit, by `unit - HAN_FIRST`. */
  readonly fold: Uint16Array;
  /** 1 = only traditional text writes it, 2 = only simplified text does, 0 = both or neither. */
  readonly script: Uint8Array;
}

let tables: Tables | null = null;

/** Built on the first message (some 20 ms), not at import: commands that understand nothing should not pay for it. */
function loadTables(): Tables {
  const size = HAN_LAST - HAN_FIRST + 1;
  const fold = new Uint16Array(size);
  const script = new Uint8Array(size);
  const all: string[] = [];
  for (let i = 0; i < size; i += 1) all.push(String.fromCharCode(HAN_FIRST + i));
  // One character a line keeps the converter's phrases out: length and position of every character stay what they were.
  let converted = all.join("\n");
  for (const from of ["t", "hk", "tw"]) converted = Converter({ from, to: "cn" })(converted);
  const simplified = converted.split("\n");
  for (let i = 0; i < size; i += 1) {
    const target = simplified[i] ?? "";
    fold[i] = target.length === 1 ? target.charCodeAt(0) : HAN_FIRST + i;
  }
  // The converter turns a lone 么 into 幺, but customers write 什么; 妳 is you like any other.
  fold["么".charCodeAt(0) - HAN_FIRST] = "么".charCodeAt(0);
  fold["麼".charCodeAt(0) - HAN_FIRST] = "么".charCodeAt(0);
  fold["麽".charCodeAt(0) - HAN_FIRST] = "么".charCodeAt(0);
  fold["妳".charCodeAt(0) - HAN_FIRST] = "你".charCodeAt(0);
  for (let i = 0; i < size; i += 1) {
    // Folding twice must change nothing more, or profiles and messages would disagree.
    fold[i] = fold[fold[i]! - HAN_FIRST] ?? fold[i]!;
    if (fold[i] === HAN_FIRST + i) continue;
    script[i] = 1;
    const target = fold[i]! - HAN_FIRST;
    if (target >= 0 && target < size && script[target] === 0 && !BOTH_SCRIPTS.has(String.fromCharCode(fold[i]!))) script[target] = 2;
  }
  for (const char of TRADITIONAL_EXTRA) script[char.charCodeAt(0) - HAN_FIRST] = 1;
  return { fold, script };
}

/** Is this UTF-16 unit a Han character of the basic block or Extension A? */
export function isHanUnit(unit: number): boolean {
  return unit >= HAN_FIRST && unit <= HAN_LAST;
}

/** Simplified form of a Han code unit; the unit itself where there is none. */
export function simplifyUnit(unit: number): number {
  tables ??= loadTables();
  return tables.fold[unit - HAN_FIRST] ?? unit;
}

/** Which script writes this Han code unit: `null` when both do. */
export function scriptOfUnit(unit: number): "traditional" | "simplified" | null {
  tables ??= loadTables();
  const script = tables.script[unit - HAN_FIRST];
  return script === 1 ? "traditional" : script === 2 ? "simplified" : null;
}
