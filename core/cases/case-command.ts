/**
 * The grammar of what staff do to a case beside talking: acknowledge a page, wait for the customer, name the cause, finish a
 * task, correct what it is about, note a call that nobody answered, and propose, approve, deny or withdraw a compensation. The desk reads the number before these.
 */

export const CASE_VERBS = [
  "acknowledge",
  "wait",
  "cause",
  "task_done",
  "link",
  "no_answer",
  "propose",
  "approve",
  "deny",
  "withdraw",
] as const;
export type CaseVerb = (typeof CASE_VERBS)[number];

/** `text` is what stands behind the verb and the case's number; "" when nothing does. */
export interface CaseCommand {
  readonly do: CaseVerb;
  readonly case: string;
  readonly text: string;
}

export function isCaseVerb(verb: string): verb is CaseVerb {
  return (CASE_VERBS as readonly string[]).includes(verb);
}

export function isCaseCommand<Command extends { readonly do: string }>(command: Command): command is Extract<Command, CaseCommand> {
  return isCaseVerb(command.do);
}

/** Words of each verb, for the desk's grammar. */
export const CASE_VERB_WORDS: readonly (readonly [CaseVerb, RegExp])[] = [
  ["acknowledge", /^(?:ack|acknowledge|响应|響應|确认收到|確認收到)(?=\s|$)/i],
  ["wait", /^(?:wait|等客户|等客戶|待客户回复|待客戶回覆)(?=[\s:：]|$)/i],
  ["cause", /^(?:cause|归因|歸因|根因)(?=[\s:：]|$)/i],
  ["task_done", /^(?:done|办结|辦結)(?=\s+(?:#?C\d+\s+)?#?T\d)/i],
  ["link", /^(?:link|关联|關聯)(?=[\s:：]|$)/i],
  ["no_answer", /^(?:no[- ]?answer|unanswered|未接通|未接|无人接听|無人接聽)(?=[\s:：]|$)/i],
  ["propose", /^(?:propose|compensate|申请补偿|申請補償|补偿|補償)(?=[\s:：]|$)/i],
  ["approve", /^(?:approve|批准|准予)(?=\s|$)/i],
  ["deny", /^(?:deny|驳回|駁回)(?=[\s:：]|$)/i],
  ["withdraw", /^(?:withdraw|撤销补偿|撤銷補償)(?=\s|$)/i],
];
