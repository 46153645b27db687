/** A report as plain tables in one language: for files and for the command line. Pure. */
import { CAMPAIGN_PLAN } from "../care/touch.ts";
import type { Language, LocalText } from "../language.ts";
import type { BusinessModel } from "../profile/model.ts";
import { percentOf, type ReportFigures, type Share } from "./figures.ts";

export type Cell = string | number | null;

export interface ReportTable {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const W = (cn: string, tw: string, en: string): LocalText => ({ "zh-CN": cn, "zh-TW": tw, en });

const WORDS = {
  summary: W("概要", "概要", "Summary"),
  figure: W("指标", "指標", "figure"),
  value: W("数值", "數值", "value"),
  good: W("达标", "達標", "good"),
  of: W("总数", "總數", "of"),
  percent: W("比例 %", "比例 %", "percent"),
  period: W("期间", "期間", "period"),
  sent: W("已送达", "已送達", "delivered"),
  reached: W("触达", "觸達", "reached"),
  asked: W("回访发出", "回訪發出", "surveys asked"),
  answered: W("回访收回", "回訪收回", "surveys answered"),
  mean: W("平均分(5 分制)", "平均分(5 分制)", "mean of five"),
  satisfied: W("满意", "滿意", "satisfied"),
  goal: W("满意率目标 %", "滿意率目標 %", "goal percent"),
  low: W("低分", "低分", "low marks"),
  conversion: W("提醒带来预约", "提醒帶來預約", "reminders that led to a booking"),
  tasks: W("待人工", "待人工", "waiting for people"),
  total: W("客户总数", "客戶總數", "customers"),
  active: W("活跃客户", "活躍客戶", "active customers"),
  lost: W("流失客户", "流失客戶", "lost customers"),
  loyal: W("回头客", "回頭客", "came back"),
  vip: W("VIP", "VIP", "VIP"),
  plans: W("各计划", "各計畫", "Plans"),
  plan: W("计划", "計畫", "plan"),
  merged: W("合并", "合併", "merged"),
  held: W("未发", "未傳", "left out"),
  called: W("电话触达", "電話觸達", "reached by phone"),
  unreachable: W("联系不上", "聯絡不上", "not reachable"),
  fruit: W("带来预约", "帶來預約", "bookings"),
  items: W("分项评分", "分項評分", "Marks by item"),
  item: W("项目", "項目", "item"),
  count: W("次数", "次數", "count"),
  department: W("责任部门", "責任部門", "department"),
  blamed: W("不满意次数", "不滿意次數", "blamed"),
  mended: W("已改进", "已改進", "mended"),
  assurances: W("五个安心", "五個安心", "The five assurances"),
  quality: W("质量安心:交付后 30 天内无返修", "品質安心:交付後 30 天內無返修", "quality: no rework within 30 days"),
  cost: W("费用安心:先同意后开工", "費用安心:先同意後開工", "cost: agreed before it began"),
  aftercare: W("售后安心:三日回访", "售後安心:三日回訪", "aftercare: followed up"),
  time: W("时间安心:按承诺完成", "時間安心:按承諾完成", "time: promise kept"),
  emergency: W("应急安心:按时响应", "應急安心:按時回應", "emergency: answered in time"),
  days: W("逐日", "逐日", "Day by day"),
  day: W("日期", "日期", "day"),
  bookings: W("新预约", "新預約", "bookings"),
  reasons: W("未发原因", "未傳原因", "Why left out"),
  second: W("二级回访(月度抽样)", "二級回訪(月度抽樣)", "second level, monthly sample"),
  third: W("三级回访(季度抽样)", "三級回訪(季度抽樣)", "third level, quarterly sample"),
  campaign: W("群发", "群發", "campaign"),
  reason: W("原因", "原因", "reason"),
} as const;

/** A plan, a sample or a campaign by what it is called. */
export function nameOfPlan(model: BusinessModel, id: string, language: Language): string {
  if (id === "sample:second") return WORDS.second[language];
  if (id === "sample:third") return WORDS.third[language];
  if (id.startsWith(CAMPAIGN_PLAN)) return `${WORDS.campaign[language]} ${id.slice(CAMPAIGN_PLAN.length)}`;
  return model.profile.carePlans.find((plan) => plan.id === id)?.name[language] ?? id;
}

/** @param reason puts a reason's code into words */
export function reportTables(
  figures: ReportFigures,
  model: BusinessModel,
  language: Language,
  reason: (code: string) => string,
): readonly ReportTable[] {
  const t = (key: keyof typeof WORDS): string => WORDS[key][language];
  const { surveys, customers, period } = figures;
  const share = (label: string, value: Share): readonly Cell[] => [label, value.good, value.of, percentOf(value)];
  const plain = (label: string, value: Cell): readonly Cell[] => [label, value, null, null];
  const planName = (id: string): string => nameOfPlan(model, id, language);
  const item = (survey: string, id: string) =>
    model.profile.careSurveys.find((one) => one.id === survey)?.items.find((one) => one.id === id);
  return [
    {
      id: "summary",
      title: t("summary"),
      columns: [t("figure"), `${t("value")} / ${t("good")}`, t("of"), t("percent")],
      rows: [
        plain(t("period"), period.first === period.last ? period.first : `${period.first} – ${period.last}`),
        plain(t("sent"), figures.sent),
        share(t("reached"), figures.reached),
        plain(t("asked"), surveys.asked),
        plain(t("answered"), surveys.answered),
        plain(t("mean"), surveys.mean),
        share(t("satisfied"), surveys.satisfied),
        plain(t("goal"), surveys.goalPercent),
        plain(t("low"), surveys.low),
        share(t("conversion"), figures.conversion),
        plain(t("tasks"), figures.openTasks),
        plain(t("total"), customers.total),
        plain(t("active"), customers.active),
        plain(t("lost"), customers.lost),
        share(t("loyal"), customers.loyal),
        plain(t("vip"), customers.vip),
      ],
    },
    {
      id: "assurances",
      title: t("assurances"),
      columns: [t("figure"), t("good"), t("of"), t("percent")],
      rows: (["quality", "cost", "aftercare", "time", "emergency"] as const).map((key) => share(t(key), figures.assurances[key])),
    },
    {
      id: "plans",
      title: t("plans"),
      columns: [t("plan"), t("sent"), t("merged"), t("held"), t("tasks"), t("called"), t("unreachable"), t("fruit")],
      rows: figures.plans.map((row) => [
        planName(row.plan),
        row.sent,
        row.merged,
        row.held,
        row.tasks,
        row.calledReached,
        row.unreachable,
        row.fruit,
      ]),
    },
    {
      id: "items",
      title: t("items"),
      columns: [t("item"), t("department"), t("count"), t("mean"), t("blamed"), t("mended")],
      rows: surveys.items.map((row) => {
        const found = item(row.survey, row.item);
        return [found?.name[language] ?? row.item, found?.department[language] ?? "", row.count, row.mean, row.blamed, row.mended];
      }),
    },
    {
      id: "reasons",
      title: t("reasons"),
      columns: [t("reason"), t("count")],
      rows: Object.entries(figures.reasons)
        .sort((one, other) => other[1] - one[1])
        .map(([code, count]) => [reason(code), count]),
    },
    {
      id: "days",
      title: t("days"),
      columns: [t("day"), t("sent"), t("answered"), t("bookings")],
      rows: figures.days.map((row) => [row.day, row.sent, row.answered, row.bookings]),
    },
  ];
}
