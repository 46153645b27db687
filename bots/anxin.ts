/** The command line. Each command loads only what it needs. */
import { enableCompileCache } from "node:module";
import { Command, CommanderError } from "commander";
import { AnxinError } from "../core/errors.ts";

// Compiled code is kept between starts: half a second less until the first answer.
enableCompileCache();

/** Exit codes: 0 good, 1 failed, 2 wrong use. */
const FAILED = 1;
const WRONG_USE = 2;

const program = new Command("anxin")
  .description("Anxin 安心: after-sales service bot · 售后服务机器人")
  .showHelpAfterError("(--help for all options · 用 --help 查看全部选项)")
  .exitOverride();

program
  .command("start", { isDefault: true })
  .description("run the service: web channel, try-it page, staff desk · 启动服务")
  .option("--port <number>", "port to listen on, instead of PORT")
  .option("--profile <name>", "dealer, appliance, glass or a folder, instead of PROFILE")
  .option("--data <folder>", "folder of the database, instead of DATA_DIR")
  .option("--role <role>", "front, worker or all (default); front and worker need DATABASE_URL")
  .action(async (options: { port?: string; profile?: string; data?: string; role?: string }) => {
    const { runStart } = await import("./commands/start.ts");
    await runStart(options);
  });

program
  .command("chat")
  .description("talk to the bot in the terminal, or play a script · 在终端里对话,或播放脚本")
  .option("--script <file>", "play a dialogue script (YAML) on a virtual clock and an empty database")
  .option("--profile <name>", "dealer, appliance, glass or a folder")
  .option("--now <iso>", "time at which the virtual clock starts, e.g. 2026-11-23T09:00:00+08:00")
  .option("--json", "print one JSON a turn, then the final state")
  .action(async (options: { script?: string; profile?: string; now?: string; json?: boolean }) => {
    const { runChat } = await import("./commands/chat.ts");
    await runChat(options);
  });

program
  .command("understand")
  .description("read lines from standard input, print one JSON a line · 逐行理解标准输入")
  .option("--profile <name>", "vocabulary of one business; left out = of all shipped ones")
  .option("--now <iso>", "reference time for dates")
  .action(async (options: { profile?: string; now?: string }) => {
    const { runUnderstand } = await import("./commands/understand.ts");
    await runUnderstand(options);
  });

program
  .command("link")
  .description("links to the chat for a product's label or a counter · 生成贴在产品或柜台上的会话链接(可做成二维码)")
  .option("--product <id>", "product of the profile · 档案中的产品")
  .option("--serial <number>", "serial number · 序列号")
  .option("--plate <number>", "plate · 车牌号")
  .option("--order <number>", "order number · 工单号")
  .option("--scene <name>", "where it hangs: up to 32 letters, digits, _ or - · 场景", "label")
  .option("--profile <name>", "dealer, appliance, glass or a folder, instead of PROFILE")
  .action(async (options: { product?: string; serial?: string; plate?: string; order?: string; scene?: string; profile?: string }) => {
    const { runLink } = await import("./commands/link.ts");
    process.exitCode = (await runLink(options)) ? 0 : FAILED;
  });

program
  .command("doctor")
  .description("check settings and profile, list every problem with its mend · 检查设置和档案")
  .option("--profile <name>", "dealer, appliance, glass or a folder, instead of PROFILE")
  .action(async (options: { profile?: string }) => {
    const { runDoctor } = await import("./commands/doctor.ts");
    process.exitCode = (await runDoctor(options)) ? 0 : FAILED;
  });

program
  .command("replay")
  .description("replay the stored history: check it, or try changed rules on it · 用历史核对,或试改规则")
  .option("--rules <file>", "rules in place of the shop's rules.yaml; left out = check that the same state comes out")
  .option("--data <folder>", "folder of the database, instead of DATA_DIR")
  .option("--profile <name>", "dealer, appliance, glass or a folder, instead of PROFILE")
  .option("--json", "print one JSON")
  .action(async (options: { rules?: string; data?: string; profile?: string; json?: boolean }) => {
    const { runReplay } = await import("./commands/replay.ts");
    process.exitCode = (await runReplay(options)) ? 0 : FAILED;
  });

