/** Small helpers around the DOM. Text only ever enters through textContent. */

/**
 * An element. `props`: `class`, `text`, `on` (listeners by event), `data`, anything else an attribute; `false` and `null` leave
 * an attribute out, `true` sets it empty.
 */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "text") element.textContent = value;
    else if (name === "value") element.value = value;
    else if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Runs `send` on Enter, not on Shift+Enter, and not while an input method composes. */
export function onEnter(field, send) {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  });
}

/** Lets a text area grow with its words, up to its max-height. */
export function growing(field) {
  const fit = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  };
  field.addEventListener("input", fit);
  return fit;
}

/** An id that nobody else has, also where there is no secure context. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Storage of the browser; without it (private windows) things are kept until the page closes. */
const fallback = new Map();
export const kept = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null") ?? fallback.get(key) ?? null;
    } catch {
      return fallback.get(key) ?? null;
    }
  },
  set(key, value) {
    fallback.set(key, value);
    try {
      localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // Full or forbidden: the copy in memory serves this page.
    }
  },
};
