/** The customer's phone: a conversation with the service over the public web channel. */
import { messageBubble, typingBubble, unsentBubble } from "./bubbles.js";
import { el, growing, kept, newId, onEnter } from "./dom.js";
import { lang, onLang, t } from "./i18n.js";
import { mediaPayload } from "./media.js";
import { call, follow } from "./net.js";
import { createOutbox } from "./outbox.js";
import { showState, toast } from "./shell.js";
import { entryOf } from "./why.js";

/** Without a reply after this long the dots go: a person may be writing it, ms. */
const TYPING_MS = 8_000;
const VISITOR = "visitor";

/**
 * @param onSelect called with the id of a customer's message or a reply whose reasons are wanted
 * @param onConversation called with the conversation when it changes
 * @param onMessage called when a message of the service has arrived
 */
export function createPhone(place, { about, onSelect, onConversation, onMessage }) {
  let who = kept.get("anxin.who") ?? VISITOR;
  if (who !== VISITOR && !about.customers.some((one) => one.id === who)) who = VISITOR;
  let conversation = "";
  let messages = new Map();
  let waiting = [];
  let last = 0;
  let selected = null;
  let stop = () => undefined;
  let outbox = null;
  let typingUntil = 0;
  let typingTimer = 0;

  const log = el("ol", { class: "log", role: "log", "aria-live": "polite", tabindex: "0" });
  const chips = el("div", { class: "chips", role: "group" });
  const field = el("textarea", { id: "phone-input", rows: 1, maxlength: 4000, enterkeyhint: "send", autocomplete: "off" });
  const fit = growing(field);
  const file = el("input", { type: "file", class: "hidden", tabindex: "-1", "aria-hidden": "true" });
  const jump = el("button", { type: "button", class: "jump", hidden: true, on: { click: () => scrollDown() } });
  const head = el("div", { class: "phone-head" });
  const form = el("form", { class: "phone-form" });

  function visitorConversation(anew) {
    let id = kept.get("anxin.visitor");
    if (anew || typeof id !== "string") {
      id = `v-${newId()}`;
      kept.set("anxin.visitor", id);
    }
    return id;
  }

  function open(anew = false) {
    stop();
    outbox?.close();
    conversation = who === VISITOR ? visitorConversation(anew) : about.customers.find((one) => one.id === who).conversation;
    messages = new Map();
    waiting = [];
    last = 0;
    selected = null;
    typingUntil = 0;
    onConversation(conversation);
    draw();
    outbox = createOutbox(conversation, (entries) => {
      waiting = entries;
      draw();
    });
    const mine = conversation;
    stop = follow({
      url: () => `/channels/web/stream?conversation=${encodeURIComponent(mine)}&after=${last}`,
      events: { message: (message) => mine === conversation && arrived(message) },
      look: async () => {
        const { messages: found } = await call(`/channels/web/messages?conversation=${encodeURIComponent(mine)}&after=${last}`);
        if (mine === conversation) for (const message of found) arrived(message);
      },
      onState: (state) => {
        showState("phone", state);
        if (state === "live") outbox?.nudge();
      },
    });
  }

  function arrived(message) {
    if (message.seq <= last && messages.has(message.id)) return;
    last = Math.max(last, message.seq);
    messages.set(message.id, message);
    if (message.from === "customer") {
      if (Date.now() - Date.parse(message.at) < TYPING_MS) showTyping();
    } else {
      typingUntil = 0;
      onMessage(message);
    }
    draw();
  }

  function showTyping() {
    typingUntil = Date.now() + TYPING_MS;
    clearTimeout(typingTimer);
    typingTimer = setTimeout(draw, TYPING_MS + 50);
  }

  function send(payload) {
    outbox.send(payload);
    draw();
    scrollDown();
  }

  function sendText() {
    const text = field.value.trim();
    if (text === "") return;
    field.value = "";
    fit();
    send({ text });
  }

  function select(id) {
    selected = id;
    for (const bubble of log.querySelectorAll("[data-id]")) bubble.classList.toggle("selected", bubble.dataset.id === id);
    onSelect(id);
  }

  const nearEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  function scrollDown() {
    log.scrollTop = log.scrollHeight;
    jump.hidden = true;
  }
  log.addEventListener("scroll", () => {
    if (nearEnd()) jump.hidden = true;
  });

  function draw() {
    const stuck = nearEnd();
    const known = [...messages.values()].sort((one, other) => one.seq - other.seq);
    const unsent = waiting.filter((entry) => !messages.has(entry.id));
    const typing = typingUntil > Date.now();
    const wanted = [
      ...known.map((message) => ["message", message.id, message]),
      ...unsent.map((entry) => ["unsent", entry.id, entry]),
      ...(typing && unsent.length === 0 ? [["typing", "$typing", null]] : []),
    ];
    if (wanted.length === 0) log.replaceChildren(starters());
    else patch(wanted);
    const latest = known.at(-1);
    const buttons = unsent.length === 0 && latest && latest.from !== "customer" ? (latest.buttons ?? []) : [];
    drawChips(buttons);
    if (stuck) scrollDown();
    else if (latest && latest.from !== "customer" && latest.seq === last) jump.hidden = false;
  }

  /** Changes only what differs, so that readers of the screen hear new messages and not the old ones again. */
  function patch(wanted) {
    const old = new Map([...log.children].map((item) => [item.dataset.key, item]));
    let before = null;
    for (const [kind, id, value] of wanted) {
      const key = `${kind}:${id}:${lang()}:${kind === "unsent" ? (value.problem?.message ?? "") + (value.problem?.final ?? "") : ""}`;
      const item = old.get(key) ?? drawItem(kind, value);
      item.dataset.key = key;
      old.delete(key);
      const after = before ? before.nextSibling : log.firstChild;
      if (after !== item) log.insertBefore(item, after);
      before = item;
    }
    for (const item of old.values()) item.remove();
  }

  function drawItem(kind, value) {
    if (kind === "typing") return typingBubble();
    if (kind === "unsent") return unsentBubble(value, outbox);
    return messageBubble(value, { botName: about.bot[lang()], isSelected: value.id === selected, onSelect: select });
  }

  function drawChips(buttons) {
    const key = JSON.stringify([lang(), buttons]);
    if (chips.dataset.key === key) return;
    chips.dataset.key = key;
    const focused = chips.contains(document.activeElement);
    chips.setAttribute("aria-label", t("phone.choices"));
    chips.replaceChildren(
      ...buttons.map(({ id, label }) =>
        el("button", {
          type: "button",
          class: "chip",
          text: label,
          data: { press: id },
          on: { click: () => send({ press: { id, label } }) },
        }),
      ),
    );
    if (focused) (chips.querySelector("button") ?? field).focus();
  }

  function starters() {
    return el(
      "li",
      { class: "starters", data: { key: "$starters" } },
      el("p", { text: t("phone.empty") }),
      ...t("phone.starters")
        .split("|")
        .map((words) => el("button", { type: "button", class: "chip", text: words, on: { click: () => send({ text: words }) } })),
      el("p", { class: "hint", text: t("phone.greeting_hint") }),
    );
  }

  function drawFrame() {
    const choice = el(
      "select",
      {
        id: "who",
        on: {
          change: (event) => {
            who = event.target.value;
            kept.set("anxin.who", who);
            drawFrame();
            open();
          },
        },
      },
      el("option", { value: VISITOR, text: t("phone.visitor") }),
      ...about.customers.map((one) => el("option", { value: one.id, text: `${one.name}${one.vip ? " · VIP" : ""}` })),
    );
    choice.value = who;
    head.replaceChildren(
      el("label", { for: "who", text: t("phone.who") }),
      choice,
      who === VISITOR
        ? el("button", {
            type: "button",
            class: "quiet",
            text: t("phone.restart"),
            title: t("phone.restart_hint"),
            on: { click: () => open(true) },
          })
        : "",
    );
    log.setAttribute("aria-label", t("phone.log"));
    field.setAttribute("placeholder", t("phone.input"));
    field.setAttribute("aria-label", t("phone.input"));
    jump.textContent = t("phone.new");
    form.replaceChildren(
      el(
        "button",
        { type: "button", class: "icon", "aria-label": t("phone.attach"), title: t("phone.attach"), on: { click: () => file.click() } },
        icon("M12 5v14M5 12h14"),
      ),
      el(
        "button",
        { type: "button", class: "icon", "aria-label": t("phone.locate"), title: t("phone.locate"), on: { click: sendLocation } },
        icon("M12 21s-6.5-5.6-6.5-11a6.5 6.5 0 0 1 13 0c0 5.4-6.5 11-6.5 11Zm0-8.5a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8Z"),
      ),
      field,
      file,
      el("button", { type: "submit", class: "primary send", text: t("phone.send") }),
    );
    place.setAttribute("aria-label", t("phone.title"));
  }

  function sendLocation() {
    const failed = () => toast(t("media.no_location"), true);
    if (!navigator.geolocation) return failed();
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        send({
          media: { kind: "location", name: t("phone.here"), url: `geo:${coords.latitude.toFixed(6)},${coords.longitude.toFixed(6)}` },
        }),
      failed,
      { timeout: 10_000 },
    );
  }

  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    file.value = "";
    if (!chosen) return;
    try {
      send({ media: await mediaPayload(chosen) });
    } catch (error) {
      toast(error.message, true);
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendText();
    field.focus();
  });
  onEnter(field, sendText);

  place.classList.add("phone");
  place.replaceChildren(head, el("div", { class: "log-frame" }, log, jump), chips, form);
  onLang(() => {
    drawFrame();
    draw();
  });
  drawFrame();
  open();
  return {
    message: (id) => messages.get(id) ?? null,
    byEntry: (entry) =>
      [...messages.values()].find((message) => message.from === "customer" && entryOf(conversation, message) === entry) ?? null,
    follow() {
      selected = null;
      for (const bubble of log.querySelectorAll(".selected")) bubble.classList.remove("selected");
    },
  };
}

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
