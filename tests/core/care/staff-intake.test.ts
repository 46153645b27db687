import { describe, expect, test } from "vitest";
import { loadProfile } from "../../../bots/profiles.ts";
import { openScratchStore } from "../../../bots/service/scratch.ts";
import { createCampaigns } from "../../../core/care/campaigns.ts";
import { runCareCommand, type StaffCareCommand } from "../../../core/care/staff-command.ts";
import { withCampaigns } from "../../../core/care/staff-intake.ts";
import type { Language } from "../../../core/language.ts";
import type { StaffAct } from "../../../core/ports.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import { touch } from "../../contract/store/samples.ts";

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

test("a team chat hears of campaigns in words, not in codes", async () => {
  const { store } = await openScratchStore();
  const campaigns = createCampaigns(store, model, new Map(), { now: () => NOW });
  const text = { "zh-CN": "冬检", "zh-TW": "冬檢", en: "check" };
  const { id } = await campaigns.write({ name: "冬季检查", text, book: null, audience: {}, startAt: null, endAt: null }, member.id);
  await store.unit(async (unit) => {
    const log = [{ at: NOW, status: "skipped", why: "no_consent" }] as const;
    const plan = `campaign:${id}`;
    await unit.care.plan([touch("a", { plan, status: "sent" }), touch("b", { plan, status: "skipped", log })]);
  });
  const run = (command: StaffCareCommand, language: Language) => runCareCommand(campaigns, command, member.id, language);
  expect(await run({ do: "list" }, "zh-CN")).toBe("K001 冬季检查 · 草稿");
  expect(await run({ do: "report", id }, "zh-CN")).toBe("K001 冬季检查 · 草稿\n已送达：1\n不发 · 客户未同意：1");
  expect(await run({ do: "report", id }, "en")).toBe("K001 冬季检查 · draft\ndelivered: 1\nleft out · no consent: 1");
  expect(await run({ do: "act", id, act: { do: "submit" } }, "zh-TW")).toBe("K001 冬季检查 · 待批准");
  await store.close();
});
