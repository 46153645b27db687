/** Commands of staff that are about no single case: lists, search, who is at work, hand-overs. Same grammar as command.ts. */
import { standsBare, unslash } from "./command.ts";

export type DeskQuery =
  | { readonly do: "help" }
  | { readonly do: "list"; readonly mine: boolean }
  | { readonly do: "find"; readonly text: string }
  | { readonly do: "why"; readonly case: string | null }
  | { readonly do: "shift" }
  | { readonly do: "away"; readonly text: string }
  | { readonly do: "back" }
  | { readonly do: "handover"; readonly to: string | null }
  | { readonly do: "accept"; readonly id: string | null }
  | { readonly do: "join"; readonly case: string | null };

const VERBS: readonly (readonly [DeskQuery["do"], RegExp])[] = [
  ["help", /^(?:help|start|帮助|幫助|命令|指令)$/i],
  ["list", /^(?:list|cases|mine|待办|待辦|我的个案|我的個案|个案列表|個案列表)(?=\s|$)/i],
  ["find", /^(?:find|search|查找|查客户|查客戶|搜索|搜尋)(?=[\s:：])/i],
  ["why", /^(?:why|为什么|為什麼|依据|依據)(?=[\s?？]|$)/i],
  ["shift", /^(?:shift|roster|当班|當班|排班)$/i],
  ["away", /^(?:away|离开|離開)(?=[\s:：]|$)/i],
  ["back", /^(?:back|回来|回來|到岗|到崗)$/i],
  ["handover", /^(?:handover|hand over|交班)(?=[\s::@]|$)/i],
  ["accept", /^(?:accept|接班)(?=\s|$)/i],
  ["join", /^(?:join|merge|合并|合併)(?=\s|$)/i],
];

/** Said in talk as well: alone they are no command without a slash. */
const EVERYDAY = new Set(["回来", "回來", "离开", "離開", "为什么", "為什麼", "命令", "指令"]);

/** The query a text is, or `null` when it is none. */
export function parseDeskQuery(text: string): DeskQuery | null {
  const { plain, slashed } = unslash(text);
  for (const [verb, pattern] of VERBS) {
    const match = pattern.exec(plain);
    if (!match) continue;
    if (!slashed && (!standsBare(match[0]) || EVERYDAY.has(match[0]))) return null;
    const rest = plain
      .slice(match[0].length)
      .replace(/^[\s:：?？]+/, "")
      .trim();
    const number = /^#?(C\d{8,})$/i.exec(rest)?.[1]?.toUpperCase() ?? null;
    switch (verb) {
      case "help":
      case "shift":
      case "back":
        return { do: verb };
      case "list":
        return { do: verb, mine: /^(?:mine|我的)/i.test(match[0]) || /^(?:mine|my|我的)/i.test(rest) };
      case "find":
        return { do: verb, text: rest };
      case "away":
        return { do: verb, text: rest };
      case "why":
      case "join":
        return { do: verb, case: number };
      case "handover":
        return { do: verb, to: rest.replace(/^(?:to|给|給)\s*/i, "") || null };
      case "accept":
        return { do: verb, id: /^H\d+$/i.test(rest) ? rest.toUpperCase() : null };
    }
  }
  return null;
}
