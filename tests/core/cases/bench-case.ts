/** A shop with a complaint under way, for tests of what happens to cases. */
import type { Case } from "../../../core/cases/state.ts";
import type { Profile } from "../../../core/profile/schema.ts";
import type { DeskCommand, StoredMessage } from "../../../core/spine/events.ts";
import { type Bench, openBench } from "../../support/bench.ts";
import { tinyProfile } from "../../support/profile.ts";

export const SHOP: Profile = tinyProfile();
const byRole = (role: string): string => SHOP.staff.find((member) => member.role === role)!.id;
export const [AMY, BEN] = SHOP.staff.filter((member) => member.role === "representative").map((member) => member.id) as [string, string];
export const MANAGER = byRole("manager");
export const OFFICE = byRole("general_office");
export const CUSTOMER = "web:a";

export interface CaseBench {
  readonly bench: Bench;
  readonly number: string;
  /** A member of staff does something to the case; gives what the customer was told. */
  act(by: string, command: Omit<DeskCommand, "case"> & { readonly text?: string }): Promise<readonly StoredMessage[]>;
  current(): Promise<Case>;
  /** What staff were told, in order: `to: text`. */
  told(): Promise<readonly string[]>;
}

export async function openCaseBench(words = "我要投诉,机器坏了", options: Parameters<typeof openBench>[0] = {}): Promise<CaseBench> {
  const bench = openBench({ profile: SHOP, ...options });
  await bench.say(CUSTOMER, words);
  const number = (await bench.cases())[0]!.number;
  return {
    bench,
    number,
    act: (by, command) => bench.desk(CUSTOMER, by, { ...command, case: number } as DeskCommand),
    current: async () => (await bench.cases()).find((one) => one.number === number)!,
    told: async () => (await bench.notices()).map((notice) => `${notice.to}: ${notice.text}`),
  };
}

export const texts = (messages: readonly StoredMessage[]): string => messages.map((message) => message.text).join("\n");
