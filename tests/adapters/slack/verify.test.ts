import { createHmac } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifySlackCall, WINDOW_MS } from "../../../adapters/slack/verify.ts";
import { eventEnvelope } from "../../emulators/slack/envelope.ts";
import { signSlack } from "../../emulators/slack/index.ts";
import { NOW, openSlackPlace, type SlackPlace } from "./support.ts";

const SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
const seconds = (at: number): string => String(Math.floor(at / 1_000));

function headers(body: string, at = NOW, secret = SECRET): Record<string, string> {
  return { "x-slack-request-timestamp": seconds(at), "x-slack-signature": signSlack(secret, seconds(at), body) };
}

describe("the signature", () => {
  test("the example of Slack's own page is genuine", () => {
    // docs.slack.dev, "Verifying requests from Slack": secret, timestamp, body and signature as printed there.
    const body =
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    const given = {
      "x-slack-request-timestamp": "1531420618",
      "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    };
    expect(verifySlackCall(given, Buffer.from(body), SECRET, 1_531_420_618_000)).toBe("genuine");
  });

  test.each([
    ["now", 0, "genuine"],
    ["five minutes old", -WINDOW_MS, "genuine"],
    ["older", -WINDOW_MS - 1_000, "stale"],
    ["five minutes ahead", WINDOW_MS, "genuine"],
    ["further ahead", WINDOW_MS + 1_000, "stale"],
  ])("of a call %s counts as it should", (_name, offset, verdict) => {
    expect(verifySlackCall(headers("{}", NOW + offset), Buffer.from("{}"), SECRET, NOW)).toBe(verdict);
  });

  test("of another version, length or spelling is forged, and a missing one unsigned", () => {
    const good = headers("{}");
    const raw = Buffer.from("{}");
    const verdict = (changed: Record<string, string | undefined>): string =>
      verifySlackCall(
        Object.fromEntries(Object.entries({ ...good, ...changed }).filter(([, value]) => value !== undefined)),
        raw,
        SECRET,
        NOW,
      );
    expect(verdict({})).toBe("genuine");
    expect(verdict({ "x-slack-signature": undefined })).toBe("unsigned");
    expect(verdict({ "x-slack-request-timestamp": undefined })).toBe("unsigned");
    for (const wrong of ["", "v0=", "v1=abc", good["x-slack-signature"]!.slice(0, -1), good["x-slack-signature"]!.toUpperCase()])
      expect(verdict({ "x-slack-signature": wrong })).toBe("forged");
    for (const wrong of ["", "-1", "1e9", "NaN", " 1531420618", "0x10"])
      expect(verdict({ "x-slack-request-timestamp": wrong })).toBe("forged");
  });

  test("is lost by any change of the body, the time or the secret: 3,000 tries", () => {
    let refused = 0;
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 400 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom("body", "cut", "added", "secret", "time"),
        (bytes, place, flip, kind) => {
          const text = Buffer.from(bytes).toString("latin1");
          const raw = Buffer.from(text, "utf8");
          const signed = headers(text);
          const changed = Buffer.from(raw);
          changed[place % changed.length]! ^= flip;
          const tried =
            kind === "body"
              ? changed
              : kind === "cut"
                ? raw.subarray(0, -1)
                : kind === "added"
                  ? Buffer.concat([raw, Buffer.from("x")])
                  : raw;
          const given = kind === "time" ? { ...signed, "x-slack-request-timestamp": seconds(NOW + 1_000) } : signed;
          expect(verifySlackCall(signed, raw, SECRET, NOW)).toBe("genuine");
          expect(verifySlackCall(given, tried, kind === "secret" ? `${SECRET}x` : SECRET, NOW)).toBe("forged");
          refused += 1;
        },
      ),
      { numRuns: 3_000, seed: 7 },
    );
    expect(refused).toBe(3_000);
  });
});

