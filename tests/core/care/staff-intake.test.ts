import { describe, expect, test } from "vitest";
import { loadProfile } from "../../../bots/profiles.ts";
import { openScratchStore } from "../../../bots/service/scratch.ts";
import { createCampaigns } from "../../../core/care/campaigns.ts";
import { withCampaigns } from "../../../core/care/staff-intake.ts";
import type { StaffAct } from "../../../core/ports.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";

const NOW = Date.parse("2026-11-23T10:00:00+08:00");
const profile = loadProfile("dealer", "en");
const member = profile.staff[0]!;
const model = createBusinessModel({ ...profile, staff: [{ ...member, channels: { slack: "U1" } }, ...profile.staff.slice(1)] });

describe("withCampaigns", () => {
  const passed: StaffAct[] = [];
  const say = async (actor: string, text: string) => {
    const { store } = await openScratchStore();
    const intake = withCampaigns(
      {
        async accept(act) {
          passed.push(act);
          return { result: "taken" };
        },
      },
      createCampaigns(store, model, new Map(), { now: () => NOW }),
      model,
    );
    const act: StaffAct = {
      id: `slack:${text}`,
      channel: "slack",
      actor,
      case: null,
      thread: null,
      act: { kind: "text", text },
      receivedAt: NOW,
    };
    const answer = await intake.accept(act);
    await store.close();
    return answer;
  };

  test("answers a member who asks for campaigns, to that person alone", async () => {
    expect(await say("U1", "/campaign")).toEqual({ result: "refused", say: "还没有群发活动。" });
    expect(await say("U1", "群发 批准 K001")).toEqual({ result: "refused", say: "没有这个活动，请核对编号。" });
    expect(passed).toEqual([]);
  });

  test("hands everything else on, and whatever a stranger writes", async () => {
    expect(await say("U1", "campaigns went well today")).toEqual({ result: "taken" });
    expect(await say("U9", "/campaign")).toEqual({ result: "taken" });
    expect(passed.map(({ act }) => (act.kind === "text" ? act.text : ""))).toEqual(["campaigns went well today", "/campaign"]);
  });
});
