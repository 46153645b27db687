/** The login: a small form, a cookie signed with the token, and the hooks that ask guard.ts. */
import { createHmac } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { readTextBodies } from "./body.ts";
import { createTokenBuckets } from "./buckets.ts";
import { type AdminPolicy, type AdminVerdict, isSameOrigin, judgeAdmin, sameSecret } from "./guard.ts";
import { loginPage, refusalPage } from "./login-page.ts";
import { HttpProblem } from "./problems.ts";
import type { AdminGuard } from "./types.ts";

const COOKIE = "anxin_admin";
/** A working day. */
const SESSION_MS = 12 * 3_600_000;
/** Tries of the form per address: more than a person mistypes, far fewer than a guess needs. */
const LOGIN_LIMIT = { burst: 10, perSecond: 0.1 };

/**
 * Cookie value `<end, epoch ms>.<signature>`. It holds no token, and ends with the token: another token, another signature.
 */
export function sessionValue(token: string, endsAt: number): string {
  return `${endsAt}.${createHmac("sha256", token).update(`anxin-admin-session:${endsAt}`).digest("base64url")}`;
}

export function isSessionValid(value: string | null, token: string, now: number): boolean {
  if (value === null) return false;
  const endsAt = Number(/^(\d{1,15})\./.exec(value)?.[1] ?? "0");
  return endsAt > now && endsAt <= now + SESSION_MS && sameSecret(value, sessionValue(token, endsAt));
}

/** Value of one cookie of a Cookie header, or `null`. */
export function cookieOf(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? "").split(";")) {
    const [key, ...rest] = pair.trim().split("=");
    if (key === name) return rest.join("=");
  }
  return null;
}

const REFUSALS: Readonly<Record<Exclude<AdminVerdict, "allowed">, readonly [number, string]>> = {
  not_local: [
    403,
    "This answers on its own machine only. Set ADMIN_TOKEN to reach it from elsewhere. 仅限本机访问；如需远程访问，请设置 ADMIN_TOKEN。",
  ],
  forwarded: [403, "Through a proxy this needs a login. Set ADMIN_TOKEN and restart. 经代理访问需要登录，请设置 ADMIN_TOKEN 后重启。"],
  foreign_host: [403, "Open this by localhost or 127.0.0.1. 请使用 localhost 或 127.0.0.1 打开。"],
  cross_origin: [403, "This call came from another site and was refused. 已拒绝来自其他网站的请求。"],
  login_needed: [401, "Log in at /login, or send the token as Bearer. 请在 /login 登录，或在请求中附上令牌。"],
};

export function createGuard(policy: AdminPolicy, now: () => number): AdminGuard {
  const verdictOf = (request: FastifyRequest): AdminVerdict =>
    judgeAdmin(policy, {
      method: request.method,
      peer: request.socket.remoteAddress ?? "",
      headers: request.headers,
      session: policy.token !== null && isSessionValid(cookieOf(request.headers.cookie, COOKIE), policy.token, now()),
    });
  const refuse = (reply: FastifyReply, verdict: Exclude<AdminVerdict, "allowed">): never => {
    const [status, message] = REFUSALS[verdict];
    if (status === 401) void reply.header("www-authenticate", 'Bearer realm="anxin"');
    throw new HttpProblem(status, verdict, message);
  };
  return {
    async api(request, reply) {
      const verdict = verdictOf(request);
      if (verdict !== "allowed") refuse(reply, verdict);
    },
    async page(request, reply) {
      const verdict = verdictOf(request);
      if (verdict === "allowed") return;
      if (verdict === "login_needed") return reply.redirect(`/login?next=${encodeURIComponent(request.url)}`, 303);
      const [status, message] = REFUSALS[verdict];
      return reply.code(status).type("text/html; charset=utf-8").send(refusalPage(message));
    },
    async assets(request, reply) {
      if (policy.token !== null) return;
      const verdict = verdictOf(request);
      if (verdict !== "allowed") refuse(reply, verdict);
    },
  };
}

/** The form at /login. Without a token there is nothing to log in to, and the routes are not there. */
export function mountLogin(app: FastifyInstance, policy: AdminPolicy, now: () => number): void {
  const { token } = policy;
  if (token === null) return;
  const tries = createTokenBuckets(LOGIN_LIMIT, now);
  const secure = policy.publicUrl?.startsWith("https:") ? "; Secure" : "";
  const setCookie = (reply: FastifyReply, value: string, seconds: number): void => {
    void reply.header("set-cookie", `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`);
  };
  void app.register(async (scope) => {
    readTextBodies(scope, ["application/x-www-form-urlencoded"]);
    scope.get<{ Querystring: { next?: unknown } }>("/login", async (request, reply) => {
      return reply
        .type("text/html; charset=utf-8")
        .header("cache-control", "no-store")
        .send(loginPage(request.headers["accept-language"], safePath(request.query.next), null));
    });
    scope.post<{ Body: unknown }>("/login", async (request, reply) => {
      if (!isSameOrigin(request.headers, policy.publicUrl)) throw new HttpProblem(...problemOf("cross_origin"));
      const form = new URLSearchParams(typeof request.body === "string" ? request.body : "");
      const next = safePath(form.get("next"));
      const waitMs = tries.take(request.socket.remoteAddress ?? "");
      const right = waitMs === 0 && sameSecret(form.get("token") ?? "", token);
      if (right) {
        setCookie(reply, sessionValue(token, now() + SESSION_MS), SESSION_MS / 1_000);
        return reply.redirect(next, 303);
      }
      if (waitMs > 0) void reply.header("retry-after", Math.ceil(waitMs / 1_000));
      return reply
        .code(waitMs > 0 ? 429 : 401)
        .type("text/html; charset=utf-8")
        .header("cache-control", "no-store")
        .send(loginPage(request.headers["accept-language"], next, waitMs > 0 ? "wait" : "wrong"));
    });
    scope.post("/logout", async (request, reply) => {
      if (!isSameOrigin(request.headers, policy.publicUrl)) throw new HttpProblem(...problemOf("cross_origin"));
      setCookie(reply, "", 0);
      return reply.redirect("/login", 303);
    });
  });
}

function problemOf(verdict: Exclude<AdminVerdict, "allowed">): [number, string, string] {
  const [status, message] = REFUSALS[verdict];
  return [status, verdict, message];
}

/** A path of our own to go on to; anything else becomes `/`. */
export function safePath(value: unknown): string {
  if (typeof value !== "string" || !/^\/(?![/\\])[\x21-\x7e]*$/.test(value) || value.startsWith("/login")) return "/";
  return value;
}
