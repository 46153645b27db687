/** Shortest Latin word whose misspelling is forgiven, letters. */
const SHORTEST = 5;

/**
 * Everyday words that stand one letter away from words of the trade (showed and shower, cable and table): never "mended".
 * Compared by stem, so each stands for its inflections.
 */
const EVERYDAY = new Set(
  (
    "abort about above after again allow along among another anyone apple around asked bakes beach before being below belts better " +
    "birth blame blank block bloke board books bowing brain brand bread brief bring broad brown brush build built bunch burger buzzer " +
    "cabin cable called calls cargo carry catch cause center certain chain chair chance charm chase cheap check chest child choice " +
    "chung claim clash class clear climb clipped clock close closest cloth cloud coach coast comes comin contact cooks cooler costing " +
    "could count court cover crash cream crime cross crowd dance death delay deliver denied doing doubt draft drama dream dress drink " +
    "drive driven during early earth eight either email empty enjoy enter equal error event every exact extra faith false fault fever " +
    "fiber field fight filed final finds first fitter floor fluid flyer focus force forged found frame fresh friend front fruit " +
    "german giant given glory grade grand grant grass great green greet grill group guard guess guide happy having heading hearing " +
    "heart heavy hello helps holds honor horse hoses hotel hours house human ideal image issue jerry joint judge keeps known label " +
    "lanes large later laugh layer leads learn leasing least leave legal level lever lighter likes limit listing little lived loaded " +
    "loaner local longer looks loose loser louder loves lower lucky lunch mailing major maker makes making march massage match mates " +
    "matter maybe means metal might minor missed mixed model module money month moral morning mother mount mouse mouth moved movie " +
    "music needs never night noted novel number nurse occur offer often older opened opens order other others outer owner paint " +
    "painter panel paper parked party patch paying peace people person phase phone photo picked piece pills pilot pitch place plain plan plans " +
    "plane plant plate please point pound powder press price pride prime print prior prize proof property proud prove queen quick " +
    "quiet quite quote rainy raise range ranger rapid ratio reach ready really refer relax reply reveal right rival river rough round " +
    "route royal rubbery ruining rural salon scale scared scene scope score scrap scrapped seats second section seeing selling sends " +
    "senior sense serve seven shaft shall shape share sharp sheet shelf shell shift ships shirt shock shoes shoot short should shout " +
    "showed shows shutter sight since sings sitting sixth sizes skill slaps sleep slide slots slower small smart smile smoke smoky " +
    "socks solid solve something sometimes sorry sound south space spain spare speak speed spend split spoke sport staff stage stalk " +
    "stand stars start starter state steam steel steep steve stick still stock stone stood store storey storm story stranger strapped " +
    "strip stuck study stuff stuffed style sugar suite super swearing sweet swift table taken takes talks taste teach tells texts " +
    "thank thanks their theme there these thick thing things think third those though thought three through throw tight tiler tiles " +
    "times tired title today together tomorrow tonight topic total touch tough tower trace track trade train treat trend trial trick " +
    "tried truck truly trust truth twice under union until upper upset urban usage usual valid value video visit vital voice waiting " +
    "wales walking wanted wants waste wasted watch water weeks weigh where which while white whole whose wifes winter wiped wishes " +
    "within without woman women wonder worked working world worry worse worst worth would wound write wrong wrote years yesterday " +
    "young yours"
  ).split(" "),
);

/** Finds the known word one slip away (a letter more, less, other, or two swapped) from an unknown one. */
export interface Misspellings {
  /** The known word that `word` was meant to be, or `null`. The first letter must agree: slips there are rare and right is not light. */
  correct(word: string): string | null;
}

/**
 * @param words Latin words of the wordings, lower case
 * @param stemOf the stemmer by which wordings are compared
 */
export function createMisspellings(words: Iterable<string>, stemOf: (word: string) => string): Misspellings {
  const known = new Set<string>();
  const byDeletion = new Map<string, string[]>();
  const everydayStems = new Set([...EVERYDAY].map(stemOf));
  for (const word of words) {
    if (word.length < SHORTEST || !/^[a-z]+$/.test(word) || known.has(word)) continue;
    known.add(word);
    for (const key of deletions(word)) {
      const list = byDeletion.get(key);
      if (list) list.push(word);
      else byDeletion.set(key, [word]);
    }
  }
  const knownStems = new Set([...known].map(stemOf));
  return {
    correct(word) {
      if (word.length < SHORTEST || word.length > 24 || !/^[a-z]+$/.test(word)) return null;
      if (known.has(word) || knownStems.has(stemOf(word)) || EVERYDAY.has(word) || everydayStems.has(stemOf(word))) return null;
      for (const key of deletions(word)) {
        for (const candidate of byDeletion.get(key) ?? []) {
          if (candidate[0] === word[0] && isOneSlipAway(candidate, word)) return candidate;
        }
      }
      return null;
    },
  };
}

/** The word and all forms with one letter left out. */
function deletions(word: string): string[] {
  const forms = [word];
  for (let i = 0; i < word.length; i += 1) forms.push(word.slice(0, i) + word.slice(i + 1));
  return forms;
}

/** Is the optimal string alignment distance at most 1? */
export function isOneSlipAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i += 1;
  if (i === a.length && i === b.length) return true;
  const restA = a.slice(i + 1);
  const restB = b.slice(i + 1);
  if (restA === restB || a.slice(i) === restB || restA === b.slice(i)) return true;
  return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
}
