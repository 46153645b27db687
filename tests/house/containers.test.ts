/** What the container files name is there: variables, roles, services, paths. Whether they start is for a machine with containers. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROLES } from "../../bots/service/service.ts";
import { readSettings } from "../../bots/settings.ts";
import { filledIn, ROOT, readCompose, readImage } from "../soak/compose-file.ts";

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
/** What a user must give, and nothing else. */
const GIVEN = { ADMIN_TOKEN: "x".repeat(16), POSTGRES_PASSWORD: "y".repeat(16) };

const compose = readCompose();
const image = readImage();
const services = Object.entries(compose.services);
const built = services.filter(([, { build }]) => build !== undefined);

test("each service that waits for another, or uses a volume or a file, names one that is there", () => {
  const missing = services.flatMap(([name, { depends_on = [], volumes = [], configs = [] }]) => [
    ...(Array.isArray(depends_on) ? depends_on : Object.keys(depends_on)).filter((one: string) => !(one in compose.services)),
    ...volumes.map((one) => one.split(":")[0]!).filter((one) => !(one in compose.volumes)),
    ...configs.map(({ source }) => source).filter((one) => !(one in compose.configs)),
    ...(compose.services[name]!.build === undefined && compose.services[name]!.image === undefined ? [`${name} has nothing to run`] : []),
  ]);
  expect(missing).toEqual([]);
});

test("the scaled profile has two fronts, two workers, a balancer before the fronts, Postgres and Redis", () => {
  const scaled = Object.fromEntries(services.filter(([, { profiles }]) => profiles?.includes("scaled")));
  expect(Object.keys(scaled).sort()).toEqual(["balancer", "front", "postgres", "redis", "worker"]);
  expect([scaled["front"]!.deploy?.replicas, scaled["worker"]!.deploy?.replicas]).toEqual([2, 2]);
  expect(compose.configs["balancer"]!.content).toContain("front 3000");
});

test.each(built)("%s runs the program with a role and settings that it takes", (_name, { command, environment = {} }) => {
  if (command) {
    expect(existsSync(join(ROOT, command[1]!))).toBe(true);
    expect(ROLES).toContain(command[command.indexOf("--role") + 1]);
  }
  const filled = Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, filledIn(text, GIVEN)]));
  expect(readSettings(filled)).toMatchObject({ ok: true });
  const example = read(".env.example");
  expect(Object.keys(environment).filter((name) => !example.includes(name))).toEqual([]);
});

test("the image is made of paths that are there, and nothing the program needs is left out", () => {
  const dockerfile = read("Dockerfile");
  const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, paths]) => paths!.split(" "));
  expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  expect(copied).toEqual(expect.arrayContaining(["bots", "core", "adapters", "storage", "package.json", "package-lock.json"]));
  // Everything is left out of the build but what stands there with a mark.
  const allowed = read(".dockerignore")
    .match(/^!.+$/gm)!
    .map((line) => line.slice(1));
  expect(copied.filter((path) => !allowed.includes(path))).toEqual([]);
  // Started as `npm start` starts it.
  const { scripts } = JSON.parse(read("package.json")) as { scripts: { start: string } };
  expect(scripts.start).toContain("bots/anxin.ts start");
  expect(dockerfile).toContain('"bots/anxin.ts", "start"');
});

test("compose refuses to start without what has no good default, and says what it is", () => {
  const token = compose.services["anxin"]!.environment!["ADMIN_TOKEN"]!;
  expect(() => filledIn(token, {})).toThrow("ADMIN_TOKEN");
  expect(filledIn(token, GIVEN)).toBe(GIVEN.ADMIN_TOKEN);
});

test("the scaled processes reach the database and the Redis of the file under the names, user and database that it gives them", () => {
  const { environment: database } = compose.services["postgres"]!;
  for (const name of ["front", "worker"]) {
    const { environment = {}, depends_on = {} } = compose.services[name]!;
    const url = new URL(filledIn(environment["DATABASE_URL"]!, GIVEN));
    expect([url.hostname, url.port, url.username, url.pathname, url.password]).toEqual([
      "postgres",
      "5432",
      database!["POSTGRES_USER"],
      `/${database!["POSTGRES_DB"]}`,
      filledIn(database!["POSTGRES_PASSWORD"]!, GIVEN),
    ]);
    expect(new URL(environment["REDIS_URL"]!).hostname).toBe("redis");
    expect(depends_on).toMatchObject({ postgres: { condition: "service_healthy" }, redis: {} });
  }
  expect(compose.services["postgres"]!.healthcheck!.test.join(" ")).toBe(
    `CMD-SHELL pg_isready -U ${database!["POSTGRES_USER"]} -d ${database!["POSTGRES_DB"]}`,
  );
});

test("each port that is opened leads to the port that listens behind it, and on this machine alone", () => {
  const inside: Record<string, string> = { anxin: image.environment["PORT"]!, balancer: "80" };
  for (const [name, { ports = [] }] of services) {
    for (const port of ports) expect(filledIn(port, {})).toMatch(new RegExp(`^127\\.0\\.0\\.1:\\d+:${inside[name]}$`));
  }
  expect(compose.configs["balancer"]!.content).toContain(`front ${image.environment["PORT"]}`);
  expect(compose.configs["balancer"]!.content).toContain(":80 {");
});

test("the image's health check asks the port that it listens on, and its settings are good ones", () => {
  expect(image.healthCheck.slice(0, 2)).toEqual(["node", "-e"]);
  expect(image.healthCheck[2]).toContain("process.env.PORT");
  expect(image.healthCheck[2]).toContain("/healthz");
  expect(readSettings({ ...image.environment, ADMIN_TOKEN: GIVEN.ADMIN_TOKEN })).toMatchObject({
    ok: true,
    settings: { port: 3000, host: "0.0.0.0", dataDir: "/data" },
  });
  // Every volume of our own is where the data is kept.
  const folders = built.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(":")[1]));
  expect(new Set(folders)).toEqual(new Set([image.environment["DATA_DIR"]]));
});

test("a container is given longer to stop than the service gives itself", () => {
  const own = /STOP_WITHIN_MS = ([\d_]+)/.exec(read("bots/commands/start.ts"))![1]!.replaceAll("_", "");
  for (const [, { stop_grace_period }] of built) expect(Number.parseInt(stop_grace_period!, 10) * 1_000).toBeGreaterThan(Number(own));
});

test.each(["README.md", "README.zh.md", "docs/operations.md", "docs/operations.zh.md"])(
  "%s gives the commands with what they need",
  (path) => {
    const commands = [...read(path).matchAll(/`([^`]*docker compose [^`]*)`/g)].map(([, command]) => command!);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands.filter((one) => one.includes(" up"))) {
      expect(command).toContain("ADMIN_TOKEN=");
      const profiles = /--profile (\w+)/.exec(command)?.[1];
      if (profiles === undefined) continue;
      expect(services.some(([, one]) => one.profiles?.includes(profiles))).toBe(true);
      expect(command).toContain("POSTGRES_PASSWORD=");
      for (const [, name] of command.matchAll(/--scale (\w+)=/g)) expect(Object.keys(compose.services)).toContain(name);
    }
  },
);
