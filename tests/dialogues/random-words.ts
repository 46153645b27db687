/** What random customers say, by language and business. */
import type { Language } from "../../core/language.ts";

export type Shop = "dealer" | "appliance" | "glass";

/** A thing that can be booked: how the customer names the product, and what is wrong or wanted. */
export interface Wish {
  readonly product: string;
  readonly work: string;
}

export const WISHES: Readonly<Record<Language, Readonly<Record<Shop, readonly Wish[]>>>> = {
  "zh-CN": {
    dealer: [
      { product: "汽车", work: "做保养" },
      { product: "充电桩", work: "充不上电" },
    ],
    appliance: [
      { product: "空调", work: "不制冷" },
      { product: "洗衣机", work: "漏水" },
      { product: "冰箱", work: "不制冷" },
    ],
    glass: [
      { product: "淋浴房", work: "漏水" },
      { product: "自动门", work: "关不上" },
    ],
  },
  "zh-TW": {
    dealer: [
      { product: "汽車", work: "要保養" },
      { product: "充電樁", work: "充不了電" },
    ],
    appliance: [
      { product: "冷氣", work: "不冷" },
      { product: "洗衣機", work: "漏水" },
      { product: "冰箱", work: "不冷" },
    ],
    glass: [
      { product: "淋浴間", work: "漏水" },
      { product: "自動門", work: "關不起來" },
    ],
  },
  en: {
    dealer: [
      { product: "car", work: "needs an oil change" },
      { product: "charger", work: "doesn't charge" },
    ],
    appliance: [
      { product: "air conditioner", work: "isn't cooling" },
      { product: "washing machine", work: "leaks" },
      { product: "fridge", work: "isn't cooling" },
    ],
    glass: [
      { product: "shower enclosure", work: "leaks" },
      { product: "automatic door", work: "won't close" },
    ],
  },
};

export interface Words {
  readonly names: readonly string[];
  readonly phones: readonly string[];
  readonly addresses: readonly string[];
  readonly times: readonly string[];
  readonly yes: readonly string[];
  readonly go: string;
  readonly visit: string;
  readonly plates: readonly string[];
  readonly begin: (wish: Wish) => string;
  readonly newPhone: (phone: string) => string;
  readonly newTime: (time: string) => string;
  readonly details: string;
  /** Things said in between, by what they are. */
  readonly between: Readonly<Record<string, readonly string[]>>;
}

