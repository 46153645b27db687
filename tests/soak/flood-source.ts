/**
 * What floods the service, in a process of its own: requests made beforehand, on open connections, sent when they are due and not
 * when the last one was answered. One connection carries many requests at once (answers come in the order of the requests), so that
 * a service that answers slowly is offered no less.
 *
 * Told one {@link Pour} at a time by its parent; answers each with a {@link Poured}.
 */
import { connect, type Socket } from "node:net";

export interface Pour {
  /** Fronts, in turn. */
  readonly ports: readonly number[];
  readonly perSecond: number;
  /** So many in all. */
  readonly count: number;
  /** Begins the names of the conversations and messages; letters alone. */
  readonly name: string;
  readonly conversations: number;
  readonly text: string;
}

export interface Poured {
  readonly seconds: number;
  readonly byStatus: readonly (readonly [status: number, times: number])[];
  /** Refusals that didn't say when to come again. */
  readonly withoutRetryAfter: number;
  /** Never sent, because the connections were full of what the service had not answered. */
  readonly held: number;
  /** Entries of the inbox that were answered 202. */
  readonly taken: readonly string[];
  /** To the 202, ms. */
  readonly takenMs: readonly number[];
}

const CONNECTIONS = 64;
/** Requests on one connection that are not answered yet, at most. */
const ABREAST = 2_048;
const TICK_MS = 4;
/** After the last request; what has no answer by then counts as having none. */
const PATIENCE_MS = 60_000;
const DIGITS = 8;

interface Line {
  socket: Socket;
  /** Sent and not answered: number of the message, and when. */
  readonly open: { readonly message: number; readonly at: number }[];
  rest: string;
  due: Buffer[];
}

const padded = (number: number): string => String(number).padStart(DIGITS, "0");

function pour({ ports, perSecond, count, name, conversations, text }: Pour): Promise<Poured> {
  const byStatus = new Map<number, number>();
  const taken: string[] = [];
  const takenMs: number[] = [];
  let withoutRetryAfter = 0;
  let held = 0;
  const note = (status: number): void => void byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
  const conversationOf = (message: number): string => `${name}${padded(message % conversations)}`;

  const blank = "0".repeat(DIGITS);
  const body = JSON.stringify({ conversation: `${name}${blank}`, id: `m${blank}`, text });
  const template = Buffer.from(
    `POST /channels/web/messages HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  const conversationAt = template.indexOf(`${name}${blank}`) + name.length;
  const idAt = template.indexOf(`"m${blank}"`) + 2;
  const requestOf = (message: number): Buffer => {
    const request = Buffer.from(template);
    request.write(padded(message % conversations), conversationAt, "latin1");
    request.write(padded(message), idAt, "latin1");
    return request;
  };

  function answered(line: Line, status: number, head: string): void {
    const { message, at } = line.open.shift()!;
    note(status);
    if ((status === 429 || status === 503) && !/\r\nretry-after: *\d/i.test(head)) withoutRetryAfter += 1;
    if (status !== 202) return;
    taken.push(`web:${conversationOf(message)}:m${padded(message)}`);
    takenMs.push(performance.now() - at);
  }

  function read(line: Line, text: string): void {
    line.rest += text;
    for (;;) {
      const headEnd = line.rest.indexOf("\r\n\r\n");
      if (headEnd < 0) return;
      const head = line.rest.slice(0, headEnd);
      const end = headEnd + 4 + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (line.rest.length < end) return;
      line.rest = line.rest.slice(end);
      answered(line, Number(head.slice(9, 12)), head);
    }
  }

  function open(line: Line, port: number): Socket {
    const socket = connect({ host: "127.0.0.1", port, noDelay: true });
    socket.setEncoding("latin1");
    socket.on("data", (text) => read(line, String(text)));
    socket.on("error", () => undefined);
    socket.once("close", () => {
      for (const _lost of line.open.splice(0)) note(0);
      line.rest = "";
      if (!ended) line.socket = open(line, port);
    });
    return socket;
  }

  let ended = false;
  const lines = Array.from({ length: CONNECTIONS }, (_, place): Line => {
    const line = { open: [], rest: "", due: [] } as unknown as Line;
    line.socket = open(line, ports[place % ports.length]!);
    return line;
  });
  const began = performance.now();
  let message = 0;

  function send(): void {
    const now = performance.now();
    for (const target = Math.min(count, ((now - began) / 1_000) * perSecond); message < target; message++) {
      const line = lines[message % CONNECTIONS]!;
      if (line.open.length >= ABREAST) {
        held += 1;
        continue;
      }
      line.open.push({ message, at: now });
      line.due.push(requestOf(message));
    }
    for (const line of lines) if (line.due.length > 0) line.socket.write(Buffer.concat(line.due.splice(0)));
  }

  return new Promise((resolve) => {
    let sentAt = 0;
    const timer = setInterval(() => {
      if (message < count) return send();
      sentAt ||= performance.now();
      const isOver = lines.every((line) => line.open.length === 0) || performance.now() - sentAt > PATIENCE_MS;
      if (!isOver) return;
      clearInterval(timer);
      ended = true;
      for (const { socket } of lines) socket.destroy();
      for (const line of lines) for (const _lost of line.open.splice(0)) note(0);
      resolve({ seconds: (sentAt - began) / 1_000, byStatus: [...byStatus], withoutRetryAfter, held, taken, takenMs });
    }, TICK_MS);
  });
}

process.on("message", (wanted: Pour) => void pour(wanted).then((poured) => process.send!(poured)));
