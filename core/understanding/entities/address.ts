import type { Normalised } from "../text/normalise.ts";
import { originalSpan } from "../text/normalise.ts";
import { isHanUnit } from "../text/script.ts";
import type { AddressEntity } from "../types.ts";
import { readEnglishAddresses, type TakeAddress } from "./address-english.ts";

/** Kinds of component, from the large to the small. */
type Kind = "area" | "road" | "estate" | "number" | "building" | "room";

/** Name suffixes, longest first at each place. */
const SUFFIXES: readonly (readonly [Kind, string, least: number])[] = [
  ..."特别行政区 自治区 自治州 开发区 高新区 新区 街道 省 市 区 县 镇 乡 旗".split(" ").map((word) => ["area", word, 1] as const),
  ..."大街 大道 公路 胡同 快速路 高架 路 街 巷 弄 道 里 径"
    .split(" ")
    .map((word) => ["road", word, /^[道里径]$/.test(word) ? 2 : 1] as const),
  ..."小区 社区 花园 花苑 家园 名苑 新村 新城 公寓 大厦 大楼 广场 公馆 山庄 别墅 国际 商场 中心 科技园 工业区 工业园 产业园 产业园区 屋苑 公园 天地 商城 市场 学校 医院 酒店 宿舍 雅苑 豪庭 华庭 名邸 府邸 学府 半岛 城邦 一品 时代 村 苑 庭 城 园 府 轩 阁 邨 厦 湾 邸 居 楼"
    .split(" ")
    .map((word) => ["estate", word, 2] as const),
];
/** Units behind a number. */
const UNITS: readonly (readonly [Kind, string])[] = [
  ["building", "号楼"],
  ["building", "号院"],
  ["building", "号库"],
  ["room", "号房"],
  ["room", "号室"],
  ["room", "号铺"],
  ["number", "号"],
  ["number", "巷"],
  ["number", "弄"],
  ["number", "段"],
  ["number", "路"],
  ["number", "街"],
  ["building", "单元"],
  ["building", "栋"],
  ["building", "幢"],
  ["building", "座"],
  ["building", "期"],
  ["building", "区"],
  ["building", "楼"],
  ["building", "层"],
  ["building", "梯"],
  ["building", "门"],
  ["building", "组"],
  ["building", "队"],
  ["building", "/f"],
  ["building", "f"],
  ["room", "室"],
  ["room", "房"],
  ["room", "户"],
];
/** Function words and verbs that do not stand in names of places; a name begins after them. */
const STOPS = new Set(
  "我你您他她它们的了是在到住于吗呢吧请把给去搬换改送说叫约没不这那哪几谁就也还很太都让从喺睇嘅咗唔系嚟帮修坏装想要能会啊哦嗯呀漏响做问找看个有过快点钟月号",
);
/** 都 means "all" before most characters, but closes the names of these cities. */
const CITY_OF_DU = /[成花丰新江盐武宁昌于]/;
/** What stands before an address and would stick to its name. */
const LEAD =
  /^(?:.{0,4}(?:地址|家庭住址|住址|收货|安装地点|地点|位置|公司|单位|家里|家住|老家|上门|师傅|麻烦|预约|维修|寄往?|发往?|新家|车停|停车|配送|服务区|今天|明天|后天|上午|下午|早上|晚上|我家|你家|先生|女士|小姐|家|址|往|为|写|填|门店|店|另外|附近|现在|目前|以前|之前|刚才|是否|可以|覆盖|支持)[:：]?)(?=[\u3400-\u9fff]{2,})/;
const PLACES =
  /(?:北京|上海|天津|重庆|广东|浙江|江苏|山东|四川|湖北|湖南|河北|河南|福建|安徽|江西|陕西|山西|辽宁|吉林|黑龙江|广西|云南|贵州|海南|甘肃|青海|内蒙古?|宁夏|新疆|西藏|广州|深圳|杭州|南京|苏州|成都|武汉|西安|台北|新北|桃园|台中|台南|高雄|基隆|新竹|香港|九龙|新界|澳门|港岛)/;
const CUE = /地址|住址|住在|住喺|我住|家住|家在|我家|屋企|送到|送去|上门|来我|过来|在|喺|搬到|搬去|改到|位置|定位|安装地|寄到|寄去|地点|住/;

