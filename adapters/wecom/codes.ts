/**
 * What to do about each `errcode`. Sources: documents 90313 (all codes), 94674 (95021), 90454 (frequency). Branch on the code,
 * never on `errmsg`: the page says that its words may change.
 */

export type Reaction =
  /** Passing: try again a few times at once. */
  | "busy"
  /** The access token died: get another one, once. */
  | "token"
  /** Wrong secret: stop asking, for it bans the address for an hour. */
  | "secret"
  /** Something is not set up: an operator must mend it; what waits is tried again in minutes. */
  | "config"
  /** The caller's address is not on the trusted list: as `config`, and the address is told. */
  | "address"
  /** Called too often: wait a minute or more. */
  | "frequency"
  /** Too many calls at once: fewer, a moment later. */
  | "concurrency"
  /** Our own request is wrong: never again. */
  | "bug"
  /** More than five messages since the customer wrote. */
  | "quota"
  /** More than 48 hours since the customer wrote. */
  | "window"
  /** The session is not in the state we thought: ask for it. */
  | "session"
  /** This servicer can't take it: another one, or the pool. */
  | "servicer"
  /** The token of a wake-up is too old: fetch without it. */
  | "sync_token"
  /** The menu is refused: numbered text instead. */
  | "menu"
  /** There is no such customer, or no way to them. */
  | "customer"
  /** The media is gone or of a wrong kind. */
  | "media"
  /** The right that an event gave is used up or too old: what could be said by it is not said. */
  | "code"
  /** The robot's key is dead, or the group is not known. */
  | "group";

const BY_REACTION: Readonly<Record<Reaction, readonly number[]>> = {
  busy: [-1],
  token: [40014, 42001],
  secret: [40001, 40013],
  config: [
    40056, 301002, 48002, 60011, 60030, 60111, 81013, 95000, 95003, 95004, 95011, 95012, 95017, 95021, 95022, 95023, 95026, 95027, 95030,
    95032,
  ],
  address: [60020],
  frequency: [45009],
  concurrency: [45033],
  bug: [40008, 40058, 41001, 45002],
  quota: [95001],
  window: [95002, 95031],
  session: [95013, 95016, 95018],
  servicer: [95014, 95019],
  sync_token: [95007],
  menu: [95008, 95009],
  customer: [40096, 84061, 84084],
  media: [40004, 40005, 40006, 40007, 40009, 40011],
  code: [40029],
  group: [93000, 93006, 86001, 86003, 86008],
};

const REACTIONS: ReadonlyMap<number, Reaction> = new Map(
  (Object.entries(BY_REACTION) as [Reaction, readonly number[]][]).flatMap(([reaction, codes]) => codes.map((code) => [code, reaction])),
);

/** @returns `unknown` for a code that is in no list */
export function reactionTo(errcode: number): Reaction | "unknown" {
  return REACTIONS.get(errcode) ?? "unknown";
}

/** All codes that have a reaction. */
export const KNOWN_CODES: readonly number[] = [...REACTIONS.keys()];
