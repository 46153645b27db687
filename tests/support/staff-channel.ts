/** A team chat in memory: threads by case, one card each, and people who write in it. Good enough to run a bot on. */
import type { StaffAct, StaffCard, StaffChannel, StaffDelivery, StaffIntake, StaffPost } from "../../core/ports.ts";
import type { Media } from "../../core/spine/events.ts";

export interface MemoryStaffChannel extends StaffChannel {
  /** Everything that was posted, in order. */
  readonly posts: StaffPost[];
  /** What is to be read in a case's thread, or in the room (`null`), in order. */
  texts(caseNumber: string | null): readonly string[];
  /** The card of a case as it stands, or `null`. */
  card(caseNumber: string): StaffCard | null;
  /** Answers given from now on instead of "sent"; `null` = sent again. */
  fail(answer: ((post: StaffPost) => StaffDelivery) | null): void;
  /** The room's threads are gone, as when somebody deletes them. */
  loseThreads(): void;
  /** Somebody writes in a case's thread, or in the room. */
  write(intake: StaffIntake, actor: string, text: string, caseNumber?: string | null): ReturnType<StaffIntake["accept"]>;
  /** Somebody presses a button by its id. */
  press(intake: StaffIntake, actor: string, button: string): ReturnType<StaffIntake["accept"]>;
  /** Somebody sends a photo. */
  photo(
    intake: StaffIntake,
    actor: string,
    caseNumber: string | null,
    text: string | null,
    media?: Media,
  ): ReturnType<StaffIntake["accept"]>;
}

export function memoryStaffChannel(name: string, capabilities: Partial<StaffChannel["capabilities"]> = {}): MemoryStaffChannel {
  const posts: StaffPost[] = [];
  const cards = new Map<string, StaffCard>();
  const written = new Map<string, string[]>();
  let generation = 1;
  let acts = 0;
  let failing: ((post: StaffPost) => StaffDelivery) | null = null;
  const can = { textLimit: { amount: 4000, unit: "characters" as const }, buttons: 8, threads: true, edits: true, ...capabilities };
  const threadOf = (caseNumber: string): string => `thread-${caseNumber}-${generation}`;

  const act = (actor: string, caseNumber: string | null, what: StaffAct["act"]): StaffAct => ({
    id: `${name}:act-${++acts}`,
    channel: name,
    actor,
    case: null,
    thread: caseNumber === null || !can.threads ? null : threadOf(caseNumber),
    act: what,
    receivedAt: 0,
  });

  return {
    name,
    capabilities: can,
    posts,
    async send(post, place) {
      const answer = failing?.(post);
      if (answer) return answer;
      posts.push(post);
      const key = post.case ?? "";
      if (post.text !== "") written.set(key, [...(written.get(key) ?? []), post.text]);
      if (post.case === null) return { result: "sent", place: { thread: null, card: null } };
      if (post.card) cards.set(post.case, post.card);
      const thread = can.threads ? (place?.thread ?? threadOf(post.case)) : null;
      return { result: "sent", place: { thread, card: can.edits && post.card ? `card-${post.case}` : (place?.card ?? null) } };
    },
    texts: (caseNumber) => written.get(caseNumber ?? "") ?? [],
    card: (caseNumber) => cards.get(caseNumber) ?? null,
    fail(answer) {
      failing = answer;
    },
    loseThreads() {
      generation += 1;
    },
    write: (intake, actor, text, caseNumber = null) => intake.accept(act(actor, caseNumber, { kind: "text", text })),
    press: (intake, actor, button) => intake.accept(act(actor, null, { kind: "press", button })),
    photo: (intake, actor, caseNumber, text, media) =>
      intake.accept(
        act(actor, caseNumber, { kind: "media", media: media ?? { kind: "photo", ref: `${name}:file`, name: null, mime: null }, text }),
      ),
  };
}
