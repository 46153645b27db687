/** People without whom the shop can't work, and identities that belong to two of them. */
import type { Complain } from "./problems.ts";
import type { Profile } from "./schema.ts";

export function checkStaff(profile: Profile, complain: Complain): void {
  checkStaffChannels(profile, complain);
  for (const step of profile.ladder) {
    if (!profile.staff.some((member) => member.role === step)) {
      complain(
        ["ladder"],
        { zh: `阶梯中的 ${step} 没有任何人`, en: `nobody has the role ${step} of the ladder` },
        { zh: "在 staff 中加一位,或从 ladder 中删去", en: "add somebody under staff, or take it off the ladder" },
      );
    }
  }
  if (!profile.emergencies.some((emergency) => emergency.id === "other")) {
    complain(
      ["emergencies"],
      { zh: "缺少 other 一项", en: "the entry other is missing" },
      { zh: "任何危险都要有一句安全提示", en: "a safety line for any danger" },
    );
  }
}

/** One identity on a platform is one person: who acts must be beyond doubt. */
function checkStaffChannels(profile: Profile, complain: Complain): void {
  const owners = new Map<string, string>();
  profile.staff.forEach((member, index) => {
    for (const [channel, id] of Object.entries(member.channels)) {
      const key = `${channel} ${id}`;
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, member.id);
      else
        complain(
          ["staff", index, "channels", channel],
          { zh: `${channel} 账号 ${id} 已属于 ${owner}`, en: `the ${channel} account ${id} belongs to ${owner} already` },
          { zh: "每个账号只属于一个人", en: "one person for each account" },
        );
    }
  });
}
