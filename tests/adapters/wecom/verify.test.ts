import { readFileSync } from "node:fs";
import { decrypt, encrypt, getSignature } from "@wecom/crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assertAesKey, CALLBACK_AGE_MS, type CallbackKeys, openCallback, openCipher } from "../../../adapters/wecom/verify.ts";
import { COMPANY } from "../../emulators/wecom/platform.ts";

/** Vectors of third parties; each names its repository, commit, file and licence. */
interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly token?: string;
  readonly encodingAESKey?: string;
  readonly receiveid?: string;
  readonly timestamp?: string;
  readonly nonce?: string;
  readonly encrypt?: string;
  readonly msg_signature?: string;
  readonly random16_ascii?: string;
  readonly echostr_urlencoded?: string;
  readonly expected?: {
    readonly plaintext: string;
    readonly receiveid: string;
    readonly random16_hex: string;
    readonly pkcs7_pad_len: number;
  };
  readonly values?: readonly { readonly why: string; readonly value: string }[];
  readonly use_vector?: string;
  readonly configured_receiveid?: string;
}
const file = JSON.parse(readFileSync(new URL("./samples/vectors.json", import.meta.url), "utf8")) as {
  readonly vectors: readonly Vector[];
  readonly negative: readonly Vector[];
  readonly pkcs7_32: { readonly cases: readonly { readonly input_len: number; readonly pad_len: number; readonly output_len: number }[] };
};
const sealed = file.vectors.filter((vector) => vector.msg_signature !== undefined && vector.encodingAESKey !== undefined);
const keysOf = (vector: Vector): CallbackKeys => ({
  token: vector.token ?? "",
  aesKey: vector.encodingAESKey!,
  receiveId: vector.receiveid!,
});
const sealOf = (vector: Vector) => ({ signature: vector.msg_signature!, timestamp: vector.timestamp!, nonce: vector.nonce! });
const at = (vector: Vector): number => Number(vector.timestamp) * 1_000;

describe("vectors of third parties", () => {
  test("there are as many as were collected", () => {
    expect([file.vectors.length, file.negative.length, sealed.length]).toStrictEqual([11, 4, 8]);
  });

  test.each(sealed.map((vector) => [vector.id, vector] as const))("%s opens to what its source says", (_id, vector) => {
    expect(openCallback(keysOf(vector), sealOf(vector), vector.encrypt!, at(vector))).toStrictEqual({
      ok: true,
      message: vector.expected!.plaintext,
    });
  });

  const encrypted = file.vectors.filter((vector) => vector.expected !== undefined);
  test.each(encrypted.map((vector) => [vector.id, vector] as const))("%s encrypts to the very text of its source", (_id, vector) => {
    const { plaintext, receiveid, random16_hex } = vector.expected!;
    expect(encrypt(vector.encodingAESKey!, plaintext, receiveid, Buffer.from(random16_hex, "hex"))).toBe(vector.encrypt);
    expect(openCipher({ aesKey: vector.encodingAESKey!, receiveId: receiveid }, vector.encrypt!)).toStrictEqual({
      ok: true,
      message: plaintext,
    });
  });

  const signed = file.vectors.filter((vector) => vector.msg_signature !== undefined);
  test.each(signed.map((vector) => [vector.id, vector] as const))("%s has the signature of its source", (_id, vector) => {
    expect(getSignature(vector.token!, vector.timestamp!, vector.nonce!, vector.encrypt!)).toBe(vector.msg_signature);
  });

  test("an echo of an address is the same with its plus signs escaped", () => {
    const escaped = file.vectors.find((vector) => vector.echostr_urlencoded !== undefined)!;
    expect(decodeURIComponent(escaped.echostr_urlencoded!)).toBe(escaped.encrypt);
  });

  test.each(file.pkcs7_32.cases)("a plain text that fills $input_len of 32 is padded by $pad_len", ({ input_len, pad_len }) => {
    // 16 random bytes, 4 of the length, and the receiver's id stand around the message.
    const message = "x".repeat((64 + input_len - 20 - COMPANY.corpId.length) % 32 || 32);
    const whole = 20 + message.length + COMPANY.corpId.length;
    const cipher = Buffer.from(encrypt(COMPANY.aesKey, message, COMPANY.corpId), "base64");
    expect(whole % 32).toBe(input_len % 32);
    expect(cipher.length - whole).toBe(pad_len);
    expect(openCipher({ aesKey: COMPANY.aesKey, receiveId: COMPANY.corpId }, cipher.toString("base64"))).toStrictEqual({
      ok: true,
      message,
    });
  });
});

