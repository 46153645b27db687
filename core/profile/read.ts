/** From the texts of a profile's files to a checked {@link Profile}, or the list of everything that is wrong. Pure: no disk. */
import { checkCare } from "./care-check.ts";
import { checkHours } from "./hours-check.ts";
import { locateMerged, mergeSection } from "./merge.ts";
import type { LocalMessage, Path, ProfileProblem } from "./problems.ts";
import { checkReferences } from "./references-check.ts";
import { checkRules } from "./rules-check.ts";
import { PROFILE_FILES, type Profile, profileSchema } from "./schema.ts";
import { reportIssue } from "./shape-problems.ts";
import { lineOf, parseSource, pick, type Source } from "./source.ts";
import { checkStaff } from "./staff-check.ts";
import { checkWording } from "./wording-check.ts";

/** Texts of the files by name; a file that is not there is left out. */
export type ProfileTexts = Readonly<Record<string, string>>;

export type ReadProfile =
  | { readonly ok: true; readonly profile: Profile }
  | { readonly ok: false; readonly problems: readonly ProfileProblem[] };

/** Everything that only shows when the files are read together, in the order in which an owner hears of it. */
const CHECKS = [checkReferences, checkHours, checkStaff, checkRules, checkCare, checkWording] as const;

/**
 * Reads and checks a profile.
 *
 * @param own the shop's files
 * @param common the shared base: rules, emergencies and wording that the shop's own files add to and override
 * @returns the profile, or every problem found, in file order
 */
export function readProfile(own: ProfileTexts, common: ProfileTexts): ReadProfile {
  const problems: ProfileProblem[] = [];
  const data: Record<string, unknown> = {};
  /** Where each section's entries come from, to point at the right line. */
  const origins = new Map<string, (path: Path) => { source: Source; path: Path }>();
  /** Sections whose file is missing or can't be read: that has been said, and what is missing because of it says nothing new. */
  const unread = new Set<string>();

  for (const { file, sections, required, common: shared } of PROFILE_FILES) {
    const mine = parseSource(file, own[file], problems);
    const base = shared ? parseSource(`common/${file}`, common[file], problems) : null;
    if ((mine && !mine.readable) || (base && !base.readable) || (!mine && !base && required))
      for (const [section] of sections) unread.add(section);
    if (!mine && !base) {
      if (required) {
        problems.push({
          file,
          line: null,
          path: "",
          what: { zh: "缺少这个文件", en: "this file is missing" },
          wanted: { zh: `在档案夹中放入 ${file}`, en: `put ${file} into the profile's folder` },
        });
      }
      continue;
    }
    for (const [section, key] of sections) {
      const ownValue = pick(mine, key);
      const baseValue = pick(base, key);
      const merged = mergeSection(ownValue, baseValue);
      if (merged !== undefined) data[section] = merged;
      origins.set(section, (path) => {
        const inOwn = mine ? locateMerged(path, ownValue, merged) : null;
        if (mine && inOwn) return { source: mine, path: key === null ? inOwn : [key, ...inOwn] };
        const inBase = base ? locateMerged(path, baseValue, merged) : null;
        if (base && inBase) return { source: base, path: key === null ? inBase : [key, ...inBase] };
        return { source: (mine ?? base)!, path: key === null ? [] : [key] };
      });
    }
  }

  const complain = (path: Path, what: LocalMessage, wanted: LocalMessage): void => {
    const [section, ...rest] = path;
    const origin = origins.get(String(section));
    if (!origin) {
      problems.push({ file: String(section), line: null, path: rest.join(" → "), what, wanted });
      return;
    }
    const place = origin(rest);
    problems.push({
      file: place.source.file,
      line: lineOf(place.source, place.path),
      path: place.path.map(human).join(" → "),
      what,
      wanted,
    });
  };

  const parsed = profileSchema.safeParse(data);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) if (!unread.has(String(issue.path[0]))) reportIssue(issue, data, complain);
    return { ok: false, problems: dedupe(problems) };
  }
  for (const check of CHECKS) check(parsed.data, complain);
  return problems.length > 0 ? { ok: false, problems: dedupe(problems) } : { ok: true, profile: parsed.data };
}

const human = (part: string | number): string => (typeof part === "number" ? `#${part + 1}` : part);

function dedupe(problems: readonly ProfileProblem[]): ProfileProblem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const key = `${problem.file}|${problem.line}|${problem.path}|${problem.what.en}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
