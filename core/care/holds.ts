/** The shell of holds: whom staff mean, placing and lifting, with who did it and what stood there before. */

import { searchCustomers } from "../customers/search.ts";
import type { CareHold, CustomerFile } from "../customers/state.ts";
import { memberOn } from "../desk/people.ts";
import type { Clock, StaffAct, StaffIntake, Store, Unit } from "../ports.ts";
import type { BusinessModel } from "../profile/model.ts";
import { nameIn } from "../profile/model.ts";
import { dayOf, type Instant } from "../time.ts";
import { formatDateTime } from "../wording/format.ts";
import type { WordingKey } from "../wording/keys.ts";
import { fillTemplate, type TemplateValues } from "../wording/template.ts";
import { zoneOf } from "./audience.ts";
import { activeHold, type HoldCommand, type HoldWish, holdOf, parseHoldCommand } from "./hold.ts";

/** Who holds, from where, and the act it came by: the same act changes nothing twice. */
export interface HoldAct {
  readonly by: string;
  readonly via: string;
  readonly cause: string;
}

export interface Holds {
  /** @returns the file as it is now, `null` when there is no such customer */
  place(customerId: string, wish: HoldWish, act: HoldAct): Promise<CustomerFile | null>;
  lift(customerId: string, act: HoldAct): Promise<CustomerFile | null>;
  /** Carries out what a member of staff wrote and gives the answer. */
  run(command: HoldCommand, at: { readonly case: string | null }, act: HoldAct): Promise<string>;
}

/** So many are named when a word fits several. */
const NAMED_MOST = 5;

export function createHolds(store: Store, model: BusinessModel, clock: Clock): Holds {
  const language = model.profile.business.languages[0]!;
  const words = (key: WordingKey, values: TemplateValues = {}): string => fillTemplate(model.profile.wording[key]![language], values);
  const nameOf = (file: CustomerFile): string => file.name ?? file.platformName ?? file.id;

  async function change(unit: Unit, file: CustomerFile, hold: CareHold | null, act: HoldAct): Promise<CustomerFile> {
    const now = clock.now();
    const before = file.hold ?? null;
    const kept = await unit.staff.record({
      at: now,
      ...act,
      act: hold === null ? "lift_hold" : "hold",
      subject: file.id,
      before: { hold: before },
      after: { hold },
    });
    if (kept === "known") return file;
    const { hold: _old, ...rest } = file;
    const changed: CustomerFile = { ...rest, ...(hold === null ? {} : { hold }), updatedAt: now };
    await unit.customers.put(changed);
    return changed;
  }

  /** The file itself, or the one it was joined into. */
  async function fileOf(unit: Unit, id: string | null): Promise<CustomerFile | null> {
    const file = id === null ? null : await unit.customers.get(id);
    return file?.joinedInto === undefined ? file : unit.customers.get(file.joinedInto);
  }

  async function meant(unit: Unit, who: string | null, number: string | null): Promise<CustomerFile | { readonly say: string }> {
    if (who === null) {
      const found = number === null ? null : await unit.records.case(number);
      const file = found && (await fileOf(unit, found.customerId ?? (await unit.customers.ofConversation(found.conversation))));
      return file ?? { say: words("staff.hold_who") };
    }
    const known = await fileOf(unit, who);
    if (known) return known;
    const found = await searchCustomers(unit, who, model.zone, NAMED_MOST + 1);
    const [only] = found;
    if (found.length === 1) return (await fileOf(unit, only!.id)) ?? only!;
    if (!only) return { say: words("staff.find_none", { query: who }) };
    const several = found.slice(0, NAMED_MOST).map((file) => [nameOf(file), file.phones[0] ?? file.id].join(" "));
    return { say: words("staff.hold_several", { query: who, customers: several.join(language === "en" ? ", " : "、") }) };
  }

  function describe(file: CustomerFile, now: Instant): string {
    const hold = activeHold(file, dayOf(now, zoneOf(file, model)));
    if (!hold) return words("staff.hold_none", { customer: nameOf(file) });
    return words("staff.hold_shown", {
      customer: nameOf(file),
      reason: words(`care.hold_${hold.reason}`),
      until: hold.until === null ? words("care.hold_open") : words("care.hold_until", { day: hold.until }),
      name: nameIn(model.staff(hold.by), language) || hold.by,
      at: formatDateTime(hold.at, language, model.zone, now),
      text: hold.text ?? "",
    });
  }

  const placed = (unit: Unit, file: CustomerFile, wish: HoldWish, act: HoldAct): Promise<CustomerFile> => {
    const now = clock.now();
    return change(unit, file, holdOf(wish, act.by, now, dayOf(now, zoneOf(file, model)), model.profile.care), act);
  };

  return {
    place: (id, wish, act) =>
      store.unit(async (unit) => {
        const file = await fileOf(unit, id);
        return file && placed(unit, file, wish, act);
      }),
    lift: (id, act) =>
      store.unit(async (unit) => {
        const file = await fileOf(unit, id);
        return file && change(unit, file, null, act);
      }),
    run: (command, at, act) =>
      store.unit(async (unit) => {
        const file = await meant(unit, command.who, at.case);
        if ("say" in file) return file.say;
        if (command.do === "show") return describe(file, clock.now());
        if (command.do === "lift") {
          await change(unit, file, null, act);
          return words("staff.hold_lifted", { customer: nameOf(file) });
        }
        return describe(await placed(unit, file, { reason: null, until: command.until, text: command.text }, act), clock.now());
      }),
  };
}

/** Holds from a team chat are answered here; everything else goes on. */
export function withHolds(intake: StaffIntake, holds: Holds, store: Store, model: BusinessModel, clock: Clock): StaffIntake {
  const caseOf = ({ channel, case: number, thread }: StaffAct): Promise<string | null> =>
    number !== null || thread === null ? Promise.resolve(number) : store.unit((unit) => unit.staff.caseOfThread(channel, thread));
  return {
    async accept(act) {
      const text = act.act.kind === "text" ? act.act.text : "";
      // A look without the case is cheap and turns away what is about something else.
      const today = dayOf(clock.now(), model.zone);
      const member = parseHoldCommand(text, today, false) === null ? null : memberOn(model.profile, act.channel, act.actor);
      if (member === null) return intake.accept(act);
      const number = await caseOf(act);
      const command = parseHoldCommand(text, today, number !== null)!;
      return { result: "refused", say: await holds.run(command, { case: number }, { by: member.id, via: act.channel, cause: act.id }) };
    },
  };
}
