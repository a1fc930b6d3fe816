/**
 * Names of one kind (people, or bodies) found by any reading of their words. The index is built once into flat arrays; a
 * query touches the lists of its own words alone, and only names that can still reach the threshold are aligned
 * (facts/screening §13).
 */
import { BoundedMap } from './bounded-map.js';
import { type Aligned, type Compare, type ComparedName, alignNames } from './names/align.js';
import { type Likeness, compareParts } from './names/compare.js';
import { hashOf, keysOf } from './names/keys.js';
import { packPart, partKey, unpackPart } from './names/part-store.js';
import { type NamePart, type NameParts, partsOf } from './names/parts.js';
import { initialsOf, joins, runsOf } from './names/runs.js';
import {
  type Lists,
  type Table,
  TableMaker,
  forEach,
  listSections,
  listsOf,
  openLists,
  openTable,
  tableSections,
} from './names/table.js';
import { alternativesOf } from './names/tokens.js';
import {
  type FlatArray,
  type PartSections,
  type Texts,
  TextsMaker,
  openSections,
  packSections,
  partSections,
} from './sections.js';

export interface Found extends Aligned {
  /** Number of the name, as added. */
  name: number;
  entry: ComparedName;
  /** The name asked, as it was compared. */
  query: NameParts;
}

/** Names that are aligned at most, best first. */
const MOST_ALIGNED = 32;
const MOST_RANKED = 64;
/** A word less like than this does not bring a name in. */
const LEAST_LIKE = 0.5;
/** Asked for less than this, the caller wants the nearest, however far. */
const RANKING = 0.5;
const MOST_CACHED = 20_000;
const MOST_WORDS = 4_000;
/** A part that is no word to look for: a legal form. */
const NO_WORD = 0xffffffff;

interface Expansion {
  words: Uint32Array;
  scores: Float32Array;
  /** Names that hold any of the words. */
  size: number;
}

/** The arrays of an index; equal names give equal arrays. */
export function makeNameIndex(names: readonly string[], person: boolean): Map<string, FlatArray> {
  const words = new Map<string, number>();
  const parts = new Map<string, number>();
  const texts = new TextsMaker();
  const wordOf: number[] = [];
  const partOfWord: number[] = [];
  const postings: number[][] = [];
  const keys = new TableMaker();
  const runs = new TableMaker();
  const heavy = new Uint8Array(names.length);
  const marks = new Uint8Array(names.length);
  const cut: number[][] = [];
  const addWord = (part: NamePart, at: number): number => {
    const key = wordKey(part);
    let word = words.get(key);
    if (word === undefined) {
      word = postings.push([]) - 1;
      words.set(key, word);
      for (const hash of keysOf(part, 'list')) keys.add(hash, word);
    }
    if (postings[word]!.at(-1) !== at) postings[word]!.push(at);
    return word;
  };
  for (const [at, name] of names.entries()) {
    const whole = partsOf(name, { person });
    heavy[at] = Math.min(255, whole.parts.filter(isHeavy).length);
    marks[at] = (whole.isGeneric ? GENERIC : 0) | (whole.nonprofit ? NONPROFIT : 0);
    cut.push(
      whole.parts.map((part) => {
        const word = part.class === 'form' ? NO_WORD : addWord(part, at);
        const key = partKey(part);
        let id = parts.get(key);
        if (id === undefined) {
          id = wordOf.push(word) - 1;
          parts.set(key, id);
          texts.add(packPart(part));
          if (word !== NO_WORD) partOfWord[word] ??= id;
        }
        return id;
      }),
    );
    for (const hash of runsOf(whole.parts)) runs.add(hash, at);
  }
  return new Map([
    ...texts.make('parts'),
    ['wordOf', Uint32Array.from(wordOf)],
    ['partOfWord', Uint32Array.from(partOfWord)],
    ['heavy', heavy],
    ['marks', marks],
    ...listSections('cut', listsOf(cut)),
    ...listSections('postings', listsOf(postings)),
    ...tableSections('byKey', keys.make()),
    ...tableSections('byRun', runs.make()),
  ]);
}

const GENERIC = 1;
const NONPROFIT = 2;

export class NameIndex {
  readonly #person: boolean;
  readonly #texts: Texts;
  /** Read back when first compared: most never are. */
  readonly #parts: (NamePart | undefined)[];
  readonly #wordOf: Uint32Array;
  readonly #partOfWord: Uint32Array;
  readonly #cut: Lists;
  readonly #marks: Uint8Array;
  readonly #byKey: Table;
  readonly #postings: Lists;
  /** Names by two neighbours written as one, and by initials. */
  readonly #byRun: Table;
  /** How many words name it. */
  readonly #heavy: Uint8Array;
  readonly #points: Float32Array;
  readonly #counts: Uint8Array;
  readonly #stamp: Uint32Array;
  readonly #seen: Uint32Array;
  #round = 0;
  #onCut: () => void = () => undefined;
  #seenRound = 0;
  readonly #cache = new BoundedMap<string, Expansion>(MOST_CACHED);

