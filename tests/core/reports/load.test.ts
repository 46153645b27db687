import { expect, test } from "vitest";
import { loadProfile } from "../../../bots/profiles.ts";
import { openScratchStore } from "../../../bots/service/scratch.ts";
import { createBusinessModel } from "../../../core/profile/model.ts";
import { loadReport } from "../../../core/reports/load.ts";
import { periodOf } from "../../../core/reports/period.ts";
import { touch } from "../../contract/store/samples.ts";

const model = createBusinessModel(loadProfile("dealer", "en"));
const at = (text: string): number => Date.parse(`${text}+08:00`);

test("a questionnaire of last month that is answered this month counts this month, and its sending last month", async () => {
  const { store } = await openScratchStore();
  const sentAt = at("2026-10-30T10:30:00");
  const said = { score: 5, items: {}, topics: [], remark: "", case: null, asked: false };
  await store.unit((unit) =>
    unit.care.plan([
      touch("answered", { plan: "3dc", kind: "survey", status: "sent", at: sentAt, answer: { ...said, at: at("2026-11-02T09:00:00") } }),
      touch("silent", { plan: "3dc", kind: "survey", status: "sent", at: sentAt }),
    ]),
  );
  const now = at("2026-11-20T09:00:00");
  const count = async (day: string) => {
    const { sent, surveys } = await loadReport(store, model, periodOf("month", day, model.zone), now);
    return [sent, surveys.asked, surveys.answered];
  };
  expect([await count("2026-10-15"), await count("2026-11-15")]).toEqual([
    [2, 2, 0],
    [0, 0, 1],
  ]);
  await store.close();
});
