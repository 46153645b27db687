/** Settings from the environment and `.env`, checked at start. An error names the variable, never its value when it is a secret. */
import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { z } from "zod";
import { AnxinError } from "../core/errors.ts";
import type { Language } from "../core/language.ts";
import { assertZone } from "../core/time.ts";
import { type ChannelSettings, readChannelSettings, type SettingProblem } from "./channel-settings.ts";

const port = z.coerce.number().int().min(0).max(65_535);
const url = z.url();

const schema = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  DATA_DIR: z.string().min(1).default("./data"),
  PROFILE: z.string().min(1).default("appliance"),
  PUBLIC_URL: url.optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  ADMIN_TOKEN: z.string().min(16).optional(),
  TZ_NAME: z.string().min(1).optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
});

const WANTED: Readonly<Record<string, string>> = {
  PORT: "a port number from 0 to 65535",
  HOST: "a host name or address",
  DATA_DIR: "the path of a folder",
  PROFILE: "dealer, appliance, glass or the path of a profile folder",
  PUBLIC_URL: "an address such as https://service.example.com",
  LOG_LEVEL: "fatal, error, warn, info, debug, trace or silent",
  ADMIN_TOKEN: "a secret of at least 16 characters",
  TZ_NAME: "a time zone such as Asia/Shanghai",
  DATABASE_URL: "an address such as postgres://user:password@host:5432/database",
  REDIS_URL: "an address such as redis://host:6379",
  OTEL_EXPORTER_OTLP_ENDPOINT: "the address of a collector such as http://127.0.0.1:4318",
};
const SECRETS = new Set(["DATABASE_URL", "REDIS_URL", "ADMIN_TOKEN", "OTEL_EXPORTER_OTLP_ENDPOINT"]);

export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly profile: string;
  readonly publicUrl: string | null;
  readonly logLevel: string;
  readonly adminToken: string | null;
  readonly zone: string | null;
  /** Platforms whose settings are there. */
  readonly channels: ChannelSettings;
  /** Postgres; `null` = one SQLite file in the data folder. */
  readonly databaseUrl: string | null;
  /** Redis; `null` = processes find their work by looking. */
  readonly redisUrl: string | null;
  /** Collector of OpenTelemetry traces; `null` = none are made. */
  readonly tracesUrl: string | null;
  /** Language of the command line. */
  readonly language: Language;
}

/** What an environment says, or everything that is wrong with it. An empty value counts as not set. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
): { readonly ok: true; readonly settings: Settings } | { readonly ok: false; readonly problems: readonly SettingProblem[] } {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ""));
  const parsed = schema.safeParse(given);
  const problems: SettingProblem[] = [];
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const variable = String(issue.path[0]);
      const value = given[variable] ?? "";
      problems.push({
        variable,
        what: SECRETS.has(variable) ? `its value of ${value.length} characters is not usable` : `it is "${value}"`,
        wanted: WANTED[variable] ?? "a valid value",
      });
    }
    problems.push(...readChannelSettings(given, given["PUBLIC_URL"] ?? null).problems);
    return { ok: false, problems };
  }
  const { data } = parsed;
  if (data.TZ_NAME) {
    try {
      assertZone(data.TZ_NAME);
    } catch {
      problems.push({ variable: "TZ_NAME", what: `it is "${data.TZ_NAME}"`, wanted: WANTED["TZ_NAME"]! });
    }
  }
  const platforms = readChannelSettings(given, data.PUBLIC_URL ?? null);
  problems.push(...platforms.problems);
  if (data.REDIS_URL && !data.DATABASE_URL)
    problems.push({
      variable: "DATABASE_URL",
      what: "it is not set, and REDIS_URL is: Redis joins processes that share a Postgres",
      wanted: `${WANTED["DATABASE_URL"]}, or no REDIS_URL`,
    });
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    settings: {
      port: data.PORT,
      host: data.HOST,
      dataDir: data.DATA_DIR,
      profile: data.PROFILE,
      publicUrl: data.PUBLIC_URL ?? null,
      logLevel: data.LOG_LEVEL,
      adminToken: data.ADMIN_TOKEN ?? null,
      zone: data.TZ_NAME ?? null,
      channels: platforms.channels,
      databaseUrl: data.DATABASE_URL ?? null,
      redisUrl: data.REDIS_URL ?? null,
      tracesUrl: data.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
      language: languageOf(given["LC_ALL"] ?? given["LC_MESSAGES"] ?? given["LANG"] ?? ""),
    },
  };
}

function languageOf(locale: string): Language {
  if (/^zh[_-](?:TW|HK|MO|Hant)/i.test(locale)) return "zh-TW";
  return /^zh/i.test(locale) ? "zh-CN" : "en";
}

/** The process's environment over the `.env` file beside it. */
export function environment(file = ".env"): Record<string, string | undefined> {
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  return { ...fromFile, ...process.env };
}

/** @throws AnxinError("settings_invalid") that lists every problem */
export function loadSettings(file = ".env"): Settings {
  const read = readSettings(environment(file));
  if (read.ok) return read.settings;
  const lines = read.problems.map((problem) => `  ${problem.variable}: ${problem.what}. Wanted: ${problem.wanted}`).join("\n");
  throw new AnxinError("settings_invalid", `some settings can't be used:\n${lines}`, { count: read.problems.length });
}
