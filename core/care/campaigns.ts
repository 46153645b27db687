/** The shell of campaigns: who is meant, acts of staff, planning page by page, the end. */

import type { Prompt } from "../conversation/prompt.ts";
import type { CustomerFile } from "../customers/state.ts";
import { AnxinError } from "../errors.ts";
import { LANGUAGES, type Language } from "../language.ts";
import type { Channel, Clock, Store, Unit } from "../ports.ts";
import type { BusinessModel } from "../profile/model.ts";
import type { StaffRole } from "../profile/schema.ts";
import { DAY_MS, dayOf, type Instant, instantOf } from "../time.ts";
import { addressForm } from "../wording/format.ts";
import { splitText } from "../wording/split.ts";
import { inAudience, zoneOf } from "./audience.ts";
import { actOnCampaign, type Campaign, type CampaignAct, type CampaignRefusal, moveCampaign, newCampaign } from "./campaign.ts";
import { bodyOf, composeCare, previewVoice } from "./compose.ts";
import { mayReceive } from "./consent.ts";
import { type BestWay, bestWay } from "./facts.ts";
import { loadReaches } from "./load.ts";
import { CAMPAIGN_PLAN, type CareState, type Touch } from "./touch.ts";

/** Customers a transaction. */
const PAGE = 200;
/** Campaigns looked at for planning and ending. */
const CAMPAIGNS_MOST = 200;
const SAMPLE_MOST = 5;
/** A campaign without an end ends this long after its start. */
const LASTS_DAYS = 14;

export type CampaignDraft = Pick<Campaign, "name" | "text" | "book" | "audience" | "startAt" | "endAt">;

/** One message as a channel shows it. */
export interface ChannelPreview {
  readonly channel: string;
  readonly language: Language;
  /** More than one when the channel's messages are shorter. */
  readonly parts: readonly string[];
  /** Choices where the channel has none, or not so many, stand in the text by number. */
  readonly buttons: readonly string[];
}

/** Who would get it, and how. */
export interface CampaignPreview {
  readonly count: number;
  /** Of them, those who may not or can't be written to, and by which way the others are reached. */
  readonly ways: Readonly<Record<BestWay | "no_consent", number>>;
  readonly sample: readonly {
    readonly customer: string;
    readonly name: string;
    readonly way: BestWay | "no_consent";
    readonly text: string;
  }[];
  /** The whole message as each channel that runs shows it, for the first who is meant in each language that is spoken. */
  readonly shown: readonly ChannelPreview[];
}

export interface CampaignReport {
  readonly campaign: Campaign;
  readonly counts: readonly { readonly status: Touch["status"]; readonly why: Touch["log"][number]["why"]; readonly count: number }[];
}

export interface Campaigns {
  write(draft: CampaignDraft, author: string): Promise<Campaign>;
  /** Changes a draft. */
  change(id: string, draft: CampaignDraft, by: string): Promise<Campaign>;
  act(
    id: string,
    act: CampaignAct,
    by: string,
  ): Promise<{ readonly ok: true; readonly campaign: Campaign } | { readonly ok: false; readonly why: CampaignRefusal }>;
  preview(draft: CampaignDraft): Promise<CampaignPreview>;
  /** Sends the words to one customer now, as they will look; not counted, and to nobody else. */
  test(id: string, customerId: string): Promise<"sent" | BestWay>;
  report(id: string): Promise<CampaignReport>;
  list(limit: number): Promise<readonly Campaign[]>;
  /** Plans a page of what is being sent, or ends what is done; returns how much was looked at. */
  step(): Promise<number>;
  /** When the next campaign begins that was started ahead of its time, `null` = none. */
  nextAt(unit: Unit, now: Instant): Promise<Instant | null>;
}

