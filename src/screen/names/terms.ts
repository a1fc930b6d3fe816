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

function byStem(token: string): string | undefined {
  const { cyrillic } = tables();
  for (let length = token.length; length >= Math.max(3, token.length - MOST_ENDING); length--) {
    const id = cyrillic.get(token.slice(0, length));
    // Short beginnings begin many words: they count only with a short ending.
    if (id !== undefined && (length >= 5 || token.length - length <= (length === 4 ? 6 : 3))) return id;
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
