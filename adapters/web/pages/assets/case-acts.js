/** What staff may do with a case beside talking: each act a button, and a form where it needs more than a press. */
import { el } from "./dom.js";
import { askFor } from "./form-dialog.js";
import { lang, t } from "./i18n.js";
import { staffName } from "./shell.js";

const isOpen = (one) => one.status === "open" || one.status === "claimed";
const KINDS = ["refund", "discount", "gift", "exchange"];
const FAULTS = ["unclear", "ours", "maker", "customer"];
const LINKS = ["part", "fault", "technician", "product"];
/** Spans a case is usually put off for, min. */
const SPANS = [30, 60, 120, 240, 1_440];

/**
 * @param about what the pages know of the business
 * @param me gives the id of whoever sits here
 * @param command hands a command in
 * @param question asks the desk in the words of a team chat; gives the answer's text, or `null`
 */
export function createCaseActs({ about, me, command, question }) {
  const colleagues = (except) =>
    about.staff.filter((one) => one.id !== except).map((one) => [one.id, `${one.name[lang()]} · ${t(`role.${one.role}`)}`]);

  async function assign(one) {
    const values = await askFor({
      title: t("acts.assign"),
      hint: t("acts.assign_hint"),
      submit: t("acts.assign"),
      fields: [
        { name: "to", label: t("acts.to"), kind: "select", options: colleagues(one.owner), required: true },
        { name: "text", label: t("acts.word"), kind: "area" },
      ],
    });
    return values && command({ do: "assign", case: one.number, to: values.to, text: values.text });
  }

  async function snooze(one) {
    const values = await askFor({
      title: t("acts.snooze"),
      hint: t("acts.snooze_hint"),
      submit: t("acts.snooze"),
      fields: [
        {
          name: "span",
          label: t("acts.snooze_for"),
          kind: "select",
          required: true,
          options: SPANS.map((minutes) => [String(minutes), spanWords(minutes)]),
          value: "60",
        },
        { name: "until", label: t("acts.snooze_until"), kind: "time" },
      ],
    });
    if (!values) return;
    const until = values.until || Date.now() + Number(values.span) * 60_000;
    return command({ do: "snooze", case: one.number, until });
  }

  async function withText(one, verb, { required = true, kind = "text" } = {}) {
    const values = await askFor({
      title: t(`acts.${verb}`),
      hint: t(`acts.${verb}_hint`),
      submit: t(`acts.${verb}`),
      fields: [{ name: "text", label: t(`acts.${verb}_text`), kind, required }],
    });
    return values && command({ do: verb, case: one.number, text: values.text });
  }

  async function cause(one) {
    const values = await askFor({
      title: t("acts.cause"),
      hint: t("acts.cause_hint"),
      submit: t("acts.cause"),
      fields: [
        {
          name: "text",
          label: t("acts.cause_text"),
          kind: "select",
          required: true,
          options: about.causes.map(({ id, name }) => [id, name[lang()]]),
          value: one.cause ?? "",
        },
      ],
    });
    return values && command({ do: "cause", case: one.number, text: values.text });
  }

  async function link(one) {
    const what = await askFor({
      title: t("acts.link"),
      hint: t("acts.link_hint"),
      submit: t("acts.next"),
      fields: [
        {
          name: "kind",
          label: t("acts.link_kind"),
          kind: "select",
          required: true,
          options: LINKS.map((kind) => [kind, t(`acts.link_${kind}`)]),
        },
      ],
    });
    if (!what) return;
    const known = about.names[what.kind];
    const options = known ? Object.entries(known).map(([id, name]) => [id, name[lang()]]) : null;
    const values = await askFor({
      title: t(`acts.link_${what.kind}`),
      submit: t("acts.link"),
      fields: [
        options
          ? {
              name: "value",
              label: t(`acts.link_${what.kind}`),
              kind: "select",
              options,
              required: true,
              value: one.links?.[what.kind] ?? "",
            }
          : { name: "value", label: t(`acts.link_${what.kind}`), required: true, value: one.links?.[what.kind] ?? "" },
      ],
    });
    return values && command({ do: "link", case: one.number, text: `${what.kind} ${values.value}` });
  }

  async function propose(one) {
    const values = await askFor({
      title: t("acts.propose"),
      hint: t("acts.propose_hint"),
      submit: t("acts.propose"),
      fields: [
        {
          name: "kind",
          label: t("acts.comp_kind"),
          kind: "select",
          options: KINDS.map((kind) => [kind, t(`comp.${kind}`)]),
          required: true,
        },
        { name: "amount", label: `${t("acts.comp_amount")} (${about.currency})`, kind: "number", required: true },
        {
          name: "fault",
          label: t("acts.comp_fault"),
          kind: "select",
          options: FAULTS.map((side) => [side, t(`comp.fault_${side}`)]),
          required: true,
        },
        { name: "reason", label: t("acts.comp_reason"), kind: "area", required: true },
      ],
    });
    if (!values) return;
    const text = `${values.kind} ${values.amount} ${values.fault} ${values.reason.replace(/\s+/g, " ")}`;
    return command({ do: "propose", case: one.number, text });
  }

  async function join(one) {
    const text = await question("/join", one.number);
    if (text) await askFor({ title: t("acts.join"), hint: text, fields: [], submit: t("action.ok") });
  }

  function act(name, run, kind = "") {
    return el("button", {
      type: "button",
      class: kind,
      text: t(`acts.${name}`),
      data: { act: name },
      on: { click: (event) => once(event.currentTarget, run) },
    });
  }

  /** The buttons that fit the case as it stands, most wanted first. */
  function buttonsFor(one) {
    const open = isOpen(one);
    const plain = (verb) => () => command({ do: verb, case: one.number, ...(["wait", "acknowledge"].includes(verb) ? { text: "" } : {}) });
    return [
      open ? act("assign", () => assign(one)) : null,
      open ? act("snooze", () => snooze(one)) : null,
      open && one.waitingSince === null ? act("wait", plain("wait")) : null,
      open && one.channel !== "internal" ? act("no_answer", () => withText(one, "no_answer", { required: false })) : null,
      act("cause", () => cause(one)),
      open ? act("propose", () => propose(one)) : null,
      open ? act("tag", () => withText(one, "tag")) : null,
      act("link", () => link(one)),
      one.channel !== "internal" ? act("join", () => join(one)) : null,
      one.customerId !== null ? act("split", plain("split")) : null,
    ].filter(Boolean);
  }

  /** What waits on the case: tasks, compensations. */
  function drawOpen(one) {
    const tasks = (one.tasks ?? []).filter((task) => task.doneAt === null);
    const given = one.compensations ?? [];
    return [
      tasks.length > 0
        ? el(
            "section",
            { class: "todo" },
            el("h4", { text: t("acts.tasks") }),
            el(
              "ul",
              {},
              ...tasks.map((task) =>
                el(
                  "li",
                  {},
                  el("span", { text: `${task.id} ${task.text}` }),
                  el("button", {
                    type: "button",
                    text: t("acts.task_done"),
                    "aria-label": `${t("acts.task_done")} ${task.id}`,
                    on: {
                      click: (event) => once(event.currentTarget, () => command({ do: "task_done", case: one.number, text: task.id })),
                    },
                  }),
                ),
              ),
            ),
          )
        : null,
      given.length > 0
        ? el(
            "section",
            { class: "todo" },
            el("h4", { text: t("acts.compensations") }),
            el("ul", {}, ...given.map((each) => compensation(one, each))),
          )
        : null,
    ].filter(Boolean);
  }

  function compensation(one, each) {
    const decide = (verb) => async () => {
      if (verb !== "deny") return command({ do: verb, case: one.number, text: each.id });
      const values = await askFor({
        title: t("acts.deny"),
        submit: t("acts.deny"),
        danger: true,
        fields: [{ name: "text", label: t("acts.deny_text"), kind: "area", required: true }],
      });
      return values && command({ do: verb, case: one.number, text: `${each.id} ${values.text}` });
    };
    const button = (verb, kind = "") =>
      el("button", {
        type: "button",
        class: kind,
        text: t(`acts.${verb}`),
        "aria-label": `${t(`acts.${verb}`)} ${each.id}`,
        on: { click: (event) => once(event.currentTarget, decide(verb)) },
      });
    const waits = each.status === "proposed";
    return el(
      "li",
      {},
      el(
        "span",
        {},
        el("strong", { text: `${each.id} ${t(`comp.${each.kind}`)} ${money(each.amountMinor)} ` }),
        el("span", {
          class: "muted",
          text: `${t(`comp.${each.status}`)} · ${staffName(each.proposedBy)}${waits ? ` → ${t(`role.${each.needs}`)}` : ""} · ${each.reason}`,
        }),
      ),
      waits && each.proposedBy !== me() ? button("approve", "primary") : null,
      waits && each.proposedBy !== me() ? button("deny") : null,
      waits || each.status === "approved" ? button("withdraw") : null,
    );
  }

  const money = (minor) => new Intl.NumberFormat(lang(), { style: "currency", currency: about.currency }).format(minor / 100);

  return { buttonsFor, drawOpen, assign };
}

/** Runs an act once, however often its button is pressed meanwhile. It keeps the focus, which a disabled button would lose. */
async function once(button, run) {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  await run();
  button.removeAttribute("aria-disabled");
}

function spanWords(minutes) {
  if (minutes < 60) return t("span.minutes", { n: minutes });
  return minutes < 1_440 ? t("span.hours", { n: minutes / 60 }) : t("span.days", { n: minutes / 1_440 });
}
