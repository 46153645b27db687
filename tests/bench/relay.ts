/** A wire of some length: passes a TCP connection on to a server, and every piece of it late, each way, in its order. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Relay {
  readonly port: number;
  end(): Promise<void>;
}

/** @param delayMs how late each piece arrives, one way; timers make it a little more, never less */
export async function startRelay(to: { readonly host: string; readonly port: number }, delayMs: number): Promise<Relay> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    const far = connect({ ...to, noDelay: true, allowHalfOpen: true });
    for (const [from, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      carry(from, other, delayMs);
      from.once("close", () => open.delete(from));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async end() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Timers of the same length run in the order in which they were set, so that pieces keep theirs. */
function carry(from: Socket, to: Socket, delayMs: number): void {
  const later = (act: () => void): void => void setTimeout(() => to.destroyed || act(), delayMs);
  from.on("data", (piece) => later(() => to.write(piece)));
  from.once("end", () => later(() => to.end()));
  // What one side breaks off is broken off for the other.
  from.once("error", () => later(() => to.destroy()));
}
