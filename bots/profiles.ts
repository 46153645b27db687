/** Finds and reads business profiles on disk. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { AnxinError } from "../core/errors.ts";
import type { Language } from "../core/language.ts";
import { describeProblem, type ProfileProblem } from "../core/profile/problems.ts";
import { type ProfileTexts, type ReadProfile, readProfile } from "../core/profile/read.ts";
import { PROFILE_FILES, type Profile } from "../core/profile/schema.ts";

/** Profiles that ship with the product. */
export const SHIPPED_PROFILES = ["dealer", "appliance", "glass"] as const;

const SHIPPED_ROOT = join(import.meta.dirname, "profiles");

/** Folder of a profile: a shipped name, or a path. */
export function profileFolder(name: string): string {
  if ((SHIPPED_PROFILES as readonly string[]).includes(name)) return join(SHIPPED_ROOT, name);
  return resolve(name);
}

function textsIn(folder: string): ProfileTexts {
  const texts: Record<string, string> = {};
  for (const { file } of PROFILE_FILES) {
    const path = join(folder, file);
    if (existsSync(path)) texts[file] = readFileSync(path, "utf8");
  }
  return texts;
}

/**
 * Reads a profile and says everything that is wrong with it.
 *
 * @param instead texts that stand in for the shop's own files, by file name
 */
export function inspectProfile(name: string, instead: ProfileTexts = {}): ReadProfile & { readonly folder: string } {
  const folder = profileFolder(name);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    const problem: ProfileProblem = {
      file: folder,
      line: null,
      path: "",
      what: { zh: "没有这个档案夹", en: "there is no such folder" },
      wanted: {
        zh: `PROFILE 为 ${SHIPPED_PROFILES.join("、")} 之一,或一个档案夹的路径`,
        en: `PROFILE set to ${SHIPPED_PROFILES.join(", ")} or the path of a folder`,
      },
    };
    return { ok: false, problems: [problem], folder };
  }
  return { ...readProfile({ ...textsIn(folder), ...instead }, textsIn(join(SHIPPED_ROOT, "common"))), folder };
}

/**
 * @param cacheDir where checked profiles are kept, so that the next start need not read and check the same texts again; `null` = nowhere
 * @throws AnxinError("profile_invalid") with every problem in its message
 */
export function loadProfile(name: string, language: Language, cacheDir: string | null = null): Profile {
  const cached = cacheDir === null ? null : cachePath(name, cacheDir);
  const kept = cached === null ? null : readKept(cached);
  if (kept) return kept;
  const read = inspectProfile(name);
  if (read.ok) {
    if (cached !== null) keep(cached, read.profile);
    return read.profile;
  }
  const lines = read.problems.map((problem) => `  ${describeProblem(problem, language)}`).join("\n");
  throw new AnxinError(
    "profile_invalid",
    language === "en" ? `the profile "${name}" has problems:\n${lines}` : `档案「${name}」有问题：\n${lines}`,
    { profile: name, problems: read.problems.length },
  );
}

/** Code that decides what a checked profile looks like; hashed with the texts, so that no stale one is ever used. */
const READER_FOLDERS = ["profile", "rules", "wording"];

function cachePath(name: string, cacheDir: string): string {
  const hash = createHash("sha256");
  for (const folder of READER_FOLDERS) {
    const path = join(import.meta.dirname, "../core", folder);
    const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const file of files.map((entry) => join(entry.parentPath, entry.name)).sort()) hash.update(readFileSync(file));
  }
  for (const folder of [profileFolder(name), join(SHIPPED_ROOT, "common")]) {
    for (const [file, text] of Object.entries(textsIn(folder))) hash.update(`\0${file}\0${text}`);
  }
  return join(cacheDir, `profile-${hash.digest("hex").slice(0, 24)}.json`);
}

function readKept(path: string): Profile | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Profile;
  } catch {
    return null;
  }
}

/** Written beside and moved into place, so that nobody reads half of it. A folder that can't be written is no failure. */
function keep(path: string, profile: Profile): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const half = `${path}.${process.pid}.part`;
    writeFileSync(half, JSON.stringify(profile));
    renameSync(half, path);
  } catch {
    // Reading the texts again next time is slower, not wrong.
  }
}

/** Wordings that a shop added for the understanding: `understanding/*.txt` in its profile folder. */
export function shopWordings(name: string): string | null {
  const folder = join(profileFolder(name), "understanding");
  return existsSync(folder) && readdirSync(folder).some((file) => file.endsWith(".txt")) ? folder : null;
}