/** Right before a bare road or estate this makes it an address. */
const DIRECT_CUE = /(?:住在?|住喺|地址(?:是|为|改[为成到])?|住址|家在|送到|上门到?|搬[到去]|改到|寄[到去]|新址系?|换[成到])[\s:]?$/;

interface Component {
  readonly kind: Kind;
  readonly from: number;
  readonly to: number;
}

/** Longest name of one component, characters. */
const LONGEST_NAME = 12;
/** Most addresses of one message. */
const MOST = 5;

/**
 * Addresses of the message, each as one verbatim piece. Chinese ones are runs of components (province … room); a house number, a
 * building or an estate alone is none unless an address was asked for.
 *
 * @param asked the bot asked for the address: a bare place name counts
 */
export function readAddresses(normalised: Normalised, asked: boolean): AddressEntity[] {
  const { text } = normalised;
  const found: AddressEntity[] = [];
  const take = (from: number, to: number): void => {
    const span = originalSpan(normalised, from, to);
    const overlaps = found.some((other) => span.at < other.at + other.text.length && other.at < span.at + span.text.length);
    if (!overlaps && found.length < MOST) found.push({ ...span, value: span.text.trim().replace(/\s+/g, " ") });
  };
  if (normalised.hasHan) readHanAddresses(text, asked, take);
  if (normalised.hasLatin) readEnglishAddresses(normalised, asked && found.length === 0, take);
  return found.sort((a, b) => a.at - b.at);
}

const HINT = /[省市区县镇乡路街巷弄道村苑庭城园府轩阁邨厦湾邸栋幢座楼室房号层段里居]|小区|大厦|公寓|花园|广场|单元|\d-\d/;

function readHanAddresses(text: string, asked: boolean, take: TakeAddress): void {
  if (!HINT.test(text)) return;
  for (let i = 0; i < text.length; ) {
    const first = componentAt(text, i);
    if (first === null) {
      i += 1;
      continue;
    }
    const run: Component[] = [first];
    let end = first.to;
    for (;;) {
      let at = end;
      while (at < text.length && at - end < 3 && /[\s,、\-第]/.test(text[at]!)) at += 1;
      // A comma ends the address unless something unmistakable goes on.
      const next = componentAt(text, at) ?? bridgeAt(text, at);
      if (next === null || (/[,、]/.test(text.slice(end, at)) && next.kind === "area" && run.some((part) => part.kind !== "area"))) break;
      if (next.from > at) break;
      run.push(next);
      end = next.to;
    }
    const tail = roomAfter(text, end, run);
    const from = startOf(text, run);
    if (isAddress(text, from, run, tail > end, asked)) {
      take(from, tail);
      i = Math.max(tail, i + 1);
    } else i = Math.max(run.length > 1 ? end : first.to, i + 1);
  }
}

/** A name without a suffix between two components (科技园‹软件产业基地›5栋). */
function bridgeAt(text: string, at: number): Component | null {
  let end = at;
  while (end - at < 9 && isHanUnit(text.charCodeAt(end)) && !STOPS.has(text[end]!)) end += 1;
  if (end - at < 2 || !/\d/.test(text[end] ?? "")) return null;
  const next = numberedAt(text, end);
  return next === null || next.kind === "number" ? null : { kind: "estate", from: at, to: end };
}

/** The component that begins exactly at `at`, or `null`. */
function componentAt(text: string, at: number): Component | null {
  return numberedAt(text, at) ?? namedAt(text, at);
}

const NUMBER_AT =
  /(?:地下|地库|b)?(?:\d{1,5}(?:-\d{1,5}){0,3}[a-z]?|[a-z]\d{0,3}|[零〇一二三四五六七八九十百]{1,5}|[甲乙丙丁东西南北中前后左右负])/y;

