/**
 * What Chinese says in more shapes than a table of words holds: our work told by what followed it (装完第二天, 刚换的), and praise, which
 * speaks of our people as blame does. Normalised text is in simplified characters, with the words of every region left as they are.
 */

const DONE = "修|装|换|洗|补|喷|调|做|弄|整|搞|贴|焊|量|保养|清洗|更换|安装";
const AFTER =
  "第二天|第二日|隔天|隔日|没几天|冇几日|不到|唔够|唔到|[一两二三四五六几\\d]+(?:天|日|个?礼拜|个?星期|个?月)(?:就|又|便|之后|后|没到)|转头|回来|返嚟|之后|以后";
const WHEN =
  "刚|刚刚|啱啱|昨天|昨晚|寻日|琴日|前天|前日|前几天|上周|上礼拜|上个?礼拜|上星期|上个?星期|上个?月|上次|上回|周[一二三四五六日]|星期[一二三四五六日]|礼拜[一二三四五六日]";
const OUR_WORK = new RegExp(
  `(?:${DONE})(?:完|好|过|了|咗)?[^,。;!?\\n]{0,6}(?:${AFTER})|(?:${WHEN})(?:才|先|给|帮|你们|你哋)?(?:${DONE})(?:过|好|完)?(?:的|嘅|咗)|第[二两三四五六七八\\d](?:次|趟|回|遍)|[两三四五六七八\\d](?:次|趟|回|遍)(?:了|喇|都)`,
);

/** Pleased with people or work. */
const PLEASED =
  /(?:师傅|技师|小哥|小伙|小王|工程师|前台|客服|你们|你哋|服务|态度|手艺|手工|手势|活儿?|做事)[^,。;!?\n]{0,8}(?:真好|好好|很好|非常好|超好|不错|没得说|没话说|没的挑|冇得弹|细心|耐心|敬业|利索|麻利|俐落|实诚|老实|厉害|专业|给力|负责(?!人|任)|贴心|周到|有心|漂亮|赞|棒|靓|叻|靠谱|认真|有礼貌)|点个?赞|按赞|抵赞|锦旗|帮(?:了)?大忙|多亏|下次还找|下次指定|没想到(?:这么|那么)?快|比我?想(?:的|象)[^,。;!?\n]{0,6}(?:快|省|好)|放心了|太感谢|感激|敬业/;
/** The trouble is over. */
const MENDED =
  /(?:一点(?:都)?|一滴(?:都)?|完全|再(?:也)?)?(?:不|没|唔|冇)(?:漏|响|吵|滴|卡|抖)(?:了|喇|晒)|(?:修|弄|搞|整|处理|解决)(?:好|掂|定)(?:了|喇|咗|晒)|(?:跟|像|同)新的?(?:一样|似的)|又(?:凉|冷|热|能用|好用)|冻返|凉飕飕|好用得很|暖和|热乎|静晒|睡(?:了)?(?:个)?好觉/g;
/** What spoils praise: it was ironic, or there is more to say. */
const SPOILED =
  /但|可是|可惜|不过|就是|却|还是|只是|结果|之前|本来|又(?!凉|冷|热|能|好)|投诉(?!撤)|退|赔|迟|等了|等咗|划|花了|歪|裂|漏|坏|骂|多收|贵|没来|冇嚟|没修|未|呵|佩服|谢谢你(?:啊|呀)|托|吗|呢|么|几时|什么|多少|几钱|多久|帮我|麻烦(?!你们了)|想约|预约|派|还(?:没|有)|\?/;

/** Tells of work done, without saying by whom. */
export const tellsOfWorkInChinese = (text: string): boolean => OUR_WORK.test(text);

/** Is pleased, and nothing in the message takes it back. */
export const praisesInChinese = (text: string): boolean => {
  const rest = text.replace(MENDED, " ");
  return (rest !== text || PLEASED.test(text)) && !SPOILED.test(rest);
};
