/** Promised times. */
export const PROMISES_KEYS = {
  "promise.renewed": ["about", "from", "to"],
  "promise.later": ["about", "from", "to"],
  "promise.broken": ["about", "from", "to", "name"],
  "promise.broken_again": ["about", "from", "to", "name"],
  "promise.state_open": [],
  "promise.state_kept": [],
  "promise.state_broken": [],
  "promise.state_withdrawn": [],
  "staff.promise_noted": ["number", "about", "due"],
  "staff.promise_soon": ["number", "about", "words", "due"],
  "staff.promise_later": ["number", "about", "to"],
  "staff.no_promise": ["number"],
  "staff.promise_confirmed": ["number", "due"],
  "staff.promise_kept": ["number", "due"],
  "staff.promise_dismissed": ["number", "due"],
  "staff.promise_done": ["number", "due", "state"],
} as const satisfies Record<string, readonly string[]>;
