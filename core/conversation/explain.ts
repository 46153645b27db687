/** Puts a trace into words for staff: what was understood and why, what was taken from it, what was weighed, what fired. Pure. */
import { unreachable } from "../errors.ts";
import type { Language } from "../language.ts";
import type { BusinessModel } from "../profile/model.ts";
import { factLabel } from "../rules/evaluate.ts";
import type { Trace, TraceStep } from "../spine/trace.ts";
import type { Intent } from "../understanding/types.ts";
import { comma, formatDateTime } from "../wording/format.ts";
import {
  capital,
  dataValue,
  factValue,
  percent,
  pick,
  quote,
  readableValue,
  type Teller,
  type TraceNames,
  wordOf,
} from "./explain-values.ts";
import { whyLines } from "./explain-why.ts";
import {
  FIELD_WORDS,
  FLOW_WORDS,
  INTENT_WORDS,
  LANGUAGE_WORDS,
  NOTE_WORDS,
  PIECE_WORDS,
  REASON_WORDS,
  URGENCY_WORDS,
} from "./explain-words.ts";

export type { TraceNames } from "./explain-values.ts";

export interface ExplainedLine {
  readonly kind: TraceStep["kind"];
  readonly text: string;
}

export interface ExplainedTrace {
  readonly title: string;
  readonly lines: readonly ExplainedLine[];
}

/** Names as the profile gives them. */
export function traceNames(model: BusinessModel): TraceNames {
  const rules = new Map(model.profile.rules.map((rule) => [rule.id, rule]));
  return {
    zone: model.zone,
    nameOf: (kind, id, language) => {
      const entry = kind === "rule" ? rules.get(id) : model[kind](id);
      return entry?.name[language] ?? null;
    },
  };
}

/** A trace in words: a title that says what it came to, and a line for each thing that decided. */
export function explainTrace(trace: Trace, language: Language, names: TraceNames): ExplainedTrace {
  const teller: Teller = { language, names, at: trace.at };
  return {
    title: titleOf(trace, teller),
    lines: trace.steps.flatMap((step) => linesOf(step, teller).map((text) => ({ kind: step.kind, text }))),
  };
}

function titleOf(trace: Trace, teller: Teller): string {
  const { language } = teller;
  const understood = trace.steps.find((step) => step.kind === "understood");
  if (understood) {
    const [intent, confidence] = understood.intents[0] ?? understood.candidates[0] ?? ["out_of_scope", 0];
    if (understood.decision === "unknown") return pick(language, "没听懂这句话", "沒聽懂這句話", "Not understood");
    const words = INTENT_WORDS[intent as Intent][language];
    if (understood.decision === "clarify") return pick(language, `不够确定：${words}？`, `不夠確定：${words}？`, `Not sure: ${words}?`);
    return pick(
      language,
      `听懂为：${words}（${percent(confidence)}）`,
      `聽懂為：${words}（${percent(confidence)}）`,
      `Understood: ${words} (${percent(confidence)})`,
    );
  }
  const rule = trace.steps.find((step) => step.kind === "rule");
  if (rule)
    return pick(
      language,
      `触发规则：${ruleName(rule.rule, teller)}`,
      `觸發規則：${ruleName(rule.rule, teller)}`,
      `Rule fired: ${ruleName(rule.rule, teller)}`,
    );
  const flow = trace.steps.findLast((step) => step.kind === "flow");
  if (flow) return linesOf(flow, teller)[0]!;
  const note = trace.steps.find((step) => step.kind === "note");
  if (note) return linesOf(note, teller)[0]!;
  return pick(language, "这一步没有需要说明的判断", "這一步沒有需要說明的判斷", "Nothing had to be decided here");
}

function linesOf(step: TraceStep, teller: Teller): string[] {
  switch (step.kind) {
    case "understood":
      return understoodLines(step, teller);
    case "slot":
      return [slotLine(step, teller)];
    case "refused":
      return [refusedLine(step, teller)];
    case "flow":
      return [flowLine(step, teller)];
    case "offer":
      return offerLines(step, teller);
    case "rule":
      return [ruleLine(step, teller)];
    case "note":
      return [noteLine(step, teller)];
    default:
      return unreachable(step);
  }
}

