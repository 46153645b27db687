/** Campaigns from a team chat: what begins with `campaign` or 群发 is answered here, everything else goes on to the cases' intake. */
import { memberOn } from "../desk/people.ts";
import type { StaffIntake } from "../ports.ts";
import type { BusinessModel } from "../profile/model.ts";
import type { Campaigns } from "./campaigns.ts";
import { parseCareCommand, runCareCommand } from "./staff-command.ts";

/**
 * An act that arrives twice is carried out once: what a campaign has done already it refuses to do again.
 *
 * @param intake takes all other acts, those of strangers too
 */
export function withCampaigns(intake: StaffIntake, campaigns: Campaigns, model: BusinessModel): StaffIntake {
  return {
    async accept(act) {
      const command = act.act.kind === "text" ? parseCareCommand(act.act.text) : null;
      const member = command === null ? null : memberOn(model.profile, act.channel, act.actor);
      if (command === null || member === null) return intake.accept(act);
      return { result: "refused", say: await runCareCommand(campaigns, command, member.id, model.profile.business.languages[0]!) };
    },
  };
}
