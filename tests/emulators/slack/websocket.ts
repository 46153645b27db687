/** A WebSocket server of the plainest kind (RFC 6455): whole text frames, ping, pong and close. */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

export interface SocketPeer {
  send(text: string): void;
  /** Says goodbye as the protocol wants it. */
  close(): void;
  /** Pulls the plug. */
  cut(): void;
  readonly open: boolean;
}

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Answers the upgrade of a request; `null` when it is none. */
export function acceptSocket(
  request: IncomingMessage,
  socket: Duplex,
  listener: { readonly message: (text: string) => void; readonly ended: () => void },
): SocketPeer | null {
  const key = request.headers["sec-websocket-key"];
  if (typeof key !== "string") {
    socket.destroy();
    return null;
  }
  const accept = createHash("sha1")
    .update(key + GUID)
    .digest("base64");
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  let open = true;
  let buffer = Buffer.alloc(0);
  const end = (): void => {
    if (!open) return;
    open = false;
    listener.ended();
  };
  const write = (opcode: number, payload: Buffer): void => {
    if (open && socket.writable) socket.write(frameOf(opcode, payload));
  };
  socket.on("data", (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const frame = readFrame(buffer);
      if (frame === null) return;
      buffer = buffer.subarray(frame.size);
      if (frame.opcode === 0x1) listener.message(frame.payload.toString("utf8"));
      else if (frame.opcode === 0x9) write(0xa, frame.payload);
      else if (frame.opcode === 0x8) {
        write(0x8, frame.payload);
        socket.end();
        end();
      }
    }
  });
  socket.on("error", end);
  socket.on("close", end);
  return {
    send: (text) => write(0x1, Buffer.from(text, "utf8")),
    close: () => write(0x8, Buffer.from([0x03, 0xe8])),
    cut() {
      socket.destroy();
      end();
    },
    get open() {
      return open;
    },
  };
}

function frameOf(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  if (length < 126) return Buffer.concat([Buffer.from([0x80 | opcode, length]), payload]);
  const head = Buffer.alloc(length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  if (length < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(length, 2);
  } else {
    head[1] = 127;
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}

function readFrame(buffer: Buffer): { readonly opcode: number; readonly payload: Buffer; readonly size: number } | null {
  if (buffer.length < 2) return null;
  const short = buffer[1]! & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  const masked = (buffer[1]! & 0x80) !== 0;
  const start = 2 + extra + (masked ? 4 : 0);
  if (buffer.length < start) return null;
  const length = extra === 2 ? buffer.readUInt16BE(2) : extra === 8 ? Number(buffer.readBigUInt64BE(2)) : short;
  if (buffer.length < start + length) return null;
  const payload = Buffer.from(buffer.subarray(start, start + length));
  if (masked) for (let index = 0; index < length; index++) payload[index]! ^= buffer[2 + extra + (index % 4)]!;
  return { opcode: buffer[0]! & 0x0f, payload, size: start + length };
}
