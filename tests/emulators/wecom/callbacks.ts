/** Sends encrypted callbacks as the platform does: five seconds to answer, three tries in all. */
import { encrypt, getSignature } from "@wecom/crypto";
import type { Clock } from "../../../core/ports.ts";
import { type Company, type FaultState, newId } from "./platform.ts";

const TRIES = 3;
const ANSWER_WITHIN_MS = 5_000;

export interface Sealed {
  readonly url: string;
  readonly body: string;
}

export interface Callbacks {
  /** Where callbacks go. */
  url: string | null;
  /** Status of every delivery that was answered; 0 = none came. */
  readonly statuses: number[];
  seal(xml: string, more?: { readonly timestamp?: string; readonly receiveId?: string; readonly nonce?: string }): Sealed;
  /** @returns whether one of the tries was answered with 200 */
  send(xml: string): Promise<boolean>;
  /** The check when the address is set. @returns the answer's text, or the status when it was refused */
  verifyUrl(echo?: string): Promise<string | number>;
}

export function createCallbacks(company: Company, clock: Clock, faults: FaultState): Callbacks {
  const address = (query: Record<string, string>): string => `${callbacks.url}?${new URLSearchParams(query)}`;

  function sealOf(cipher: string, timestamp: string, nonce: string): Record<string, string> {
    return { msg_signature: getSignature(company.token, timestamp, nonce, cipher), timestamp, nonce };
  }

  async function post({ url, body }: Sealed): Promise<number> {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "text/xml" },
        body,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }

  const callbacks: Callbacks = {
    url: null,
    statuses: [],
    seal(xml, more = {}) {
      const cipher = encrypt(company.aesKey, xml, more.receiveId ?? company.corpId);
      const timestamp = more.timestamp ?? String(Math.floor(clock.now() / 1_000));
      const query = sealOf(cipher, timestamp, more.nonce ?? newId("n"));
      const body = `<xml><ToUserName><![CDATA[${company.corpId}]]></ToUserName><Encrypt><![CDATA[${cipher}]]></Encrypt><AgentID><![CDATA[${company.agentId}]]></AgentID></xml>`;
      return { url: address(query), body };
    },
    async send(xml) {
      if (callbacks.url === null || faults.state.lose) return false;
      let arrived = false;
      for (let copy = 0; copy <= faults.state.repeat; copy++) {
        const sealed = callbacks.seal(xml);
        for (let attempt = 0; attempt < TRIES; attempt++) {
          const status = await post(sealed);
          callbacks.statuses.push(status);
          if (status !== 200) continue;
          arrived = true;
          break;
        }
      }
      return arrived;
    },
    async verifyUrl(echo = "1616140317555161061") {
      const cipher = encrypt(company.aesKey, echo, company.corpId);
      const timestamp = String(Math.floor(clock.now() / 1_000));
      const response = await fetch(address({ ...sealOf(cipher, timestamp, newId("n")), echostr: cipher }), {
        signal: AbortSignal.timeout(1_000),
      });
      const text = await response.text();
      return response.status === 200 ? text : response.status;
    },
  };
  return callbacks;
}
