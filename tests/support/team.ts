/** The tiny shop with people in two team chats, and helpers to act as them. */
import type { Profile } from "../../core/profile/schema.ts";
import { tinyProfile } from "./profile.ts";

const base = tinyProfile();
const representatives = base.staff.filter((member) => member.role === "representative");
const manager = base.staff.find((member) => member.role === "manager")!;
const office = base.staff.find((member) => member.role === "general_office")!;

/** Staff ids; on Telegram each is `t-<id>`, on Slack `s-<id>`. */
export const AMY = representatives[0]!.id;
export const BEN = representatives[1]!.id;
export const MANAGER = manager.id;
export const OFFICE = office.id;

export const telegram = (id: string): string => `t-${id}`;
export const slack = (id: string): string => `s-${id}`;

export function teamProfile(desk: Partial<Profile["desk"]> = {}): Profile {
  return {
    ...base,
    desk: { ...base.desk, ...desk },
    staff: base.staff.map((member) => ({ ...member, channels: { telegram: telegram(member.id), slack: slack(member.id) } })),
  };
}
