/** Terms by the beginning of a word, in any of the languages: one meaning, one id. */
import { ACRONYMS, TERMS } from './terms-data.js';

interface Tables {
  latin: Map<string, string>;
  /** Cyrillic beginnings; at most this many letters may follow them. */
  cyrillic: Map<string, string>;
  han: Map<string, string[]>;
  /** First letters of the Cyrillic words of a meaning. */
  letters: Map<string, string>;
  acronyms: Map<string, string[]>;
}

const MOST_ENDING = 12;
/** Машиностроения, моторостроительный: what is built is the meaning. */
const BUILDING = /[оеаи]?стро(?:ен|ит|їв).*$|[оеаи]?будів.*$/;
let made: Tables | undefined;

function tables(): Tables {
  if (made) return made;
  made = { latin: new Map(), cyrillic: new Map(), han: new Map(), acronyms: new Map(), letters: new Map() };
  for (const line of TERMS.split('\n')) {
    const [latin = '', cyrillic = '', han = ''] = line.split('|').map((part) => part.trim());
    const words = latin.split(' ');
    const id = words[0]!;
    for (const word of words) if (!made.latin.has(word)) made.latin.set(word, id);
    for (const stem of cyrillic.split(' ')) if (stem !== '' && !made.cyrillic.has(stem)) made.cyrillic.set(stem, id);
    for (const term of han.split(' ')) if (term !== '' && !made.han.has(term)) made.han.set(term, [id]);
    made.letters.set(
      id,
      cyrillic
        .split(' ')
        .map((stem) => stem[0] ?? '')
        .join(''),
    );
  }
  for (const line of ACRONYMS.split('\n')) {
    const [spellings = '', meanings = ''] = line.split(':');
    const ids = meanings
      .trim()
      .split(' ')
      .filter((word) => word !== '');
    for (const spelling of ids.length > 0 ? spellings.trim().split(' ') : [])
      (/\p{Script=Han}/u.test(spelling) ? made.han : made.acronyms).set(spelling, ids);
  }
  return made;
}

/** Chinese terms with all their meanings (科技 is one, 研究所 another). */
export function hanTerms(): ReadonlyMap<string, readonly string[]> {
  return tables().han;
}

/** What one lower-case word means, if it is a term. */
export function termOf(token: string): string | undefined {
  const { latin } = tables();
  const exact = latin.get(token);
  if (exact !== undefined) return exact;
  if (!/^[Ѐ-ӿ]/.test(token)) return undefined;
  const stem = token.replace(BUILDING, '');
  return (stem.length >= 4 && stem !== token ? byStem(stem) : undefined) ?? byStem(token);
}

/** газ-ов-, вод-ян-, мор-ск-: what makes an adjective of a noun. */
const DERIVED = '(?:ь|[ое]в)?(?:[еая]н)?(?:н|ь?ск|ь?ськ|еск|ическ)?';
const INFLECTED =
  'а|я|о|е|є|и|ы|і|у|ю|ь|й|ой|ей|ою|ею|ом|ем|ам|ям|ами|ями|ах|ях|ия|ии|ию|ией|ием|ий|ый|ій|ая|яя|ое|ее|ые|ие|ыя|ае|ого|его|ому|ему|ага|аму|ым|им|ых|их|ыми|ими|ую|юю|ость|ости';
/**
 * What a short beginning may end in and still be the trade word: endings of nouns and adjectives, not of family names
 * (газ+овый is of gas, Черн+ов and Газ+ель are no trade).
 */
const SHORT_ENDING = new RegExp(`^(?![ое]в[аы]?$|[иы]н[аы]?$)${DERIVED}(?:${INFLECTED})?$`);
const SHORT = 4;
/** Золото+в is no gold; метал+лов, of metals, is metal. */
const SURNAME = /^в[аы]?$/;

function byStem(token: string): string | undefined {
  const { cyrillic } = tables();
  for (let length = token.length; length >= Math.max(3, token.length - MOST_ENDING); length--) {
    const id = cyrillic.get(token.slice(0, length));
    const ending = token.slice(length);
    if (id !== undefined && (length > SHORT ? !SURNAME.test(ending) : SHORT_ENDING.test(ending))) return id;
  }
  return undefined;
}

export function acronymOf(token: string): readonly string[] | undefined {
  return tables().acronyms.get(token);
}

/** The letters that stand for a meaning in a Cyrillic acronym: plant is з, institute и. */
export function lettersOf(term: string): string {
  return tables().letters.get(term) ?? '';
}
