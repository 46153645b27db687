/** Compound surnames, simplified. */
export const COMPOUND_SURNAMES =
  "欧阳|司徒|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|夏侯|端木|独孤|南宫|轩辕|呼延|澹台|西门|张简|范姜";

/** One-character surnames that customers carry (the four hundred most frequent without characters that are everyday words only). */
export const SURNAMES =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊" +
  "秦邱丘江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯" +
  "纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂" +
  "全佟应赖洪江冼区湛荆鄢蔺常臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝萧辜竺鞠晁楚闻戎";

const COMPOUND = new Set(COMPOUND_SURNAMES.split("|"));
const SINGLE = new Set(SURNAMES);

/** Length of the surname that `text` begins with: 2, 1, or 0 for none. */
export function surnameLength(text: string): 0 | 1 | 2 {
  if (COMPOUND.has(text.slice(0, 2))) return 2;
  return SINGLE.has(text[0] ?? "") ? 1 : 0;
}
