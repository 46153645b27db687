/** Who is at work, hand-overs that wait, and what one does about oneself: go away, come back, hand over. */
import { el } from "./dom.js";
import { askFor } from "./form-dialog.js";
import { lang, t } from "./i18n.js";
import { call } from "./net.js";
import { showTime, staffName } from "./shell.js";

export function createShiftView({ about, me, question }) {
  const element = el("div", { class: "records" });
  let data = null;

  function draw() {
    if (data === null) return;
    const mine = data.people.find((one) => one.id === me());
    element.replaceChildren(
      el(
        "div",
        { class: "case-actions" },
        mine?.state === "away"
          ? el("button", { type: "button", class: "primary", text: t("shift.back"), on: { click: () => void ask("/back") } })
          : el("button", { type: "button", text: t("shift.away"), on: { click: () => void away() } }),
        el("button", { type: "button", text: t("shift.handover"), on: { click: () => void handOver() } }),
      ),
      data.handovers.length > 0
        ? el(
            "section",
            { class: "shift-offers" },
            el("h3", { text: t("shift.offers") }),
            el("ul", { class: "notices" }, ...data.handovers.map(offer)),
          )
        : "",
      el("h3", { text: t("shift.people") }),
      el("ul", { class: "people" }, ...data.people.map(person)),
    );
  }

  function offer(one) {
    const to = one.to === null ? (one.next ?? []) : [one.to];
    const between = lang() === "en" ? ", " : "、";
    return el(
      "li",
      { class: "card" },
      el(
        "p",
        {},
        el("strong", { text: `${one.id} ${staffName(one.from)} → ${to.map(staffName).join(between) || t("shift.anybody")}` }),
        " ",
        el("time", { class: "hint", datetime: one.at, text: showTime(one.at) }),
      ),
      el("p", { text: one.cases.join(between) }),
      one.from === me()
        ? el("p", { class: "hint", text: t("shift.waits") })
        : el("button", {
            type: "button",
            class: "primary",
            text: t("shift.accept"),
            "aria-label": `${t("shift.accept")} ${one.id}`,
            on: { click: () => void ask(`/accept ${one.id}`) },
          }),
    );
  }

  function person(one) {
    const { name, role, onCall } = about.staff.find((each) => each.id === one.id);
    const until = one.until === null ? "" : ` ${t("shift.until", { time: showTime(one.until) })}`;
    const standIn = one.substitute === null ? "" : ` · ${t("shift.stand_in", { name: staffName(one.substitute) })}`;
    return el(
      "li",
      { class: `person ${one.state}` },
      el("strong", { text: name[lang()] }),
      el("span", { class: "muted", text: `${t(`role.${role}`)}${onCall ? ` · ${t("shift.on_call")}` : ""}` }),
      el("span", { class: `tag shift-${one.state}`, text: `${t(`shift.${one.state}`)}${until}${standIn}` }),
    );
  }

  const colleagues = () => [
    ["", t("shift.nobody_named")],
    ...about.staff.filter((one) => one.id !== me()).map((one) => [one.id, one.name[lang()]]),
  ];

  async function away() {
    const values = await askFor({
      title: t("shift.away"),
      hint: t("shift.away_hint"),
      submit: t("shift.away"),
      fields: [
        {
          name: "span",
          label: t("shift.how_long"),
          kind: "select",
          required: true,
          options: [
            ["", t("shift.until_back")],
            ...[30, 60, 120, 240].map((minutes) => [
              `${minutes}min`,
              minutes < 60 ? t("span.minutes", { n: minutes }) : t("span.hours", { n: minutes / 60 }),
            ]),
          ],
        },
        { name: "to", label: t("shift.stand_in_who"), kind: "select", options: colleagues() },
      ],
    });
    if (values) await ask(`/away ${values.span} ${values.to}`.trim());
  }

  async function handOver() {
    const values = await askFor({
      title: t("shift.handover"),
      hint: t("shift.handover_hint"),
      submit: t("shift.handover"),
      fields: [{ name: "to", label: t("acts.to"), kind: "select", options: [["", t("shift.anybody")], ...colleagues().slice(1)] }],
    });
    if (values) await ask(`/handover ${values.to}`.trim());
  }

  async function ask(words) {
    if ((await question(words, null)) !== null) await refresh();
  }

  async function refresh() {
    data = await call("/desk/api/shift");
    draw();
  }

  return { element, redraw: draw, refresh };
}
