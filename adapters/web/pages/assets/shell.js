/** What every page has: the bar at the top, the language, the state of the connection, short messages. */
import { el } from "./dom.js";
import { LANGUAGES, lang, onLang, setLang, t } from "./i18n.js";
import { call } from "./net.js";

/** Short messages shown at once. */
const MOST_TOASTS = 2;

let about = null;
const states = new Map();

/** What the pages know of the business; loaded once. */
export async function loadAbout() {
  about = await call("/desk/api/about");
  return about;
}

export function localName(kind, id) {
  if (id === null || id === undefined) return "";
  return about?.names?.[kind]?.[id]?.[lang()] ?? id;
}

/** A language in its own words. */
export function languageName(code) {
  return LANGUAGES.find(([known]) => known === code)?.[2] ?? code;
}

export function staffName(id) {
  if (id === "bot") return t("from.bot");
  if (id === "customer") return t("from.customer");
  return about?.staff.find((one) => one.id === id)?.name[lang()] ?? id;
}

/** Draws the bar and keeps it in the page's language. */
export function startShell() {
  const draw = () => {
    const page = document.body.dataset.page;
    const links = [
      ["/", "try"],
      ["/desk", "desk"],
      ["/reports", "reports"],
      ["/campaigns", "campaigns"],
    ];
    document.title = `${t(`nav.${page}`)} · Anxin 安心`;
    document.querySelector("#top").replaceChildren(
      el(
        "a",
        { class: "brand", href: "/" },
        el("img", { src: "/assets/icon.svg", alt: "", width: 28, height: 28 }),
        el("span", {}, el("strong", { text: lang() === "en" ? "Anxin" : "安心" }), el("small", { text: about?.business[lang()] ?? "" })),
      ),
      el(
        "nav",
        { "aria-label": t("nav.label") },
        ...links.map(([href, name]) => el("a", { href, text: t(`nav.${name}`), "aria-current": name === page ? "page" : null })),
      ),
      el("p", { class: "link-state", id: "link-state", role: "status" }),
      el(
        "div",
        { class: "languages", role: "group", "aria-label": t("nav.language") },
        ...LANGUAGES.map(([code, short, full]) =>
          el("button", {
            type: "button",
            text: short,
            title: full,
            lang: code,
            "aria-label": full,
            "aria-pressed": String(code === lang()),
            on: { click: () => setLang(code) },
          }),
        ),
      ),
    );
    drawState();
  };
  onLang(draw);
  draw();
}

/** Tells how a live stream of the page is doing; the bar shows the worst. */
export function showState(name, state) {
  states.set(name, state);
  drawState();
}

function drawState() {
  const line = document.querySelector("#link-state");
  if (!line || states.size === 0) return;
  const lost = [...states.values()].includes("lost");
  line.dataset.state = lost ? "lost" : "live";
  const words = t(lost ? "link.lost" : "link.live");
  if (line.textContent !== words) line.replaceChildren(el("span", { text: words }));
}

/** A short message that goes by itself; problems, and what has to be read (`long`), stay longer. */
export function toast(text, isProblem = false, long = isProblem) {
  const note = el("p", { class: isProblem ? "toast problem" : "toast", text });
  const place = document.querySelector("#toasts");
  // On a phone more of them would hide the page.
  while (place.childElementCount >= MOST_TOASTS) place.firstElementChild.remove();
  place.append(note);
  setTimeout(() => note.remove(), long ? 8_000 : 3_000);
}

/** Shows why the page can't start, with the way to try again. */
export function showFatal(error, place) {
  place.replaceChildren(
    el(
      "div",
      { class: "empty" },
      el("p", { class: "problem", role: "alert", text: error.message }),
      error.status === 401
        ? el("a", { class: "primary", href: `/login?next=${encodeURIComponent(location.pathname)}`, text: t("action.login") })
        : el("button", { class: "primary", type: "button", text: t("action.try_again"), on: { click: () => location.reload() } }),
    ),
  );
}

/** A time in the business's zone: the clock today, with the day otherwise. */
export function showTime(iso, { day = "auto" } = {}) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  const zone = about?.zone;
  const key = (date) => new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(date);
  const clock = new Intl.DateTimeFormat(lang(), { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  if (day === "never" || (day === "auto" && key(at) === key(new Date()))) return clock;
  const date = new Intl.DateTimeFormat(lang(), { timeZone: zone, month: "short", day: "numeric", weekday: "short" }).format(at);
  return `${date} ${clock}`;
}

/** How far a time is away: `in 12 min`, `3 h late`. */
export function showDistance(iso) {
  const minutes = Math.round((new Date(iso).getTime() - Date.now()) / 60_000);
  const far = Math.abs(minutes);
  const amount =
    far < 60
      ? t("span.minutes", { n: far })
      : far < 1_440
        ? t("span.hours", { n: Math.round(far / 6) / 10 })
        : t("span.days", { n: Math.round(far / 144) / 10 });
  return t(minutes >= 0 ? "span.left" : "span.late", { span: amount });
}
