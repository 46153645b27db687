/** `start`: runs everything that is configured, until SIGTERM or SIGINT. */
import { join } from "node:path";
import pino from "pino";
import { AnxinError } from "../../core/errors.ts";
import { loadProfile } from "../profiles.ts";
import { ROLES, type Role, startService } from "../service/service.ts";
import { loadSettings, type Settings } from "../settings.ts";
import { understanderFor } from "../understanding.ts";

/** A stop that hangs must not keep the process for ever, ms. */
const STOP_WITHIN_MS = 10_000;

interface StartOptions {
  readonly port?: string;
  readonly profile?: string;
  readonly data?: string;
  readonly role?: string;
}

export async function runStart(options: StartOptions): Promise<void> {
  const settings = withOptions(loadSettings(), options);
  const role = roleOf(options.role, settings);
  const logger = pino({
    level: settings.logLevel,
    base: null,
    redact: { paths: ["req.headers.authorization", "req.headers.cookie", "*.token", "*.phone", "*.phones"], censor: "[hidden]" },
  });
  const profile = loadProfile(settings.profile, settings.language, join(settings.dataDir, "models"));
  const say = (zh: string, en: string): void => void process.stderr.write(`${settings.language === "en" ? en : zh}\n`);
  say("正在准备语言理解(首次启动需要训练,约十几秒)…", "Preparing the understanding (trained on the first start, some seconds)…");
  const understander = await understanderFor(settings.profile, profile, settings.dataDir);
  const service = await startService({ settings, profile, understander, logger, role });
  const name = profile.business.name[settings.language];
  say(
    `${name} · ${service.address}/ 打开即可试用(客户手机 + 客服台);客服台 ${service.address}/desk`,
    `${name} · open ${service.address}/ to try it (customer's phone + staff desk); desk alone: ${service.address}/desk`,
  );
  if (service.sampled) say("新数据库:已放入示例客户和工单。", "New database: sample customers and orders were put in.");

  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    say(`收到 ${signal},正在停止…`, `${signal}: finishing what is under way…`);
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, "stop failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGINT", () => stop("SIGINT"));
}

function roleOf(text: string | undefined, settings: Settings): Role {
  const role = ROLES.find((one) => one === (text ?? "all"));
  if (role === undefined) throw new AnxinError("wrong_use", `--role "${text}" is no role; wanted ${ROLES.join(", ")}`, {});
  if (role !== "all" && settings.databaseUrl === null)
    throw new AnxinError("wrong_use", `--role ${role} is one of several processes, and they need a Postgres; set DATABASE_URL`, {});
  return role;
}

function withOptions(settings: Settings, options: StartOptions): Settings {
  const port = options.port === undefined ? settings.port : Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new AnxinError("wrong_use", `--port "${options.port}" is no port; wanted a number from 0 to 65535`, {});
  return { ...settings, port, profile: options.profile ?? settings.profile, dataDir: options.data ?? settings.dataDir };
}
