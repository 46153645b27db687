/**
 * Characters and first names that people carry. A name that no cue announces (a signature, 张伟 alone before a phone) is believed only
 * when it is made of these.
 */

/** Characters that stand in Chinese given names, simplified; everyday particles and verbs are left out. */
const GIVEN_CHARACTERS = new Set(
  "伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红梅建国志远文辉玲斌鹏婷宇浩轩梓涵欣怡诗雨琪嘉佳俊豪凯峰鑫晨阳旭东海波龙飞云雷霆宏伦思琳琴莉莎" +
    "萍芬芝菊香莲荷珍珠珊瑜瑾瑶璐璇琦瑞祥福寿康健宁安泰和顺庆荣昌盛兴旺发财富贵德仁义礼智信忠孝廉耻良善美慧贤淑惠雅洁纯贞淳厚诚实朴正直公允廷光亮晶莹晓晴" +
    "晖昊昕昱晟曦旻星辰月冰雪霜露春夏秋冬松柏竹枫桐林森楠桦楷栋梁槐柳桃杏梨蓉蕾蕊薇菲芸茜茵莹萱萌若蓝青翠碧紫丹彤赤朱绿白黑黄金银铜铁钢锋锐铭锦钰钧鸿鹤" +
    "鹰燕莺凤凰鸣翔翼羽虎豹彪骏驰骥麟麒江河湖溪泉源清澄澈润泽淼沛沐涛澜浪渊潮海山岩岭峻岳崇崖岚石坚坤培基城域疆川州邦京津沪汉广宜永恒久长远志向愿望希冀" +
    "梦想念思忆怀情爱心恩慈悦怡愉乐欢喜笑颜容姿婉娴婵娇媛媚妍妮姝姗姣妙妤嫣嬿琬琰璞瑛瑗璟琛琮珂珏玮玥玫环琼瑶佩倩俐俪伊佑佐仪伦仲伯叔季孟宗祖继承绍续" +
    "家宝贝子孙儿女男君卿士夫生民世代年岁时景运启开展延传振奋勤勉励力功业成就达通胜利亨升腾跃进学博识书章辞赋词翰墨笔砚彦彬斐雯斌曼蔓柔绮绣绢纨缨维纲纪经" +
    "绪络统权衡钊钦铮镇钟鼎彝尊爵禄冠群伟杰雄豪毅刚烈威武勋劭勃越迈逸超凡卓然自若如意尚品诺言谦让恭敬庄肃穆静默玄奥灵秀颖聪睿哲晋韬略策元亨首初一二三四" +
    "五六七八九十百千万亿双全芷芊芮芙蓓蕙筠筱箐簪依珊怡君婷宜庭霖霏雲云珮琇玟妃妙茹茵蓁芯芩恺恺翰皓皓翊奕弈奇琪祺祯祥禎稚承彥宥睿柏廷冠廷品妤羿豫" +
    "萬佑崧嵩屹均堂垚尧舜禹汤显耀煜炜炎焱焕灿炫烨熙烁燊煌桓栩棋榕樱檬橙小大中天太阿细妹弟仔芳娣娥姑婧婕媖寅卯辰巳申酉戌亥甲乙丙壬癸权才材方圆汝淇滢漫潇玺民治" +
    "滨冲凌卫立维秉炳兰苑彩霓沁汶侠侃仪俨傲僖允勋卉嘉囡坷垣埔墨夕妗姮嫦孜宸尹尉崎幸弘彰径忻恒憬懋昀昂晏晔晙梵榆榛樵欧歆殿毓沂泓泊洛浚淘淮渝渤溢滔澍炅焓煦燕熹牧玑珣琅琨瑄璋甄畅皎盈眉睦碧祎禾秦稷笙筝籽素纬缇羚翊耘胤臻舒艺芃苒茗荃莘菁菀葳蒙蔚薪藜虹裕觅诠谊谦贝赫轶迎逍逢邑郁鄂钗阅隽雍霁靓靖韵颂飒馨骋骞魁黛晗亚爽雁蓬喆翠巧素凡甫帆航舟程路行途坦之乃也兆先亦其可益丛诚致群志强誉铁",
);

