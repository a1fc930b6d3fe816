/**
 * What pages, lists and files say reaches an assistant only as `{"quoted": "…"}`. A text of a page may hold sentences that are meant
 * for the assistant; apart from our own words they can be told from them. Whatever is not known to be ours is quoted, so a field that
 * is added to a document later is quoted too.
 */
import { visible } from '../../model/index.js';

/** Longer ones are cut, and say so: an answer has to fit into what an assistant can hold. */
const LONGEST = 8_000;

export interface Quoted {
  quoted: string;
  /** How many letters were left out. */
  cut?: number;
}

export function quoted(text: string): Quoted {
  const shown = visible(text.slice(0, LONGEST));
  return text.length > LONGEST ? { quoted: shown, cut: text.length - LONGEST } : { quoted: shown };
}

/** Fields whose values this program makes: ids, hashes, times, words of closed lists. */
const OURS = new Set(
  `type id notice other source exhibit exhibits notices presence otherPresence relation relationOfOther at published firstSeen lastSeen
  firstMissing confirmed since from to on list entry listVersion version publishedAt listedOn class kind language otherLanguage
  documentKind actor rule observations regime family state verdict basis recordHash warc payload by event movedTo ref foundIn`.split(
    /\s+/,
  ),
);
/** And even of those only what has the form of such a value. */
const PLAIN = /^[\w.:+-]{0,100}$/;

/** The same document with every text that is not ours quoted; keys are ours throughout. */
export function quoteTexts(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return OURS.has(key) && PLAIN.test(value) ? value : quoted(value);
  if (Array.isArray(value)) return value.map((each) => quoteTexts(each, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, quoteTexts(each, name)]));
}
