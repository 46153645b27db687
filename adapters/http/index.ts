/** The HTTP host: one small server on which the channels and pages hang their routes. */
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from "fastify";
import { readJsonBodies } from "./body.ts";
import type { AdminPolicy } from "./guard.ts";
import { SECURITY_HEADERS } from "./headers.ts";
import { HTTP_LIMITS } from "./limits.ts";
import { HttpProblem, internalProblem, methodNotAllowed, notFound, problemBody, toProblem } from "./problems.ts";
import { createGuard, mountLogin } from "./session.ts";
import { createEventStreams } from "./sse.ts";
import type { HttpHost, HttpHostOptions } from "./types.ts";

export { rawBodyOf, readTextBodies } from "./body.ts";
export { createTokenBuckets } from "./buckets.ts";
export { HttpProblem } from "./problems.ts";
export type { EventStream } from "./sse.ts";
export type { HttpHost, HttpHostOptions } from "./types.ts";

/** A request must have come whole within this time, ms. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Longest part of a path: a conversation's id, percent-encoded. */
const MAX_PARAM_LENGTH = 600;

function noSchemas(): never {
  throw new TypeError("a route has a schema; this server reads bodies with parsers of its own");
}

export function createHttpHost(options: HttpHostOptions): HttpHost {
  const limits = { ...HTTP_LIMITS, ...options.limits };
  const now = options.now ?? Date.now;
  const policy: AdminPolicy = { token: options.adminToken, listenHost: options.host, publicUrl: options.publicUrl };
  const streams = createEventStreams(limits);
  const app = fastify({
    loggerInstance: options.logger,
    // Our own line per request is written below: addresses hold conversation ids, which are the customers' secrets.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.bodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    // What comes in is read by our own parsers. Left to itself the server loads two compilers of schemas that no route has: a twentieth
    // of the start.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    frameworkErrors: (error, request, reply) => sendError(error, request as FastifyRequest, reply as unknown as FastifyReply),
    clientErrorHandler: (_error, socket) => {
      const body = JSON.stringify(problemBody(new HttpProblem(400, "request_invalid", "This is not a valid HTTP request. 请求格式无效。")));
      if (socket.writable)
        socket.end(
          `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
        );
    },
  });
  readJsonBodies(app);
  app.addHook("onRequest", async (_request, reply) => {
    options.onRequest?.();
    void reply.headers(SECURITY_HEADERS);
  });
  app.addHook("onResponse", async (request, reply) => {
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    if (reply.statusCode >= 500) request.log.warn(line, "request failed");
    else request.log.debug(line, "request");
  });
  app.addHook("preClose", async () => streams.closeAll());
  app.setErrorHandler(sendError);
  refuseUnknown(app);
  mountHealth(app, options);
  mountLogin(app, policy, now);
  return {
    app,
    guard: createGuard(policy, now),
    streams,
    async listen() {
      const address = await app.listen({ host: options.host, port: options.port });
      if (policy.publicUrl !== null && policy.token === null) {
        options.logger.warn("PUBLIC_URL is set and ADMIN_TOKEN is not: pages and the desk answer on this machine only");
      }
      return address;
    },
    close: () => app.close(),
  };
}

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = toProblem(error);
  if (problem === null) request.log.error({ err: error, route: request.routeOptions?.url ?? null }, "a request failed on our side");
  const answer = problem ?? internalProblem();
  if (answer.retryAfterSeconds !== null) void reply.header("retry-after", answer.retryAfterSeconds);
  void reply.headers(SECURITY_HEADERS).code(answer.status).type("application/json; charset=utf-8").send(problemBody(answer));
}

/** 404 where there is nothing, 405 where another method would do. */
function refuseUnknown(app: FastifyInstance): void {
  const routes: { readonly methods: readonly string[]; readonly pattern: RegExp }[] = [];
  app.addHook("onRoute", (route) => {
    const methods = [route.method].flat();
    const pattern = route.url
      .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
      .replace(/:[^/]+/g, "[^/]+")
      .replace(/\*/g, ".*");
    routes.push({ methods, pattern: new RegExp(`^${pattern}$`) });
  });
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split("?")[0]!;
    const allowed = [...new Set(routes.filter((route) => route.pattern.test(path)).flatMap((route) => route.methods))];
    if (allowed.length === 0 || allowed.includes(request.method)) throw notFound();
    void reply.header("allow", allowed.join(", "));
    throw methodNotAllowed(allowed);
  });
}

function mountHealth(app: FastifyInstance, options: Pick<HttpHostOptions, "ready" | "metrics">): void {
  app.get("/healthz", async (_request, reply) => reply.header("cache-control", "no-store").send({ ok: true }));
  app.get("/readyz", async (_request, reply) => {
    const reasons = await options.ready();
    return reply
      .code(reasons.length === 0 ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ ready: reasons.length === 0, reasons });
  });
  app.get("/metrics", async (_request, reply) =>
    reply
      .header("cache-control", "no-store")
      .type("text/plain; version=0.0.4; charset=utf-8")
      .send(await options.metrics()),
  );
}
