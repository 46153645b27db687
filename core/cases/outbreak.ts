/**
 * Outbreaks (批量): cases of the same fault on the same product, of one part or one technician gather under one parent, with
 * the customers' words side by side (handbook: 重大或批量质量故障). A rule on `batch_count` decides when.
 */
import type { TurnContext } from "../conversation/context.ts";
import { nameIn } from "../profile/model.ts";
import { DAY_MS } from "../time.ts";
import { outbreakMarks, parentMark } from "./marks.ts";
import type { WantedCase } from "./open.ts";
import { promiseFor } from "./open.ts";
import { type Case, type CaseChild, isOpen, NO_LINKS, OUTBREAKS } from "./state.ts";

interface Gathering {
  readonly mark: string;
  /** Cases with the mark, oldest first. */
  readonly cases: readonly Case[];
}

/** The largest gathering that a case belongs to; `null` when it stands alone. */
function gatheringOf(turn: TurnContext, one: Case): Gathering | null {
  const since = turn.now - turn.model.profile.cases.outbreakDays * DAY_MS;
  let best: Gathering | null = null;
  for (const mark of outbreakMarks(one)) {
    const others = turn.casesMarked(mark, since).filter((other) => other.number !== one.number);
    const cases = [...others, one].sort((first, second) => first.createdAt - second.createdAt || (first.number < second.number ? -1 : 1));
    if (best === null || cases.length > best.cases.length) best = { mark, cases };
  }
  return best;
}

/** States how many cases of the same kind there are, for the rules. */
export function countBatch(turn: TurnContext, one: Case): void {
  if (one.category === "batch") return;
  const gathering = gatheringOf(turn, one);
  if (gathering === null) return;
  turn.ruleFacts["batch_count"] = gathering.cases.length;
  turn.gathering = one.number;
}

/**
 * Gathers a case and those like it under a parent, which is opened when there is none. Staff of the parent's step see all the
 * words together; customers hear nothing of it.
 *
 * To be called in a turn of {@link OUTBREAKS}: that conversation has one turn at a time over all workers, so that one outbreak
 * has one parent. The children are other conversations' own and learn of their parent there.
 */
export function gatherOutbreak(turn: TurnContext, one: Case, wanted: WantedCase): Case | null {
  const gathering = gatheringOf(turn, one);
  if (!gathering) return null;
  const { mark, cases } = gathering;
  const since = turn.now - turn.model.profile.cases.outbreakDays * DAY_MS;
  const known = turn.casesMarked(parentMark(mark), since).find(isOpen);
  const children = cases.filter((child) => known === undefined || !known.children.some((have) => have.number === child.number));
  if (known && children.length === 0) return known;
  let parent: Case;
  if (known) {
    parent = known;
    for (const child of children)
      parent = turn.applyCase(known.number, parent, { type: "case_child_added", at: turn.now, child: childOf(child) });
  } else parent = openParent(turn, mark, children, wanted);
  for (const child of children)
    if (child.parent !== parent.number) turn.tell(child.conversation, "case_parent", { case: child.number, parent: parent.number });
  turn.notify(
    parent.owner ?? parent.step,
    turn.staffWords(known ? "staff.outbreak_grows" : "staff.outbreak", {
      number: parent.number,
      what: describeMark(turn, mark),
      count: parent.children.length,
      days: turn.model.profile.cases.outbreakDays,
      texts: parent.children.map((child) => `· ${child.number} ${child.words.slice(0, 120)}`).join("\n"),
    }),
    parent.number,
  );
  return parent;
}

function openParent(turn: TurnContext, mark: string, children: readonly Case[], wanted: WantedCase): Case {
  const number = turn.number("case");
  return turn.applyCase(number, null, {
    type: "case_opened",
    at: turn.now,
    case: {
      category: wanted.category,
      urgency: wanted.urgency,
      step: wanted.step,
      reasons: wanted.reasons,
      queue: wanted.queue ?? null,
      number,
      tags: [...wanted.tags, parentMark(mark)],
      conversation: OUTBREAKS,
      known: false,
      customerId: null,
      words: describeMark(turn, mark),
      about: null,
      links: { ...NO_LINKS, ...linkOf(mark) },
      children: children.map(childOf),
      promisedAt: promiseFor(turn, wanted.urgency),
    },
  });
}

/** The parent is resolved: each of its cases learns in its own conversation what came of it. */
export function tellChildren(turn: TurnContext, parent: Case, by: string, text: string): void {
  for (const child of parent.children) {
    const found = turn.caseByNumber(child.number);
    if (found && isOpen(found))
      turn.tell(found.conversation, "case_parent_resolved", { case: found.number, parent: parent.number, by, text });
  }
}

/** What came of the parent stands on a case that is still open. */
export function noteParentResolved(turn: TurnContext, found: Case, parent: string, by: string, text: string): void {
  if (!isOpen(found)) return;
  const note = turn.staffWords("staff.parent_resolved", { number: parent, text });
  turn.applyCase(found.number, found, { type: "case_noted", at: turn.now, by, text: note });
  turn.notify(found.owner ?? found.step, note, found.number);
}

const childOf = (one: Case): CaseChild => ({ number: one.number, words: one.words.slice(0, 500), at: one.createdAt });

function linkOf(mark: string): Partial<Case["links"]> {
  const [kind, first, second] = mark.split(":") as [string, string, string?];
  if (kind === "fault") return { product: first, fault: second ?? null };
  return kind === "part" ? { part: first } : { technician: first };
}

/** What the cases of a mark have in common, in the staff's language. */
function describeMark(turn: TurnContext, mark: string): string {
  const { product, fault, part, technician } = { ...NO_LINKS, ...linkOf(mark) };
  const language = turn.staffLanguage;
  if (fault !== null && product !== null)
    return `${nameIn(turn.model.product(product), language) || product} · ${nameIn(turn.model.fault(fault), language) || fault}`;
  if (technician !== null) return nameIn(turn.model.technician(technician), language) || technician;
  return part ?? mark;
}