function numberedAt(text: string, at: number): Component | null {
  const before = text.charCodeAt(at - 1);
  const isCode = (unit: number): boolean => (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57);
  if (isCode(before)) return null;
  NUMBER_AT.lastIndex = at;
  const match = NUMBER_AT.exec(text);
  if (!match) return null;
  // Month, day and ordinals are no house numbers.
  if (/[第月]/.test(text[at - 1] ?? "")) return null;
  let end = at + match[0].length;
  if (text[end] === " ") end += 1;
  for (const [kind, unit] of UNITS) {
    if (!text.startsWith(unit, end)) continue;
    let to = end + unit.length;
    if (unit === "f" && !/^$|[^a-z0-9]/.test(text[to] ?? "")) continue;
    if (unit === "期" && !/^[一二三四五六七八九十\d]/.test(match[0])) continue;
    if ((unit === "门" || unit === "组" || unit === "队" || unit === "区" || unit === "户") && !/\d/.test(match[0]) && unit !== "区")
      continue;
    if (unit === "号" && /^(?:线|码|机|油|汽油|电池|店|车|螺|下午|上午|早|晚|中午|之前|以前|之后|前|后|到|那天|约)/.test(text.slice(to)))
      return null;
    const of = /^\s?之\s?[\d一二三四五六七八九十]{1,3}/.exec(text.slice(to));
    if (of) to += of[0].length;
    return { kind, from: at, to };
  }
  return null;
}

function namedAt(text: string, at: number): Component | null {
  let best: Component | null = null;
  for (let i = at; i < text.length && i - at <= LONGEST_NAME; i += 1) {
    const char = text[i]!;
    const unit = text.charCodeAt(i);
    // 深圳湾1号, 第一城12座: digits end a name, Chinese numerals do not.
    if (!isHanUnit(unit)) break;
    const suffix = suffixAt(text, i, i - at);
    if (suffix) {
      best = { kind: suffix.kind, from: at, to: i + suffix.word.length };
      // 德辅道中, 中山路东: the side of the road belongs to its name.
      if (suffix.kind === "road" && /^[东南西北中](?:$|[^\u3400-\u9fff])/.test(text.slice(best.to, best.to + 2)))
        return { ...best, to: best.to + 1 };
      const further = suffixAt(text, best.to, best.to - at);
      if (further && (further.kind === "road" || further.kind === "estate") && suffix.kind !== "area") {
        i = best.to - 1;
        continue;
      }
      break;
    }
    if (STOPS.has(char) && !(char === "都" && CITY_OF_DU.test(text[i - 1] ?? ""))) break;
  }
  return best;
}

function suffixAt(text: string, at: number, nameLength: number): { kind: Kind; word: string } | null {
  for (const [kind, word, least] of SUFFIXES) {
    if (nameLength < least || !text.startsWith(word, at)) continue;
    const rest = text.slice(at + word.length, at + word.length + 2);
    if (NOT_SUFFIX.test(word + rest)) continue;
    if (NOT_PLACE.test(text.slice(Math.max(0, at - 2), at) + word)) continue;
    // 一路平安; but 文化一路 is a road.
    if (word === "路" && nameLength === 1 && text[at - 1] === "一") continue;
    return { kind, word };
  }
  return null;
}

/** The suffix opens another word here: 道路, 里面, 区别, 市场价, 路上, 街上, 居然 … */
const NOT_SUFFIX = new RegExp(
  `^(?:${
    "道路|道口|道闸|道德|路轨|道理|道歉|道谢|里面|里程|里的|里有|里边|里头|里没|里漏|里一|里也|里就|里都|里着|里很|区别|区分|市面|市价|路上|路由|路边|路过|路程|路费|路况|路考|街上|居然|居民|居家|府上|城里|城市|楼上|楼下|" +
    "楼道|楼顶|楼梯|园林|村里|庭审|阁下|县里|径直|径自|时代|国际|省得|省心|省事|省电|省钱|省油|湾仔?路?$"
  })`,
);
/** The suffix closes another word here. */
const NOT_PLACE = new RegExp(
  `(?:${
    "知道|味道|管道|通道|下水道|水道|车道|烟道|风道|频道|渠道|街道道|报道|难道|电路|线路|短路|油路|水路|气路|回路|思路|走路|带路|修路|开路|马路|公里|家里|这里|那里|哪里|屋里|房里|车里|心里|水里|里里|手里|箱里|店里|夜里|" +
    "厂里|城里|面里|肚里|超市|门市|城市|上市|小区区|地区|工区|景区|片区|服务区|节省|反省|乡|客厅|大楼|上楼|下楼|高楼|整楼|几楼|楼楼|邻居|起居|定居|同居|离居|幼儿园|写字楼|办公楼|教学楼|社区|小区|园区|市区|城区|厂区|库区|" +
    "国道|省道|进城|商城城|政府|学府府|动物园"
  })$`,
);

