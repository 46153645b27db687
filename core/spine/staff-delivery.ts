/**
 * Brings posts to the team chats: in order within each case, at least once, with the post's id as key. A page comes again until
 * somebody takes the case, and calls one step of the ladder more each time. A channel that is down or refuses is told to the
 * other channels and stays visible: nothing is lost in silence.
 *
 * Each channel is worked by itself, so that one that hangs holds up no other.
 */
import { type Case, isPaging } from "../cases/state.ts";
import type { ConversationState } from "../conversation/state.ts";
import { buildCard, type CardFacts, cardButtons, staffWords } from "../desk/card.ts";
import { mentionsOn, peopleFor, peopleForPage } from "../desk/people.ts";
import { parseRoster, ROSTER_KEY } from "../desk/roster.ts";
import type { Clock, StaffChannel, StaffDelivery, StaffPlace, StaffPost, Store, Unit } from "../ports.ts";
import type { BusinessModel } from "../profile/model.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from "../time.ts";
import type { Carrier } from "./carry.ts";
import { channelOf } from "./channel.ts";
import type { Media } from "./events.ts";
import type { StaffPostMark, StaffPostRow } from "./staff-posts.ts";
import { pauseMs, type RetryPolicy } from "./worker.ts";

/** A team chat that is down is tried for a day; what is older nobody would act on from there. `tries` is no limit here. */
const STAFF_RETRIES: RetryPolicy = { tries: Number.POSITIVE_INFINITY, firstPauseMs: 2 * SECOND_MS, longestPauseMs: 5 * MINUTE_MS };
const GIVE_UP_MS = DAY_MS;
/** News waits for a file that can't be fetched just now so many tries; then it goes without, and says so. */
const TRIES_WITH_FILE = 3;
/** After this many failed tries the other channels are told; about half a minute of trouble. */
const TELL_OTHERS_AFTER = 4;
/** The pause between calls doubles once the whole ladder has been called; it never grows beyond this. */
const LONGEST_PAGE_PAUSE_MS = 30 * MINUTE_MS;
const GROUP = 20;

export interface StaffDeliveryOptions {
  readonly store: Store;
  readonly model: BusinessModel;
  readonly channels: ReadonlyMap<string, StaffChannel>;
  /** Brings files from one platform to another. */
  readonly carrier?: Carrier;
  readonly clock: Clock;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  readonly onError: (error: unknown, post: StaffPostRow) => void;
  /** Posts for another channel were made. */
  readonly onPosts: () => void;
}

export interface StaffDeliverer {
  /** Sends what is due on one channel; returns how many posts were tried. */
  deliver(channel: string): Promise<number>;
  /** Earliest instant at which something of any channel falls due, or `null`. */
  nextAt(): Promise<Instant | null>;
}

export function createStaffDelivery(options: StaffDeliveryOptions): StaffDeliverer {
  const { store, model, channels, clock } = options;
  const { pageRepeatMinutes } = model.profile.desk;

  async function send(channel: StaffChannel, row: StaffPostRow): Promise<void> {
    const prepared = await store.unit((unit) => preparePost(unit, model, channel, row, clock.now()));
    const done = async (mark: StaffPostMark): Promise<void> => store.unit((unit) => unit.staff.mark(row.seq, mark));
    const { attempts, repeats } = row;
    if (prepared === null) return done({ status: "sent", attempts, repeats, nextAt: clock.now(), error: null });
    let result: StaffDelivery;
    try {
      const post = await withFile(channel, row, prepared.post, prepared.from);
      result = "result" in post ? post : await channel.send(post, prepared.place);
    } catch (error) {
      options.onError(error, row);
      result = { result: "retry", reason: error instanceof Error ? error.name : "unknown", afterMs: null };
    }
    const now = clock.now();
    const tries = attempts + 1;
    if (result.result === "sent") {
      const { place } = result;
      await store.unit(async (unit) => {
        if (row.case !== null && (place.thread !== null || place.card !== null)) await unit.staff.setPlace(channel.name, row.case, place);
        const again = row.page && row.case !== null && isUnheard(await unit.records.case(row.case));
        if (again && repeats === 0) await unit.meta.set(pageKey(row), row.id);
        const nextAt = now + pagePauseMs(pageRepeatMinutes, repeats, model.profile.ladder.length);
        await unit.staff.mark(row.seq, {
          status: again ? "repeating" : "sent",
          attempts: tries,
          repeats: repeats + 1,
          nextAt,
          error: null,
        });
      });
      return;
    }
    const lost = result.result === "refused" || now - row.at >= GIVE_UP_MS;
    const pause = result.result === "retry" ? Math.max(result.afterMs ?? 0, pauseMs(STAFF_RETRIES, tries, options.random())) : 0;
    const status = lost ? "failed" : row.status;
    await store.unit(async (unit) => {
      await unit.staff.mark(row.seq, { status, attempts: tries, repeats, nextAt: now + pause, error: result.reason });
      if (lost || tries >= TELL_OTHERS_AFTER) await tellOthers(unit, channel.name, result.reason, now);
    });
  }

  /** The post with its file as this channel can show it, or with words in the file's place. */
  async function withFile(
    channel: StaffChannel,
    row: StaffPostRow,
    post: StaffPost,
    from: string | null,
  ): Promise<StaffPost | Extract<StaffDelivery, { result: "retry" }>> {
    if (post.media === null || !options.carrier) return post;
    const carried = await options.carrier.carry(post.media, channel.name, from);
    if (carried.result === "read") return { ...post, media: carried.media };
    // A page waits for nothing.
    if (carried.result === "retry" && !row.page && row.attempts + 1 < TRIES_WITH_FILE) return carried;
    return { ...post, text: `${post.text}\n${fileElsewhere(model, post.media)}`, media: null };
  }

  /** The other channels hear of one that can't be reached, once an hour. */
  async function tellOthers(unit: Unit, down: string, reason: string, now: Instant): Promise<void> {
    const { waiting } = await unit.staff.health(down);
    const text = staffWords(model, "staff.channel_down", { channel: down, reason, count: waiting });
    let told = false;
    for (const name of channels.keys()) {
      if (name === down) continue;
      const id = `down:${down}:${Math.floor(now / HOUR_MS)}`;
      await unit.staff.post({ id, channel: name, case: null, to: "on_call", text, page: false, buttons: [], media: null, at: now });
      told = true;
    }
    if (told) options.onPosts();
  }

  return {
    async deliver(name) {
      const channel = channels.get(name);
      if (!channel) return 0;
      const due = await store.unit((unit) => unit.staff.due(name, clock.now(), GROUP));
      await Promise.all(due.map((row) => send(channel, row)));
      return due.length;
    },
    async nextAt() {
      const times = await store.unit(async (unit) => {
        const found: (Instant | null)[] = [];
        for (const name of channels.keys()) found.push(await unit.staff.nextAt(name));
        return found;
      });
      const known = times.filter((at): at is Instant => at !== null);
      return known.length > 0 ? Math.min(...known) : null;
    },
  };
}