type Step<Kind extends TraceStep["kind"]> = Extract<TraceStep, { kind: Kind }>;

function understoodLines(step: Step<"understood">, teller: Teller): string[] {
  const { language } = teller;
  const lines: string[] = [];
  const [first, ...rest] = step.intents;
  if (first) {
    const what = `${INTENT_WORDS[first[0]][language]} ${percent(first[1])}`;
    const also = rest.map(([intent, confidence]) => `${INTENT_WORDS[intent][language]} ${percent(confidence)}`).join(comma(language));
    lines.push(
      pick(
        language,
        `意图：${what}${also ? `；还提到：${also}` : ""}`,
        `意圖：${what}${also ? `；還提到：${also}` : ""}`,
        `Intent: ${what}${also ? `; also: ${also}` : ""}`,
      ),
    );
  }
  if (step.decision === "clarify")
    lines.push(pick(language, "几种可能相近，先问清楚", "幾種可能相近，先問清楚", "Several readings were close, so the bot asked"));
  if (step.decision === "unknown")
    lines.push(pick(language, "没有一种可能足够明确", "沒有一種可能足夠明確", "No reading was clear enough"));
  lines.push(...whyLines(step, language));
  const pieces = Object.entries(step.entities).filter(([, texts]) => texts.length > 0);
  if (pieces.length > 0) {
    const words = pieces
      .map(([kind, texts]) => `${wordOf(PIECE_WORDS, kind, language)} ${texts.map((text) => quote(language, text)).join(" ")}`)
      .join(comma(language));
    lines.push(pick(language, `读到：${words}`, `讀到：${words}`, `Found: ${words}`));
  }
  if (step.urgency !== "none")
    lines.push(
      pick(
        language,
        `紧急程度：${URGENCY_WORDS[step.urgency][language]}`,
        `緊急程度：${URGENCY_WORDS[step.urgency][language]}`,
        `Urgency: ${URGENCY_WORDS[step.urgency][language]}`,
      ),
    );
  lines.push(
    pick(
      language,
      `语言：${wordOf(LANGUAGE_WORDS, step.lang, language)}`,
      `語言：${wordOf(LANGUAGE_WORDS, step.lang, language)}`,
      `Language: ${wordOf(LANGUAGE_WORDS, step.lang, language)}`,
    ),
  );
  return lines;
}

function slotLine(step: Step<"slot">, { language }: Teller): string {
  const slot = wordOf(PIECE_WORDS, step.slot, language);
  const source = {
    said: pick(language, "客户说的", "客戶說的", "said by the customer"),
    known: pick(language, "已有资料", "已有資料", "already known"),
    chosen: pick(language, "客户选的", "客戶選的", "chosen by the customer"),
    derived: pick(language, "由其他信息得出", "由其他資訊得出", "follows from the rest"),
  }[step.source];
  const to = quote(language, step.to);
  if (step.from === null || step.from === step.to)
    return pick(language, `${slot}记为${to}（${source}）`, `${slot}記為${to}（${source}）`, `${capital(slot)} is ${to} (${source})`);
  const from = quote(language, step.from);
  return pick(
    language,
    `${slot}由${from}改为${to}（${source}）`,
    `${slot}由${from}改為${to}（${source}）`,
    `${capital(slot)} changed from ${from} to ${to} (${source})`,
  );
}

function refusedLine(step: Step<"refused">, teller: Teller): string {
  const { language } = teller;
  const slot = wordOf(PIECE_WORDS, step.slot, language);
  const reason = wordOf(REASON_WORDS, step.reason, language);
  const value = readableValue(step.value, teller);
  return pick(
    language,
    `${slot}${quote(language, value)}不可行：${reason}`,
    `${slot}${quote(language, value)}不可行：${reason}`,
    `${capital(slot)} ${quote(language, value)} was not possible: ${reason}`,
  );
}

