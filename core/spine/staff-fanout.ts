/** From what a turn says to staff, to posts on every staff channel: kept in the turn's own transaction, sent afterwards. */
import { isPaging } from "../cases/state.ts";
import { TAPS_KEY, withTaps } from "../desk/taps.ts";
import type { StaffChannel, Unit } from "../ports.ts";
import type { StaffLine, StaffNotice } from "./events.ts";
import type { Outcome } from "./outcome.ts";
import type { NewStaffPost } from "./staff-posts.ts";

/** A notice or a line as one post, still for no channel in particular. */
interface Said extends Omit<NewStaffPost, "channel"> {
  readonly only: string | null;
  readonly except: string | null;
}

/**
 * Keeps the posts of a turn.
 *
 * @param channels the staff channels that run; none = the desk page is the desk
 * @param cause inbox entry of the turn
 */
export async function postToStaff(
  unit: Unit,
  channels: readonly StaffChannel[],
  outcome: Pick<Outcome<unknown>, "notices" | "lines" | "changes">,
  cause: string,
): Promise<void> {
  if (channels.length === 0) return;
  const cases = outcome.changes.filter((change) => change.kind === "case");
  /** Words to those on call are a page as long as nobody has said that they saw it. */
  const pages = (number: string | null): boolean => {
    const changed = cases.find((change) => change.id === number);
    return changed === undefined || isPaging(changed.state);
  };
  const said = [...mergeNotices(outcome.notices, pages), ...outcome.lines.map(ofLine)];
  for (const channel of channels) {
    const heard = said.filter((one) => (one.only === null || one.only === channel.name) && one.except !== channel.name);
    for (const { only: _only, except: _except, ...post } of heard) await unit.staff.post({ ...post, channel: channel.name });
    if (!channel.capabilities.edits) continue;
    // The card must not lag behind the case, whoever changed it and wherever.
    for (const { id, state } of cases) {
      if (heard.some((one) => one.case === id)) continue;
      await unit.staff.post({
        id: `${cause}/card:${id}`,
        channel: channel.name,
        case: id,
        to: null,
        text: "",
        page: false,
        buttons: [],
        media: null,
        at: state.updatedAt,
      });
    }
  }
}

/** Keeps notices for the desk page, with what can be done about them. */
export async function keepNotices(unit: Unit, notices: readonly StaffNotice[]): Promise<void> {
  for (const notice of notices) await unit.notices.add(notice);
  if (!notices.some(({ buttons = [] }) => buttons.length > 0)) return;
  const taps = withTaps(await unit.meta.get(TAPS_KEY), notices);
  if (taps !== null) await unit.meta.set(TAPS_KEY, taps);
}

/** Tells staff something that no turn says: at the desk page and on every staff channel. */
export async function tellStaff(unit: Unit, channels: readonly StaffChannel[], notice: StaffNotice): Promise<void> {
  await keepNotices(unit, [notice]);
  await postToStaff(unit, channels, { notices: [notice], lines: [], changes: [] }, notice.id);
}

/** A page to those on call and the same words to a role are one post: nobody reads it twice in one room. */
function mergeNotices(notices: readonly StaffNotice[], pages: (number: string | null) => boolean): Said[] {
  const merged: Said[] = [];
  for (const { id, to, case: number, text, at, media, buttons = [] } of notices) {
    const same = merged.findIndex((one) => one.case === number && one.text === text);
    const page = to === "on_call" && pages(number);
    if (same < 0) merged.push({ id, to, case: number, text, at, page, buttons, media: media ?? null, only: null, except: null });
    else if (page) merged[same] = { ...merged[same]!, to, page };
  }
  return merged;
}

function ofLine(line: StaffLine): Said {
  const { id, to, case: number, text, at, buttons, only, except } = line;
  return { id, to, case: number, text, at, buttons, only, except, page: false, media: null };
}
