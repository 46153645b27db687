import { createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createTokenBuckets, type HttpHost, rawBodyOf, readTextBodies } from "../../../adapters/http/index.ts";
import { call, startTestService, type TestService, type TestServiceOptions } from "../web/support.ts";

let service: TestService;
afterEach(() => service.close());

const start = async (options: TestServiceOptions = {}): Promise<void> => {
  service = await startTestService(options);
};

/** fetch does not let a Host header be set. */
function get(path: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest(`${service.url}${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .once("error", reject)
      .end();
  });
}

describe("the host", () => {
  test("tells that the process lives, and why it is not ready", async () => {
    const reasons: string[] = [];
    await start({ ready: () => reasons });
    expect((await call(`${service.url}/healthz`)).body).toEqual({ ok: true });
    expect((await call(`${service.url}/readyz`)).status).toBe(200);
    reasons.push("the store can't be written");
    const answer = await call(`${service.url}/readyz`);
    expect([answer.status, answer.body]).toEqual([503, { ready: false, reasons: ["the store can't be written"] }]);
    expect((await call(`${service.url}/metrics`)).body).toBe("up 1\n");
  });

  test.each([
    ["GET", "/nothing", 404, "not_found", null],
    ["DELETE", "/channels/web/messages", 405, "method_not_allowed", "POST, GET, HEAD"],
    ["POST", "/healthz", 405, "method_not_allowed", "GET, HEAD"],
    ["PUT", "/desk/api/cases/C1", 405, "method_not_allowed", "GET, HEAD"],
    ["GET", "/%zz", 400, "url_invalid", null],
    ["GET", "/assets/..%2f..%2findex.ts", 404, "not_found", null],
    ["GET", "/assets/..%5c..%5cindex.ts", 403, "bad_request", null],
    ["GET", "/assets/none.js", 404, "not_found", null],
  ])("answers %s %s with %i", async (method, path, status, code, allow) => {
    await start();
    const response = await fetch(service.url + path, { method });
    const body = (await response.json()) as { error: { code: string; message: string } };
    expect([response.status, body.error.code, response.headers.get("allow")]).toEqual([status, code, allow]);
    expect(body.error.message).toMatch(/[a-z].*[\u4e00-\u9fff]/);
  });

  test("sends its security headers with everything", async () => {
    await start();
    for (const path of ["/", "/assets/style.css", "/healthz", "/nothing", "/channels/web/messages"]) {
      const { headers } = await call(service.url + path);
      expect([
        path,
        headers.get("content-security-policy")?.split(";")[0],
        headers.get("x-content-type-options"),
        headers.get("x-frame-options"),
      ]).toEqual([path, "default-src 'self'", "nosniff", "DENY"]);
    }
  });

  test("hides what went wrong on our side", async () => {
    await start({
      routes: ({ app }: HttpHost) =>
        void app.get("/broken", async () => {
          throw new Error("password=hunter2");
        }),
    });
    const answer = await call(`${service.url}/broken`);
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([500, expect.not.stringContaining("hunter2")]);
  });

  test("answers JSON to what is not HTTP", async () => {
    await start();
    const { hostname, port } = new URL(service.url);
    const answer = await new Promise<string>((resolve) => {
      let text = "";
      connect(Number(port), hostname, function (this: import("node:net").Socket) {
        this.write("hello\r\n\r\n");
      })
        .on("data", (chunk) => (text += chunk))
        .on("close", () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 .*"code":"request_invalid"/s);
  });

  test("gives adapters the bytes of a body, of JSON and of types they ask for", async () => {
    const secret = "k";
    await start({
      routes: ({ app }: HttpHost) => {
        void app.register(async (scope) => {
          readTextBodies(scope, ["text/xml"]);
          scope.post("/signed", async (request) => ({
            body: request.body,
            signature: createHmac("sha256", secret).update(rawBodyOf(request)).digest("hex"),
          }));
        });
      },
    });
    const sign = (body: string): string => createHmac("sha256", secret).update(body).digest("hex");
    const json = '{ "a" :  1 }';
    expect((await call(`${service.url}/signed`, json)).body).toEqual({ body: { a: 1 }, signature: sign(json) });
    const xml = "<xml>你好</xml>";
    expect((await call(`${service.url}/signed`, xml, { "content-type": "text/xml" })).body).toEqual({ body: xml, signature: sign(xml) });
    expect((await call(`${service.url}/channels/web/messages`, xml, { "content-type": "text/xml" })).status).toBe(415);
  });

  test("finishes requests under way when it closes", async () => {
    let release: () => void = () => undefined;
    let entered: () => void = () => undefined;
    const inside = new Promise<void>((resolve) => {
      entered = resolve;
    });
    await start({
      routes: ({ app }: HttpHost) =>
        void app.get("/slow", async () => {
          entered();
          await new Promise<void>((resolve) => {
            release = resolve;
          });
          return { done: true };
        }),
    });
    const answer = call(`${service.url}/slow`);
    await inside;
    const closing = service.host.close();
    release();
    expect((await answer).body).toEqual({ done: true });
    await closing;
    await expect(fetch(`${service.url}/healthz`)).rejects.toThrow();
  });
});

describe("pages and the desk", () => {
  const guarded = [
    "/",
    "/desk",
    "/reports",
    "/assets/desk.js",
    "/desk/api/cases",
    "/desk/api/about",
    "/desk/api/notices",
    "/desk/api/orders",
    "/desk/api/bookings",
    "/desk/api/figures",
    "/desk/api/conversations/web:c1/trace",
  ];

  test("answer to this machine when there is no token, and not to a rebound name or through a proxy", async () => {
    await start();
    for (const path of guarded) {
      expect([path, await get(path, {})]).toEqual([path, 200]);
      expect([path, await get(path, { host: "evil.example.org" })]).toEqual([path, 403]);
      expect([path, await get(path, { "x-forwarded-for": "203.0.113.9" })]).toEqual([path, 403]);
    }
    expect(await get("/channels/web/messages?conversation=c1", { host: "evil.example.org" })).toBe(404);
  });

  test("ask for a login when there is a token, and take it as bearer", async () => {
    await start({ adminToken: "s3cret" });
    for (const path of guarded.filter((one) => !one.startsWith("/assets"))) {
      const response = await fetch(service.url + path, { redirect: "manual" });
      expect([path, response.status, response.headers.get("location")]).toEqual([
        path,
        path.startsWith("/desk/api") ? 401 : 303,
        path.startsWith("/desk/api") ? null : `/login?next=${encodeURIComponent(path)}`,
      ]);
      expect((await fetch(service.url + path, { headers: { authorization: "Bearer s3cret" } })).status).toBe(200);
    }
  });

  test("are let in by the form's cookie, which scripts can't read and other sites can't use", async () => {
    await start({ adminToken: "s3cret", publicUrl: "https://bot.example.org" });
    const login = (token: string) =>
      fetch(`${service.url}/login`, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ token, next: "/desk" }),
      });
    const wrong = await login("s3cre");
    expect([wrong.status, wrong.headers.get("set-cookie")]).toEqual([401, null]);
    const right = await login("s3cret");
    expect([right.status, right.headers.get("location")]).toEqual([303, "/desk"]);
    const cookie = right.headers.get("set-cookie")!;
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200; Secure$/);
    expect(cookie).not.toContain("s3cret");
    const pair = cookie.split(";")[0]!;
    expect((await fetch(`${service.url}/desk`, { headers: { cookie: pair } })).status).toBe(200);
    expect((await call(`${service.url}/desk/api/commands`, {}, { cookie: pair })).status).toBe(422);
    expect((await call(`${service.url}/desk/api/commands`, {}, { cookie: pair, origin: "https://evil.example.org" })).status).toBe(403);
    service.ahead = 12 * 3_600_000;
    expect((await fetch(`${service.url}/desk/api/cases`, { headers: { cookie: pair } })).status).toBe(401);
  });

  test("let nobody guess the token", async () => {
    await start({ adminToken: "s3cret" });
    const login = (token: string) =>
      fetch(`${service.url}/login`, {
        method: "POST",
        redirect: "manual",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ token }),
      });
    for (let index = 0; index < 10; index++) expect((await login("no")).status).toBe(401);
    const refused = await login("s3cret");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "10"]);
    service.ahead = 10_000;
    expect((await login("s3cret")).status).toBe(303);
  });
});

test("token buckets give back with time, never above the burst, and keep keys apart", async () => {
  await start();
  let now = 0;
  const buckets = createTokenBuckets({ burst: 2, perSecond: 1 }, () => now);
  expect([buckets.take("a"), buckets.take("a"), buckets.take("a"), buckets.take("b")]).toEqual([0, 0, 1_000, 0]);
  now = 500;
  expect(buckets.take("a")).toBe(500);
  now = 60_000;
  expect([buckets.take("a"), buckets.take("a"), buckets.take("a")]).toEqual([0, 0, 1_000]);
  now = 0;
  expect(buckets.take("a")).toBeGreaterThan(0);
});
