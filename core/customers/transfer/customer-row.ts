/** A row of the customers' table as a customer file. */
import { type CustomerFile, newCustomer } from "../state.ts";
import type { Row } from "./columns.ts";
import { type Complain, customerKey, plain, transferBirthday, transferPhone } from "./values.ts";

/** The file of a row, or `null` after complaining. The id follows from the code or phone, so that the same row twice is one file. */
export function customerOfRow(
  row: Row,
  now: number,
  complain: Complain,
): { readonly file: CustomerFile; readonly keys: readonly string[] } | null {
  const name = row["name"] ?? "";
  const phone = transferPhone(row["phone"] ?? "");
  if (name === "") complain("姓名", "没有姓名", "the name is missing");
  else if (name.length > 60) complain("姓名", "姓名过长", "the name is too long");
  if (phone === null)
    complain("手机", row["phone"] ? "不是电话号码" : "没有电话", row["phone"] ? "is no phone number" : "the phone is missing");
  const second = row["phone2"] ? transferPhone(row["phone2"]) : undefined;
  if (second === null) complain("其他电话", "不是电话号码", "is no phone number");
  const language = row["language"] ? LANGUAGES[plain(row["language"])] : null;
  if (language === undefined) complain("语言", "只能是 zh-CN、zh-TW 或 en", "must be zh-CN, zh-TW or en");
  const birthday = row["birthday"] ? transferBirthday(row["birthday"]) : undefined;
  if (birthday === null) complain("生日", `「${row["birthday"]}」不是生日`, `"${row["birthday"]}" is no birthday`);
  const more = (row["phones"] ?? "").split(/[;；、]/).filter((one) => one.trim() !== "");
  const others = more.map(transferPhone);
  more.forEach((one, at) => {
    if (others[at] === null) complain("更多电话", `「${one.trim()}」不是电话号码`, `"${one.trim()}" is no phone number`);
  });
  if (birthday === null || others.includes(null)) return null;
  if (name === "" || name.length > 60 || phone === null || second === null || language === undefined) return null;
  const code = (row["code"] ?? "").trim();
  const id = idOfRow(code, phone);
  const title = plain(row["title"] ?? "");
  const file: CustomerFile = {
    ...newCustomer(id, now),
    name,
    title: /太太|夫人|^mrs/.test(title) ? "mrs" : /先生|男|^mr|^m$/.test(title) ? "mr" : /女|小姐|^ms|^miss|^f$/.test(title) ? "ms" : null,
    phones: [...new Set([phone, ...(second ? [second] : []), ...others.filter((one) => one !== null)])],
    address: row["address"] || null,
    language: language ?? null,
    vip: /^(?:是|y|yes|1|true|vip|√)$/.test(plain(row["vip"] ?? "")),
    ...(row["postcode"] ? { postcode: row["postcode"] } : {}),
    ...(row["company"] ? { company: row["company"] } : {}),
    ...(birthday ? { birthday } : {}),
  };
  return { file, keys: [...(code === "" ? [] : [customerKey(code)]), phone] };
}

/** `#` before a code: it is the id of a file of ours, as an export writes it. */
function idOfRow(code: string, phone: string): string {
  if (code === "") return `T${phone.replace("+", "")}`;
  const plainCode = code.replace(/[^\p{L}\p{N}-]/gu, "");
  return code.startsWith("#") ? plainCode : `I${plainCode.toUpperCase()}`;
}

const LANGUAGES: Readonly<Record<string, "zh-CN" | "zh-TW" | "en">> = {
  "zh-cn": "zh-CN",
  中文: "zh-CN",
  简体: "zh-CN",
  "zh-tw": "zh-TW",
  繁体: "zh-TW",
  繁體: "zh-TW",
  en: "en",
  english: "en",
  英文: "en",
};