export function createCampaigns(store: Store, model: BusinessModel, channels: ReadonlyMap<string, Channel>, clock: Clock): Campaigns {
  const roleOf = (by: string): StaffRole | null => model.staff(by)?.role ?? null;
  const audience = (campaign: CampaignDraft, file: CustomerFile, state: CareState, now: Instant): boolean =>
    inAudience(model, campaign.audience, file, state, dayOf(now, zoneOf(file, model)));

  async function load(unit: Unit, id: string): Promise<Campaign> {
    const found = await unit.care.campaign(id);
    if (!found) throw new AnxinError("not_found", `there is no campaign ${id}`, { id });
    return found;
  }

  async function planPage(unit: Unit, campaign: Campaign, now: Instant): Promise<number> {
    const page = await unit.care.customers(campaign.plannedTo ?? "", PAGE);
    const touches = page
      .filter(({ file, state }) => audience(campaign, file, state, now))
      .map(({ file }) => touchFor(campaign, file, zoneOf(file, model), now));
    await unit.care.plan(touches);
    const done = page.length < PAGE;
    await unit.care.putCampaign({ ...campaign, plannedTo: page.at(-1)?.file.id ?? campaign.plannedTo, planned: done, updatedAt: now });
    return Math.max(1, page.length);
  }

  return {
    write: (draft, author) =>
      store.unit(async (unit) => {
        const now = clock.now();
        const number = await unit.counters.next("campaign");
        const campaign = newCampaign(`K${String(number).padStart(3, "0")}`, draft, author, now);
        await unit.care.putCampaign(campaign);
        return campaign;
      }),
    change: (id, draft, by) =>
      store.unit(async (unit) => {
        const campaign = await load(unit, id);
        if (campaign.status !== "draft")
          throw new AnxinError("wrong_state", `campaign ${id} is ${campaign.status}; only a draft can be changed`, { id });
        const changed = moveCampaign({ ...campaign, ...draft }, "draft", by, null, clock.now());
        await unit.care.putCampaign(changed);
        return changed;
      }),
    act: (id, act, by) =>
      store.unit(async (unit) => {
        const campaign = await load(unit, id);
        const result = actOnCampaign(campaign, act, by, roleOf(by), clock.now());
        if (!result.ok) return result;
        await unit.care.putCampaign(result.campaign);
        return result;
      }),
    async preview(draft) {
      const now = clock.now();
      const ways: Record<BestWay | "no_consent", number> = { message: 0, mass: 0, call: 0, none: 0, no_consent: 0 };
      const sample: CampaignPreview["sample"][number][] = [];
      const shown = new Map<Language, readonly ChannelPreview[]>();
      let count = 0;
      let after = "";
      for (;;) {
        const size = await store.unit(async (unit) => {
          const page = await unit.care.customers(after, PAGE);
          for (const { file, state } of page) {
            after = file.id;
            if (!audience(draft, file, state, now)) continue;
            count++;
            const way = mayReceive(file, "campaign", model.profile.care)
              ? bestWay(await loadReaches(unit, channels, file.id, now), ["mass"], file.phones.length > 0, now)
              : "no_consent";
            ways[way]++;
            const language = file.language ?? model.profile.business.languages[0]!;
            const first = !shown.has(language);
            if (!first && sample.length >= SAMPLE_MOST) continue;
            const zone = zoneOf(file, model);
            const touch = touchFor({ id: "preview", ...draft }, file, zone, now);
            const piece = { touch, text: draft.text, book: draft.book, survey: null };
            if (first) {
              const prompt = composeCare(previewVoice(model, language, now), [piece], file, zone);
              shown.set(
                language,
                [...channels.values()].map((channel) => asShown(channel, language, prompt)),
              );
            }
            if (sample.length >= SAMPLE_MOST) continue;
            sample.push({
              customer: file.id,
              name: addressForm(file.name, file.title, language, true),
              way,
              text: bodyOf(model, piece, file, language, zone, now),
            });
          }
          return page.length;
        });
        if (size < PAGE) return { count, ways, sample, shown: LANGUAGES.flatMap((language) => shown.get(language) ?? []) };
      }
    },
    test: (id, customerId) =>
      store.unit(async (unit) => {
        const now = clock.now();
        const campaign = await load(unit, id);
        const file = await unit.customers.get(customerId);
        if (!file) throw new AnxinError("not_found", `there is no customer ${customerId}`, { customerId });
        const reaches = await loadReaches(unit, channels, customerId, now);
        const way = bestWay(reaches, [], false, now);
        const reach = reaches.find((one) => bestWay([one], [], false, now) === "message");
        if (way !== "message" || !reach) return way;
        const language = file.language ?? model.profile.business.languages[0]!;
        const zone = zoneOf(file, model);
        const piece = { touch: touchFor(campaign, file, zone, now), text: campaign.text, book: campaign.book, survey: null };
        const prompt = composeCare(previewVoice(model, language, now), [piece], file, zone);
        await unit.messages.add({
          id: `test/${id}/${now}`,
          conversation: reach.conversation,
          from: "bot",
          author: null,
          text: `[${campaign.id}] ${prompt.text}`,
          buttons: (prompt.choices ?? []).map(({ id, label }) => ({ id, label })),
          media: null,
          at: now,
          status: reach.pulled ? "kept" : "pending",
          attempts: 0,
          nextAt: now,
        });
        return "sent";
      }),
    report: (id) => store.unit(async (unit) => ({ campaign: await load(unit, id), counts: await unit.care.count(CAMPAIGN_PLAN + id) })),
    list: (limit) => store.unit((unit) => unit.care.campaigns(limit)),
    step: () =>
      store.unit(async (unit) => {
        const now = clock.now();
        for (const campaign of await unit.care.campaigns(CAMPAIGNS_MOST)) {
          // Touches rest and wait again a page at a time: a hundred thousand at once would hold up every conversation.
          const moved = await unit.care.pause(CAMPAIGN_PLAN + campaign.id, campaign.status === "paused", PAGE);
          if (moved > 0) return moved;
          if (campaign.status !== "sending") continue;
          if (campaign.startAt !== null && now < campaign.startAt) continue;
          if (!campaign.planned) return planPage(unit, campaign, now);
          if (await unit.care.hasOpen(CAMPAIGN_PLAN + campaign.id)) continue;
          await unit.care.putCampaign(moveCampaign(campaign, "finished", "bot", null, now));
          return 1;
        }
        return 0;
      }),
    async nextAt(unit, now) {
      const begin = (await unit.care.campaigns(CAMPAIGNS_MOST))
        .filter((one) => one.status === "sending" && !one.planned && one.startAt !== null && one.startAt > now)
        .map((one) => one.startAt!);
      return begin.length === 0 ? null : Math.min(...begin);
    },
  };
}