/** First names of people who write English, lower case; those that are everyday words too (will, mark, may) are not among them. */
export const FIRST_NAMES: ReadonlySet<string> = new Set(
  (
    "aaron abdul abigail adam adrian ahmed aisha alan albert alex alexander alice alison allan amanda amelia amir amy ana andrea andrew andy " +
    "angela anita ann anna anne annie anthony anton arjun arthur ashley audrey barbara barry beatrice becky ben benjamin bernard beth betty " +
    "bianca bob bobby bradley brandon brenda brian bruce bryan caitlin callum cameron carl carla carlos carmen carol caroline catherine cathy " +
    "charles charlie charlotte chloe chris christian christina christine christopher cindy claire clara clare colin connie connor craig cynthia " +
    "dan daniel daniela danny darren dave david dawn dean debbie deborah declan deepak denise dennis derek diana diane diego donald donna " +
    "dorothy doug douglas duncan dylan eddie edith edward eileen elaine eleanor elena eli elizabeth ella ellen ellie emily emma eric erica erin " +
    "ethan eva evan eve evelyn fatima felix fernando fiona florence fran frances francesca francis frank fred freddie gabriel gareth gary " +
    "gavin gemma geoff george georgia gerald gerry gina giulia glenn gloria gordon graham greg gregory hannah harold harriet harry hassan " +
    "heather hector helen helena henry holly howard hugh hugo ian ibrahim imran irene isaac isabel isabella ivan jack jackie jacob jacqueline " +
    "jake james jamie jan jane janet janice jasmine jason javier jay jean jeff jeffrey jen jennifer jenny jeremy jerome jess jesse jessica jill jim " +
    "jimmy joan joanna joanne joe joel john johnny jon jonathan jordan jorge jose joseph josh joshua joyce juan judith judy julia julian julie " +
    "justin kamal karen karl kate katherine kathleen kathy katie kay keith kelly ken kenneth kerry kevin khalid kim kirsty kumar kurt kyle kylie " +
    "lara larry laura lauren laurence lee leila leo leon leonard leslie lewis liam lily linda lindsay lisa liz lloyd lorna lorraine louis louise lucas " +
    "lucia lucy luis luke lydia lynn maggie mandy manuel marco marcus margaret maria marian marie mario marion martha martin mary matt matthew " +
    "maureen maurice megan mel melanie melissa mia michael michelle miguel mike mohamed mohammed moira molly monica morgan muhammad nadia " +
    "naomi natalie natasha nathan neil nicholas nick nicola nicole nigel nina noah nora norman oliver olivia omar oscar owen pam pamela patricia " +
    "patrick paul paula pauline pedro penny peter phil philip phoebe pierre polly priya rachel rafael raj rajesh ralph ravi raymond rebecca reg " +
    "renee rhys ricardo richard rick ricky rita robert roberto robin rodney roger roland ron ronald rory rosa rosie ross roy ruby rupert russell ruth " +
    "ryan sally sam samantha samuel sandra sanjay sara sarah scott sean sebastian sergio shane shannon sharon shaun sheila shirley siobhan simon " +
    "sofia sophia sophie stacey stan stella stephanie stephen steve steven stewart stuart susan susie suzanne sylvia tania tanya tara tariq ted " +
    "teresa terry tess theo theresa thomas tim timothy tina toby todd tom tommy tony tracey tracy trevor tyler valerie vanessa vera veronica vicky " +
    "victor victoria vikram vincent virginia vivian vivien walter wanda wayne wendy william winnie yasmin yolanda yusuf yvonne zac zach zara zoe " +
    "olga natalia svetlana dmitri sergei anastasia katya yuki hiro kenji akira hamid hussein ali layla zainab mustafa mehmet ahmet anjali " +
    "sunita anil sunil vijay suresh ramesh rahul rohit amit neha pooja kavita lakshmi arun gopal harpreet gurpreet jasmeet manpreet chidi emeka " +
    "ngozi kwame thabo ingrid lars sven bjorn astrid freya hans klaus jurgen giovanni luca matteo chiara pablo joao paulo beatriz camille elodie " +
    "siti nurul rashid bilal saeed kelvin desmond terence edmund edwin alvin calvin melvin ivy daisy queenie fanny joey jacky jessie steph gaz " +
    "baz lou mo bella nikki tracie kirsten bridget aoife niamh ciara sinead padraig eoin rowan hamish ewan morag angus fraser cheryl debra " +
    "aled rhiannon bronwyn cerys dewi geraint huw ieuan lowri rhodri sioned gwen owain tegan imogen tamsin tabitha jemima phillipa pippa rosalind " +
    "rosemary millie maisie poppy esme elsie mabel maude winifred agnes beryl doreen gladys hilda irma mavis muriel myra nellie norma rhoda " +
    "thelma wilma clive cyril ernest gilbert herbert horace lionel mervyn reginald stanley sidney alfie archie barney finn finlay jasper kieran " +
    "quentin reuben rufus seamus zachary ashton brody caleb carson cody colton damien damon darius darnell darryl daryl deandre demetrius derrick " +
    "devin devon dexter dominic donovan dustin dwayne dwight elijah elliot elliott elmer emilio emmanuel enrique ernesto esteban eugene ezra " +
    "fabian felipe floyd garrett gerardo gideon gilberto grady grayson gustavo harvey ignacio isaiah israel jalen jamal jared jarrod jasmin " +
    "jayden jermaine joaquin josiah josue julio keisha kendall kendra kurtis lamar landon latoya leroy lester levi lonnie lorenzo malcolm malik " +
    "marcel marvin mateo micah milton mitch mitchell moises monique myles nash nelson nolan octavio orlando quincy ramon randall randy raul " +
    "reggie reid rene rhonda rigoberto rodrigo rogelio ronnie roxanne rudy salvador sammy santiago shaquille shawn sheryl silas skyler sonia " +
    "sonja spencer stefan stefano tamara tammy tasha tatiana terrance terrell trent trey tristan tyrone ursula vernon vince wallace wendell " +
    "whitney willie xavier yesenia yvette zachariah alejandro alejandra andres angelica antonia antonio armando arturo bernardo cecilia claudia " +
    "cristina dolores eduardo elisa esperanza francisca francisco gabriela gonzalo guadalupe guillermo hernan ines jaime josefina leticia lourdes " +
    "lucero marcela maribel marisol nestor octavia paola patricio rosario susana tomas valentina vicente ximena aditya aarav ananya ashok bhavna " +
    "chetan deepa dinesh divya farah farhan fatema gaurav geeta harish imtiaz ishaan jatin jyoti karthik kiran krishna lalit madhu mahesh manish " +
    "manoj maya meena meera mohan mukesh nadeem naveen nikhil nisha nitin omkar parth prakash pranav prashant preeti rajan rajiv rakesh ranjit " +
    "rekha ritu rohan sachin sameer sandeep sangeeta sanjeev satish shabnam shailesh shalini shreya shyam sneha sonal srinivas sudhir suman suraj " +
    "swati tanvi vidya vinay vineet vinod vishal yash abdullah adnan ameer amina amira asad ayesha aziz bashir dalia faisal faris fatimah hadi " +
    "haider hamza hanan haris hussain idris iqbal ismail jamila karim khadija khaled latifa mahmoud majid mansour mariam maryam mehdi mona nabil " +
    "nasser noor nour rami rania saad sadia saleh salma samir shahid tahir talal umar usman walid yahya yasmine yasser youssef zahra zaid ziad " +
    "olumide oluwaseun adebayo chidinma chinedu chioma ebele femi folake funmi ifeoma ikenna kelechi kofi kojo kwabena nkechi nnamdi obinna " +
    "oyinkan segun temi temitope tobi tunde uche yemi agnieszka aleksander andrzej anja anke antje bartosz beata birgit bogdan boris dagmar " +
    "danuta dieter dimitri dmitry dorota ekaterina elke ewa florian franz gerhard grzegorz gunther heike heinz helga horst igor ilona ilya irina " +
    "ivana jakub jana janek janusz jochen jozef kamil karin karolina kasia krzysztof lena leszek ludmila lukas lukasz maciej magda magdalena " +
    "marek marta matthias maxim michal milan mirek monika nadja nikita nikolai oksana oleg pavel pawel petra piotr radek rainer renata roman " +
    "sabine sasha sergey slawek stanislav stefania tadeusz tatjana tomasz ulrich vadim viktor vladimir werner wojciech wolfgang yuri yulia " +
    "zbigniew zofia giuseppe alessandro alessia andreas angelo antoine benoit bruno celine cedric claude didier dominique etienne fabien fabrice " +
    "federica federico franca francois gaston gianni guillaume henri ilaria jacques jeanne laurent lorena luciano marcello marguerite massimo " +
    "mathieu michele nicolas odette olivier paolo pascal philippe pietro raphael remi roberta salvatore sebastien silvia sylvain thierry valerio " +
    "xavi yannick yves haruto hiroshi jiro kazuo keiko mariko masako naoko noriko sakura takashi takeshi tomoko yoko yoshi yumi minjun jihoon " +
    "soojin eunji dimas agus budi putri rizky wati nguyen arvin jomar rowena maricel jovelyn rosalie analyn bev donnie kev trish shaz daz roz " +
    "phyllis lindsey lyndsey mindy nikky robyn sadie savannah selena serena shelby shelley sheree staci starla " +
    "wilson jackson harrison albert anson mei wai ming siu yan ling hui"
  ).split(" "),
);

/** First names that are everyday words or months; only a capital behind an outright "my name is" or "I'm" makes names of them. */
export const WORDLIKE_NAMES: ReadonlySet<string> = new Set(
  "will may mark grace hope bill rob sue art pat april june august summer joy rose ray dawn guy gene drew frank chase hunter faith angel max norm dale lance".split(
    " ",
  ),
);

/** Are all characters of a given name usual ones? `given` is simplified, one or two characters. */
export function isUsualGiven(given: string): boolean {
  return given.length > 0 && given.length <= 2 && [...given].every((char) => GIVEN_CHARACTERS.has(char));
}
