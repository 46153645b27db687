/** Names in Latin letters, as staff type them: `lwq` and `luowenqiang` for 罗文强. The only file that knows the library (pinyin-pro). */
import { pinyin } from "pinyin-pro";

const HAN = /\p{Script=Han}/u;
const known = new Map<string, { readonly full: string; readonly initials: string } | null>();
/** Names remembered; a shop's customers share few. */
const KNOWN_MOST = 20_000;

/** @returns `null` for a name without Chinese characters */
export function pinyinOf(name: string): { readonly full: string; readonly initials: string } | null {
  if (!HAN.test(name)) return null;
  const before = known.get(name);
  if (before !== undefined) return before;
  // Surnames are read as surnames (单 shan, 仇 qiu).
  const syllables = pinyin(name, { toneType: "none", type: "array", surname: "head", v: true, nonZh: "removed" });
  const value = {
    full: syllables.join("").toLowerCase(),
    initials: syllables
      .map((one) => one[0] ?? "")
      .join("")
      .toLowerCase(),
  };
  if (known.size >= KNOWN_MOST) known.clear();
  known.set(name, value);
  return value;
}
