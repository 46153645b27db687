/**
 * Is a callback from WeChat Work, meant for us, and fresh? The cryptography is the official package's; it is lenient about
 * padding, lengths and encodings, so what it decrypted is encrypted again and must be the very text that came: then every
 * byte was as the scheme wants it. Scheme: developer.work.weixin.qq.com/document/path/90930 and 91144.
 */
import { decrypt, encrypt, getSignature } from "@wecom/crypto";
import { AnxinError } from "../../core/errors.ts";
import { type Instant, MINUTE_MS, SECOND_MS } from "../../core/time.ts";
import { sameSecret } from "../http/guard.ts";

/** A callback may be this old, or this far ahead of our clock: the platform repeats a callback within seconds, clocks differ by minutes. */
export const CALLBACK_AGE_MS = 10 * MINUTE_MS;

export interface CallbackKeys {
  readonly token: string;
  readonly aesKey: string;
  /** Whom a callback must be meant for: the company's id. */
  readonly receiveId: string;
}

/** What comes in the address of a callback. */
export interface CallbackSeal {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
}

export type Opened =
  | { readonly ok: true; readonly message: string }
  | { readonly ok: false; readonly reason: "signature" | "time" | "cipher" | "receive_id" };

/** @throws AnxinError("settings_invalid") when the key is not 43 letters and digits */
export function assertAesKey(aesKey: string): void {
  if (/^[A-Za-z0-9]{43}$/.test(aesKey)) return;
  throw new AnxinError(
    "settings_invalid",
    `WECOM_AES_KEY has ${aesKey.length} characters or others than letters and digits; wanted the EncodingAESKey of the app's callback: 43 letters and digits`,
    { variable: "WECOM_AES_KEY" },
  );
}

/** Checks the seal of a cipher text, then opens it. Nothing is decrypted before its signature is right. */
export function openCallback(keys: CallbackKeys, seal: CallbackSeal, cipherText: string, now: Instant): Opened {
  const wanted = getSignature(keys.token, seal.timestamp, seal.nonce, cipherText);
  if (!sameSecret(seal.signature, wanted)) return { ok: false, reason: "signature" };
  if (!/^\d{1,12}$/.test(seal.timestamp) || Math.abs(Number(seal.timestamp) * SECOND_MS - now) > CALLBACK_AGE_MS)
    return { ok: false, reason: "time" };
  return openCipher(keys, cipherText);
}

/** Decrypts, strictly. */
export function openCipher(keys: Pick<CallbackKeys, "aesKey" | "receiveId">, cipherText: string): Opened {
  assertAesKey(keys.aesKey);
  let opened: ReturnType<typeof decrypt>;
  try {
    opened = decrypt(keys.aesKey, cipherText);
    if (opened.random.length !== 16 || encrypt(keys.aesKey, opened.message, opened.id, opened.random) !== cipherText)
      return { ok: false, reason: "cipher" };
  } catch {
    return { ok: false, reason: "cipher" };
  }
  if (!sameSecret(opened.id, keys.receiveId)) return { ok: false, reason: "receive_id" };
  return { ok: true, message: opened.message };
}
