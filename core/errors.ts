/**
 * The one family of errors. `code` is stable and chooses the wording for people; `data` holds plain fields without secrets or
 * personal data; `cause` keeps what lay behind.
 */
export class AnxinError extends Error {
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, data: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "AnxinError";
    this.code = code;
    this.data = data;
  }
}

/** Exhaustiveness check: a value that no branch handled. */
export function unreachable(value: never): never {
  throw new AnxinError("unreachable", `unhandled case: ${JSON.stringify(value)}`);
}

/** What a log may say of anything thrown: its kind, not its words, which may hold what people said. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
