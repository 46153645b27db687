/** The hours behind words: parts of the day, and the half of the day that a clock reading leaves open. */
import type { ClockSpec, PartName } from "./spec.ts";

/** Parts of the day, minutes from midnight. */
export const PART_MINUTES: Readonly<Record<PartName, readonly [number, number]>> = {
  dawn: [0, 360],
  morning: [480, 720],
  "early-morning": [480, 600],
  "mid-morning": [540, 660],
  "late-morning": [600, 720],
  forenoon: [480, 720],
  noon: [660, 780],
  afternoon: [720, 1080],
  "early-afternoon": [720, 900],
  "mid-afternoon": [840, 960],
  "late-afternoon": [900, 1080],
  daytime: [480, 1080],
  dusk: [1020, 1140],
  evening: [1080, 1320],
  "early-evening": [1080, 1200],
  "late-evening": [1200, 1320],
  night: [1320, 1440],
  midnight: [0, 300],
};

/** A clock reading without half of day is taken within 08:00–20:00. */
const BUSINESS_HALF = { from: 8, to: 20 } as const;
/** “After three” ends with the usual working day, “before ten” begins with it, where no calendar is given. */
export const USUAL_HOURS = { from: 480, to: 1080 } as const;

export const DAY_MINUTES = 1440;

/** Minutes from midnight of the day said, which may reach into the next day; `null` when the half of day is open. */
export function fixedMinute(clock: ClockSpec, part: PartName | null): number | null {
  const late = part === "evening" || part === "early-evening" || part === "late-evening" || part === "night" || part === "midnight";
  const { hour, minute } = clock;
  const at = (value: number): number => value * 60 + minute;
  if (clock.half === "day24") return hour === 0 && late ? at(24) : at(hour);
  if (clock.half === "pm") return at(hour >= 12 ? hour : hour + 12);
  if (clock.half === "am") {
    const plain = hour === 12 ? 0 : hour;
    return late && part !== "midnight" && plain <= 5 ? at(plain + 24) : at(plain);
  }
  switch (part) {
    case null:
    case "daytime":
      return null;
    case "dawn":
      return at(hour === 12 ? 0 : hour);
    case "morning":
    case "early-morning":
    case "mid-morning":
    case "late-morning":
    case "forenoon":
      return at(hour);
    case "noon":
      return at(hour <= 3 ? hour + 12 : hour);
    case "afternoon":
    case "early-afternoon":
    case "mid-afternoon":
    case "late-afternoon":
    case "dusk":
      return at(hour < 12 ? hour + 12 : hour);
    case "evening":
    case "early-evening":
    case "late-evening":
    case "night":
      return at(hour === 12 ? 24 : hour <= 4 ? hour + 24 : hour + 12);
    case "midnight":
      return at(hour === 12 ? 24 : hour <= 6 ? hour : hour + 12);
  }
}

/** Minutes from midnight of a bare reading, taken within business hours. */
export function usualMinute(clock: ClockSpec): number {
  const hour = clock.hour < BUSINESS_HALF.from ? clock.hour + 12 : clock.hour;
  return hour * 60 + clock.minute;
}
