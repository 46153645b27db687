/** Every error that Slack's pages name, through the real adapter: what becomes of a message, a post to staff, a form. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KNOWN_ERRORS } from "../../../adapters/slack/errors.ts";
import type { Delivery, StaffPost } from "../../../core/ports.ts";
import { MINUTE_MS } from "../../../core/time.ts";
import { type Fault, REFUSALS, UNLISTED } from "../../emulators/slack/index.ts";
import { openSlackPlace, type SlackPlace } from "./support.ts";

const ALL = [...REFUSALS, UNLISTED];

/** Reactions beside "refused for good", which all others get: our own request was wrong, or the way is closed. */
const WANTED: Readonly<Record<string, readonly string[]>> = {
  /** Slack is told nothing more for a while; the message goes later. */
  limited: ["ratelimited", "rate_limited"],
  /** Some of it may have been done: looked up before it is sent again. */
  unknown: ["internal_error", "fatal_error", "request_timeout"],
  /** An operator has to mend it; what waits is tried again every five minutes. */
  mend: [
    "not_authed",
    "invalid_auth",
    "access_denied",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "no_permission",
    "org_login_required",
    "ekm_access_denied",
    "missing_scope",
    "not_allowed_token_type",
    "accesslimited",
    "two_factor_setup_required",
  ],
  /** Slack's own matter. */
  later: ["service_unavailable", "team_added_to_org", "message_limit_exceeded"],
  /** Staff hear that this customer can't be reached here. */
  gone: [
    "channel_not_found",
    "user_not_found",
    "users_not_found",
    "user_disabled",
    "user_not_visible",
    "cannot_dm_bot",
    "is_archived",
    "not_in_channel",
    "messages_tab_disabled",
    "restricted_action",
    "restricted_action_read_only_channel",
    "restricted_action_non_threadable_channel",
  ],
  /** A thread that isn't there any more: in a case's, the case is begun anew; in a customer's, the channel. */
  thread: [
    "thread_not_found",
    "invalid_thread_ts",
    "thread_locked",
    "cannot_reply_to_message",
    "message_not_found",
    "restricted_action_thread_locked",
  ],
  /** The words go without their lay-out. */
  blocks: ["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_attachments", "slack_connect_canvas_sharing_blocked"],
};
const reactionOf = (error: string): string => Object.keys(WANTED).find((one) => WANTED[one]!.includes(error)) ?? "refused";

test("the table and the sheet have the same errors", () => {
  expect(KNOWN_ERRORS.filter((error) => !(REFUSALS as readonly string[]).includes(error))).toEqual([]);
  expect(Object.values(WANTED).flat().sort()).toEqual([...KNOWN_ERRORS].sort());
});

let place: SlackPlace;
beforeAll(async () => {
  place = await openSlackPlace();
});
afterAll(() => place.close());

let people = 0;
const newCustomer = () => place.slack.customer(`U0REFUSED${++people}`);
const fault = (error: string): Fault => ({ kind: "error", error });

function deliveryOf(error: string): Delivery {
  switch (reactionOf(error)) {
    case "limited":
      return { result: "retry", reason: "rate_limited", afterMs: 30_000 };
    case "unknown":
    case "later":
      return { result: "retry", reason: error, afterMs: null };
    case "mend":
      return { result: "retry", reason: error, afterMs: 5 * MINUTE_MS };
    case "blocks":
      return { result: "sent" };
    default:
      return { result: "refused", reason: error };
  }
}

describe("a message to a customer", () => {
  test.each(ALL.map((error) => [error, reactionOf(error)] as const))("%s: %s", async (error, reaction) => {
    const customer = newCustomer();
    const conversation = `slack:${customer.channel}`;
    place.slack.faults.next("chat.postMessage", fault(error));
    const message = await place.keep(conversation, "b1", "您的预约已确认");
    const wanted = deliveryOf(error);
    expect(await place.connection.channel.send(message)).toEqual(wanted);
    expect(customer.seen()).toHaveLength(wanted.result === "sent" ? 1 : 0);
    const told = (await place.entries()).filter((entry) => entry.conversation === conversation && entry.event.kind === "reach");
    expect(told.map((entry) => entry.event)).toEqual(reaction === "gone" ? [{ kind: "reach", reachable: false, reason: error }] : []);
    if (wanted.result !== "retry") return;
    place.clock.move(5 * MINUTE_MS);
    expect(await place.connection.channel.send({ ...message, attempts: 1 })).toEqual({ result: "sent" });
    expect(customer.seen()).toHaveLength(1);
  });

  test.each<[string, Fault, Delivery]>([
    ["429 with a time", { kind: "limited", seconds: 7 }, { result: "retry", reason: "rate_limited", afterMs: 7_000 }],
    ["429 without a time", { kind: "limited", seconds: null }, { result: "retry", reason: "rate_limited", afterMs: 30_000 }],
    ["429 for a day", { kind: "limited", seconds: 86_400 }, { result: "retry", reason: "rate_limited", afterMs: 600_000 }],
    ["500", { kind: "http", status: 500 }, { result: "retry", reason: "http_500", afterMs: null }],
    ["502", { kind: "http", status: 502 }, { result: "retry", reason: "http_502", afterMs: null }],
    ["404", { kind: "http", status: 404 }, { result: "refused", reason: "http_404" }],
    ["a connection cut before", { kind: "reset" }, { result: "retry", reason: "connection_lost", afterMs: null }],
  ])("%s", async (_name, one, wanted) => {
    const customer = newCustomer();
    place.slack.faults.next("chat.postMessage", one);
    expect(await place.connection.channel.send(await place.keep(`slack:${customer.channel}`, "b1", "hello"))).toEqual(wanted);
    expect(customer.seen()).toEqual([]);
    // The pace that a 429 asks for holds for the method: the next row has its own time.
    place.clock.move(10 * MINUTE_MS);
  });
});

describe("a post to staff", () => {
  const post = (error: string): StaffPost => ({
    id: `post ${error}`,
    case: null,
    mention: [],
    page: false,
    text: `通知 ${error}`,
    card: null,
    buttons: [],
    media: null,
  });

  test.each(ALL.map((error) => [error, reactionOf(error)] as const))("%s: %s", async (error, reaction) => {
    const reader = place.slack.staff("U0READS");
    place.clock.move(MINUTE_MS);
    place.slack.faults.next("chat.postMessage", fault(error));
    const answer = await place.connection.staff!.send(post(error), null);
    const wanted = deliveryOf(error);
    if (reaction === "thread") expect(answer).toEqual({ result: "refused", reason: "thread_lost" });
    else if (wanted.result === "sent") expect(answer).toMatchObject({ result: "sent" });
    else expect(answer).toEqual(wanted);
    expect(reader.seen().filter((one) => one.text.includes(`通知 ${error}`))).toHaveLength(wanted.result === "sent" ? 1 : 0);
  });
});

describe("a form", () => {
  test.each(ALL)("%s: it can't be opened, so booking goes on by talking", async (error) => {
    const customer = newCustomer();
    place.slack.faults.next("views.open", fault(error));
    await customer.shortcut("book");
    expect(customer.modal()).toBeNull();
    const entries = (await place.entries()).filter((entry) => entry.conversation === `slack:${customer.channel}`);
    expect(entries.map((entry) => entry.event)).toEqual([{ kind: "press", value: "intent:book" }]);
    place.clock.move(MINUTE_MS);
  });
});
