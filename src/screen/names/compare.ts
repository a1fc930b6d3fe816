/** How like two parts are, and by what: letters, sounds, meaning, sign. One reason each, so that a reader can check it. */
import { boneDistance } from './arabic.js';
import { likeBySound, soundsOfWord } from './han-sound.js';
import type { NamePart } from './parts.js';
import { edits, editsAllowed, isRunOfSyllables } from './sounds.js';
import type { WordReading } from './transliterate.js';

export interface Likeness {
  score: number;
  how: string;
}

export const BY_BONES = 'the same consonants, vowels not written';
export const NEARLY_BONES = 'nearly the same consonants';

const READING_SCORE: Record<WordReading['how'], number> = {
  'as written': 1,
  transliterated: 0.97,
  'look-alike letters': 0.97,
  'look-alike letters, transliterated': 0.94,
  'the place': 0.95,
  'read aloud': 0.95,
  'read aloud, Wade-Giles': 0.92,
  'read aloud in Cantonese': 0.9,
  'the initials of its syllables': 0.55,
};

export function compareParts(q: NamePart, e: NamePart): Likeness | undefined {
  if (q.class === 'form' || e.class === 'form') return undefined;
  if (q.token === e.token) return { score: 1, how: 'same letters' };
  if (q.number !== undefined || e.number !== undefined) return numbers(q, e);
  if (q.initial || e.initial) return initials(q, e);
  if (q.term !== undefined && q.term === e.term) return { score: 0.95, how: 'the same meaning' };
  if (q.patronymic && e.patronymic && q.father.length >= 2 && q.father === e.father)
    return { score: 0.94, how: 'patronymics of one name' };
  if (q.given !== 0 && e.given !== 0) {
    if (q.given === e.given)
      return { score: 0.96, how: q.given > 0 ? 'forms of one given name' : 'patronymics of one name' };
    // Two known names that differ in a letter are two names: Oleg is no Olga.
    return undefined;
  }
  return byReading(q, e) ?? bySound(q, e);
}

function numbers(q: NamePart, e: NamePart): Likeness | undefined {
  return q.number !== undefined && q.number === e.number ? { score: 0.98, how: 'the same number' } : undefined;
}

function initials(q: NamePart, e: NamePart): Likeness | undefined {
  const first = (part: NamePart): string | undefined =>
    q.script === e.script ? part.token[0] : (part.skeleton[0] ?? part.token[0]);
  const [a, b] = [first(q), first(e)];
  if (a !== b || q.class === 'particle' || e.class === 'particle') return undefined;
  return { score: q.initial && e.initial ? 0.95 : 0.85, how: 'an initial' };
}

function byReading(q: NamePart, e: NamePart): Likeness | undefined {
  let best: Likeness | undefined;
  const most = isOneSyllable(q) || isOneSyllable(e) ? ONE_SYLLABLE : 1;
  for (const mine of q.readings) {
    for (const theirs of e.readings) {
      if (mine.key !== theirs.key || isFolded(q, mine, e) || isFolded(e, theirs, q)) continue;
      const score = Math.min(READING_SCORE[mine.how], READING_SCORE[theirs.how], most, otherwise(q, mine, e, theirs));
      if (score > (best?.score ?? 0)) best = { score, how: howOf(mine, theirs) };
    }
  }
  return best;
}

/** Latin letters folded as Slavic spellings are say nothing of Chinese: Nadia is no 娜达, nada. */
const isFolded = (part: NamePart, { how }: WordReading, other: NamePart): boolean =>
  part.script === 'latin' && other.script === 'han' && how !== 'as written';

/** Firms seldom spell themselves otherwise than in pinyin: then the rest of the name must agree. */
const OTHERWISE = 0.84;
const otherwise = (q: NamePart, mine: WordReading, e: NamePart, theirs: WordReading): number => {
  const { how } = q.meanings === undefined ? theirs : mine;
  return q.meanings === undefined && e.meanings === undefined
    ? 1
    : how === 'read aloud, Wade-Giles' || how === 'read aloud in Cantonese'
      ? OTHERWISE
      : 1;
};

/** A Chinese firm's brand of one character: one of four hundred syllables, which many words are. */
const isOneSyllable = (part: NamePart): boolean => part.meanings !== undefined && part.token.length === 1;
const ONE_SYLLABLE = 0.72;

function howOf(mine: WordReading, theirs: WordReading): string {
  if (mine.how === theirs.how) return mine.how === 'as written' ? 'same letters' : `both ${mine.how}`;
  return mine.how === 'as written' ? theirs.how : mine.how;
}

