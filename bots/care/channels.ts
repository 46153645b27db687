/** What the channels can do, for playing days ahead. From the adapters' data alone: their platforms' libraries are not needed here. */

import { SLACK_CAPABILITIES as SLACK } from "../../adapters/slack/capabilities.ts";
import { CAPABILITIES as TELEGRAM } from "../../adapters/telegram/capabilities.ts";
import { createWebClient } from "../../adapters/web/client.ts";
import { KF_CAPABILITIES as WECOM } from "../../adapters/wecom/capabilities.ts";
import type { Capabilities } from "../../core/ports.ts";

/** By the name of the channel. */
export const CHANNEL_CAPABILITIES: Readonly<Record<string, Capabilities>> = {
  web: createWebClient().capabilities,
  telegram: TELEGRAM,
  slack: SLACK,
  wecom: WECOM,
};
