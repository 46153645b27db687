/** `chat`: the same engine in the terminal; with `--script`, a dialogue played on a virtual clock. */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { parseCareCommand, runCareCommand } from "../../core/care/staff-command.ts";
import { explainTrace, traceNames } from "../../core/conversation/explain.ts";
import { parseDeskCommand } from "../../core/desk/command.ts";
import { AnxinError } from "../../core/errors.ts";
import type { Channel } from "../../core/ports.ts";
import type { Profile } from "../../core/profile/schema.ts";
import { answerForecast, parseForecastCommand } from "../../core/reports/forecast-intake.ts";
import type { Button, InboundEvent } from "../../core/spine/events.ts";
import { loadProfile } from "../profiles.ts";
import { playScript } from "../script/play.ts";
import type { PlayedTurn } from "../script/played.ts";
import { readScript } from "../script/schema.ts";
import { createEngine } from "../service/engine.ts";
import { loadSample } from "../service/sample.ts";
import { openScratchStore } from "../service/scratch.ts";
import { loadSettings } from "../settings.ts";
import { understanderFor } from "../understanding.ts";
import { referenceTime } from "./understand.ts";

export interface ChatOptions {
  readonly script?: string;
  readonly profile?: string;
  readonly now?: string;
  readonly json?: boolean;
}

export async function runChat(options: ChatOptions): Promise<void> {
  if (options.script !== undefined) return runScript(options, options.script);
  if (options.json) throw new AnxinError("wrong_use", "--json goes with --script", {});
  return talk(options);
}

