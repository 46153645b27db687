/**
 * Bolt, loaded when the channel is used: it brings Express, OAuth and a socket library along, which cost a service without
 * Slack a second of its start and 40 MB.
 */
const load = () => import("@slack/bolt");

let loading: ReturnType<typeof load> | null = null;

export function loadBolt(): ReturnType<typeof load> {
  loading ??= load();
  return loading;
}
