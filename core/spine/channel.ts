/** The channel's name in a conversation id. */
export function channelOf(conversation: string): string {
  return conversation.slice(0, conversation.indexOf(":"));
}
