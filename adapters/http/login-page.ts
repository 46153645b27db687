/** The two pages the host itself serves: the login form and the refusal. */
import type { Language } from "../../core/language.ts";

interface LoginWords {
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly submit: string;
  readonly wrong: string;
  readonly wait: string;
}

const WORDS: Readonly<Record<Language, LoginWords>> = {
  "zh-CN": {
    title: "登录服务台",
    label: "管理令牌",
    hint: "即启动服务时设置的 ADMIN_TOKEN。",
    submit: "登录",
    wrong: "令牌不对，请核对后重试。",
    wait: "尝试次数过多，请稍候一分钟再试。",
  },
  "zh-TW": {
    title: "登入服務台",
    label: "管理權杖",
    hint: "即啟動服務時設定的 ADMIN_TOKEN。",
    submit: "登入",
    wrong: "權杖不正確，請核對後再試。",
    wait: "嘗試次數過多，請稍候一分鐘再試。",
  },
  en: {
    title: "Log in to the desk",
    label: "Admin token",
    hint: "The ADMIN_TOKEN the service was started with.",
    submit: "Log in",
    wrong: "That is not the token. Check it and try again.",
    wait: "Too many tries. Wait a minute, then try again.",
  },
};

/** The language a browser asks for first, of those we speak. */
function languageOf(acceptLanguage: string | undefined): Language {
  for (const part of (acceptLanguage ?? "").split(",")) {
    const tag = part.split(";")[0]!.trim().toLowerCase();
    if (/^zh-(?:tw|hk|mo|hant)/.test(tag)) return "zh-TW";
    if (tag === "zh" || tag.startsWith("zh-")) return "zh-CN";
    if (tag === "en" || tag.startsWith("en-")) return "en";
  }
  return "zh-CN";
}

export function loginPage(acceptLanguage: string | undefined, next: string, failure: "wrong" | "wait" | null): string {
  const language = languageOf(acceptLanguage);
  const words = WORDS[language];
  return page(
    language,
    words.title,
    `<form class="card gate" method="post" action="/login">
      <p class="brand"><span class="mark" aria-hidden="true">安</span> Anxin 安心</p>
      <h1>${words.title}</h1>
      ${failure ? `<p class="problem" role="alert">${words[failure]}</p>` : ""}
      <label for="token">${words.label}</label>
      <input id="token" name="token" type="password" autocomplete="current-password" required autofocus aria-describedby="hint">
      <p class="hint" id="hint">${words.hint}</p>
      <input type="hidden" name="next" value="${escapeHtml(next)}">
      <button class="primary" type="submit">${words.submit}</button>
    </form>`,
  );
}

export function refusalPage(message: string): string {
  return page(
    "zh-CN",
    "Anxin 安心",
    `<div class="card gate"><p class="brand"><span class="mark" aria-hidden="true">安</span> Anxin 安心</p><p>${escapeHtml(message)}</p></div>`,
  );
}

function page(language: Language, title: string, main: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Anxin 安心</title>
<link rel="stylesheet" href="/assets/style.css"><link rel="icon" href="/assets/icon.svg" type="image/svg+xml"></head>
<body class="gate-page"><main>${main}</main></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
