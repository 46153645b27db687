/** Why the bot answered as it did: the trace of the last message, or of the one that was clicked. */
import { el } from "./dom.js";
import { lang, onLang, t } from "./i18n.js";
import { call } from "./net.js";
import { showTime } from "./shell.js";

const KINDS = ["understood", "rule", "slot", "refused", "offer", "flow", "note"];

/** One trace as a titled list, grouped by what each line is about. */
export function drawTrace(trace) {
  return el(
    "div",
    { class: "trace" },
    el("h3", { text: trace.title }),
    ...KINDS.map((kind) => {
      const lines = trace.lines.filter((line) => line.kind === kind);
      if (lines.length === 0) return null;
      return el(
        "section",
        { class: `trace-part kind-${kind}` },
        el("h4", { text: t(`why.kind.${kind}`) }),
        el("ul", {}, ...lines.map((line) => el("li", { dir: "auto", text: line.text }))),
      );
    }),
  );
}

/** Entry whose turn made a message: a customer's own, or what stands before the slash of a reply's id. */
export function entryOf(conversation, message) {
  if (message.from === "customer") return `web:${conversation}:${message.id.replaceAll(":", "%3A")}`;
  const slash = message.id.lastIndexOf("/");
  return slash > 0 ? message.id.slice(0, slash) : message.id;
}

export function createWhy(place, { phone, onFollow }) {
  let conversation = "";
  /** Chosen message; `null` follows the latest. */
  let chosen = null;
  let traces = [];
  let asked = 0;

  async function load() {
    const mine = ++asked;
    const found = await call(`/desk/api/conversations/${encodeURIComponent(`web:${conversation}`)}/trace?lang=${lang()}`);
    if (mine !== asked) return;
    traces = found.traces;
    draw();
  }

  function draw() {
    const message = chosen === null ? null : phone().message(chosen);
    const trace = message ? traces.find((one) => one.entry === entryOf(conversation, message)) : traces[0];
    const about = message ?? (trace ? phone().byEntry(trace.entry) : null);
    place.setAttribute("aria-label", t("why.title"));
    place.replaceChildren(
      el(
        "div",
        { class: "panel-head" },
        el("h2", { text: t("why.title") }),
        message ? el("button", { type: "button", class: "quiet", text: t("why.latest"), on: { click: () => followLatest() } }) : null,
      ),
      el(
        "div",
        { class: "why-body", tabindex: "0" },
        about ? el("blockquote", { dir: "auto", text: about.text || (about.media ? t(`media.${about.media.kind}`) : "") }) : null,
        trace ? drawTrace(trace) : el("p", { class: "hint", text: message ? t("why.none") : t("why.empty") }),
        trace ? el("p", { class: "hint", text: showTime(trace.at) }) : null,
      ),
    );
  }

  function followLatest() {
    chosen = null;
    onFollow();
    draw();
  }

  onLang(() => void load().catch(() => draw()));
  draw();
  return {
    show(id) {
      chosen = id;
      draw();
      void load().catch(() => undefined);
    },
    open(next) {
      conversation = next;
      chosen = null;
      traces = [];
      draw();
      void load().catch(() => undefined);
    },
    refresh: () => load().catch(() => undefined),
  };
}
