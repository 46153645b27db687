import type { JsonObject } from "./limits.ts";
import { APP, BOT_USER, TEAM } from "./workspace.ts";

/** The envelope around an event. */
export function eventEnvelope(event: JsonObject, id: string, at: number): JsonObject {
  return {
    token: "not-used",
    team_id: TEAM,
    context_team_id: TEAM,
    api_app_id: APP,
    event,
    type: "event_callback",
    event_id: id,
    event_time: Math.floor(at / 1_000),
    authorizations: [{ enterprise_id: null, team_id: TEAM, user_id: BOT_USER, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
  };
}
