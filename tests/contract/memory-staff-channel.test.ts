import { memoryStaffChannel } from "../support/staff-channel.ts";
import { staffChannelContract } from "./staff-channel.ts";

staffChannelContract("memory", async () => {
  const channel = memoryStaffChannel("memory");
  const cardText = (number: string): string | null => {
    const card = channel.card(number);
    return card && [card.title, ...card.lines.map((line) => `${line.label} ${line.value}`), card.words].join("\n");
  };
  return {
    channel,
    texts: async (number) => channel.texts(number),
    card: async (number) => cardText(number),
    everything: async () => channel.posts.flatMap((post) => [post.text, post.case === null ? "" : cardText(post.case)]).join("\n"),
    dispose: async () => undefined,
  };
});