export const WORDS: Readonly<Record<Language, Words>> = {
  "zh-CN": {
    names: ["王芳", "李建国", "陈女士"],
    phones: ["13812345678", "13911112222", "15802103344"],
    addresses: ["静安区胶州路699号1201室", "浦东新区张杨路500号3栋1202"],
    times: ["明天下午两点", "后天上午十点", "周五上午", "下周二下午三点", "尽快", "周日晚上八点", "昨天"],
    yes: ["确认", "好的", "是的", "可以"],
    go: "接着办",
    visit: "上门",
    plates: ["浙A5K27X", "沪B8Q123"],
    begin: ({ product, work }) => `${product}${work}`,
    newPhone: (phone) => `电话换一个,${phone}`,
    newTime: (time) => `不对,改到${time}`,
    details: "上次来的师傅迟到两小时,修完又坏了",
    between: {
      price: ["多少钱", "大概要花多少"],
      hours: ["你们几点开门", "周日开门吗"],
      status: ["修到哪了", "我的单子什么进度"],
      warranty: ["还在保修期吗"],
      courtesy: ["谢谢", "你好", "呵呵"],
      pause: ["不急", "我再想想"],
      nonsense: ["啊啊啊", "asdf qwer", "?", "蓝莓火箭"],
      talk: ["再说一遍", "怎么用", "跳过", "第二个", "1", "随便"],
      leave: ["算了不约了", "不用了"],
      resume: ["继续刚才的预约", "接着刚才的"],
      restart: ["重新开始"],
      undo: ["撤销", "刚才那个不算"],
      move: ["我要改期", "预约改到后天下午三点"],
      cancel: ["取消预约"],
      complain: ["我要投诉", "我要投诉,师傅态度很差"],
      danger: ["救命,着火了", "我被电了一下,人麻了"],
      person: ["转人工"],
      bot: ["找机器人"],
      insult: ["你们就是一帮骗子"],
      care: ["以后别给我发提醒了", "可以给我发保养提醒"],
      score: ["3分", "10分"],
      several: ["另外周日开门吗,还有大概多少钱", "顺便问下进度,再帮我投诉一下上次的师傅"],
    },
  },
  "zh-TW": {
    names: ["林怡君", "陳先生", "王小姐"],
    phones: ["0912345678", "0922333444", "91234567"],
    addresses: ["台北市大安區復興南路一段100號5樓", "新北市板橋區文化路50號3樓"],
    times: ["明天下午兩點", "後天早上十點", "禮拜五上午", "下禮拜二下午三點", "越快越好", "禮拜天晚上八點", "昨天"],
    yes: ["確認", "好", "對", "可以"],
    go: "繼續辦",
    visit: "到府",
    plates: ["ABC-1234", "BKA-8866"],
    begin: ({ product, work }) => `${product}${work}`,
    newPhone: (phone) => `電話換一個,${phone}`,
    newTime: (time) => `不對,改到${time}`,
    details: "上次師傅遲到兩小時,修完又壞了",
    between: {
      price: ["多少錢", "幾多錢"],
      hours: ["你們幾點開門", "禮拜天有開嗎"],
      status: ["修到哪了", "我的單子進度如何"],
      warranty: ["還在保固期嗎"],
      courtesy: ["謝謝", "你好", "唔該"],
      pause: ["不急", "我諗諗先"],
      nonsense: ["啊啊啊", "zxcv", "?", "藍莓火箭"],
      talk: ["再說一次", "怎麼用", "跳過", "第二個", "1", "隨便"],
      leave: ["算了不約了", "唔使喇"],
      resume: ["繼續剛才的預約"],
      restart: ["重新開始"],
      undo: ["撤銷", "剛剛那個不算"],
      move: ["我要改期", "預約改到後天下午三點"],
      cancel: ["取消預約"],
      complain: ["我要投訴", "我要投訴,師傅態度很差"],
      danger: ["救命,著火了", "我被電到,手麻了"],
      person: ["轉真人"],
      bot: ["找機器人"],
      insult: ["你們是詐騙吧"],
      care: ["以後別再傳提醒給我", "可以傳保養提醒給我"],
      score: ["3分", "10分"],
      several: ["另外禮拜天有開嗎,還有大概多少錢", "順便問進度,還有我要投訴上次的師傅"],
    },
  },
  en: {
    names: ["Sarah Mitchell", "Tom Baker"],
    phones: ["13812345678", "13911112222", "+85291234567"],
    addresses: ["Flat 12B, 699 Jiaozhou Road", "500 Zhangyang Road, Building 3, Room 1202"],
    times: [
      "tomorrow at 2pm",
      "Wednesday at 10am",
      "Friday morning",
      "next Tuesday at 3pm",
      "as soon as possible",
      "Sunday at 8pm",
      "yesterday",
    ],
    yes: ["yes", "ok", "confirm", "yes please"],
    go: "carry on",
    visit: "at my home please",
    plates: ["浙A5K27X", "ABC-1234"],
    begin: ({ product, work }) => `my ${product} ${work}`,
    newPhone: (phone) => `use another phone: ${phone}`,
    newTime: (time) => `no, make it ${time}`,
    details: "the technician came two hours late and it broke again",
    between: {
      price: ["how much is it", "what will it cost"],
      hours: ["when do you open", "are you open on Sunday?"],
      status: ["how far is my repair", "where is my order"],
      warranty: ["is it still under warranty?"],
      courtesy: ["thanks", "hello", "haha"],
      pause: ["no hurry", "let me think about it"],
      nonsense: ["blah", "qwer zxcv", "?", "blueberry rocket"],
      talk: ["say that again", "help", "skip", "the second one", "1", "any"],
      leave: ["never mind", "forget it"],
      resume: ["go on with that booking"],
      restart: ["start over"],
      undo: ["undo", "take that back"],
      move: ["I need to reschedule", "move my booking to Thursday 3pm"],
      cancel: ["cancel my booking"],
      complain: ["I want to complain", "I want to complain, the technician was rude"],
      danger: ["help, it's on fire", "I got an electric shock and my hand is numb"],
      person: ["I want to talk to a person"],
      bot: ["back to the bot please"],
      insult: ["you are a bunch of crooks"],
      care: ["stop sending me reminders", "you may send me reminders again"],
      score: ["3 out of 10", "10 out of 10"],
      several: [
        "also are you open on Sunday, and how much is it",
        "by the way how far is my order, and I want to complain about the last technician",
      ],
    },
  },
};
