/** Chinese pieces that name a clock reading or a part of the day. */
import { NUM, PARTS, zhNumber } from "./lexicon-zh.ts";
import { matchAt, type Rule, textBefore } from "./rule.ts";
import { type ClockSpec, type Draft, piece } from "./spec.ts";

const DIGIT_OR_HAN = "0123456789一二两三四五六七八九十廿零";

/** 点 that is no hour: clicks, likes, roll-calls, dishes, reasons. */
const NO_HOUR =
  /^(?:几毫|几厘|几个百|击|赞|评|餐|菜|歌|燃|焊|胶|穴|滴|五|水|式|都(?!行|可以|得|好|方便|有空|ok|没问题|冇问题)|也不|儿|档|点|问题|建议|要求|意见|说明|疑问|想法|原因|希望|需求|不满|不足|体会|注意|缺点|优点|心意|声音|小问题)/;

/** Before 一点: the comparison “a bit”. */
const BIT_BEFORE = /[快慢早晚好差有便宜大小高低多少长短重轻远近冷热暖亮暗贵紧松硬软强弱点稍微再清楚细仔便耐心认真主动积极]$/;

/** Before 一点: words that let an hour follow (溜一点, 穿一点 do not). */
const HOUR_BEFORE = /[在到约改成为至定是就等过给从于前后午上晚天日号周我你他她们佢师傅那选换要话讲说系喺做或和跟与早、一二三四五六七]$/;

/** After 一点: words that make it an hour. */
const HOUR_AFTER =
  /^(?:钟|整|半|正|左右|前后|之前|之后|之间|以前|以后|前|后|过|可以|行|方便|有空|有人|来|到|见|上门|吧|的时候|开始|[,，。!！?？\s]|$|-|~|至)/;

const MINUTES = new RegExp(
  `(?: ?(半)| ?(一|三|1|3)刻(?:钟)?|(?:踏|搭)(半|${NUM})|(${NUM})个字|零(${NUM})分?|(${NUM})(分(?!钟后|之)(?:${NUM}秒)?|` +
    "(?![\\d点时号日月年个天块元楼台人:次栋幢室级岁路街公里%.起定样直边同致下会共并家位]|小时|分钟|礼拜|星期|刻)))",
  "y",
);

function clockPiece(at: number, end: number, hour: number, minute: number, half: ClockSpec["half"]): Draft | null {
  if (!(hour >= 0 && hour <= 24 && minute >= 0 && minute < 60) || (hour === 24 && minute > 0)) return null;
  return piece(at, end, { clock: { hour, minute, half: half ?? (hour > 12 || hour === 0 ? "day24" : null) } });
}

