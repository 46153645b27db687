/** What the container files name is there: variables, roles, services, paths. Whether they start is for a machine with containers. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { ROLES } from "../../bots/service/service.ts";
import { readSettings } from "../../bots/settings.ts";

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

interface Service {
  readonly build?: string;
  readonly image?: string;
  readonly profiles?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
  readonly volumes?: readonly string[];
  readonly configs?: readonly { readonly source: string }[];
  readonly deploy?: { readonly replicas: number };
}

const compose = parse(read("compose.yaml"), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly configs: Readonly<Record<string, { readonly content: string }>>;
};
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
  // As compose fills them in: what is left out is empty, what must be given is given.
  const filled = Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      String(value).replace(/\$\{[A-Z_]+:?([-?])([^}]*)\}/g, (_all, kind: string, text: string) => (kind === "-" ? text : "x".repeat(16))),
    ]),
  );
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
