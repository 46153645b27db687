/**
 * Links and QR codes that lead to an account and say which product they were found on: the code on a machine opens the chat
 * with that machine (document 94665).
 */
import type { WecomApi } from "./client.ts";

/** Before it is encoded. */
const PARAM_BYTES = 128;

/**
 * @param scene where links of this kind hang, at most 32 of `0-9a-zA-Z_-`, such as `label`
 * @param param what comes back when the link is opened: a serial number, a plate, an order number; at most 128 bytes
 * @throws RangeError when either is not as the platform wants it; AnxinError as the call does
 */
export async function createChatLink(api: WecomApi, openKfId: string, scene: string, param: string): Promise<string> {
  if (!/^[0-9a-zA-Z_-]{1,32}$/.test(scene)) throw new RangeError(`scene "${scene}" must be 1–32 of letters, digits, _ and -`);
  const size = Buffer.byteLength(param, "utf8");
  if (size < 1 || size > PARAM_BYTES) throw new RangeError(`the link's parameter has ${size} bytes; wanted 1–${PARAM_BYTES}`);
  const answer = await api.post("kf/add_contact_way", { open_kfid: openKfId, scene });
  // The address may be lengthened by this one parameter and not be changed otherwise.
  return `${String(answer["url"])}&scene_param=${encodeURIComponent(param)}`;
}
