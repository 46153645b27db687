import { describe, expect, test } from "vitest";
import { type AdminPolicy, type AdminVerdict, hostName, isLoopback, judgeAdmin } from "../../../adapters/http/guard.ts";
import { cookieOf, isSessionValid, safePath, sessionValue } from "../../../adapters/http/session.ts";

const open: AdminPolicy = { token: null, listenHost: "127.0.0.1", publicUrl: null };
const closed: AdminPolicy = { token: "s3cret-token", listenHost: "0.0.0.0", publicUrl: "https://bot.example.org" };

interface Asked {
  readonly method?: string;
  readonly peer?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly session?: boolean;
}

const judge = (policy: AdminPolicy, { method = "GET", peer = "127.0.0.1", headers = {}, session = false }: Asked): AdminVerdict =>
  judgeAdmin(policy, { method, peer, headers: { host: "localhost:3000", ...headers }, session });

describe("without a token", () => {
  test.each<[string, Asked, AdminVerdict]>([
    ["this machine by name", {}, "allowed"],
    ["this machine by IPv4", { headers: { host: "127.0.0.1:3000" } }, "allowed"],
    ["this machine by another loopback address", { peer: "127.8.8.8", headers: { host: "127.8.8.8" } }, "allowed"],
    ["this machine by IPv6", { peer: "::1", headers: { host: "[::1]:3000" } }, "allowed"],
    ["this machine by IPv4 within IPv6", { peer: "::ffff:127.0.0.1" }, "allowed"],
    ["another machine", { peer: "192.168.1.7" }, "not_local"],
    ["another machine by IPv6", { peer: "2001:db8::1" }, "not_local"],
    ["another machine that names loopback", { peer: "10.0.0.2", headers: { host: "127.0.0.1" } }, "not_local"],
    ["an address that begins like loopback", { peer: "127.0.0.1.example.org" }, "not_local"],
    ["no peer", { peer: "" }, "not_local"],
    ["a name that was rebound to loopback", { headers: { host: "evil.example.org:3000" } }, "foreign_host"],
    ["a name that holds localhost", { headers: { host: "localhost.evil.example.org" } }, "foreign_host"],
    ["a host with credentials in it", { headers: { host: "localhost@evil.example.org" } }, "foreign_host"],
    ["an empty host", { headers: { host: "" } }, "foreign_host"],
    ["a proxy on this machine", { headers: { "x-forwarded-for": "203.0.113.9" } }, "forwarded"],
    ["a proxy that says so in the standard way", { headers: { forwarded: "for=203.0.113.9" } }, "forwarded"],
    ["a tunnel on this machine", { headers: { "cf-connecting-ip": "203.0.113.9" } }, "forwarded"],
    ["an empty proxy header", { headers: { "x-real-ip": "" } }, "forwarded"],
    ["a change from our own page", { method: "POST", headers: { origin: "http://localhost:3000" } }, "allowed"],
    [
      "a change from our own page by IPv6",
      { method: "POST", peer: "::1", headers: { host: "[::1]:3000", origin: "http://[::1]:3000" } },
      "allowed",
    ],
    ["a change from no page", { method: "POST" }, "allowed"],
    ["a change from another site", { method: "POST", headers: { origin: "https://evil.example.org" } }, "cross_origin"],
    ["a change from another port of this machine", { method: "POST", headers: { origin: "http://localhost:8080" } }, "cross_origin"],
    ["a change from a page without origin", { method: "POST", headers: { origin: "null" } }, "cross_origin"],
    ["a change that the browser calls cross-site", { method: "DELETE", headers: { "sec-fetch-site": "cross-site" } }, "cross_origin"],
    ["a change that the browser calls same-site", { method: "PUT", headers: { "sec-fetch-site": "same-site" } }, "cross_origin"],
  ])("%s", (_name, asked, verdict) => {
    expect(judge(open, asked)).toBe(verdict);
  });

  test("the address we listen on is a name of ours", () => {
    expect(judge({ ...open, listenHost: "box.lan" }, { headers: { host: "Box.lan:3000" } })).toBe("allowed");
  });
});

