/** The files of a shipped profile, with one line spoiled. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { profileFolder } from "../../../bots/profiles.ts";
import { type ProfileTexts, type ReadProfile, readProfile } from "../../../core/profile/read.ts";
import { PROFILE_FILES } from "../../../core/profile/schema.ts";

function textsOf(folder: string): ProfileTexts {
  const files = PROFILE_FILES.map(({ file }) => file).filter((file) => existsSync(join(folder, file)));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

export const GLASS = textsOf(profileFolder("glass"));
export const COMMON = textsOf(join(profileFolder("glass"), "..", "common"));

export interface Spoiled {
  readonly read: ReadProfile;
  /** Line of the spoiled text in its file, from 1. */
  readonly line: number;
}

/**
 * Reads the glass shop with the first match of `pattern` in one file replaced.
 *
 * @param file a file of the shop, or `common/…` for one of the shared base
 */
export function spoil(file: string, pattern: RegExp, replacement: string): Spoiled {
  const shared = file.startsWith("common/");
  const name = file.replace("common/", "");
  const text = (shared ? COMMON : GLASS)[name];
  const found = text === undefined ? null : pattern.exec(text);
  if (text === undefined || !found) throw new Error(`${file} has nothing like ${pattern}; mend the test`);
  const spoiled = { [name]: text.slice(0, found.index) + replacement + text.slice(found.index + found[0].length) };
  return {
    read: readProfile(shared ? GLASS : { ...GLASS, ...spoiled }, shared ? { ...COMMON, ...spoiled } : COMMON),
    line: text.slice(0, found.index).split("\n").length,
  };
}
