/**
 * Links and QR codes that lead to an account and say which product they were found on: the code on a machine opens the chat
 * with that machine (document 94665).
 */
import { createWecomApi, type WecomApi } from "./client.ts";
import type { WecomDependencies } from "./types.ts";

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

export interface ChatLink {
  /** Id and name of the customer service account. */
  readonly account: string;
  readonly name: string;
  readonly url: string;
}

/**
 * A link to each account in our hands that carries `param`.
 *
 * @param scene as {@link createChatLink}
 * @throws as {@link createChatLink}
 */
export async function createChatLinks(
  dependencies: Pick<WecomDependencies, "settings" | "clock" | "log" | "random" | "pause">,
  scene: string,
  param: string,
): Promise<readonly ChatLink[]> {
  const api = createWecomApi(dependencies);
  const answer = await api.post("kf/account/list", { offset: 0, limit: 100 });
  const accounts = (Array.isArray(answer["account_list"]) ? answer["account_list"] : []) as readonly {
    readonly open_kfid?: unknown;
    readonly name?: unknown;
  }[];
  const links: ChatLink[] = [];
  for (const { open_kfid: account, name } of accounts)
    if (typeof account === "string")
      links.push({ account, name: typeof name === "string" ? name : "", url: await createChatLink(api, account, scene, param) });
  return links;
}
