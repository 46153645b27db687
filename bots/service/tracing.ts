/**
 * Traces in OpenTelemetry's form, sent to a collector when one is set. What one event led to is one trace, in whatever process
 * it happened: the trace's id is made of the event's own, as the `id` of the log lines is, so that nothing has to be passed on.
 *
 * Spans are sent as OTLP over HTTP in JSON: three shapes that don't change, for which the SDK would bring forty packages. A
 * collector that is away costs spans and nothing else.
 */
import { createHash } from "node:crypto";
import type { Instant } from "../../core/time.ts";
import { SECOND_MS } from "../../core/time.ts";

/** The three things that happen to an event, each the parent of the next. */
const STAGES = ["taken in", "turn", "sent"] as const;
export type Stage = (typeof STAGES)[number];

export interface Span {
  /** Inbox entry that all of it began with. */
  readonly entry: string;
  readonly stage: Stage;
  /** What sets several spans of one stage apart, such as the message that was sent. */
  readonly part?: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly failed: boolean;
  /** Never what customers say or who they are. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Tracer {
  span(span: Span): void;
  /** Sends what is left. */
  close(): Promise<void>;
}

/** Spans kept while the collector is slow; the oldest go first. */
const KEPT_MOST = 4_096;
const SEND_EVERY_MS = 2 * SECOND_MS;
const SEND_WITHIN_MS = 5 * SECOND_MS;
const SERVER = 2;
const INTERNAL = 1;
const CLIENT = 3;
const KINDS: Readonly<Record<Stage, number>> = { "taken in": SERVER, turn: INTERNAL, sent: CLIENT };
const FAILED = 2;

function digest(text: string, bytes: number): string {
  return createHash("sha256")
    .update(text)
    .digest("hex")
    .slice(0, bytes * 2);
}

/** Id of the trace of an event; the `id` of its log lines is its first half. */
export function traceIdOf(entry: string): string {
  return digest(entry, 16);
}

function spanId(entry: string, stage: Stage, part = ""): string {
  return digest(`${entry}\n${stage}\n${part}`, 8);
}

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const nanoseconds = (at: Instant): string => `${Math.round(at)}000000`;

function toOtlp({ entry, stage, part, from, to, failed, attributes }: Span) {
  const before = STAGES[STAGES.indexOf(stage) - 1];
  return {
    traceId: traceIdOf(entry),
    spanId: spanId(entry, stage, part),
    ...(before === undefined ? {} : { parentSpanId: spanId(entry, before) }),
    name: stage,
    kind: KINDS[stage],
    startTimeUnixNano: nanoseconds(from),
    endTimeUnixNano: nanoseconds(Math.max(from, to)),
    attributes: Object.entries(attributes).map(([key, value]) => text(key, value)),
    status: failed ? { code: FAILED } : {},
  };
}

/**
 * @param endpoint base address of the collector, such as `http://127.0.0.1:4318`
 * @param role of this process
 * @param onError told of sends that failed, once until one succeeds again
 */
export function createTracer(endpoint: string, role: string, onError: (error: unknown) => void): Tracer {
  const address = new URL("v1/traces", endpoint.endsWith("/") ? endpoint : `${endpoint}/`);
  const resource = { attributes: [text("service.name", "anxin"), text("anxin.role", role)] };
  let waiting: Span[] = [];
  let failing = false;
  let sending: Promise<void> = Promise.resolve();

  async function send(): Promise<void> {
    if (waiting.length === 0) return;
    const spans = waiting;
    waiting = [];
    const body = { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: "anxin" }, spans: spans.map(toOtlp) }] }] };
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(SEND_WITHIN_MS),
      });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`the collector answered ${answer.status}`);
      failing = false;
    } catch (error) {
      if (!failing) onError(error);
      failing = true;
    }
  }

  const queueSend = (): Promise<void> => {
    sending = sending.then(send);
    return sending;
  };
  const timer = setInterval(() => void queueSend(), SEND_EVERY_MS);
  timer.unref();
  return {
    span(span) {
      waiting.push(span);
      if (waiting.length > KEPT_MOST) waiting.shift();
    },
    async close() {
      clearInterval(timer);
      await queueSend();
    },
  };
}
