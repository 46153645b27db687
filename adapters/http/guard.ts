/**
 * Who may see pages and use the desk. Pure; the hooks around it are in session.ts.
 *
 * Without a token only this machine may: the peer is a loopback address, the Host header names loopback (or the very address
 * we listen on), and no proxy's header is there. The Host check keeps a web page elsewhere from reaching us through a name
 * of its own that resolves to 127.0.0.1; the proxy check keeps a tunnel or reverse proxy on this machine from lending its
 * loopback address to the world.
 * With a token: the token as bearer, or the cookie of the login form.
 * A call that changes something must come from our own pages or from no page at all, unless it shows the bearer token, which
 * no foreign page can make a browser send.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export interface AdminPolicy {
  readonly token: string | null;
  /** Address we listen on. */
  readonly listenHost: string;
  readonly publicUrl: string | null;
}

export interface AdminRequest {
  readonly method: string;
  /** Address of the socket's other end. */
  readonly peer: string;
  readonly headers: IncomingHttpHeaders;
  /** The login cookie was there and is valid. */
  readonly session: boolean;
}

export type AdminVerdict = "allowed" | "not_local" | "forwarded" | "foreign_host" | "cross_origin" | "login_needed";

/** Headers by which proxies and tunnels tell of themselves. */
const PROXY_HEADERS = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "x-client-ip",
  "via",
  "cf-connecting-ip",
  "true-client-ip",
  "fastly-client-ip",
];

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

export function judgeAdmin(policy: AdminPolicy, request: AdminRequest): AdminVerdict {
  const { headers } = request;
  if (policy.token === null) {
    if (!isLoopback(request.peer)) return "not_local";
    if (PROXY_HEADERS.some((name) => headers[name] !== undefined)) return "forwarded";
    const name = hostName(headers.host);
    if (name === null || !(isLoopbackName(name) || name === policy.listenHost.toLowerCase())) return "foreign_host";
  } else if (headers.authorization !== undefined) {
    return bearerIs(headers.authorization, policy.token) ? "allowed" : "login_needed";
  } else if (!request.session) {
    return "login_needed";
  }
  if (SAFE_METHODS.includes(request.method)) return "allowed";
  return isSameOrigin(headers, policy.publicUrl) ? "allowed" : "cross_origin";
}

/** Is a state-changing call from one of our own pages, or from no page? */
export function isSameOrigin(headers: IncomingHttpHeaders, publicUrl: string | null): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  if (headers.origin === undefined) return true;
  if (!URL.canParse(headers.origin)) return false;
  const origin = new URL(headers.origin);
  if (origin.protocol !== "http:" && origin.protocol !== "https:") return false;
  if (publicUrl !== null && origin.origin === new URL(publicUrl).origin) return true;
  return headers.host !== undefined && origin.host === headers.host.toLowerCase();
}

/** 127.0.0.0/8, ::1, and the former within IPv6. */
export function isLoopback(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:/, "");
  return plain === "::1" || /^127(?:\.\d{1,3}){3}$/.test(plain);
}

/** Name of a Host header without its port, lower case, IPv6 without brackets; `null` when it is none. */
export function hostName(header: string | undefined): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(header ?? "");
  return match ? (match[1] ?? match[2]!).toLowerCase() : null;
}

function isLoopbackName(name: string): boolean {
  return name === "localhost" || isLoopback(name);
}

function bearerIs(authorization: string, token: string): boolean {
  const match = /^Bearer +(\S+)$/i.exec(authorization);
  return match !== null && sameSecret(match[1]!, token);
}

/** Compares two secrets in a time that tells nothing of them, not even their length. */
export function sameSecret(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();
  return timingSafeEqual(digest(one), digest(other));
}
