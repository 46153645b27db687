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
 * Gathers the case of this turn and those like it under a parent, which is opened when there is none. Staff of the parent's
 * step see all the words together; customers hear nothing of it.
 */
export function gatherOutbreak(turn: TurnContext, wanted: WantedCase): Case | null {
  const one = turn.gathering === null ? undefined : turn.changedCases().find((changed) => changed.number === turn.gathering);
  const gathering = one ? gatheringOf(turn, one) : null;
  if (!one || !gathering) return null;
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
  } else {
    const number = turn.number("case");
    parent = turn.applyCase(number, null, {
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
  for (const child of children) {
    if (child.parent === parent.number) continue;
    const current = turn.changedCases().find((changed) => changed.number === child.number) ?? child;
    turn.applyCase(child.number, current, { type: "case_parented", at: turn.now, parent: parent.number });
  }
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

/** The parent is resolved: what came of it stands on each of its cases that is still open. */
export function tellChildren(turn: TurnContext, parent: Case, by: string, text: string): void {
  for (const child of parent.children) {
    const found = turn.caseByNumber(child.number);
    if (!found || !isOpen(found)) continue;
    const note = turn.staffWords("staff.parent_resolved", { number: parent.number, text });
    turn.applyCase(found.number, found, { type: "case_noted", at: turn.now, by, text: note });
    turn.notify(found.owner ?? found.step, note, found.number);
  }
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
