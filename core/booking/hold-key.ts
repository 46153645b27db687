/** Key of the hold of a conversation in the agenda: a customer holds one hour at a time. */
export function holdKey(conversation: string): string {
  return `hold:${conversation}`;
}
