import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { startRelay } from "./relay.ts";

const DELAY_MS = 20;

test("startRelay passes everything on in its order, late each way, and ends with either side", async () => {
  const echo = createServer({ allowHalfOpen: true }, (socket) => void socket.pipe(socket));
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  const relay = await startRelay({ host: "127.0.0.1", port: (echo.address() as AddressInfo).port }, DELAY_MS);
  try {
    const socket = connect(relay.port, "127.0.0.1");
    await once(socket, "connect");
    const began = performance.now();
    const said = Array.from({ length: 200 }, (_, place) => `${place};`).join("");
    for (const piece of said.split(/(?<=;)/)) socket.write(piece);
    let heard = "";
    let firstMs = 0;
    socket.on("data", (piece) => {
      firstMs ||= performance.now() - began;
      heard += piece.toString();
    });
    socket.end();
    await once(socket, "close");
    expect(heard).toBe(said);
    // Timers may be up to a millisecond early.
    expect(firstMs).toBeGreaterThanOrEqual(2 * DELAY_MS - 2);
  } finally {
    await relay.end();
    await new Promise((resolve) => echo.close(resolve));
  }
});
