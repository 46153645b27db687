/** Reads `--name N` from the command line of a measuring command; ends it with exit code 2 when it is no whole number above 0. */
export function wholeNumber(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const given = at < 0 ? fallback : Number(process.argv[at + 1]);
  if (Number.isInteger(given) && given > 0) return given;
  console.error(`--${name} wants a whole number above 0`);
  process.exit(2);
}
