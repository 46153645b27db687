/** The flows the product ships with. A shop's programmer adds one here; docs/flows.md shows how. */

import { AMEND_FLOW } from "../booking/amend-flow.ts";
import { BOOK_FLOW } from "../booking/book-flow.ts";
import { CANCEL_FLOW } from "../booking/cancel-flow.ts";
import { MOVE_FLOW } from "../booking/change-flows.ts";
import { EXTEND_FLOW } from "../booking/extend-flow.ts";
import { NEW_TIME_FLOW } from "../booking/new-time-flow.ts";
import { NO_SHOW_FLOW } from "../booking/visit.ts";
import { WAIT_FLOW } from "../booking/waiting.ts";
import { DETAILS_FLOW, EMERGENCY_FLOW } from "../cases/customer-flows.ts";
import { PERSON_FLOW } from "../customers/person-flow.ts";
import { OLD_PARTS_FLOW, QUOTE_FLOW, SAFETY_FLOW } from "../quotes/quote-flow.ts";
import type { Flow } from "./flow.ts";

export const FLOWS: ReadonlyMap<string, Flow> = new Map(
  [
    BOOK_FLOW,
    MOVE_FLOW,
    AMEND_FLOW,
    EXTEND_FLOW,
    CANCEL_FLOW,
    DETAILS_FLOW,
    EMERGENCY_FLOW,
    NO_SHOW_FLOW,
    NEW_TIME_FLOW,
    WAIT_FLOW,
    QUOTE_FLOW,
    SAFETY_FLOW,
    OLD_PARTS_FLOW,
    PERSON_FLOW,
  ].map((flow) => [flow.id, flow]),
);