function bySound(q: NamePart, e: NamePart): Likeness | undefined {
  const scripts = [q.script, e.script];
  if (scripts.includes('arabic')) return q.script === e.script ? mistyped(q.token, e.token) : byBones(q, e, 1);
  if (scripts.includes('han')) return q.script === e.script ? undefined : byRoughSound(q, e);
  if (q.script === 'other' && e.script === 'other') return mistyped(q.token, e.token);
  if (scripts.includes('cyrillic') || scripts.includes('other')) return bySkeleton(q, e);
  // The servant of Mohammed is not Mohammed.
  if (isServant(q.token) !== isServant(e.token)) return undefined;
  return best(mistyped(q.token, e.token), latinSound(q, e));
}

const different = (count: number): string => (count === 1 ? '1 letter different' : `${count} letters different`);

/** Luis and Luisa, Daniel and Daniela are two people. */
const isFeminine = (a: string, b: string): boolean => a === `${b}a` || b === `${a}a`;
const isServant = (token: string): boolean => token.startsWith('abd') && token.length > 6;

function mistyped(a: string, b: string): Likeness | undefined {
  const length = Math.max(a.length, b.length);
  const most = editsAllowed(length);
  if (most === 0 || (/\d/.test(a + b) && length < 6)) return undefined;
  const count = edits(a, b, most);
  if (count > most) return undefined;
  // The beginning of a word is seldom mistyped.
  const cost = a[0] !== b[0] ? 2 : isFeminine(a, b) ? 2.2 : 1.6;
  return { score: 1 - (cost * count) / length, how: different(count) };
}

/** Latin spellings of one foreign name: the same consonants, vowels as each writer heard them. */
function latinSound(q: NamePart, e: NamePart): Likeness | undefined {
  const [a, b] = [q.token, e.token];
  const length = Math.max(a.length, b.length);
  if (q.sino !== '' && q.sino === e.sino) return { score: 0.87, how: 'one syllable in two romanisations' };
  if (Math.min(a.length, b.length) < 4) return undefined;
  if (q.skeleton === e.skeleton && q.skeleton.length >= 4)
    return { score: 0.93, how: 'spelt otherwise, the same sound' };
  if (edits(a, b, Math.ceil(length * 0.45)) > length * 0.45) return undefined;
  const bare = q.consonants.length >= 4 && q.consonants === e.consonants;
  const bones = q.bones.length >= 3 && q.bones === e.bones;
  return bare || bones
    ? { score: bare && q.consonants.length >= 5 ? 0.78 : 0.68, how: 'the same consonants' }
    : undefined;
}

/** Cyrillic against Latin or Cyrillic of another language. */
function bySkeleton(q: NamePart, e: NamePart): Likeness | undefined {
  const [a, b] = [q.skeleton, e.skeleton];
  const length = Math.max(a.length, b.length);
  if (Math.min(a.length, b.length) < 3 || /\d/.test(a + b)) return undefined;
  const most = Math.max(editsAllowed(length), 0);
  const count = edits(a, b, most);
  const typed =
    count <= most && length >= 4
      ? {
          score: 0.98 - (1.4 * count) / length,
          how: `${different(count)}, transliterated`,
        }
      : undefined;
  const consonant =
    q.consonants === e.consonants && q.consonants.length >= 3
      ? { score: q.consonants.length >= 4 ? 0.88 : 0.8, how: 'the same consonants, transliterated' }
      : undefined;
  return best(typed, consonant, adjective(q, e));
}

/** The endings of an adjective in a skeleton: Псков-ский, экран-ная. */
const ADJECTIVE = /^(.{3,}?)(?:sk|(?<=.n))(?:i|aia|aa|oe|oi|a|o|ogo)?$/;
/** What may stand before them: Мытищ-ин-ский, Уф-им-ский, экран-н-ая. */
const INFIX = /(?:[iae]?n|im)$/;

/** Псковский is of Pskov, Мытищинский of Mytishchi, Тульский of Tula. */
function adjective(q: NamePart, e: NamePart): Likeness | undefined {
  return isOf(q.skeleton, e.skeleton) || isOf(e.skeleton, q.skeleton)
    ? { score: 0.85, how: 'adjective of the place' }
    : undefined;
}

