import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { correlationOf } from "../../../bots/service/correlation.ts";
import { createTracer, type Span, traceIdOf } from "../../../bots/service/tracing.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A collector that keeps what it gets and answers as it is told. */
async function startCollector(status = 200) {
  const got: { readonly url: string; readonly body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    got.push({ url: request.url!, body: JSON.parse(text) });
    response.writeHead(status, { "content-type": "application/json" }).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => server.close());
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const span = (stage: Span["stage"], more: Partial<Span> = {}): Span => ({
  entry: "web:c1:m1",
  stage,
  from: 1_800_000_000_000,
  to: 1_800_000_000_250,
  failed: false,
  attributes: { "anxin.channel": "web" },
  ...more,
});

interface Sent {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Record<string, unknown>[] }[] }[];
}

test("what one event led to is one trace, each stage under the one before, also from several processes", async () => {
  const { got, url } = await startCollector();
  const front = createTracer(url, "front", () => undefined);
  const worker = createTracer(`${url}/`, "worker", () => undefined);
  front.span(span("taken in"));
  worker.span(span("turn"));
  worker.span(span("sent", { part: "web:c1:m1/1", failed: true }));
  await front.close();
  await worker.close();
  expect(got.map((one) => one.url)).toEqual(["/v1/traces", "/v1/traces"]);
  const spans = got.flatMap(({ body }) => (body as Sent).resourceSpans[0]!.scopeSpans[0]!.spans);
  expect(spans.map(({ name }) => name)).toEqual(["taken in", "turn", "sent"]);
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([traceIdOf("web:c1:m1")]));
  expect(spans.map(({ parentSpanId }) => parentSpanId)).toEqual([undefined, spans[0]!["spanId"], spans[1]!["spanId"]]);
  expect(spans[1]).toMatchObject({
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
    startTimeUnixNano: "1800000000000000000",
    endTimeUnixNano: "1800000000250000000",
    attributes: [{ key: "anxin.channel", value: { stringValue: "web" } }],
  });
  expect(spans.map(({ status }) => status)).toEqual([{}, {}, { code: 2 }]);
  // Whoever has a line of the log finds the trace.
  expect(traceIdOf("web:c1:m1").startsWith(correlationOf("web:c1:m1"))).toBe(true);
});

test("a collector that refuses costs its spans, and is told of once", async () => {
  const { url } = await startCollector(500);
  const errors: unknown[] = [];
  const tracer = createTracer(url, "all", (error) => void errors.push(error));
  tracer.span(span("turn"));
  await tracer.close();
  tracer.span(span("turn"));
  await tracer.close();
  expect(errors).toHaveLength(1);
});