async function runScript(options: ChatOptions, file: string): Promise<void> {
  const settings = loadSettings();
  let source: string;
  try {
    source = readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (cause) {
    throw new AnxinError("wrong_use", `the script ${file} cannot be read; wanted the path of a YAML file`, {}, cause);
  }
  const script = readScript(basename(file), source);
  const name = options.profile ?? script.profile ?? settings.profile;
  const profile = loadProfile(name, settings.language, join(settings.dataDir, "models"));
  const understander = await understanderFor(name, profile, settings.dataDir);
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const played = await playScript({
    script: options.now === undefined ? script : { ...script, now: options.now },
    profile,
    understander,
    now: referenceTime(options.now, profile.business.zone),
    onTurn: (turn) => (options.json ? print(JSON.stringify(turn)) : printTurn(turn, print)),
  });
  if (options.json) print(JSON.stringify(played));
}

function printTurn(turn: PlayedTurn, print: (text: string) => void): void {
  print(`> ${turn.say}`);
  for (const reply of turn.replies) {
    print(indent(reply.text));
    if (reply.buttons.length > 0) print(`  ${reply.buttons.map((label, index) => `[${index + 1} ${label}]`).join(" ")}`);
  }
  for (const notice of turn.staff) print(`  → ${notice.to}: ${notice.text.replaceAll("\n", "\n    ")}`);
  print("");
}

const indent = (text: string): string => `  ${text.replaceAll("\n", "\n  ")}`;

const CONVERSATION = "terminal:you";
const HELP = `  1, 2, 3    press a button · 按钮
  /why       why the bot answered so · 为什么这样回答
  /staff …   act as staff: claim, reply …, note …, resolve …, release · 以客服身份操作
  /help      this list · 帮助
  /quit      leave · 退出`;

/** Reads lines and answers each; the database is in memory and gone afterwards. */
async function talk(options: ChatOptions): Promise<void> {
  const settings = loadSettings();
  const name = options.profile ?? settings.profile;
  const profile = loadProfile(name, settings.language, join(settings.dataDir, "models"));
  const understander = await understanderFor(name, profile, settings.dataDir);
  const scratch = await openScratchStore();
  const channel: Channel = {
    name: "terminal",
    capabilities: {
      textLimit: { amount: 100_000, unit: "characters" },
      buttons: 9,
      media: [],
      pulled: true,
      pushWindowMs: null,
      pushQuota: null,
      idempotent: true,
    },
    send: () => Promise.resolve({ result: "sent" }),
  };
  const shift = options.now === undefined ? 0 : referenceTime(options.now, profile.business.zone) - Date.now();
  const clock = { now: () => Date.now() + shift };
  const engine = createEngine({
    profile,
    zone: settings.zone,
    ...scratch,
    clock,
    channels: new Map([[channel.name, channel]]),
    understander,
    random: Math.random,
    onError: (what, error) => process.stderr.write(`${what}: ${error instanceof Error ? error.message : String(error)}\n`),
  });
  await loadSample(scratch.store, profile, clock.now(), engine.dependencies.model.zone);
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  print(`${profile.business.name["zh-CN"]} · ${profile.business.name.en}\n${HELP}\n`);

  const lines = createInterface({
    input: process.stdin,
    terminal: process.stdin.isTTY === true,
    ...(process.stdin.isTTY ? { output: process.stdout } : {}),
  });
  lines.setPrompt("> ");
  let seen = 0;
  let noticed = 0;
  let buttons: readonly Button[] = [];
  let count = 0;

  async function answer(event: InboundEvent): Promise<void> {
    count += 1;
    await engine.intake.accept([{ id: `${CONVERSATION}:${count}`, conversation: CONVERSATION, receivedAt: clock.now(), event }]);
    await show();
  }

  async function show(): Promise<void> {
    await engine.settle();
    const { messages, notices } = await engine.store.unit(async (unit) => ({
      messages: await unit.messages.list(CONVERSATION, seen, 100),
      notices: await unit.notices.list(noticed, 100),
    }));
    for (const message of messages) {
      seen = message.seq;
      if (message.from === "customer") continue;
      print(indent(message.from === "staff" ? `${staffName(profile, message.author)}: ${message.text}` : message.text));
      buttons = message.buttons;
      if (buttons.length > 0) print(`  ${buttons.map((button, index) => `[${index + 1} ${button.label}]`).join(" ")}`);
    }
    for (const notice of notices) {
      noticed = notice.seq;
      print(`  → ${notice.to}: ${notice.text.replaceAll("\n", "\n    ")}`);
    }
  }

  lines.prompt();
  for await (const line of lines) {
    const text = line.trim();
    if (text === "/quit" || text === "/exit") break;
    if (text === "/help") print(HELP);
    else if (text === "/why") {
      const [trace] = await engine.store.unit((unit) => unit.traces.list(CONVERSATION, 1));
      if (trace)
        print(
          indent(
            explainTrace(trace, settings.language, traceNames(engine.dependencies.model))
              .lines.map((line) => line.text)
              .join("\n"),
          ),
        );
    } else if (text.startsWith("/staff")) {
      const cases = await engine.store.unit((unit) => unit.records.casesOf(CONVERSATION));
      const current = cases.find((one) => one.status !== "closed")?.number ?? null;
      const aboutCare = parseCareCommand(text.slice(6));
      if (aboutCare) {
        print(indent(await runCareCommand(engine.care.campaigns, aboutCare, profile.staff[0]!.id, settings.language)));
        lines.prompt();
        continue;
      }
      const weeks = parseForecastCommand(text.slice(6));
      if (weeks !== null) {
        print(indent(await answerForecast(engine.forecasts, weeks, engine.dependencies.model, settings.language)));
        lines.prompt();
        continue;
      }
      const parsed = parseDeskCommand(text.slice(6).trim(), current);
      if (parsed.ok) await answer({ kind: "desk", by: profile.staff[0]!.id, command: parsed.command });
      else print("  There is no open case, or the text is missing · 没有待处理的个案,或缺少内容");
    } else if (/^[1-9]$/.test(text) && buttons[Number(text) - 1]) await answer({ kind: "press", value: buttons[Number(text) - 1]!.id });
    else if (text) await answer({ kind: "message", text });
    lines.prompt();
  }
  lines.close();
  await scratch.store.close();
}

function staffName(profile: Profile, id: string | null): string {
  return profile.staff.find((member) => member.id === id)?.name["zh-CN"] ?? "staff";
}