function flowLine(step: Step<"flow">, { language }: Teller): string {
  const flow = wordOf(FLOW_WORDS, step.flow, language);
  const detail = step.detail === null ? "" : wordOf({ ...FLOW_WORDS, ...PIECE_WORDS }, step.detail, language);
  const more = (text: string): string => (detail ? text : "");
  switch (step.change) {
    case "started":
      return pick(language, `开始办理：${flow}`, `開始辦理：${flow}`, `Began: ${flow}`);
    case "asked":
      return pick(
        language,
        `${flow}：询问${detail || "下一项"}`,
        `${flow}：詢問${detail || "下一項"}`,
        `${capital(flow)}: asked for ${detail || "the next thing"}`,
      );
    case "confirming":
      return pick(language, `${flow}：汇总后请客户确认`, `${flow}：彙總後請客戶確認`, `${capital(flow)}: summed up and asked to confirm`);
    case "completed":
      return pick(language, `${flow}：已办妥`, `${flow}：已辦妥`, `${capital(flow)}: done`);
    case "dropped":
      return pick(language, `${flow}：客户放弃`, `${flow}：客戶放棄`, `${capital(flow)}: dropped by the customer`);
    case "suspended":
      return pick(
        language,
        `${flow}：先搁置${more(`，转办${detail}`)}`,
        `${flow}：先擱置${more(`，轉辦${detail}`)}`,
        `${capital(flow)}: put aside${more(` for ${detail}`)}`,
      );
    case "resumed":
      return pick(language, `回到：${flow}`, `回到：${flow}`, `Back to: ${flow}`);
    default:
      return unreachable(step.change);
  }
}

function offerLines(step: Step<"offer">, teller: Teller): string[] {
  const { language, names } = teller;
  const wished = step.wished ? quote(language, readableValue(step.wished, teller)) : null;
  const head = pick(
    language,
    `${wished ? `客户想要${wished}，` : ""}比较了 ${step.considered} 个时间，提供 ${step.offered.length} 个`,
    `${wished ? `客戶想要${wished}，` : ""}比較了 ${step.considered} 個時間，提供 ${step.offered.length} 個`,
    `${wished ? `Wished: ${wished}. ` : ""}${step.considered} times weighed, ${step.offered.length} offered`,
  );
  const each = step.offered.map(({ start, technician, reason }) => {
    const who = names.nameOf("technician", technician, language) ?? technician;
    return `· ${formatDateTime(start, language, names.zone, teller.at)} ${who}${language === "en" ? ": " : "："}${wordOf(REASON_WORDS, reason, language)}`;
  });
  return [head, ...each];
}

function ruleLine(step: Step<"rule">, teller: Teller): string {
  const { language } = teller;
  const facts = Object.entries(step.facts)
    .map(([fact, value]) => `${factLabel(fact, language)} = ${factValue(fact, value, language)}`)
    .join(comma(language));
  const name = ruleName(step.rule, teller);
  const because = facts ? pick(language, `，因为 ${facts}`, `，因為 ${facts}`, `, because ${facts}`) : "";
  return pick(
    language,
    `触发规则${quote(language, name)}${because}`,
    `觸發規則${quote(language, name)}${because}`,
    `Rule ${quote(language, name)} fired${because}`,
  );
}

function noteLine(step: Step<"note">, teller: Teller): string {
  const { language } = teller;
  const what = wordOf(NOTE_WORDS, step.code, language);
  const data = Object.entries(step.data)
    .filter(([, value]) => value !== null && value !== "")
    .map(([key, value]) => `${wordOf(FIELD_WORDS, key, language)} ${dataValue(key, value, teller)}`)
    .join(comma(language));
  return data ? pick(language, `${what}（${data}）`, `${what}（${data}）`, `${what} (${data})`) : what;
}

const ruleName = (rule: string, { names, language }: Teller): string => names.nameOf("rule", rule, language) ?? rule;