describe("the route", () => {
  let place: SlackPlace;
  beforeAll(async () => {
    place = await openSlackPlace();
  });
  afterAll(() => place.close());

  async function post(
    body: string | Uint8Array,
    given: Record<string, string>,
    type = "application/json",
  ): Promise<{ status: number; text: string }> {
    const response = await fetch(`${place.url}/channels/slack`, {
      method: "POST",
      headers: { "content-type": type, ...given },
      body: typeof body === "string" ? body : new Uint8Array(body),
    });
    return { status: response.status, text: await response.text() };
  }

  const said = (ts: string): string =>
    JSON.stringify(
      eventEnvelope({ type: "message", channel: "D0X", channel_type: "im", user: "U0X", text: "hi", ts, event_ts: ts }, `Ev${ts}`, NOW),
    );

  test("takes a signed call, answers the handshake, and takes nothing else", async () => {
    const challenge = JSON.stringify({ type: "url_verification", challenge: "3eZbrw1a", token: "x" });
    expect(await post(challenge, headers(challenge))).toEqual({ status: 200, text: "3eZbrw1a" });
    expect((await post(challenge, {})).status).toBe(401);

    const body = said("1700000001.000001");
    const before = (await place.entries()).length;
    expect((await post(body, {})).status).toBe(401);
    expect((await post(body, headers(body, NOW, "another secret"))).status).toBe(401);
    expect((await post(body, headers(body, NOW - 301_000))).status).toBe(401);
    expect((await post(body, headers(body, NOW + 301_000))).status).toBe(401);
    expect((await post(body.slice(0, -10), headers(body))).status).toBe(401);
    expect(await place.entries()).toHaveLength(before);
    expect((await post(body, headers(body))).status).toBe(200);
    expect(await place.entries()).toHaveLength(before + 1);
  });

  test("a signed call replayed within the window changes nothing more, and after it is refused", async () => {
    const body = said("1700000002.000001");
    const signed = headers(body);
    const before = (await place.entries()).length;
    for (let round = 0; round < 5; round++) expect((await post(body, signed)).status).toBe(200);
    expect(await place.entries()).toHaveLength(before + 1);
    place.clock.move(WINDOW_MS + 1_000);
    expect((await post(body, signed)).status).toBe(401);
    place.clock.move(-WINDOW_MS - 1_000);
  });

  test("signed nonsense is a bad request, never a fault of ours", async () => {
    const before = (await place.entries()).length;
    for (const body of ["", "{", "[]", "null", '"text"', "payload=%7B", "{}x", "\u0000"]) {
      const { status } = await post(body, headers(body));
      expect([body, status]).toEqual([body, 400]);
    }
    const bytes = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);
    const signed = { "x-slack-request-timestamp": seconds(NOW), "x-slack-signature": signBytes(bytes) };
    expect((await post(bytes, signed)).status).toBe(400);
    expect(await place.entries()).toHaveLength(before);
  });

  test("a body beyond a megabyte is not read", async () => {
    const body = JSON.stringify({ type: "event_callback", fill: "x".repeat(1_048_576) });
    expect((await post(body, headers(body))).status).toBe(413);
  });

  test("a form with a charset behind its type is read all the same", async () => {
    const body = new URLSearchParams({ payload: JSON.stringify({ type: "block_actions", user: { id: "U1" }, actions: [] }) }).toString();
    expect((await post(body, headers(body), "application/x-www-form-urlencoded; charset=utf-8")).status).toBe(200);
  });

  test("random signed objects never make a fault of ours: 300 calls", async () => {
    const kinds = ["event_callback", "block_actions", "view_submission", "shortcut", "message_action", "block_suggestion", "x"];
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...kinds),
        fc.jsonValue({ maxDepth: 3 }),
        fc.dictionary(fc.string(), fc.jsonValue()),
        async (type, event, more) => {
          const body = JSON.stringify({ ...more, type, event, user: more, view: event, actions: [event], container: event });
          const { status } = await post(body, headers(body));
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          expect([200, 400]).toContain(status);
        },
      ),
      { numRuns: 300, seed: 11 },
    );
    expect([...statuses.values()].reduce((sum, one) => sum + one, 0)).toBe(300);
  }, 60_000);

  test("no secret and no words of a customer are ever logged", () => {
    const log = place.logged.join("\n");
    expect(log).toContain("refused");
    for (const secret of [place.slack.botToken, place.slack.signingSecret, "hi"]) expect(log).not.toContain(`"${secret}"`);
    expect(log).not.toContain(place.slack.signingSecret);
  });
});

/** The helper signs text; these bytes are none. */
function signBytes(bytes: Uint8Array): string {
  return `v0=${createHmac("sha256", SECRET)
    .update(`v0:${seconds(NOW)}:`)
    .update(bytes)
    .digest("hex")}`;
}