/** A message within what a channel can show. */
function asShown({ name, capabilities }: Channel, language: Language, { text, choices = [] }: Prompt): ChannelPreview {
  const labels = choices.map((choice) => choice.label);
  const fits = labels.length <= capabilities.buttons;
  const whole = fits ? text : `${text}\n\n${labels.map((label, index) => `${index + 1}. ${label}`).join("\n")}`;
  return { channel: name, language, parts: splitText(whole, capabilities.textLimit), buttons: fits ? labels : [] };
}

/** A campaign's touch for a customer: from now, or from its start, at a fair hour. */
export function touchFor(
  campaign: CampaignDraft & { readonly id: string },
  customer: Pick<CustomerFile, "id">,
  zone: string,
  now: Instant,
): Touch {
  const dueAt = Math.max(now, campaign.startAt ?? 0);
  const on = dayOf(dueAt, zone);
  return {
    id: `${CAMPAIGN_PLAN}${campaign.id}/${customer.id}`,
    customerId: customer.id,
    plan: CAMPAIGN_PLAN + campaign.id,
    kind: "campaign",
    step: 0,
    anchor: campaign.id,
    owned: null,
    order: null,
    on,
    status: "waiting",
    dueAt,
    notAfter: campaign.endAt ?? Math.max(dueAt, instantOf(on, 0, zone)) + LASTS_DAYS * DAY_MS,
    conversation: null,
    tried: [],
    tries: 0,
    at: now,
    into: null,
    task: null,
    result: null,
    answer: null,
    fruit: null,
    log: [],
  };
}