  /** Over the arrays that `makeNameIndex` made; threads may share them. */
  constructor(sections: PartSections, person: boolean) {
    this.#person = person;
    this.#texts = sections.texts('parts');
    this.#parts = new Array<NamePart | undefined>(this.#texts.length);
    this.#wordOf = sections.u32('wordOf');
    this.#partOfWord = sections.u32('partOfWord');
    this.#cut = openLists(sections, 'cut');
    this.#marks = sections.u8('marks');
    this.#byKey = openTable(sections, 'byKey');
    this.#byRun = openTable(sections, 'byRun');
    this.#postings = openLists(sections, 'postings');
    this.#heavy = sections.u8('heavy');
    const count = this.#heavy.length;
    this.#points = new Float32Array(count);
    this.#counts = new Uint8Array(count);
    this.#stamp = new Uint32Array(count);
    this.#seen = new Uint32Array(count);
  }

  get size(): number {
    return this.#heavy.length;
  }

  #partAt(id: number): NamePart {
    return (this.#parts[id] ??= unpackPart(this.#texts.at(id), this.#wordOf[id]!));
  }

  #nameAt(name: number): ComparedName {
    const { starts, values } = this.#cut;
    const parts: NamePart[] = [];
    for (let at = starts[name]!; at < starts[name + 1]!; at++) parts.push(this.#partAt(values[at]!));
    const marks = this.#marks[name]!;
    return {
      parts,
      isGeneric: (marks & GENERIC) !== 0,
      nonprofit: (marks & NONPROFIT) !== 0,
      person: this.#person,
    };
  }

