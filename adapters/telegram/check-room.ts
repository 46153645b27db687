/** Is the staff group one in which a case can have its topic? */
import type { Finding } from "../../core/ports.ts";
import type { TelegramClient } from "./client.ts";
import { good, noBot, problem, text, warning } from "./findings.ts";
import { chatIdFrom } from "./ids.ts";
import type { Notes } from "./notes.ts";

/** @param setting `TELEGRAM_STAFF_CHAT` as given */
export async function checkRoom(
  setting: string | null,
  bot: { readonly id: number; readonly username: string; readonly can_read_all_group_messages: boolean },
  client: TelegramClient,
  notes: Notes,
): Promise<readonly Finding[]> {
  const seen = await notes.read<{ readonly chat: number; readonly title: string }>("group");
  const hint = seen ? seen : null;
  const set = text(
    hint
      ? `机器人所在的群「${hint.title}」：设 TELEGRAM_STAFF_CHAT=${hint.chat}`
      : "建一个开启话题的群，把机器人加为管理员，再运行 doctor，会显示群号",
    hint
      ? `機器人所在的群組「${hint.title}」：設 TELEGRAM_STAFF_CHAT=${hint.chat}`
      : "建一個開啟話題的群組，把機器人加為管理員，再執行 doctor，會顯示群組編號",
    hint
      ? `the bot is in the group “${hint.title}”: set TELEGRAM_STAFF_CHAT=${hint.chat}`
      : "make a group with topics, add the bot as admin, and run doctor again: it shows the group's id",
  );
  if (setting === null) return [warning(text("没有设置客服群", "沒有設定客服群組", "no staff group is set"), set)];
  const given = chatIdFrom(setting);
  if (given === null || given >= 0)
    return [
      problem(text("TELEGRAM_STAFF_CHAT 不是群号", "TELEGRAM_STAFF_CHAT 不是群組編號", "TELEGRAM_STAFF_CHAT is not a group's id"), set),
    ];
  const findings: Finding[] = [];
  const moved = await notes.read<number>(`moved:${given}`);
  const chatId = moved ?? given;
  if (moved !== null) {
    findings.push(
      warning(
        text("客服群已升级，群号已变", "客服群組已升級，編號已變", "the staff group was upgraded and has another id"),
        text(`设 TELEGRAM_STAFF_CHAT=${moved}`, `設 TELEGRAM_STAFF_CHAT=${moved}`, `set TELEGRAM_STAFF_CHAT=${moved}`),
      ),
    );
  }
  const chat = await client.ask((raw) => raw.getChat({ chat_id: chatId }));
  if (!chat.ok) {
    if (chat.failure.kind !== "gone") return [...findings, noBot(chat.failure)];
    return [...findings, problem(text("机器人不在客服群里", "機器人不在客服群組裡", "the bot is not in the staff group"), set)];
  }
  const isForum = chat.value.type === "supergroup" && chat.value.is_forum === true;
  if (!isForum) {
    findings.push(
      problem(
        text("客服群没有开启话题", "客服群組沒有開啟話題", "the staff group has no topics"),
        text(
          "群设置，打开「话题」；普通群会升级为超级群，群号随之改变，请再运行 doctor",
          "群組設定，開啟「話題」；普通群組會升級為超級群組，編號隨之改變，請再執行 doctor",
          "in the group's settings switch on Topics; a basic group becomes a supergroup with another id, so run doctor again",
        ),
      ),
    );
  }
  const member = await client.ask((raw) => raw.getChatMember({ chat_id: chatId, user_id: bot.id }));
  const admin = member.ok && member.value.status === "administrator" ? member.value : null;
  const rights = text(
    "群设置，管理员，选择机器人，打开「管理话题」与「置顶消息」",
    "群組設定，管理員，選擇機器人，開啟「管理話題」與「置頂訊息」",
    "in the group's settings, Administrators, choose the bot and allow Manage Topics and Pin Messages",
  );
  if (!admin) {
    findings.push(problem(text("机器人不是客服群管理员", "機器人不是客服群組管理員", "the bot is no admin of the staff group"), rights));
    if (!bot.can_read_all_group_messages) {
      findings.push(
        problem(
          text(
            "隐私模式开启：机器人看不到群里的消息",
            "隱私模式開啟：機器人看不到群組裡的訊息",
            "privacy mode is on: the bot doesn't see what staff write",
          ),
          text(
            "设为管理员即可；或在 @BotFather 发送 /setprivacy 选 Disable，再把机器人移出并重新加入群",
            "設為管理員即可；或在 @BotFather 傳送 /setprivacy 選 Disable，再把機器人移出並重新加入群組",
            "make it an admin; or send /setprivacy to @BotFather, choose Disable, and take the bot out of the group and in again",
          ),
        ),
      );
    }
  } else if (admin.can_manage_topics !== true) {
    findings.push(problem(text("机器人不能管理话题", "機器人不能管理話題", "the bot may not manage topics"), rights));
  } else if (admin.can_pin_messages !== true) {
    findings.push(
      warning(
        text(
          "机器人不能置顶：紧急呼叫可能被静音",
          "機器人不能置頂：緊急呼叫可能被靜音",
          "the bot may not pin: a page can be missed by who has muted the group",
        ),
        rights,
      ),
    );
  }
  if (findings.length === 0) findings.push(good(text("客服群可用", "客服群組可用", "the staff group is ready")));
  return findings;
}
