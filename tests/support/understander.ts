/**
 * A small understanding with known rules: the real readers of times, entities and vocabulary, and one pattern for each intent.
 * What a test says is understood the same way however the learned understanding is tuned.
 */
import { createBusinessCalendar } from "../../core/calendar/index.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { readDateTimes } from "../../core/understanding/datetime/index.ts";
import { readEntities } from "../../core/understanding/entities/index.ts";
import { detectLanguage, normalise } from "../../core/understanding/text/index.ts";
import type { Entities, Intent, Signal, Understander, Understanding, Urgency } from "../../core/understanding/types.ts";
import { createVocabulary } from "../../core/understanding/vocabulary/index.ts";

const INTENTS: readonly (readonly [Intent, RegExp])[] = [
  ["emergency", /煤气味|着火|smell gas|on fire/i],
  ["human", /人工|真人|real person/i],
  ["complaint", /投诉|投訴|complain/i],
  ["cancel_booking", /取消|cancel/i],
  ["reschedule", /改到|改期|reschedule|move it/i],
  ["status", /进度|進度|修好没|how far/i],
  ["quote_price", /多少钱|多少錢|how much/i],
  ["warranty", /保修|保固|warranty/i],
  ["hours_location", /几点开门|幾點開門|when do you open/i],
  ["confirm_yes", /^(?:确认|確認|好|好的|是的|yes|ok|confirm)[!。.!]*$/i],
  ["confirm_no", /^(?:不|不对|不用了|no|never mind)[!。.!]*$/i],
  ["greet", /^(?:你好|您好|hello|hi)[!。.!]*$/i],
  ["thanks", /^(?:谢谢|謝謝|thanks)[!。.!]*$/i],
];

const SIGNALS: readonly (readonly [Signal, RegExp])[] = [
  ["back_to_bot", /找机器人|back to the bot/i],
  ["start_over", /重新开始|start over/i],
  ["repeat", /再说一遍|say that again/i],
  ["help", /怎么用|^help$/i],
  ["skip", /^跳过$|^skip$/i],
];

export const NO_ENTITIES: Entities = {
  datetime: [],
  phone: [],
  plate: [],
  vin: [],
  order_no: [],
  product: [],
  fault: [],
  service: [],
  name: [],
  address: [],
  score: [],
  amount: [],
  mileage: [],
};

/** An understanding written by hand, for tests of a single reader. */
export function understanding(text: string, more: Partial<Understanding> = {}): Understanding {
  const intents = more.intents ?? [{ intent: "provide_info", confidence: 0.9 }];
  return {
    text,
    lang: "zh-CN",
    intents,
    candidates: intents.map((one) => [one.intent, one.confidence] as const),
    decision: "act",
    entities: NO_ENTITIES,
    urgency: "normal",
    signals: [],
    danger: null,
    why: { by: "rule", rule: "test", features: [], runnerUp: null },
    ...more,
  };
}

const built = new WeakMap<Profile, Understander>();

/** Built once for each profile. */
export function createTestUnderstander(profile: Profile): Understander {
  const known = built.get(profile) ?? buildUnderstander(profile);
  built.set(profile, known);
  return known;
}

function buildUnderstander(profile: Profile): Understander {
  const vocabulary = createVocabulary([profile]);
  const calendar = createBusinessCalendar(profile.business.hours, profile.business.zone);
  return {
    understand(text, context) {
      const normal = normalise(text);
      const lang = detectLanguage(text, context.lang ?? null);
      const datetime = readDateTimes(text, { now: context.now, zone: context.zone, calendar });
      const entities: Entities = {
        datetime,
        ...readEntities(normal, { asked: context.asked ?? null, language: lang, taken: datetime }),
        ...vocabulary.read(normal),
      };
      const found: Intent[] = INTENTS.filter(([, pattern]) => pattern.test(text)).map(([intent]) => intent);
      if (found.length === 0 && entities.fault.length + entities.service.length > 0) found.push("book");
      const pieces = Object.values(entities).some((list) => list.length > 0);
      const unknown = found.length === 0 && !pieces;
      if (found.length === 0) found.push(pieces ? "provide_info" : "out_of_scope");
      const urgency: Urgency = found[0] === "emergency" ? "emergency" : unknown ? "none" : "normal";
      return understanding(text, {
        lang,
        intents: found.map((intent) => ({ intent, confidence: 0.9 })),
        decision: unknown ? "unknown" : "act",
        entities,
        urgency,
        signals: SIGNALS.filter(([, pattern]) => pattern.test(text)).map(([signal]) => signal),
        danger: urgency === "emergency" ? "gas" : null,
      });
    },
  };
}