describe("with a token", () => {
  const bearer = { authorization: "Bearer s3cret-token" };
  test.each<[string, Asked, AdminVerdict]>([
    ["nothing", {}, "login_needed"],
    ["loopback alone", { peer: "127.0.0.1" }, "login_needed"],
    [
      "the bearer token from anywhere",
      { peer: "203.0.113.9", headers: { ...bearer, host: "bot.example.org", "x-forwarded-for": "1.1.1.1" } },
      "allowed",
    ],
    ["the bearer token in lower case", { headers: { authorization: "bearer s3cret-token" } }, "allowed"],
    ["another token", { headers: { authorization: "Bearer s3cret-tokem" } }, "login_needed"],
    ["a longer token", { headers: { authorization: "Bearer s3cret-token1" } }, "login_needed"],
    ["the token as basic", { headers: { authorization: "Basic s3cret-token" } }, "login_needed"],
    ["a wrong bearer beside a good cookie", { session: true, headers: { authorization: "Bearer x" } }, "login_needed"],
    ["a change by bearer from another origin", { method: "POST", headers: { ...bearer, origin: "https://tool.example.org" } }, "allowed"],
    ["the cookie", { peer: "203.0.113.9", session: true }, "allowed"],
    [
      "a change by cookie from our page",
      { method: "POST", session: true, headers: { host: "bot.example.org", origin: "https://bot.example.org" } },
      "allowed",
    ],
    [
      "a change by cookie behind a proxy that renames the host",
      { method: "POST", session: true, headers: { host: "10.0.0.5:3000", origin: "https://bot.example.org" } },
      "allowed",
    ],
    [
      "a change by cookie from another site",
      { method: "POST", session: true, headers: { host: "bot.example.org", origin: "https://evil.example.org" } },
      "cross_origin",
    ],
  ])("%s", (_name, asked, verdict) => {
    expect(judge(closed, asked)).toBe(verdict);
  });
});

describe("sessions", () => {
  const now = 1_000_000;
  const value = sessionValue("token", now + 1_000);
  test.each([
    ["its own token, in time", value, "token", now, true],
    ["its own token, too late", value, "token", now + 1_000, false],
    ["another token", value, "other", now, false],
    ["a later end than signed", value.replace(/^\d+/, String(now + 2_000)), "token", now, false],
    ["an end further off than any login gives", sessionValue("token", now + 13 * 3_600_000), "token", now, false],
    ["nothing", null, "token", now, false],
    ["rubbish", "x", "token", now, false],
  ])("%s", (_name, cookie, token, at, valid) => {
    expect(isSessionValid(cookie, token, at)).toBe(valid);
  });

  test("a cookie is found among others", () => {
    expect(cookieOf("a=1; anxin_admin=5.x=y; b=2", "anxin_admin")).toBe("5.x=y");
    expect(cookieOf("xanxin_admin=5", "anxin_admin")).toBeNull();
    expect(cookieOf(undefined, "anxin_admin")).toBeNull();
  });

  test.each([
    ["/desk", "/desk"],
    ["/desk?x=1", "/desk?x=1"],
    ["//evil.example.org", "/"],
    ["/\\evil.example.org", "/"],
    ["https://evil.example.org", "/"],
    ["/a\r\nb", "/"],
    ["/login", "/"],
    [undefined, "/"],
    [["/desk"], "/"],
  ])("after the login %s leads to %s", (given, path) => {
    expect(safePath(given)).toBe(path);
  });
});

test.each([
  ["localhost:3000", "localhost"],
  ["LOCALHOST", "localhost"],
  ["[::1]:80", "::1"],
  ["a b", null],
  ["", null],
  [undefined, null],
  ["a:b:c", null],
])("hostName(%s) is %s", (header, name) => {
  expect(hostName(header)).toBe(name);
});

test.each([
  ["127.0.0.1", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["::FFFF:127.0.0.1", true],
  ["128.0.0.1", false],
  ["::2", false],
  ["127.0.0.1:80", false],
])("isLoopback(%s) is %s", (address, is) => {
  expect(isLoopback(address)).toBe(is);
});
