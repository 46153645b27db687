/** Words that look like Chinese names and are none, and words that tell whose name it is. */
import { surnameLength } from "./surnames.ts";

/** Words that begin with a surname but are no names. */
const NO_NAMES = new RegExp(
  `^(?:${
    "管委|管理|安装|安排|安全|安静|安心|车主|车子|车牌|周[一二三四五六日末边围到]|高兴|高峰|高压|高温|马上|马桶|时间|时候|时好|时坏|方便|方法|方案|方向|万一|何时|何况|白天|白色|明天|明日|明白|明年|全部|全家|全新|全屋|全自|全天|应该|应当|单位|单号|单元|单子|查询|查一|查下|查查|" +
    "计划|计较|连接|连续|包括|包修|包装|包教|成功|成员|成本|项目|相关|温度|温馨|水管|水电|石头|石英|金卡|金额|金属|金色|路上|路过|路边|路口|游客|江边|谈谈|和你|家里|家人|师傅|师父|沙发|解决|常客|常常|常年|向你|向您|向左|向右|向阳|祝你|来电|来修|能不|左边|左右|右边|曲面|" +
    "管家|管道|解释|季度|房东|房客|房子|房主|房间|东西|东方|边上|支付|华为|华帝|海尔|海信|万和|万家乐|万达|万科|方太|容声|康佳|康师|云米|平时|平台|平常|平安|米色|卓越|景区|党员|冷气|冷的|冷水|冷藏|冰箱|麻烦|陆续|蓝色|黄色|黄灯|白的|毛病|毛巾|毛豆|龙头|严重|施工|于是|成都|顾客|顾问|夏天|付款|付费|" +
    "付了|任何|程序|叶片|苏州|苏宁|江苏|江南|江北|范围|石家庄|洪水|关机|关门|关于|关掉|关不|关总|阳台|阳光|简单|费用|卫生|卫浴|迟到|余额|宝马|奔驰|晚点|老客|新客|业主|客户|用户|租客|租户|住户|物业|会员|本人|真的|什么|怎么|你们|" +
    "我们|他们|自己|一个|一位|三楼|雷雨|雷克|黎明|段时|段子|曾经|元旦|元宵|钱包|商场|商店|农历|古北|汤臣|闻到|闻着|闻起|楚楚|那|门|窗|常见|易碎|盛夏|鲁班|胡同|花园|童车|强烈|贺年|安卓"
  })`,
);
/** Behind a surname these are titles and particles, no given name. */
export const NO_GIVEN =
  /^(?:生$|太$|先生|女士|小姐|师傅|师父|经理|主管|店长|总$|工$|老板|老师|什么|吗|啊|的|了|是|在|姐|哥|叔|阿姨|妈妈|爸爸|某)/;

/** Words by which the person meant is one of our people or a stranger, not the customer's. */
export const STAFF =
  /师傅|师父|技师|技工|技术员|工程师|工友|客服|经理|店长|主管|顾问|销售|接待|安装工|维修工|修理工|小哥|小妹|前台|你们|您们|你哋|贵司|贵店|那个|那位|嗰个|嗰位|这位|老板|员工|工号|态度|谁/;

/** Is the Chinese name found really an everyday word? */
export function isBlocked(name: string): boolean {
  const size = surnameLength(name);
  if (size === 0) return NO_NAMES.test(name) || /^(?:师傅|电话|手机|地址)/.test(name);
  if (size === 1 && NO_NAMES.test(name)) return true;
  return NO_GIVEN.test(name.slice(size)) || /[的了不没我你他她]|[吗呢吧啊呀师机器车店家]$/.test(name.slice(size));
}
