/** What was said and noted of a case, in one line of time, told apart by its look. */
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { showTime, staffName } from "./shell.js";

export function drawTranscript(messages, notes) {
  const items = [
    ...messages.map((message) => ({ at: message.at, order: message.seq, element: () => talk(message) })),
    ...notes.map((note, index) => ({ at: note.at, order: 1e12 + index, element: () => noteItem(note) })),
  ].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : one.order - other.order));
  return items.map((item) => item.element());
}

function talk(message) {
  const who = message.from === "staff" && message.author ? staffName(message.author) : t(`from.${message.from}`);
  return el(
    "li",
    { class: `talk from-${message.from}` },
    el(
      "p",
      { class: "talk-head" },
      el("strong", { text: who }),
      " ",
      el("time", { datetime: message.at, text: showTime(message.at) }),
      message.status === "failed" ? el("span", { class: "late", text: " ✕" }) : null,
    ),
    message.media ? drawMedia(message.media) : null,
    message.text ? el("p", { class: "words", dir: "auto", text: message.text }) : null,
  );
}

function noteItem(note) {
  return el(
    "li",
    { class: "talk note" },
    el(
      "p",
      { class: "talk-head" },
      el("strong", { text: staffName(note.by) }),
      " ",
      el("time", { datetime: note.at, text: showTime(note.at) }),
      ` · ${t("action.note")}`,
    ),
    el("p", { class: "words", dir: "auto", text: note.text }),
  );
}

/** Pictures kept with us are shown; everything else is a link that leads away without telling where from. */
function drawMedia(media) {
  const label = `${t(`media.${media.kind}`)}${media.name ? ` · ${media.name}` : ""}`;
  if (/^data:image\/(png|jpeg|gif|webp);base64,/.test(media.ref)) return el("img", { class: "shown", src: media.ref, alt: label });
  if (/^https?:/.test(media.ref))
    return el("p", {}, el("a", { href: media.ref, target: "_blank", rel: "noopener noreferrer", text: label }));
  if (/^geo:/.test(media.ref)) return el("p", { class: "media", text: `${label} · ${media.ref.slice(4)}` });
  return el("p", { class: "media", text: label });
}