describe("negatives", () => {
  const byKind = (kind: string): readonly Vector[] => file.negative.filter((vector) => vector.kind === kind);

  test.each(byKind("signature_must_fail").map((vector) => [vector.id, vector] as const))("%s is refused", (_id, vector) => {
    const keys = { token: vector.token!, aesKey: COMPANY.aesKey, receiveId: COMPANY.corpId };
    expect(openCallback(keys, sealOf(vector), vector.encrypt!, at(vector))).toStrictEqual({ ok: false, reason: "signature" });
  });

  test.each(byKind("encodingAESKey_must_be_rejected").flatMap((vector) => vector.values!))("a key that is $why is refused", ({ value }) => {
    expect(() => assertAesKey(value)).toThrow("WECOM_AES_KEY");
    expect(() => assertAesKey(value)).not.toThrow(value === "" ? "nothing is told" : value);
  });

  test.each(byKind("receiveid_must_be_rejected").map((vector) => [vector.id, vector] as const))("%s is refused", (_id, negative) => {
    const vector = file.vectors.find((one) => one.id === negative.use_vector)!;
    const keys = { ...keysOf(vector), receiveId: negative.configured_receiveid! };
    expect(openCallback(keys, sealOf(vector), vector.encrypt!, at(vector))).toStrictEqual({ ok: false, reason: "receive_id" });
  });

  const good = sealed[1]!;
  test.each([
    ["ten minutes old", CALLBACK_AGE_MS, true],
    ["a second more", CALLBACK_AGE_MS + 1_000, false],
    ["ten minutes ahead of our clock", -CALLBACK_AGE_MS, true],
    ["a second more ahead", -CALLBACK_AGE_MS - 1_000, false],
  ])("a callback %s is judged by the time in its seal", (_name, age, ok) => {
    expect(openCallback(keysOf(good), sealOf(good), good.encrypt!, at(good) + age).ok).toBe(ok);
  });

  test("a time that is no number is refused, though its signature is right", () => {
    for (const timestamp of ["", "NaN", "1e9", "-1", "１４０９６５９８１３", "99999999999999"]) {
      const signature = getSignature(good.token!, timestamp, good.nonce!, good.encrypt!);
      expect(openCallback(keysOf(good), { signature, timestamp, nonce: good.nonce! }, good.encrypt!, at(good))).toStrictEqual({
        ok: false,
        reason: "time",
      });
    }
  });

  /** A cipher text of any plain bytes, made without the package. */
  async function cipherOf(plain: Buffer): Promise<string> {
    const { createCipheriv } = await import("node:crypto");
    const key = Buffer.from(`${COMPANY.aesKey}=`, "base64");
    const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false);
    return Buffer.concat([cipher.update(plain), cipher.final()]).toString("base64");
  }
  const plainOf = (message: string, pad: Buffer, length = Buffer.byteLength(message)): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(length);
    return Buffer.concat([Buffer.alloc(16, 7), size, Buffer.from(message), Buffer.from(COMPANY.corpId), pad]);
  };
  const open = (cipher: string) => openCipher({ aesKey: COMPANY.aesKey, receiveId: COMPANY.corpId }, cipher);

  test("what the package would let pass is refused: padding of mixed bytes, of zero, beyond a block; lengths that lie", async () => {
    const message = "<xml/>";
    const bare = plainOf(message, Buffer.alloc(0)).length;
    const pad = 32 - (bare % 32);
    const right = Buffer.alloc(pad, pad);
    expect(open(await cipherOf(plainOf(message, right)))).toStrictEqual({ ok: true, message });
    const mixed = Buffer.from(right);
    mixed[0] = 1;
    // The package itself takes this one for good.
    expect(decrypt(COMPANY.aesKey, await cipherOf(plainOf(message, mixed))).id).toBe(COMPANY.corpId);
    const bad = [mixed, Buffer.alloc(pad), Buffer.alloc(pad + 32, pad + 32), Buffer.concat([Buffer.alloc(pad), Buffer.alloc(32, 32)])];
    for (const padding of bad) expect(open(await cipherOf(plainOf(message, padding))).ok).toBe(false);
    for (const length of [0, 1, message.length + 1, 2 ** 31, 2 ** 32 - 1])
      expect(open(await cipherOf(plainOf(message, right, length))).ok).toBe(false);
  });

  test("bytes that are no text are refused", async () => {
    const message = Buffer.from([0xff, 0xfe, 0x41]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(message.length);
    const bare = Buffer.concat([Buffer.alloc(16, 7), size, message, Buffer.from(COMPANY.corpId)]);
    const pad = 32 - (bare.length % 32);
    expect(open(await cipherOf(Buffer.concat([bare, Buffer.alloc(pad, pad)])))).toStrictEqual({ ok: false, reason: "cipher" });
  });

  test("of 2,000 changed callbacks none is opened", () => {
    let tried = 0;
    fc.assert(
      fc.property(
        fc.constantFrom("signature", "timestamp", "nonce", "encrypt"),
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1, unit: "grapheme-ascii" }),
        (field, place, char) => {
          const parts = { ...sealOf(good), encrypt: good.encrypt! };
          const before = parts[field];
          const index = place % before.length;
          const changed = before.slice(0, index) + char + before.slice(index + 1);
          fc.pre(changed !== before);
          tried += 1;
          const { encrypt: cipher, ...seal } = { ...parts, [field]: changed };
          expect(openCallback(keysOf(good), seal, cipher, at(good)).ok).toBe(false);
        },
      ),
      { numRuns: 2_000 },
    );
    expect(tried).toBeGreaterThanOrEqual(2_000);
  });

  test("of 1,000 cipher texts of chance, rightly signed, none is opened and none throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.base64String({ maxLength: 400 }), fc.string({ maxLength: 200 })), (cipher) => {
        const seal = { timestamp: "1409659813", nonce: "1", signature: getSignature(COMPANY.token, "1409659813", "1", cipher) };
        const keys = { token: COMPANY.token, aesKey: COMPANY.aesKey, receiveId: COMPANY.corpId };
        expect(openCallback(keys, seal, cipher, 1_409_659_813_000).ok).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  test("any message comes back as it was sealed, 500 tries", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (message) => {
        expect(open(encrypt(COMPANY.aesKey, message, COMPANY.corpId))).toStrictEqual({ ok: true, message });
      }),
      { numRuns: 500 },
    );
  });
});
