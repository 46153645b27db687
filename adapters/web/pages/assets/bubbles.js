/** Single messages of the phone. */
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { showTime } from "./shell.js";

/** Somebody writes. */
export function typingBubble() {
  return el(
    "li",
    { class: "bubble-row from-bot" },
    el("div", { class: "bubble typing", role: "img", "aria-label": t("phone.typing") }, el("i"), el("i"), el("i")),
  );
}

/** A message as it stands in the conversation; pressing it asks for its reasons. */
export function messageBubble(message, { botName, isSelected, onSelect }) {
  const name = message.from === "bot" ? botName : message.from === "staff" ? t("from.staff") : null;
  const bubble = el(
    "button",
    {
      type: "button",
      class: `bubble${isSelected ? " selected" : ""}`,
      data: { id: message.id },
      title: t("phone.why"),
      on: { click: () => onSelect(message.id) },
    },
    message.media
      ? el("span", {
          class: `media media-${message.media.kind}`,
          text: nameOf(message.media),
        })
      : null,
    message.text ? el("span", { class: "words", dir: "auto", text: message.text }) : null,
  );
  return el(
    "li",
    { class: `bubble-row from-${message.from}`, data: { from: message.from } },
    el("span", { class: name ? "sender" : "sender hidden-text", text: name ?? t("from.customer") }),
    bubble,
    message.media?.url ? shownFile(message.media) : null,
    el("time", { datetime: message.at, text: showTime(message.at) }),
  );
}

const nameOf = (media) => `${t(`media.${media.kind}`)}${media.name ? ` · ${media.name}` : ""}`;

/** A picture of ours as it is; anything else is a link to open. */
function shownFile(media) {
  const isOurs = media.url.startsWith("/") || media.url.startsWith("data:image/");
  if (media.kind === "photo" && isOurs) {
    const picture = el("img", { src: media.url, alt: nameOf(media), loading: "lazy" });
    return media.url.startsWith("/")
      ? el("a", { href: media.url, target: "_blank", rel: "noopener", class: "shown-file" }, picture)
      : picture;
  }
  if (media.url.startsWith("data:")) return null;
  return el("a", { href: media.url, target: "_blank", rel: "noopener noreferrer", class: "shown-file", text: t("media.open") });
}

/** A message on its way, with what to do when it does not get there. */
export function unsentBubble(entry, outbox) {
  const { payload, problem } = entry;
  const words =
    payload.text ??
    payload.media?.name ??
    (payload.media ? t(`media.${payload.media.kind}`) : (payload.press?.label ?? String(payload.press ?? "")));
  return el(
    "li",
    { class: "bubble-row from-customer unsent" },
    el("span", { class: "sender hidden-text", text: t("from.customer") }),
    el("div", { class: "bubble" }, el("span", { class: "words", dir: "auto", text: words })),
    problem
      ? el(
          "p",
          { class: "send-problem" },
          el("span", { text: problem.message }),
          el("button", { type: "button", class: "link", text: t("action.try_again"), on: { click: () => outbox.retry(entry.id) } }),
          problem.final
            ? el("button", { type: "button", class: "link", text: t("action.discard"), on: { click: () => outbox.discard(entry.id) } })
            : null,
        )
      : el("time", { text: t("phone.sending") }),
  );
}
