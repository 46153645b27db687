/** The flows the product ships with. A shop's programmer adds one here; docs/flows.md shows how. */
import { BOOK_FLOW } from "../booking/book-flow.ts";
import { CANCEL_FLOW, MOVE_FLOW } from "../booking/change-flows.ts";
import { DETAILS_FLOW, EMERGENCY_FLOW } from "../cases/customer-flows.ts";
import type { Flow } from "./flow.ts";

export const FLOWS: ReadonlyMap<string, Flow> = new Map(
  [BOOK_FLOW, MOVE_FLOW, CANCEL_FLOW, DETAILS_FLOW, EMERGENCY_FLOW].map((flow) => [flow.id, flow]),
);
