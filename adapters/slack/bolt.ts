/**
 * Bolt, loaded when the channel is used: it brings Express, OAuth and a socket library along, which a service without Slack
 * would pay for at each start (1.3–2.3 s and 15–40 MB on two shared cores).
 */
const load = () => import("@slack/bolt");

let loading: ReturnType<typeof load> | null = null;

export function loadBolt(): ReturnType<typeof load> {
  loading ??= load();
  return loading;
}
