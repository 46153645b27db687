/** A dialogue script (YAML): who and what exists beforehand, then what is said, pressed, sent, awaited. docs/scripts.md explains it. */
import { isMap, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { z } from "zod";
import { AnxinError } from "../../core/errors.ts";
import { ORDER_STATUSES } from "../../core/orders/state.ts";

const text = z.union([z.string(), z.number()]).transform(String);
const languages = z.enum(["zh-CN", "zh-TW", "en"]);

/** Other names by which people write the same keys; the first is the one that is kept. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  number: ["no", "order_no", "orderNumber"],
  status: ["state"],
  promised: ["promised_at", "promisedAt", "eta", "due"],
  customer: ["owner"],
  services: ["items"],
  phone: ["phones", "tel", "mobile"],
  products: ["product", "vehicles", "vehicle", "cars", "car", "devices"],
  language: ["lang", "locale"],
  vin: ["serial_no", "frame_no"],
};

/** Renames known aliases; a single value where a list is wanted becomes one, and a plate beside the name a product. */
function withAliases(kind: "customer" | "order"): (value: unknown) => unknown {
  return (value) => {
    if (typeof value === "string" && kind === "customer") return { name: value };
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const entry: Record<string, unknown> = { ...value };
    for (const [name, others] of Object.entries(ALIASES)) {
      if (name === "products" && kind === "order") continue;
      for (const other of others) {
        if (!(other in entry) || other === name || name in entry) continue;
        entry[name] = entry[other];
        delete entry[other];
      }
    }
    if (Array.isArray(entry["phone"])) entry["phone"] = entry["phone"][0];
    if (kind === "order") return typeof entry["services"] === "string" ? { ...entry, services: [entry["services"]] } : entry;
    if (entry["products"] !== undefined && !Array.isArray(entry["products"])) entry["products"] = [entry["products"]];
    const own = ["plate", "vin", "serial", "brand", "model", "mileage"].filter((key) => key in entry);
    if (own.length > 0) {
      const [first, ...rest] = (entry["products"] as unknown[] | undefined) ?? [];
      const base = typeof first === "object" && first !== null ? first : first === undefined ? {} : { product: first };
      entry["products"] = [{ ...base, ...Object.fromEntries(own.map((key) => [key, entry[key]])) }, ...rest];
      for (const key of own) delete entry[key];
    }
    return entry;
  };
}

const ownedSchema = z.union([
  z.string().transform((product): OwnedInScript => ({ product })),
  z.looseObject({
    product: z.string().optional(),
    brand: z.string().optional(),
    model: text.optional(),
    plate: text.optional(),
    serial: text.optional(),
    vin: text.optional(),
    bought: z.string().optional(),
    mileage: z.number().optional(),
  }),
]);

interface OwnedInScript {
  readonly product?: string | undefined;
  readonly brand?: string | undefined;
  readonly model?: string | undefined;
  readonly plate?: string | undefined;
  readonly serial?: string | undefined;
  readonly vin?: string | undefined;
  readonly bought?: string | undefined;
  readonly mileage?: number | undefined;
}

const customerSchema = z.preprocess(
  withAliases("customer"),
  z.looseObject({
    /** Name by which `as` refers to them; left out = not known to the shop by name. */
    name: z.string().default(""),
    id: z.string().optional(),
    title: z.enum(["mr", "ms", "mrs"]).optional(),
    phone: text.optional(),
    address: z.string().optional(),
    language: languages.optional(),
    vip: z.boolean().optional(),
    products: z.array(ownedSchema).default([]),
    /** The channel knows who this is; false = a stranger who merely uses the name. */
    verified: z.boolean().default(true),
  }),
);

const orderSchema = z.preprocess(
  withAliases("order"),
  z.looseObject({
    number: text,
    status: z.enum(ORDER_STATUSES).default("in_progress"),
    /** Name of the owner; the first customer when left out. */
    customer: z.string().optional(),
    product: z.string().optional(),
    plate: text.optional(),
    serial: text.optional(),
    vin: text.optional(),
    service: z.string().optional(),
    services: z.array(z.string()).optional(),
    technician: z.string().optional(),
    promised: z.string().optional(),
    note: z.string().optional(),
  }),
);

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

/** What must (not) come back in a turn; each text is a part of a reply, or a pattern between slashes. */
const turnExpectation = z.strictObject({
  reply: texts.optional(),
  not: texts.optional(),
  /** Nothing is said to the customer. */
  silent: z.boolean().optional(),
  buttons: texts.optional(),
  flow: z.string().nullable().optional(),
  rules: z.array(z.string()).optional(),
  staff: texts.optional(),
});

const expects = { expect: turnExpectation.optional() };

const turnSchema = z.union([
  z.strictObject({ say: text, as: z.string().optional(), id: text.optional(), ...expects }),
  z.strictObject({ press: text, as: z.string().optional(), id: text.optional(), ...expects }),
  z.strictObject({
    send: z.enum(["photo", "voice", "video", "file", "location"]),
    text: z.string().optional(),
    name: z.string().optional(),
    as: z.string().optional(),
    ...expects,
  }),
  z.strictObject({ wait: z.union([z.string(), z.number()]), ...expects }),
  z.strictObject({ staff: z.string(), as: z.string().optional(), case: z.string().optional(), ...expects }),
  z.strictObject({ as: z.string() }),
]);

const partial = z.record(z.string(), z.unknown());

/** What must be so at the end: each entry is a part of one booking, case or order, in any order, all of them. */
const finalExpectation = z.strictObject({
  bookings: z.array(partial).optional(),
  cases: z.array(partial).optional(),
  orders: z.array(partial).optional(),
  customer: partial.optional(),
});

const scriptSchema = z.strictObject({
  title: z.string().optional(),
  profile: z.string().optional(),
  now: z.string().optional(),
  locale: languages.optional(),
  channel: z.string().default("web"),
  customers: z.array(customerSchema).default([]),
  orders: z.array(orderSchema).default([]),
  turns: z.array(turnSchema).min(1),
  /** Checks for the test library; the command plays on without them. */
  expect: finalExpectation.optional(),
});

export type Script = z.infer<typeof scriptSchema>;
export type ScriptTurn = Script["turns"][number];
export type TurnExpectation = z.infer<typeof turnExpectation>;
export type FinalExpectation = z.infer<typeof finalExpectation>;

/** @throws AnxinError("script_invalid") that names file, line and what is wanted */
export function readScript(file: string, source: string): Script {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter });
  const [broken] = document.errors;
  if (broken) {
    throw new AnxinError(
      "script_invalid",
      `${file} line ${counter.linePos(broken.pos[0]).line}: the YAML cannot be read (${broken.message.split("\n")[0]})`,
      { file },
    );
  }
  const parsed = scriptSchema.safeParse(document.toJSON() ?? {});
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const line = lineAt(document.contents as Node | null, issue.path as (string | number)[], counter);
    const at = issue.path.map(String).join(" → ");
    const wanted =
      issue.path[0] === "turns" && issue.code === "invalid_union"
        ? "one of say, press, send, wait, staff, as (with their own keys only)"
        : issue.message;
    return `${file} line ${line}${at ? ` (${at})` : ""}: ${wanted}`;
  });
  throw new AnxinError("script_invalid", lines.join("\n"), { file });
}

function lineAt(root: Node | null, path: readonly (string | number)[], counter: LineCounter): number {
  let node: unknown = root;
  let line = 1;
  for (const part of path) {
    if (!isMap(node) && !isSeq(node)) break;
    const next = node.get(part, true) as Node | undefined;
    if (!next?.range) break;
    line = counter.linePos(next.range[0]).line;
    node = next;
  }
  return line;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `2h`, `90m`, `1d 2h`, `30s`; a number alone counts minutes. @throws AnxinError("script_invalid") */
export function durationMs(value: string | number): number {
  if (typeof value === "number") return value * 60_000;
  let total = 0;
  const rest = value.replace(/(\d+(?:\.\d+)?)\s*(ms|min|s|m|h|d|w)[a-z]*\s*/gi, (_all, amount: string, unit: string) => {
    total += Number(amount) * UNITS[unit.toLowerCase()]!;
    return "";
  });
  if (rest.trim() !== "" || total === 0)
    throw new AnxinError("script_invalid", `"${value}" is no duration; wanted something like 2h, 90m, 1d 2h`, { value });
  return Math.round(total);
}
