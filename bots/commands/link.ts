/** Links to the chat for a product's label or a counter: who opens one is asked about that thing. */
import { createStartLink } from "../../adapters/telegram/index.ts";
import { createChatLinks } from "../../adapters/wecom/index.ts";
import { type SceneFact, sceneOf } from "../../core/conversation/scene.ts";
import type { Profile } from "../../core/profile/schema.ts";
import type { ChannelSettings } from "../channel-settings.ts";
import { loadProfile } from "../profiles.ts";
import { environment, readSettings } from "../settings.ts";

export interface LinkOptions extends Partial<Readonly<Record<SceneFact, string>>> {
  /** Where links of this kind hang. */
  readonly scene?: string;
  readonly profile?: string;
}

/** One line for people. */
type Print = (text: string) => void;

const DEFAULT_SCENE = "label";

/** @returns whether a link was made */
export async function runLink(options: LinkOptions, print: Print = (text) => void process.stdout.write(`${text}\n`)): Promise<boolean> {
  const read = readSettings({ ...environment(), ...(options.profile === undefined ? {} : { PROFILE: options.profile }) });
  if (!read.ok) {
    for (const { variable, what, wanted } of read.problems) print(`${variable}: ${what}. Wanted: ${wanted}`);
    return false;
  }
  const { language, channels } = read.settings;
  return makeLinks(channels, loadProfile(read.settings.profile, language), options, print);
}

/** The same with settings in hand. */
export async function makeLinks(channels: ChannelSettings, profile: Profile, options: LinkOptions, print: Print): Promise<boolean> {
  const { scene = DEFAULT_SCENE, product, serial, plate, order } = options;
  if (product !== undefined && !profile.products.some((one) => one.id === product)) {
    print(
      `--product ${product} is no product of ${profile.business.id}; wanted one of ${profile.products.map((one) => one.id).join(", ")}`,
    );
    return false;
  }
  const given = { product, serial, plate, order };
  const param = sceneOf(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
  if (param === "") {
    print("nothing to say of the thing; wanted at least one of --product, --serial, --plate, --order");
    return false;
  }
  let made = 0;
  if (channels.wecom) {
    const links = await createChatLinks(
      {
        settings: channels.wecom,
        clock: { now: () => Date.now() },
        log: () => undefined,
        random: Math.random,
        pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      },
      scene,
      param,
    );
    for (const { name, account, url } of links) print(`wecom ${name} (${account}): ${url}`);
    if (links.length === 0) print("wecom: no customer service account is in the hands of this app (docs/channels/wecom.md, step 3)");
    made += links.length;
  }
  if (channels.telegram) {
    const url = await createStartLink(channels.telegram, param);
    print(url === null ? "telegram: a link there holds one fact of letters, digits, _ and -, 64 signs at most" : `telegram: ${url}`);
    made += url === null ? 0 : 1;
  }
  if (!channels.wecom && !channels.telegram) print("neither WeChat Work nor Telegram is set up; on the others there are no such links");
  return made > 0;
}
