/**
 * The few sentences that the adapter itself says to members, in the languages of the product one after the other: it does not
 * know which one the business speaks. Everything else that staff read is the core's.
 */
export const WORDS = {
  takeOver: "客户端接管",
  noCase: "请注明个案编号，例如“接管 C20261122001”。 Name the case, such as “takeover C20261122001”.",
  notFromHere: (number: string): string =>
    `${number} 不是微信客服的个案，无法在客户端接管。 ${number} is no case of WeChat customer service.`,
  notStaff: "只有客服人员可以接管会话。 Only staff can take a session over.",
  takenOver: (number: string): string =>
    `${number}：已转给您，请在企业微信“客户联系-微信客服”中与客户对话；结束会话后由机器人继续接待。 ${number}: it is yours now; talk in the WeChat customer service client. When you end the session, the bot serves again.`,
  pooled: (number: string): string =>
    `${number}：您不是该客服账号在岗的接待人员，客户已进入待接入池。 ${number}: you are no servicer on duty at this account, so the customer waits in the pool.`,
  ended: (number: string): string => `${number}：会话已结束，机器人继续接待。 ${number}: the session is over, and the bot serves again.`,
  failed: (number: string, errcode: string): string =>
    `${number}：操作未成功（${errcode}），请稍后再试。 ${number}: that did not work (${errcode}); try again later.`,
  media: { photo: "[图片]", voice: "[语音]", video: "[视频]", file: "[文件]", location: "[位置]" },
} as const;
