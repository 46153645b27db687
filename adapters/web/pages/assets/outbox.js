/**
 * Messages on their way out. Each is kept in the browser until the service has it, and goes again under the same id, so that
 * it arrives once however often it is sent. One after another, so that they arrive in order.
 */
import { kept, newId } from "./dom.js";
import { backoffMs, call } from "./net.js";

/**
 * @param onChange called with the messages still on their way: `{id, payload, at, problem}`; `problem` is null while trying,
 *   or `{message, final}`
 */
export function createOutbox(conversation, onChange) {
  const key = `anxin.outbox.${conversation}`;
  let waiting = (kept.get(key) ?? []).map((entry) => ({ ...entry, problem: null }));
  let timer = 0;
  let busy = false;
  let tries = 0;
  let closed = false;

  const changed = () => {
    kept.set(key, waiting);
    if (!closed) onChange(waiting);
  };
  const pump = async () => {
    clearTimeout(timer);
    if (busy || closed) return;
    const next = waiting.find((entry) => !entry.problem?.final);
    if (!next) return;
    busy = true;
    try {
      await call("/channels/web/messages", { conversation, id: next.id, ...next.payload });
      tries = 0;
      waiting = waiting.filter((entry) => entry.id !== next.id);
    } catch (error) {
      next.problem = { message: error.message, final: !error.passing };
      if (error.passing) timer = setTimeout(pump, error.retryAfterMs ?? backoffMs(tries++));
    }
    busy = false;
    changed();
    if (!waiting.some((entry) => entry.problem && !entry.problem.final)) void pump();
  };
  const online = () => {
    tries = 0;
    void pump();
  };
  window.addEventListener("online", online);
  queueMicrotask(() => {
    changed();
    void pump();
  });
  return {
    send(payload) {
      const entry = { id: newId(), payload, at: new Date().toISOString(), problem: null };
      waiting = [...waiting, entry];
      changed();
      void pump();
      return entry.id;
    },
    retry(id) {
      for (const entry of waiting) if (entry.id === id) entry.problem = null;
      tries = 0;
      changed();
      void pump();
    },
    discard(id) {
      waiting = waiting.filter((entry) => entry.id !== id);
      changed();
      void pump();
    },
    /** Tries at once what waits for its next try: the service is there again. */
    nudge: online,
    close() {
      closed = true;
      clearTimeout(timer);
      window.removeEventListener("online", online);
    },
  };
}