/** Where the address begins: leading words are cut, a short name right before a bare building is taken in (万科3号楼). */
function startOf(text: string, run: readonly Component[]): number {
  const first = run[0]!;
  let from = first.from;
  if (first.kind === "building" || first.kind === "number" || first.kind === "room") {
    let i = from;
    while (i > 0 && from - i < 8 && isHanUnit(text.charCodeAt(i - 1)) && !STOPS.has(text[i - 1]!)) i -= 1;
    const name = text.slice(i, from);
    const lead = LEAD.exec(`${name}占位`)?.[0].length ?? 0;
    if (
      name.length - lead >= 2 &&
      !/^(?:电话|订单|工单|单号|编号|下午|上午|早上|晚上|车牌|型号|尾号|房间|房号|楼层|家|在|师傅|修|保养|昨天|今天|明天|后天)/.test(
        name.slice(lead),
      )
    )
      from = i + lead;
    return from;
  }
  for (let rounds = 0; rounds < 3; rounds += 1) {
    const lead = LEAD.exec(text.slice(from, first.to))?.[0].length ?? 0;
    if (lead === 0) break;
    from += lead;
  }
  if (/^[来去到]/.test(text.slice(from, first.to)) && first.to - from > 3) from += 1;
  // A known province or city inside a long first name is where the address begins (麻烦上门上海市 …).
  const place = PLACES.exec(text.slice(from, first.to));
  if (place && place.index > 0) from += place.index;
  return from;
}

/** Bare room digits behind a building (3栋1201, 12号502), with 室 left out; returns the end. */
function roomAfter(text: string, end: number, run: readonly Component[]): number {
  const last = run[run.length - 1]!;
  if (last.kind === "building" || last.kind === "number" || last.kind === "estate") {
    const match =
      /^[\s,]?(?:\d{1,4}(?:-\d{1,4}){1,3}|(?:[a-z]-?)?\d{3,4}|\d{1,2}[a-z](?![a-z]))(?:室|房|号|户)?(?![\d:.-]|\s?(?:年|月|日|点|块|元|公里|km|匹|w))/.exec(
        text.slice(end, end + 24),
      );
    if (match && (last.kind !== "number" || /[路街道巷弄]|\d/.test(text.slice(last.from - 1, last.to)))) {
      const phoneLike = /^[\s,]?\d{3,4}[\s-]\d{4}/.test(text.slice(end, end + 12));
      if (!phoneLike) return end + match[0].length;
    }
    const flat = /^(?:\s?[a-z]\d?(?:室|座|单位|(?![a-z\d]))|(?:地下|地铺|阁楼|天台)(?!停车|车库|室))/.exec(text.slice(end, end + 6));
    if (flat) return end + flat[0].length;
  }
  return end;
}

function isAddress(text: string, from: number, run: readonly Component[], hasRoom: boolean, asked: boolean): boolean {
  const kinds = new Set(run.map((part) => part.kind));
  const size = run.length + (hasRoom ? 1 : 0);
  const named = kinds.has("area") || kinds.has("road") || kinds.has("estate") || from < run[0]!.from;
  if (asked) return named || (size >= 2 && /\d/.test(text.slice(from)));
  const exact = kinds.has("number") || kinds.has("building") || kinds.has("room") || hasRoom;
  if (named && exact && size >= 2) return !isBranch(text, run);
  // 3栋2单元501 without a name is still where someone lives.
  const isBlock = hasRoom && /[栋幢座]/.test(text.slice(from, run[run.length - 1]!.to));
  if (!named) return size >= 3 || (kinds.has("building") && (isBlock || (size >= 2 && kinds.has("room"))));
  const cued = CUE.test(text.slice(Math.max(0, from - 6), from));
  const areas = run.filter((part) => part.kind === "area").length;
  if (isBranch(text, run)) return false;
  if (size >= 2 && (kinds.has("road") || kinds.has("estate"))) return cued || areas > 0;
  // Near the square is not at it.
  if (/^(?:附近|旁边?|隔壁|边上|周边|一带|对面)/.test(text.slice(run[run.length - 1]!.to))) return false;
  return (kinds.has("road") || kinds.has("estate")) && DIRECT_CUE.test(text.slice(Math.max(0, from - 6), from));
}

/** 中山路店 is one of our branches, not where the customer lives. */
function isBranch(text: string, run: readonly Component[]): boolean {
  return /^(?:的?(?:那家)?店|门店|分店|4s|网点|营业)/.test(text.slice(run[run.length - 1]!.to));
}
