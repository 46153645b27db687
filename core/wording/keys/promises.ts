/** Promised times. */
export const PROMISES_KEYS = {
  "promise.renewed": ["about", "from", "to"],
  "promise.later": ["about", "from", "to"],
  "promise.broken": ["about", "from", "to", "name"],
  "promise.broken_again": ["about", "from", "to", "name"],
  "staff.promise_noted": ["number", "about", "due"],
  "staff.promise_soon": ["number", "about", "words", "due"],
  "staff.promise_later": ["number", "about", "to"],
  "staff.no_promise": ["number"],
} as const satisfies Record<string, readonly string[]>;
