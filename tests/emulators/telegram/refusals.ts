/**
 * Every refusal of the Bot API that is known (tdlib/telegram-bot-api 10.0, Client.cpp and Webhook; those in capitals come from
 * Telegram's own servers and are passed on as they are). The emulator is told to refuse with these alone; {@link UNLISTED} stands
 * for those of tomorrow.
 */
export interface Refusal {
  readonly code: number;
  readonly description: string;
  readonly parameters?: Readonly<Record<string, number>>;
}

const bad = (...texts: readonly string[]): Refusal[] => texts.map((text) => ({ code: 400, description: `Bad Request: ${text}` }));
const forbidden = (...texts: readonly string[]): Refusal[] => texts.map((text) => ({ code: 403, description: `Forbidden: ${text}` }));

export const REFUSALS: readonly Refusal[] = [
  { code: 401, description: "Unauthorized" },
  { code: 404, description: "Not Found" },
  ...forbidden(
    "bot was blocked by the user",
    "user is deactivated",
    "bot can't initiate conversation with a user",
    "bot was kicked from the group chat",
    "bot was kicked from the supergroup chat",
    "bot was kicked from the channel chat",
    "bot is not a member of the supergroup chat",
    "bot is not a member of the channel chat",
    "bot can't send messages to bots",
  ),
  ...bad(
    "chat not found",
    "user not found",
    "PEER_ID_INVALID",
    "INPUT_USER_DEACTIVATED",
    "not enough rights to send text messages to the chat",
    "have no rights to send a message",
    "CHAT_WRITE_FORBIDDEN",
    "message thread not found",
    "TOPIC_DELETED",
    "TOPIC_CLOSED",
    "TOPIC_NOT_MODIFIED",
    "TOPIC_ID_INVALID",
    "message is not modified: specified new message content and reply markup are exactly the same",
    "MESSAGE_NOT_MODIFIED",
    "message to edit not found",
    "message can't be edited",
    "MESSAGE_ID_INVALID",
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
    "query is too old and response timeout expired or query ID is invalid",
    "query ID is invalid",
    "message is too long",
    "message caption is too long",
    "reply markup is too long",
    "BUTTON_DATA_INVALID",
    "BUTTON_INVALID",
    "can't parse inline keyboard button: text is empty",
    "wrong file identifier/HTTP URL specified",
    "wrong file_id or the file is temporarily unavailable",
    "wrong remote file identifier specified: wrong padding in the string",
    "failed to get HTTP URL content",
    "wrong type of the web page content",
    "WEBPAGE_CURL_FAILED",
    "WEBPAGE_MEDIA_EMPTY",
    "file is too big",
    "IMAGE_PROCESS_FAILED",
    "PHOTO_INVALID_DIMENSIONS",
    "message text is empty",
    "can't parse entities: unexpected end of the text",
    "strings must be encoded in UTF-8",
  ),
  {
    code: 400,
    description: "Bad Request: group chat was upgraded to a supergroup chat",
    parameters: { migrate_to_chat_id: -1_009_999_999_999 },
  },
  { code: 409, description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running" },
  {
    code: 409,
    description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  },
  { code: 413, description: "Request Entity Too Large" },
  { code: 429, description: "Too Many Requests: retry after 7", parameters: { retry_after: 7 } },
  { code: 429, description: "Too Many Requests" },
  { code: 500, description: "Internal Server Error" },
  { code: 500, description: "Internal Server Error: restart" },
];

/** One of each code that nobody has seen. */
export const UNLISTED: readonly Refusal[] = [...bad("a refusal of tomorrow"), ...forbidden("a refusal of tomorrow")];