/** Nobody has said yet that they saw it: the page goes on. */
function isUnheard(one: Case | null): boolean {
  return one !== null && isPaging(one);
}

/** The newest page of a case on a channel is the one that comes again; earlier ones rest. */
const pageKey = (row: Pick<StaffPostRow, "channel" | "case">): string => `page:${row.channel}:${row.case}`;

/** Pause before a page comes again, ms. @param repeats times it had been sent before this time */
export function pagePauseMs(everyMinutes: number, repeats: number, steps: number): number {
  return Math.min(LONGEST_PAGE_PAUSE_MS, everyMinutes * MINUTE_MS * 2 ** Math.min(10, Math.floor(repeats / Math.max(1, steps))));
}

/** The post as it is to be sent now, or `null` when there is nothing to send any more. */
async function preparePost(
  unit: Unit,
  model: BusinessModel,
  channel: StaffChannel,
  row: StaffPostRow,
  now: Instant,
): Promise<{ readonly post: StaffPost; readonly place: StaffPlace | null; readonly from: string | null } | null> {
  const roster = parseRoster(await unit.meta.get(ROSTER_KEY));
  const facts = row.case === null ? null : await loadCard(unit, row.case);
  if (row.status === "repeating" && !(isUnheard(facts?.case ?? null) && (await unit.meta.get(pageKey(row))) === row.id)) return null;
  const place = row.case === null ? null : await unit.staff.place(channel.name, row.case);
  if (row.text === "" && (facts === null || !channel.capabilities.edits)) return null;
  const people = row.page ? [...peopleForPage(model, roster, row.repeats, now)] : [];
  // The case climbs on its own clock; whoever it has climbed to is called with the rest.
  if (row.page && facts) people.push(...peopleFor(model, roster, facts.case.step, now));
  if (row.to !== null && row.to !== "on_call") people.push(...peopleFor(model, roster, row.to, now));
  const text = row.repeats > 0 && row.page ? staffWords(model, "staff.page_again", { times: row.repeats + 1, text: row.text }) : row.text;
  const own = row.buttons.length > 0;
  return {
    place,
    from: facts === null ? null : channelOf(facts.case.conversation),
    post: {
      id: row.repeats > 0 ? `${row.id}#${row.repeats + 1}` : row.id,
      case: row.case,
      mention: mentionsOn(channel.name, [...new Set(people)]),
      page: row.page,
      text,
      // A post with buttons of its own (take back, send anyway) is no place for the card.
      card: facts && !own ? buildCard(model, facts, now) : null,
      buttons: own ? row.buttons : facts ? cardButtons(model, facts) : [],
      media: row.media,
    },
  };
}

/** What stands in the place of a file that can't be shown here. */
function fileElsewhere(model: BusinessModel, media: Media): string {
  return staffWords(model, "staff.media_elsewhere", {
    kind: [staffWords(model, `media.${media.kind}`), media.name].filter(Boolean).join(" "),
  });
}

/** All that a card shows. @returns `null` when there is no such case */
export async function loadCard(unit: Unit, number: string): Promise<CardFacts | null> {
  const one = await unit.records.case(number);
  if (!one) return null;
  const id = (await unit.customers.ofConversation(one.conversation)) ?? one.customerId;
  const customer = id === null ? null : await unit.customers.get(id);
  const state = (await unit.conversations.get(one.conversation))?.state as ConversationState | undefined;
  return {
    case: one,
    customer,
    orders: id === null ? [] : await unit.records.ordersOf(id),
    bookings: id === null ? [] : await unit.records.bookingsOf(id),
    cases: await unit.records.casesOf(one.conversation),
    language: state?.lang ?? customer?.language ?? "zh-CN",
  };
}
