/** English words that are no names, and words that tell whose name it is. */

/** Where a name in running words ends. */
export const STOP = new Set(
  (
    "without me code its and my the from here i im i'm i've at on in of for with phone number tel mobile can could calling speaking " +
    "is are was it it's a an to again please pls thanks thank you your we need want would have has had just about regarding re who " +
    "but not so this that by call text email address living live same there because looking booked tomorrow today or if when order " +
    "booking whatsapp plate reg flat room unit block got still mate pal sir then will work btw tonight later lives called named too " +
    "does did do who's whose whom where he she they him her wants wanted needs uses unless until till after before as per via instead " +
    "only now yes no and/or cell mob ph contact asap spelt spelled with isn't isnt wasn't ain't aint"
  ).split(" "),
);
/** Words after "I'm" and "this is" that are no names. */
export const NO_NAME = new Set(
  (
    "restaurant shop office hotel school he she don't dont later before after asap back not very so really the a an at in on urgent " +
    "ridiculous unacceptable terrible awful great good fine ok okay sorry happy unhappy angry furious free available busy home late " +
    "stuck waiting calling writing looking asking trying getting having going coming still now never always just your my our his her " +
    "their what why how when where who that this it there here no yes all about for regarding to from with also only too out off sure " +
    "afraid done sick tired interested wondering being one two three again because as of if bad worse new old currently moving " +
    "leaving outside inside locked trapped today tomorrow monday tuesday wednesday thursday friday saturday sunday january february " +
    "march april june july august september october november december disappointed satisfied disgusted disgraceful disgusting " +
    "dangerous broken leaking dead fixed wrong right true false crazy insane nonsense bullshit spam scam test customer owner tenant " +
    "landlord mr mrs ms miss dr some any more nothing something another next last first second under over even already gonna cold hot " +
    "warm warranty service ac abs vin emergency help hello hi thanks pretty quite totally completely absolutely beyond hoping " +
    "planning considering allergic pregnant fed away abroad overseas unable able ready around nearby alone elderly disabled based " +
    "located using driving renting selling cancelling canceling thinking reporting reaching me us them him everyone nobody anyone " +
    "working china hong london you we they " +
    "mon tue tues wed weds thu thur thurs fri sat sun noon midday midnight morning afternoon evening night weekend christmas easter " +
    "tonight repair repairs installation install maintenance inspection cleaning delivery replacement collection glass car van truck " +
    "fridge freezer washer dryer dishwasher oven boiler tv microwave door doors window windows shower mirror ac aircon air oil tyre tire " +
    "brake brakes battery engine appointment booking order job ticket invoice receipt number phone tel telephone mobile cell call ring text " +
    "sms whatsapp wechat email mail ref reference serial model plate reg registration account flat unit room apt apartment block house " +
    "floor street road address postcode zip price cost quote total amount deposit please kindly regards thank cheers ta thx best sincerely " +
    "yours wishes many kind warm bye goodbye mate guys team all folks everybody sir madam lads ladies gents ltd inc co company team staff " +
    "technician engineer fitter mechanic plumber electrician driver manager reception management " +
    "chinese english british american indian french german italian spanish japanese korean australian canadian irish scottish welsh russian " +
    "local foreign vegan muslim christian catholic single married retired deaf blind colourblind autistic diabetic dyslexic " +
    "bosch samsung siemens lg sony haier midea gree daikin panasonic hitachi toshiba hisense xiaomi miele dyson whirlpool zanussi aeg " +
    "beko hotpoint indesit electrolux sharp philips toyota honda nissan mazda bmw audi mercedes benz volkswagen vw volvo tesla byd kia " +
    "hyundai lexus porsche peugeot renault fiat skoda seat vauxhall opel chevrolet buick jeep subaru suzuki mitsubishi geely nio xpeng " +
    "ford dodge chrysler chevy cadillac lincoln infiniti acura mitsubishi citroen land rover jaguar mini daihatsu isuzu ram gmc saab alfa maserati ferrari civic corolla camry passat golf polo focus fiesta accord tiguan model velux ikea amazon google apple iphone anxin urgently " +
    "really seriously honestly literally exactly probably maybe perhaps definitely certainly obviously basically normal standard weird odd " +
    "strange loud noisy quiet slow fast big small huge tiny cheap expensive full empty open closed different impossible possible useless " +
    "rubbish brilliant excellent perfect fantastic amazing lovely nice awesome wonderful pathetic appalling shocking pointless silly stupid " +
    "fun funny sad scary unsafe safe unfair fair illegal legal minor major serious critical important confusing confused worried scared " +
    "freezing boiling soaked flooded stranded desperate grateful thankful pleased delighted surprised shocked upset annoyed frustrated " +
    "livid fuming outraged speechless unsure uncertain curious keen aware willing due ill well better best okay alright cool " +
    "losing running paying asking sending sitting standing living staying working leaving bringing picking dropping booking using " +
    "seeing hearing smelling feeling starting stopping doing making taking giving telling saying guessing assuming expecting returning " +
    "chasing following replying responding confirming checking contacting messaging emailing texting phoning ringing " +
    "and or but yes sooner earlier anytime sometime someone somebody everything anything none neither either both each every few several " +
    "property dept department admin accounts remove delete unsubscribe add update change use try save block stop take keep dial tower building " +
    "four five six seven eight nine ten hundred thousand half quarter whole part version type kind sort size colour color"
  ).split(" "),
);

/** Words by which the person meant is one of ours. */
export const STAFF =
  /\b(?:your|you guys|technicians?|tech|mechanic|engineer|fitter|repairman|repair man|installer|plumber|electrician|guy|lad|bloke|manager|advisor|adviser|receptionist|operator|colleague of yours|staff|salesman|sales|rep|driver|chap|worker|workman|who came|sent)\b/;
