import { expect, test } from "vitest";
import type { NewStaffPost, StaffPostMark } from "../../../core/spine/staff-posts.ts";
import { ask, auditEntry, NOW, type Place, staffPost } from "./samples.ts";

export function staffClauses(place: Place): void {
  const post = (...posts: readonly NewStaffPost[]) =>
    ask(place, async (unit) => {
      for (const each of posts) await unit.staff.post(each);
    });
  const due = (now = NOW, channel = "telegram") => ask(place, (unit) => unit.staff.due(channel, now, 100));
  const ids = async (now = NOW, channel = "telegram") => (await due(now, channel)).map((row) => row.id);
  const mark = async (id: string, more: Partial<StaffPostMark>, channel = "telegram", now = NOW) => {
    const row = (await due(now, channel)).find((one) => one.id === id)!;
    const { status, attempts, repeats, nextAt, error } = row;
    await ask(place, (unit) => unit.staff.mark(row.seq, { status, attempts, repeats, nextAt, error, ...more }));
  };

  test("a post comes back whole", async () => {
    const whole = staffPost("p1", {
      to: "on_call",
      page: true,
      buttons: [{ id: "claim:C1", label: "接单" }],
      media: { kind: "photo", ref: "file:1", name: null, mime: null },
    });
    await post(whole);
    const [row] = await due();
    expect(row).toEqual({ ...whole, seq: row!.seq, status: "pending", attempts: 0, repeats: 0, nextAt: 0, error: null });
  });

  test("a known id on the same channel is left as it was; another channel may use it", async () => {
    await post(staffPost("p1", { text: "first" }), staffPost("p1", { text: "second" }), staffPost("p1", { channel: "slack" }));
    expect((await due()).map((row) => row.text)).toEqual(["first"]);
    expect(await ids(NOW, "slack")).toEqual(["p1"]);
  });

  test("of each case, and of the room, only the first pending post is due; channels don't wait for each other", async () => {
    await post(
      staffPost("a1", { case: "C1" }),
      staffPost("a2", { case: "C1" }),
      staffPost("b1", { case: "C2" }),
      staffPost("r1", { case: null }),
      staffPost("r2", { case: null }),
      staffPost("s1", { case: "C1", channel: "slack" }),
    );
    expect(await ids()).toEqual(["a1", "b1", "r1"]);
    expect(await ids(NOW, "slack")).toEqual(["s1"]);
    await mark("a1", { status: "sent" });
    await mark("r1", { status: "failed", error: "no such chat" });
    expect(await ids()).toEqual(["a2", "b1", "r2"]);
  });

  test("a post that backs off holds back the next one of its case until its time", async () => {
    await post(staffPost("a1"), staffPost("a2"));
    await mark("a1", { attempts: 1, nextAt: NOW + 1000, error: "busy" });
    expect(await ids(NOW + 999)).toEqual([]);
    expect(await ids(NOW + 1000)).toEqual(["a1"]);
    expect(await ask(place, (unit) => unit.staff.nextAt("telegram"))).toBe(NOW + 1000);
  });

  test("a page that comes again is due at its time and holds nothing back", async () => {
    await post(staffPost("a1", { page: true }), staffPost("a2"));
    await mark("a1", { status: "repeating", repeats: 1, nextAt: NOW + 1000 });
    expect(await ids()).toEqual(["a2"]);
    expect(await ids(NOW + 1000)).toEqual(["a1", "a2"]);
    await mark("a2", { status: "sent" });
    expect(await ask(place, (unit) => unit.staff.nextAt("telegram"))).toBe(NOW + 1000);
  });

  test("nothing waits: nothing is due, and there is no next time", async () => {
    expect(await ids()).toEqual([]);
    expect(await ask(place, (unit) => unit.staff.nextAt("telegram"))).toBeNull();
    expect(await ask(place, (unit) => unit.staff.health("telegram"))).toEqual({
      channel: "telegram",
      waiting: 0,
      oldestAt: null,
      error: null,
    });
  });

  test("health counts what waits, with the age and the trouble of the oldest; failed posts are listed, newest first", async () => {
    await post(staffPost("a1", { at: NOW - 5 }), staffPost("b1", { case: "C2" }), staffPost("c1", { case: "C3" }));
    await mark("a1", { attempts: 1, nextAt: NOW + 1, error: "unreachable" });
    expect(await ask(place, (unit) => unit.staff.health("telegram"))).toMatchObject({
      waiting: 3,
      oldestAt: NOW - 5,
      error: "unreachable",
    });
    await mark("b1", { status: "failed", error: "gone" });
    await mark("c1", { status: "failed", error: "gone" });
    expect((await ask(place, (unit) => unit.staff.failed(10))).map((row) => row.id)).toEqual(["c1", "b1"]);
    expect((await ask(place, (unit) => unit.staff.health("telegram"))).waiting).toBe(1);
  });

  test("marking a post that does not exist is refused", async () => {
    const wanted = { status: "sent", attempts: 1, repeats: 1, nextAt: NOW, error: null } as const;
    await expect(ask(place, (unit) => unit.staff.mark(999, wanted))).rejects.toMatchObject({ code: "not_found" });
  });

  test("the place of a case is kept per channel and found again by its thread, over a restart", async () => {
    await ask(place, async (unit) => {
      await unit.staff.setPlace("telegram", "C1", { thread: "t1", card: null });
      await unit.staff.setPlace("telegram", "C1", { thread: "t1", card: "m1" });
      await unit.staff.setPlace("slack", "C1", { thread: null, card: "m9" });
    });
    await place.reopen();
    await ask(place, async (unit) => {
      expect(await unit.staff.place("telegram", "C1")).toEqual({ thread: "t1", card: "m1" });
      expect(await unit.staff.place("slack", "C1")).toEqual({ thread: null, card: "m9" });
      expect(await unit.staff.place("telegram", "C2")).toBeNull();
      expect(await unit.staff.caseOfThread("telegram", "t1")).toBe("C1");
      expect(await unit.staff.caseOfThread("slack", "t1")).toBeNull();
    });
  });

  test("the audit keeps what was done, once a cause, subject and act, oldest first", async () => {
    await ask(place, async (unit) => {
      expect(await unit.staff.record(auditEntry("e1", { before: { owner: null }, after: { owner: "amy" } }))).toBe("new");
      expect(await unit.staff.record(auditEntry("e1", { before: {}, after: { owner: "ben" } }))).toBe("known");
      await unit.staff.record(auditEntry("e2", { act: "resolve" }));
      await unit.staff.record(auditEntry("e2", { subject: "W1" }));
      expect(await unit.staff.recordsOf("C1", 10)).toEqual([
        auditEntry("e1", { before: { owner: null }, after: { owner: "amy" } }),
        auditEntry("e2", { act: "resolve" }),
      ]);
      expect(await unit.staff.recordsOf("C1", 1)).toHaveLength(1);
      expect(await unit.staff.recordsOf("C9", 10)).toEqual([]);
    });
  });
}