function isOf(adjective: string, noun: string): boolean {
  const bare = noun.length >= 4 ? noun.replace(/[aeio]$/, '') : noun;
  const stem = adjective.length < noun.length + 2 ? undefined : ADJECTIVE.exec(adjective)?.[1];
  if (stem === undefined) return false;
  // Маркс-ский: the ending begins with the consonant its place ends in.
  const stems = [stem, `${stem}s`, stem.replace(INFIX, '')].filter(({ length }) => length >= 3);
  return (
    stems.includes(bare) || stems.includes(noun) || (noun.length === 3 && stem.replace(INFIX, '') === noun.slice(0, 2))
  );
}

function byBones(q: NamePart, e: NamePart, least: number): Likeness | undefined {
  const [a, b] = [q.bones, e.bones];
  const length = Math.max(a.length, b.length);
  if (Math.min(a.length, b.length) < least) return undefined;
  const far = boneDistance(a, b);
  const how = BY_BONES;
  if (far === 0) return { score: length >= 3 ? 0.94 : length === 2 ? 0.9 : 0.8, how };
  if (far > length * 0.42) return undefined;
  return { score: 0.94 - (0.9 * far) / length, how: NEARLY_BONES };
}

/** Below this two words do not sound alike; what is above is shared out between a guess and a likeness. */
const LEAST_BY_EAR = 0.65;
const GUESS = 0.52;
/** Two consonants agree by chance, six do not. */
const FEW_CONSONANTS = 3;
const FOR_CONSONANT = 0.03;
const MOST_FOR_LENGTH = 0.12;
/** What a translated word says when it is all of the brand, and when it is next to nothing of it. */
const MEANT = { all: 0.8, least: 0.38 };

/** A Chinese brand and its Latin twin: pinyin mistyped, a foreign word written by sound, a word translated. */
function byRoughSound(q: NamePart, e: NamePart): Likeness | undefined {
  const [han, other] = q.script === 'han' ? [q, e] : [e, q];
  if (other.script !== 'latin' || han.class === 'place' || other.class === 'place') return undefined;
  // 三 is the 3 of 3D.
  const share = han.meanings?.get(other.token) ?? han.meanings?.get(/^(\d+)[a-z]{1,2}$/.exec(other.token)?.[1] ?? '');
  // A trade that is also one character of a brand is no translation of it.
  const meant =
    share === undefined || (share < 1 && other.class === 'common')
      ? undefined
      : {
          score: MEANT.least + (MEANT.all - MEANT.least) * (isOneSyllable(han) ? 0.5 : share),
          how: 'a word of the brand translated',
        };
  if (other.token.length < 3) return meant;
  const read = han.readings.find(({ how }) => how === 'read aloud')?.key ?? '';
  const near = read.length >= 5 ? mistyped(read, other.token) : undefined;
  return best(near && { ...near, how: `read aloud, ${near.how}` }, byEar(han, other), partly(read, han, other), meant);
}

/** 宏达伟业 as Hongda: firms use the beginning of their brand, seldom the end of it, and some characters are lost on the way. */
const PARTLY = { beginning: 0.7, end: 0.56, within: 0.5 };

function partly(read: string, han: NamePart, other: NamePart): Likeness | undefined {
  const how = 'a part of the brand read aloud';
  const { token } = other;
  if (other.class !== 'brand' || read.length < 2) return undefined;
  if (han.token.length >= 3 && han.beginnings?.includes(token) === true) return { score: PARTLY.beginning, how };
  if (token.length >= 4 && token !== read && token.length <= read.length + 5 && isRunOfSyllables(token))
    return token.endsWith(read) || token.startsWith(read) ? { score: PARTLY.within, how } : undefined;
  return han.token.length >= 3 && token.length >= 5 && read.endsWith(token) ? { score: PARTLY.end, how } : undefined;
}

function byEar(han: NamePart, other: NamePart): Likeness | undefined {
  let alike = 0;
  const heard = soundsOfWord(other.token);
  for (const sounds of han.sounds ?? []) alike = Math.max(alike, likeBySound(sounds, heard));
  if (alike < LEAST_BY_EAR) return undefined;
  const consonants = heard.replace(/[aeiou]/g, '').length;
  const longer = Math.min(MOST_FOR_LENGTH, FOR_CONSONANT * (consonants - FEW_CONSONANTS));
  return { score: GUESS + alike - LEAST_BY_EAR + longer, how: 'it sounds alike' };
}

function best(...found: (Likeness | undefined)[]): Likeness | undefined {
  let most: Likeness | undefined;
  for (const each of found) if (each && each.score > (most?.score ?? 0)) most = each;
  return most;
}
