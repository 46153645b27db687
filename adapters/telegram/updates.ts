/**
 * The parts of Telegram's updates that we read. What an update must have to be anything is demanded; every other part that
 * isn't as documented counts as absent, so that one strange field loses no message.
 */
import { z } from "zod";

const id = z.number().int().safe();
/** Absent when it isn't as expected. */
const maybe = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const user = z.object({
  id,
  is_bot: z.boolean().catch(false),
  first_name: maybe(z.string()),
  last_name: maybe(z.string()),
  language_code: maybe(z.string()),
});

const chat = z.object({
  id,
  type: z.enum(["private", "group", "supergroup", "channel"]),
  title: maybe(z.string()),
  is_forum: maybe(z.boolean()),
});

const file = z.object({ file_id: z.string().min(1), file_name: maybe(z.string()), mime_type: maybe(z.string()) });

const place = z.object({ latitude: z.number(), longitude: z.number() });

const message = z.object({
  message_id: id,
  chat,
  from: maybe(user),
  sender_chat: maybe(z.object({ id })),
  message_thread_id: maybe(id),
  is_topic_message: maybe(z.boolean()),
  media_group_id: maybe(z.string()),
  text: maybe(z.string()),
  caption: maybe(z.string()),
  photo: maybe(z.array(file).min(1)),
  voice: maybe(file),
  audio: maybe(file),
  video: maybe(file),
  video_note: maybe(file),
  animation: maybe(file),
  document: maybe(file),
  live_photo: maybe(file),
  sticker: maybe(z.object({ file_id: z.string().min(1), emoji: maybe(z.string()) })),
  dice: maybe(z.object({ emoji: z.string() })),
  poll: maybe(z.object({ question: z.string() })),
  location: maybe(place),
  venue: maybe(z.object({ location: place, title: maybe(z.string()), address: maybe(z.string()) })),
  contact: maybe(
    z.object({
      phone_number: z.string().min(1),
      first_name: maybe(z.string()),
      last_name: maybe(z.string()),
      user_id: maybe(id),
    }),
  ),
  story: maybe(z.unknown()),
  rich_message: maybe(z.unknown()),
  checklist: maybe(z.unknown()),
  paid_media: maybe(z.unknown()),
  game: maybe(z.unknown()),
  invoice: maybe(z.unknown()),
  migrate_to_chat_id: maybe(id),
  migrate_from_chat_id: maybe(id),
});

const reaction = z.object({ type: z.string(), emoji: maybe(z.string()) });

const member = z.object({ status: z.string(), is_member: maybe(z.boolean()) });

export const updateSchema = z.object({
  update_id: id,
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: z
    .object({
      id: z.string().min(1),
      from: user,
      data: maybe(z.string()),
      // An old message comes as inaccessible: chat and id alone.
      message: maybe(z.object({ message_id: id, chat, message_thread_id: maybe(id) })),
    })
    .optional(),
  my_chat_member: z.object({ chat, from: user, new_chat_member: member }).optional(),
  message_reaction: z
    .object({ chat, message_id: id, user: maybe(user), old_reaction: z.array(reaction), new_reaction: z.array(reaction) })
    .optional(),
});

export type TelegramUpdate = z.infer<typeof updateSchema>;
export type TelegramMessage = NonNullable<TelegramUpdate["message"]>;
export type TelegramUser = z.infer<typeof user>;

/** What we ask Telegram to send: always the whole list, for it remembers the last one that was set. */
export const ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"] as const;
