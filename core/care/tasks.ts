/** What people do for care: their list, and what came of it. */
import type { Store } from "../ports.ts";
import type { Instant } from "../time.ts";
import { moveTouch, type TaskResult, type Touch } from "./touch.ts";

/**
 * Keeps what a person reported of a task. A message sent by hand counts as sent, a call as done; not reached is not reachable.
 *
 * @returns `null` when there is no such task (any more)
 */
export function finishTask(store: Store, id: string, result: Omit<TaskResult, "at">, now: Instant): Promise<Touch | null> {
  return store.unit(async (unit) => {
    const touch = await unit.care.get(id);
    if (touch?.status !== "task") return null;
    const status = !result.reached ? "unreachable" : touch.task?.way === "mass" ? "sent" : "done";
    const answer =
      result.reached && result.score !== null
        ? { at: now, score: result.score, items: {}, topics: [], remark: result.text, case: null, asked: true }
        : touch.answer;
    const finished = moveTouch(touch, now, status, result.reached ? null : "refused", { result: { ...result, at: now }, answer });
    await unit.care.put(finished);
    return finished;
  });
}
