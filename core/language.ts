/** The written languages the product speaks. The order is the order of preference when nothing else decides. */
export const LANGUAGES = ["zh-CN", "zh-TW", "en"] as const;

/** A written language; `zh-TW` stands for traditional script, Taiwan and Hong Kong wording alike. */
export type Language = (typeof LANGUAGES)[number];

/** One text in every language. */
export type LocalText = Readonly<Record<Language, string>>;

/** Is `value` one of our languages? */
export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.includes(value as Language);
}
