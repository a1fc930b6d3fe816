/** The words of all listed names, each once, with what was read out of them: read back in a fraction of the time it took. */
import { type NamePart, SCRIPTS } from './part.js';
import { HOWS, type WordReading } from './transliterate.js';
import { WORD_CLASSES as CLASSES } from './words.js';

/** What only Chinese brands have. */
type PackedBrand = [meanings: [string, number][], beginnings: readonly string[], sounds: readonly string[], otherRoughs: readonly string[]]; // prettier-ignore

type Packed = [
  token: string, kind: number, weight: number, script: number, readings: (string | number)[], skeleton: string, consonants: string,
  rough: string, bones: string, sino: string, father: string, given: number, flags: number, term: string | 0, number: number | null, brand: PackedBrand | 0,
]; // prettier-ignore

export function packPart(part: NamePart): string {
  const packed: Packed = [
    part.token,
    CLASSES.indexOf(part.class),
    part.weight,
    SCRIPTS.indexOf(part.script),
    part.readings.flatMap(({ key, how }) => [key, HOWS.indexOf(how)]),
    part.skeleton,
    part.consonants,
    part.rough,
    part.bones,
    part.sino,
    part.father,
    part.given,
    (part.patronymic ? 1 : 0) + (part.initial ? 2 : 0),
    part.term ?? 0,
    part.number ?? null,
    part.meanings === undefined
      ? 0
      : [[...part.meanings], part.beginnings ?? [], part.sounds ?? [], part.otherRoughs ?? []],
  ];
  return JSON.stringify(packed);
}

/** One order of fields for all: what is compared a million times should be of one shape. */
export function unpackPart(text: string, word: number): NamePart {
  const [token, kind, weight, script, flat, skeleton, consonants, rough, bones, sino, father, given, flags, term, number, brand] =
    JSON.parse(text) as Packed; // prettier-ignore
  const readings: WordReading[] = [];
  for (let at = 0; at < flat.length; at += 2)
    readings.push({ key: flat[at] as string, how: HOWS[flat[at + 1] as number]! });
  return {
    token,
    class: CLASSES[kind]!,
    readings,
    weight,
    script: SCRIPTS[script]!,
    skeleton,
    rough,
    consonants,
    bones,
    term: term === 0 ? undefined : term,
    given,
    sino,
    number: number === null ? undefined : number,
    meanings: brand === 0 ? undefined : new Map(brand[0]),
    beginnings: brand === 0 ? undefined : brand[1],
    sounds: brand === 0 ? undefined : brand[2],
    otherRoughs: brand === 0 ? undefined : brand[3],
    patronymic: (flags & 1) !== 0,
    father,
    initial: (flags & 2) !== 0,
    word,
  };
}

/** Two parts with one key are one part. */
export const partKey = ({ class: kind, token, term = '', weight, patronymic, given }: NamePart): string =>
  `${CLASSES.indexOf(kind)} ${weight} ${patronymic ? 1 : 0} ${given} ${term} ${token}`;
