/** Questions of the desk page, answered at once: the same that staff ask in a team chat. */

import { type DeskShift, describePeople } from "../desk/answers.ts";
import type { DeskQuery } from "../desk/query.ts";
import { parseRoster, ROSTER_KEY } from "../desk/roster.ts";
import { AnxinError } from "../errors.ts";
import type { StaffIntakeOptions } from "./staff-act.ts";
import { type Answered, answerQuery } from "./staff-queries.ts";

/** The desk page's own name beside those of the team chats. */
export const DESK_PAGE = "desk";

export interface DeskQuestions {
  /**
   * @param id unique; the same is answered once
   * @param by staff id
   * @param current number of the case at hand
   * @throws AnxinError `staff_unknown`
   */
  ask(id: string, by: string, query: DeskQuery, current: string | null): Promise<Answered>;
  /** Who is at work, and the hand-overs that wait. */
  shift(): Promise<DeskShift>;
}

export function createDeskQuestions(options: StaffIntakeOptions): DeskQuestions {
  const { store, model, channels, clock, wakeups, random } = options;
  return {
    async ask(id, by, query, current) {
      const member = model.staff(by);
      if (!member) throw new AnxinError("staff_unknown", `there is no member of staff "${by}"`, { by });
      const now = clock.now();
      const answer = await store.unit(async (unit) => {
        const found = current === null ? null : await unit.records.case(current);
        const asked = { unit, model, channels, random, member, via: DESK_PAGE, id, receivedAt: now, now, current: found };
        return answerQuery(asked, query);
      });
      if (answer.result === "taken") {
        wakeups.wake("staff");
        wakeups.wake("inbox");
      }
      return answer;
    },
    async shift() {
      const roster = parseRoster(await store.unit((unit) => unit.meta.get(ROSTER_KEY)));
      return describePeople(model, roster, clock.now());
    },
  };
}