program
  .command("simulate")
  .description("play the coming days on a copy of the shop's data; nothing is written · 预演未来几天,不写入任何内容")
  .option("--days <number>", "how many days", "30")
  .option("--profile <name>", "dealer, appliance, glass or a folder, instead of PROFILE")
  .option("--data <folder>", "folder of the database, instead of DATA_DIR")
  .option("--now <iso>", "time at which the virtual clock starts")
  .option("--json", "print one JSON a line, then a summary")
  .action(async (options: { days: string; profile?: string; data?: string; now?: string; json?: boolean }) => {
    const { runSimulate } = await import("./commands/simulate.ts");
    await runSimulate(options);
  });

program
  .command("migrate")
  .description("bring the database up to the program's schema (a start does it too) · 升级数据库结构")
  .option("--data <folder>", "folder of the database, instead of DATA_DIR")
  .action(async (options: { data?: string }) => {
    const { runMigrate } = await import("./commands/data.ts");
    await runMigrate(options);
  });

program
  .command("move")
  .description(
    "copy everything from the SQLite file into Postgres, or back, while the service is stopped · 在 SQLite 与 Postgres 之间搬迁数据",
  )
  .requiredOption("--to <engine>", "postgres or sqlite; the other one is the source")
  .option("--data <folder>", "folder of the SQLite file, instead of DATA_DIR")
  .action(async (options: { to: string; data?: string }) => {
    const { runMove } = await import("./commands/data.ts");
    await runMove(options);
  });

program
  .command("backup")
  .description("copy the SQLite file of a running service; says what to do on Postgres · 备份数据")
  .option("--to <file>", "name of the copy; left out = anxin-<time>.sqlite here")
  .option("--data <folder>", "folder of the SQLite file, instead of DATA_DIR")
  .action(async (options: { to?: string; data?: string }) => {
    const { runBackup } = await import("./commands/data.ts");
    await runBackup(options);
  });

program
  .command("report")
  .description("figures of care and service, on the screen or as CSV or XLSX · 关怀与服务报表")
  .option("--period <kind>", "day, week, month or quarter; the last whole one when no day is given", "month")
  .option("--day <date>", "a day within the period")
  .option("--profile <name>", "dealer, appliance, glass or a folder, instead of PROFILE")
  .option("--data <folder>", "folder of the database, instead of DATA_DIR")
  .option("--out <file>", "write a .csv or .xlsx file")
  .option("--json", "print the figures as JSON")
  .action(async (options: { period: string; day?: string; profile?: string; data?: string; out?: string; json?: boolean }) => {
    const { runReport } = await import("./commands/report.ts");
    await runReport(options);
  });

program
  .command("import")
  .description(
    "customers, products and history from CSV or XLSX; every row is checked before anything is written · 导入客户、产品和维修记录",
  )
  .option("--customers <file>", "table of customers")
  .option("--products <file>", "table of their products")
  .option("--history <file>", "table of finished work")
  .option("--rehearse", "check and list every problem, write nothing")
  .option("--skip-wrong", "write the good rows although others are wrong")
  .option("--profile <name>", "dealer, appliance, glass or a folder, instead of PROFILE")
  .option("--data <folder>", "folder of the database, instead of DATA_DIR")
  .action(async (options: import("./commands/import.ts").ImportOptions) => {
    const { runImport } = await import("./commands/import.ts");
    process.exitCode = (await runImport(options)) ? 0 : FAILED;
  });

program
  .command("export")
  .description("customers, products and history as CSV or XLSX, in the form that import reads · 导出")
  .requiredOption("--out <folder>", "folder to write to")
  .option("--format <format>", "csv or xlsx", "csv")
  .option("--profile <name>", "dealer, appliance, glass or a folder, instead of PROFILE")
  .option("--data <folder>", "folder of the database, instead of DATA_DIR")
  .action(async (options: import("./commands/export.ts").ExportOptions) => {
    const { runExport } = await import("./commands/export.ts");
    await runExport(options);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : WRONG_USE;
  } else if (error instanceof AnxinError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = ["wrong_use", "script_invalid", "settings_invalid"].includes(error.code) ? WRONG_USE : FAILED;
  } else {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = FAILED;
  }
}
