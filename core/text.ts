/** What people wrote, as it may be stored and shown: no control characters (tabs and line breaks stay), no halves of characters, no outer blanks. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\t\n]/gu, "")
    .trim();
}