  /**
   * Names at least this like, best first; equal ones in the order they were added. `onCut` is told when there were more to
   * compare, or to return, than are: then a further name in the index may change the answer.
   */
  search(
    name: string,
    least: number,
    most: number,
    { allows, onCut = () => undefined }: { allows?: (name: number) => boolean; onCut?: () => void } = {},
  ): Found[] {
    this.#onCut = onCut;
    const best = new Map<number, Found>();
    for (const alternative of alternativesOf(name)) {
      const query = partsOf(alternative, { person: this.#person });
      const compare = remembering();
      for (const at of this.#candidates(query, least, allows)) {
        const entry = this.#nameAt(at);
        const aligned = alignNames(query, entry, compare);
        if (aligned.score >= least && aligned.score > (best.get(at)?.score ?? 0))
          best.set(at, { name: at, entry, query, ...aligned });
      }
    }
    if (best.size > most) onCut();
    return [...best.values()].sort((a, b) => b.score - a.score || a.name - b.name).slice(0, most);
  }

  #candidates(query: NameParts, least: number, allows?: (name: number) => boolean): number[] {
    const parts = query.parts.filter(({ class: kind }) => kind !== 'form');
    if (parts.length === 0) return [];
    const own = parts.filter(isOwn);
    // Kinds and trades bring nobody in while there is a word that names.
    const asked = (own.length > 0 && least >= RANKING ? own : parts).map((part) => ({ part, ...this.#expand(part) }));
    asked.sort((a, b) => a.size - b.size || (a.part.token < b.part.token ? -1 : 1));
    const touched: number[] = [];
    this.#round = (this.#round + 1) >>> 0;
    const strict = this.#person && least > 0.66 && own.length > 0;
    for (const [order, each] of asked.entries())
      this.#collect(each, strict && order > 0 ? asked.length - order : 255, touched);
    this.#collectRuns(parts, touched);
    const total = (own.length > 0 ? own : parts).reduce((sum, { weight }) => sum + weight, 0);
    return this.#bestOf(touched, { strict, count: own.length, total, least, allows });
  }

  /** Adds one query word's points to every name that has a word like it; new names only if as short as `room`. */
  #collect({ part, words, scores }: Expansion & { part: NamePart }, room: number, touched: number[]): void {
    const { starts, values } = this.#postings;
    const [stamp, points, counts, heavy, round] = [this.#stamp, this.#points, this.#counts, this.#heavy, this.#round];
    const seen = this.#seen;
    this.#seenRound += 1;
    for (let w = 0; w < words.length; w++) {
      const gain = part.weight * scores[w]!;
      const word = words[w]!;
      for (let at = starts[word]!; at < starts[word + 1]!; at++) {
        const name = values[at]!;
        if (stamp[name] !== round) {
          if (heavy[name]! > room) continue;
          stamp[name] = round;
          points[name] = 0;
          counts[name] = 0;
          touched.push(name);
        }
        // Words come best first: a second like word of the same name adds nothing.
        if (seen[name] === this.#seenRound) continue;
        seen[name] = this.#seenRound;
        points[name]! += gain;
        counts[name]! += 1;
      }
    }
  }

  #collectRuns(parts: readonly NamePart[], touched: number[]): void {
    const gain = (name: number, weight: number): void => {
      if (this.#stamp[name] !== this.#round) {
        this.#stamp[name] = this.#round;
        this.#points[name] = 0;
        touched.push(name);
        this.#counts[name] = 0;
      }
      this.#points[name]! += weight;
      this.#counts[name] = 200;
    };
    for (const part of parts) {
      for (const { key } of part.readings)
        forEach(this.#byRun, hashOf('j', key), (name) => {
          gain(name, part.weight);
        });
      if (part.skeleton !== '')
        forEach(this.#byRun, hashOf('k', part.skeleton), (name) => {
          gain(name, part.weight);
        });
      if (part.bones.length >= 4 && part.script === 'arabic')
        forEach(this.#byRun, hashOf('l', part.bones), (name) => {
          gain(name, part.weight);
        });
      if (part.sino !== '')
        forEach(this.#byRun, hashOf('m', part.sino), (name) => {
          gain(name, part.weight);
        });
      if (part.class === 'brand' && part.token.length >= 3 && part.token.length <= 7)
        forEach(this.#byRun, hashOf('a', part.skeleton || part.token), (name) => {
          gain(name, part.weight);
        });
    }
    this.#collectJoined(parts, gain);
  }

  /** What the query writes as two words and a name as one. */
  #collectJoined(parts: readonly NamePart[], gain: (name: number, weight: number) => void): void {
    const { starts, values } = this.#postings;
    const words = (hash: number, weight: number): void => {
      forEach(this.#byKey, hash, (word) => {
        const end = Math.min(starts[word + 1]!, starts[word]! + MOST_WORDS);
        if (end < starts[word + 1]!) this.#onCut();
        for (let at = starts[word]!; at < end; at++) gain(values[at]!, weight);
      });
    };
    for (const { text, skeleton, bones, arabic, sino, weight } of joins(parts)) {
      words(hashOf('r', text), weight);
      if (skeleton.length >= 4) words(hashOf('s', skeleton), weight);
      if (arabic && bones.length >= 4) words(hashOf('b', bones), weight);
      if (sino !== '') words(hashOf('n', sino), weight);
    }
    const initials = initialsOf(parts);
    if (initials.length >= 3) words(hashOf('r', initials), 1);
  }

  #bestOf(
    touched: number[],
    {
      strict,
      count,
      total,
      least,
      allows,
    }: {
      strict: boolean;
      count: number;
      total: number;
      least: number;
      allows: ((name: number) => boolean) | undefined;
    },
  ): number[] {
    const [points, counts, heavy] = [this.#points, this.#counts, this.#heavy];
    const need = (this.#person ? 0.4 : 0.45) * total * Math.min(1, least / 0.7);
    const able = touched.filter((name) => {
      // A word left over on both sides contradicts, and a contradicted person is below any threshold asked.
      if (strict && counts[name]! < count && counts[name]! < heavy[name]!) return false;
      return points[name]! >= need && (allows === undefined || allows(name));
    });
    for (const name of able) points[name]! /= Math.sqrt(total + 0.35 * heavy[name]!);
    const most = least >= RANKING ? MOST_ALIGNED : MOST_RANKED;
    if (able.length > most) this.#onCut();
    return able.sort((a, b) => points[b]! - points[a]! || a - b).slice(0, most);
  }

  /** Words of the lists like this one, best first; kept, because names share their words. */
  #expand(part: NamePart): Expansion {
    return this.#cache.getOrMake(wordKey(part), () => this.#findLike(part));
  }

  #findLike(part: NamePart): Expansion {
    const met = new Set<number>();
    const like: { word: number; score: number }[] = [];
    for (const hash of keysOf(part, 'query')) {
      forEach(this.#byKey, hash, (word) => {
        if (met.has(word)) return;
        met.add(word);
        const score = compareParts(part, this.#partAt(this.#partOfWord[word]!))?.score ?? 0;
        if (score >= LEAST_LIKE) like.push({ word, score });
      });
    }
    like.sort((a, b) => b.score - a.score || a.word - b.word);
    const { starts } = this.#postings;
    return {
      words: Uint32Array.from(like, ({ word }) => word),
      scores: Float32Array.from(like, ({ score }) => score),
      size: like.reduce((sum, { word }) => sum + starts[word + 1]! - starts[word]!, 0),
    };
  }
}

/** For one query: its few words meet the same listed words again and again. */
function remembering(): Compare {
  const known = new Map<NamePart, Map<NamePart, Likeness | undefined>>();
  return (query, entry) => {
    let mine = known.get(query);
    if (!mine) known.set(query, (mine = new Map<NamePart, Likeness | undefined>()));
    if (mine.has(entry)) return mine.get(entry);
    const likeness = compareParts(query, entry);
    mine.set(entry, likeness);
    return likeness;
  };
}

/** An index over names at hand. */
export function nameIndexOf(names: readonly string[], person: boolean): NameIndex {
  const shared = packSections(undefined, new Map(partSections('names', makeNameIndex(names, person))));
  return new NameIndex(openSections(shared)!.of('names'), person);
}

const wordKey = (part: NamePart): string =>
  `${part.class === 'brand' ? (part.patronymic ? 'p' : 'b') : (part.term ?? part.class)} ${part.token}`;
const isHeavy = ({ class: kind }: NamePart): boolean => kind === 'brand' || kind === 'initial';
const isOwn = ({ class: kind }: NamePart): boolean => kind === 'brand' || kind === 'number' || kind === 'initial';