/** Rules in the order in which they are tried. */
export const ZH_CLOCK_RULES: readonly Rule[] = [
  {
    // 14:30, 9:05, 14:30:00
    first: "0123456789",
    pattern: /(\d{1,2}) ?: ?(\d{2})(?::\d{2}(?!\d))?(?![\d:]) ?(a\.? ?m(?![a-z])\.?|p\.? ?m(?![a-z])\.?)?/y,
    read(match, { at }) {
      const [whole, hour = "", minute, mark] = match;
      const value = Number(hour);
      const half = mark === undefined ? (hour.startsWith("0") || value > 12 ? "day24" : null) : mark.startsWith("a") ? "am" : "pm";
      return clockPiece(at, at + whole.trimEnd().length, value, Number(minute), half);
    },
  },
  {
    // 三四点, 七八点钟: between the two
    first: "一二两三四五六七八九十",
    pattern: /(?:(一)两|([二两])三|(三)四|(四)五|(五)六|(六)七|(七)八|(八)九|(九)十|(十)一二)(?:点|时)(?:钟|左右|多)?/y,
    read(match, { at }) {
      const end = at + match[0].length;
      const digit = match.slice(1).find((group) => group !== undefined) ?? "";
      const hour = digit === "十" ? 11 : zhNumber(digit);
      const from = clockPiece(at, end, hour, 0, null);
      return from === null ? null : { ...from, to: clockPiece(at, end, hour + 1, 0, null) };
    },
  },
  {
    // 下班后, 放工后, 吃完午饭, 晚饭后: by what the day brings
    first: "下放收吃食午晚早中",
    pattern:
      /(?:(?:下班|放工|收工)(?:之后|以后|后)|(?:吃完|食完)(早|午|中|晚)(?:饭|餐)(?:之后|以后|后)?|(早|午|中|晚)(?:饭|餐)(?:之后|以后|后))/y,
    read(match, { text, at }) {
      if (/(?:平[日时常]|[每天日][天日晚])$/.test(textBefore(text, at, 2))) return null;
      const meal = match[1] ?? match[2];
      const end = at + match[0].length;
      if (meal === "午" || meal === "中") return piece(at, end, { part: "noon", bound: "after" });
      return piece(at, end, { part: meal === "早" ? "morning" : "evening" });
    },
  },
  {
    // 十来点: about ten
    first: "十",
    pattern: /十来点钟?/y,
    read: (match, { at }) => clockPiece(at, at + match[0].length, 10, 0, null),
  },
  {
    // 2-4点, 2到4点, 两至四点: two hours with one 点
    first: DIGIT_OR_HAN,
    pattern: new RegExp(`(${NUM}) ?(?:[-~到至]|或者?|、) ?(${NUM})(?:点|时(?!候|间))(?:钟|(半)|整)?`, "y"),
    read(match, { text, at }) {
      const [whole, first = "", last = "", half] = match;
      const end = at + whole.length;
      if (NO_HOUR.test(text.slice(end, end + 2)) || /第$/.test(textBefore(text, at, 1))) return null;
      const from = clockPiece(at, at + first.length, zhNumber(first), 0, null);
      if (!/[-~到至]/.test(whole)) return from;
      const to = clockPiece(end - 1, end, zhNumber(last), half === undefined ? 0 : 30, null);
      return from === null || to === null ? null : { ...from, end, to };
    },
  },
  {
    // 下午3, 上午10.30, 下午3-5: the part of the day makes the number an hour
    first: "0123456789",
    pattern: /(\d{1,2})(?:\.([0-5]\d))?(?: ?[-~到至] ?(\d{1,2}))?(?=$|[,，。!！?？\s]|吧|左右|可以|行|来|有|方便|都)/y,
    read(match, { at, before }) {
      if (before?.part == null || before.clock !== null || before.to !== null || before.end !== at) return null;
      const end = at + match[0].length;
      const from = clockPiece(at, end, Number(match[1]), Number(match[2] ?? 0), null);
      const to = match[3] === undefined ? null : clockPiece(at, end, Number(match[3]), 0, null);
      return from === null || Number(match[1]) === 0 ? null : { ...from, to };
    },
  },
  {
    // 差十分八点
    first: "差",
    pattern: new RegExp(`差(?:(一|1)刻|(${NUM})分)钟?(?:到)?(${NUM})点钟?`, "y"),
    read(match, { at }) {
      const before = match[1] === undefined ? zhNumber(match[2] ?? "") : 15;
      const hour = zhNumber(match[3] ?? "");
      return hour >= 1 && before > 0 && before < 60
        ? clockPiece(at, at + match[0].length, hour - 1, 60 - before, hour > 12 ? "day24" : null)
        : null;
    },
  },
  {
    // 两点半, 3点20, 三點踏四, 14时30分, 八点差五分
    first: DIGIT_OR_HAN,
    pattern: new RegExp(`(${NUM}) ?(点|时(?![候间代常尚效刻机不而]))`, "y"),
    read(match, { text, at, before }) {
      const [whole, name = "", mark] = match;
      const hour = zhNumber(name);
      let end = at + whole.length;
      const lead = textBefore(text, at, 2);
      if (/[第每几]$/.test(lead) || (mark === "时" && /^[一二]$/.test(name))) return null;
      if (mark === "时" && /[小当]$/.test(lead)) return null;
      const rest = text.slice(end, end + 5);
      const timely = before !== null && (before.day !== null || before.part !== null);
      if (NO_HOUR.test(rest)) return null;
      if (/[有这那提以下]$/.test(lead) && /^(?:想|要|请|疑|请教|需|和|与|我)/.test(rest) && !timely) return null;
      if (name === "一" || name === "1") {
        if (
          !timely &&
          (BIT_BEFORE.test(lead) ||
            (/[\u3400-\u9fff]$/.test(lead) && !HOUR_BEFORE.test(lead)) ||
            !(HOUR_AFTER.test(rest) || matchAt(MINUTES, text, end)))
        )
          return null;
        if (!timely && /^(?:的|了)/.test(rest)) return null;
      }
      let minute = 0;
      const said = matchAt(MINUTES, text, end);
      const short = /^差(?:(一|1)刻|([一二两三四五六七八九十\d]{1,3})分)/.exec(rest);
      if (short) {
        end += short[0].length;
        return clockPiece(at, end, hour - 1, 60 - (short[1] === undefined ? zhNumber(short[2] ?? "") : 15), hour > 12 ? "day24" : null);
      }
      if (said) {
        const [all, half, quarters, fives, characters, zeroed, minutes, unit] = said;
        if (half !== undefined) minute = 30;
        else if (quarters !== undefined) minute = 15 * zhNumber(quarters);
        else if (fives !== undefined) minute = fives === "半" ? 30 : 5 * zhNumber(fives);
        else if (characters !== undefined) minute = 5 * zhNumber(characters);
        else if (zeroed !== undefined) minute = zhNumber(zeroed);
        else {
          minute = zhNumber(minutes ?? "");
          // 3点5 is a decimal more often than a time; Hong Kong's 三點三 counts in fives.
          if (unit === "" && minute < 10 && !/^零/.test(minutes ?? "")) {
            if (!timely && !/[听晏朝昼]|唔系|佢|咗|冇|喺|嚟|唔|啲|咁/.test(text)) return null;
            minute *= 5;
          }
        }
        if (minute >= 60) return null;
        end += all.length;
      }
      const tail = /^(?:钟|整|正(?!好|是|常|在))/.exec(text.slice(end, end + 2));
      if (tail) end += tail[0].length;
      if (/^(?:半)/.test(text.slice(end)) && minute === 0) {
        minute = 30;
        end += 1;
      }
      const found = clockPiece(at, end, hour, minute, hour > 12 || hour === 0 ? "day24" : null);
      // 现在都三点了 tells what time it is.
      const passing =
        (/^多?了/.test(text.slice(end, end + 2)) && /[都经快]$/.test(lead)) ||
        /(?:现在|而家|依家|家阵)(?:都|已经|快)?$/.test(textBefore(text, at, 5));
      return found === null ? null : { ...found, recurring: passing };
    },
  },
  {
    // 凌晨, 朝早, 晏昼, 晚上; 早8点, 周三早
    first: "凌拂大清一早晨朝上午正中晌下晏后傍黄夜晚入深半白日头",
    pattern: new RegExp(
      `(?:${Object.keys(PARTS)
        .sort((a, b) => b.length - a.length)
        .join("|")}|[早晚晨夜朝](?=${NUM} ?[点:])|[早晚])`,
      "y",
    ),
    read(match, { text, at, before }) {
      const word = match[0];
      const end = at + word.length;
      const rest = text.slice(end, end + 2);
      if (/^好/.test(rest) && !/^好[像几多久]/.test(rest)) return null;
      if (/^安/.test(rest)) return null;
      if (word.length === 1) {
        if (/^(?:点|些|了|餐|饭|安|就|会|已|日|期|退|高|稻|报|教|一点|礼)/.test(rest) || /[最迟提尽趁]$/.test(textBefore(text, at, 1)))
          return null;
        const clocked = new RegExp(`^${NUM} ?[点:]`).test(text.slice(end, end + 5));
        if (!clocked && !(before !== null && before.day !== null && before.end === at && before.part === null)) return null;
        return piece(at, end, { part: word === "晚" || word === "夜" ? "evening" : "morning" });
      }
      if (word === "后晌" || word === "午后" || word === "上午" || word === "下午") {
        if (/^茶/.test(rest)) return null;
      }
      // By day the noise is gone: a habit unless a day is named.
      if (PARTS[word] === "daytime" && (before === null || before.day === null || before.end !== at)) return null;
      // 早晨 alone is a Cantonese greeting.
      if (word === "早晨" && at <= 4 && /^(?:[,，。!！呀啊~\s]|$)/.test(rest)) return null;
      // 等了一上午: how long, not when.
      if ((word === "一早" && /^上/.test(rest)) || (before?.end !== at && /[一整半]$|[整成一半]个$/.test(textBefore(text, at, 2))))
        return piece(at, end, { recurring: true, part: "morning" });
      if (/(?:现在|而家|依家|家阵)(?:都|已经|快)?$/.test(textBefore(text, at, 5)))
        return piece(at, end, { part: PARTS[word] ?? null, recurring: true });
      if (/[每逢][天日晚]?$|平[日时常]$|作日$/.test(textBefore(text, at, 2)))
        return piece(at, end, { part: PARTS[word] ?? null, recurring: true });
      // Noises at night and engines in the morning are habits.
      const habit = before === null && /^(?:会|老|总|经常|都会|就会|一直|冷车|启动|睡觉|睡不)/.test(rest);
      return piece(at, end, { part: PARTS[word] ?? null, recurring: habit });
    },
  },
];
