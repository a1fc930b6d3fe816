import {
  FINGERPRINT_DEFAULTS,
  type FingerprintParameters,
  type Kernel,
  type Sketch,
  kernel as fastKernel,
} from '../kernel/index.js';
import { type Asked, AskingRoom } from './asked.js';
import { type BoilerplateRange, bitOf } from './boilerplate.js';
import { Candidates } from './candidates.js';
import { type Covering, cover } from './covering.js';
import { type Found, byWeight } from './found.js';
import { Holdings, MOST_HOLDERS } from './holdings.js';
import { Search, type Verified } from './search.js';
import type { Segment } from './segment.js';

/** Folded text and its fingerprints. */
export type Sketched = Pick<Sketch, 'units' | 'at' | 'values'>;

export interface PassageIndexOptions {
  /** Folded text of a held document; undefined: it is gone. Asked only for documents that were inserted. */
  textOf: (document: number) => Uint16Array | undefined;
  /** Oldest first, as `segments` gave them. */
  segments?: readonly Segment[];
  kernel?: Kernel;
  /** What the sketches were made with. */
  parameters?: FingerprintParameters;
  /** Share of a notice, formulae aside, that makes a copy. */
  minimumShare?: number;
  /** Postings, or documents, after which the tail becomes a segment. */
  freezeAfter?: { postings: number; documents: number };
}

export interface LookupOptions {
  /** Documents of this group are revisions of the same notice, and no copies of it. */
  group?: number;
  /** Answers at most; as many more holders are looked at whom references name. */
  limit?: number;
  /** Also to all who hold no more of it than formulae. */
  throughBoilerplate?: boolean;
  /** Instead of that of the index. */
  minimumShare?: number;
}

export interface Answer {
  found: Found[];
  /** Further holders that references name and that were not looked at; at least so many. */
  more: number;
  /** Formulae of the text asked about, each with how many otherwise different sources carry it. */
  boilerplate: BoilerplateRange[];
}

export interface Inserted extends Answer {
  /** Passages that are held already, and windows that are new. */
  references: number;
  postings: number;
}

/** A stretch of a held document, in folded units. */
export interface Stretch {
  document: number;
  start: number;
  end: number;
}

const MINIMUM_SHARE = 0.5;
const FREEZE_AFTER = { postings: 1 << 20, documents: 1 << 15 };
const LIMIT = 20;
const MOST_CANDIDATES = 100;
/** Holders of no other window than of formulae that are looked at when not all are asked for: examples. */
const MOST_OF_FORMULAE = 3;
/** Share of a text's windows from which a holder of formulae may hold all of it. */
const WHOLE_WINDOWS = 0.3;
/** Holders by reference that an insert looks at: those who may have put together what is held in parts. */
const FOLLOWED_ON_INSERT = 2;

export class PassageIndex {
  readonly #holdings: Holdings;
  readonly #candidates = new Candidates();
  readonly #room = new AskingRoom();
  readonly #roomOfOther = new AskingRoom();
  readonly #holders = new Uint32Array(MOST_HOLDERS);
  readonly #textOf: (document: number) => Uint16Array | undefined;
  readonly #kernel: Kernel;
  readonly #minimumShare: number;
  readonly #freezeAfter: { postings: number; documents: number };

  constructor({
    textOf,
    segments = [],
    kernel = fastKernel(),
    parameters = FINGERPRINT_DEFAULTS,
    minimumShare = MINIMUM_SHARE,
    freezeAfter = FREEZE_AFTER,
  }: PassageIndexOptions) {
    this.#holdings = new Holdings(segments, parameters);
    this.#textOf = textOf;
    this.#kernel = kernel;
    this.#minimumShare = minimumShare;
    this.#freezeAfter = freezeAfter;
  }

  /** How many were inserted; the next has this number. */
  get documents(): number {
    return this.#holdings.documents;
  }

  /**
   * Takes in a document, and says what of those held it shares passages with: the holders it was held against, and who may
   * have been put together like it. `lookup` names all. Text of earlier documents must be readable, its own need not be yet.
   */
  insert({
    document,
    source,
    group,
    sketch,
  }: {
    document: number;
    source: number;
    group: number;
    sketch: Sketched;
  }): Inserted {
    if (document !== this.documents)
      throw new Error(`document ${document} is not the next one, ${this.documents}: they are inserted in order`);
    const { asked, search, covering } = this.#coverOf(document, sketch);
    const { tail } = this.#holdings;
    tail.sources.push(source);
    tail.groups.push(group);
    const postings = this.#hold(document, asked, covering);
    const isRevision = covering.verified.some((each) => this.#holdings.groupOf(each.document) === group);
    if (!isRevision && !covering.isContained) this.#countHolder(source, asked);
    const answer = this.#answerOf({ search, asked, group, verified: covering.verified });
    if (tail.postings >= this.#freezeAfter.postings || tail.documents >= this.#freezeAfter.documents) this.freeze();
    return { ...answer, references: covering.references.length, postings };
  }

  /** Who holds passages of this text, copies first. */
  lookup(
    sketch: Sketched,
    { group, limit = LIMIT, throughBoilerplate = false, minimumShare = this.#minimumShare }: LookupOptions = {},
  ): Answer {
    const { asked, search } = this.#ask(sketch, minimumShare);
    const verified: Verified[] = [];
    let [looks, ofFormulae] = [0, 0];
    for (const slot of search.ranked()) {
      if (looks === (throughBoilerplate ? Math.max(MOST_CANDIDATES, limit) : MOST_CANDIDATES)) break;
      const mayBeWhole = this.#candidates.shared[slot]! >= WHOLE_WINDOWS * asked.windows;
      const isOfFormulae = this.#candidates.plain[slot] === 0 && !mayBeWhole && !throughBoilerplate;
      if (isOfFormulae && ++ofFormulae > MOST_OF_FORMULAE) continue;
      if (search.isChance(slot)) continue;
      looks += 1;
      const document = this.#candidates.documents[slot]!;
      const each = search.verify(document);
      if (each) verified.push(each);
      else search.followGone(document);
    }
    for (const each of verified) search.follow(each, { throughBoilerplate });
    const waiting = search.waiting();
    for (const { document } of waiting.slice(0, limit)) {
      const each = search.verify(document);
      if (each) verified.push(each);
    }
    const found = this.#foundOf(search, verified, group);
    return { found: found.slice(0, limit), more: Math.max(0, waiting.length - limit), boilerplate: asked.boilerplate };
  }

  /** Those who hold a stretch of a held document, by reference and in order of their numbers: page by page, not verified. */
  holdersOf(
    { document, start, end }: Stretch,
    { after = -1, limit = 100 }: { after?: number; limit?: number } = {},
  ): { count: number; holders: Stretch[] } {
    const holders = new Map<number, Stretch>();
    this.#holdings.forEachOverlap({ representative: document, from: start, to: end }, (reference) => {
      if (!holders.has(reference.document)) {
        const from = reference.documentStart;
        holders.set(reference.document, {
          document: reference.document,
          start: from,
          end: from + reference.documentLength,
        });
      }
      return true;
    });
    const inOrder = [...holders.values()].sort((a, b) => a.document - b.document);
    return { count: holders.size, holders: inOrder.filter((each) => each.document > after).slice(0, limit) };
  }

  /**
   * A document that is never found again. What later ones were found by through it is indexed anew from their texts, oldest
   * first, so that they can be found without it.
   */
  remove(document: number): void {
    if (this.#holdings.isRemoved(document)) return;
    this.#holdings.remove(document);
    const { holders } = this.holdersOf({ document, start: 0, end: Infinity }, { limit: Infinity });
    for (const holder of holders) {
      const units = this.#textOf(holder.document);
      if (!units) continue;
      const { asked, covering } = this.#coverOf(holder.document, {
        units,
        ...this.#kernel.sketchFolded(units, this.#holdings),
      });
      this.#hold(holder.document, asked, covering);
    }
  }

  /** What was inserted becomes a segment, small segments become one. */
  freeze(): readonly Segment[] {
    this.#holdings.freeze();
    return this.segments;
  }

  /** All becomes one segment: fewest places to look at. */
  compact(): readonly Segment[] {
    this.#holdings.compact();
    return this.segments;
  }

  /** Without what was inserted since the last freeze. */
  get segments(): readonly Segment[] {
    return this.#holdings.segments;
  }

  #ask(sketch: Sketched, minimumShare: number): { asked: Asked; search: Search } {
    const asked = this.#room.ask(sketch, this.#holdings);
    const search = new Search({
      asked,
      holdings: this.#holdings,
      candidates: this.#candidates,
      textOf: this.#textOf,
      kernel: this.#kernel,
      room: this.#roomOfOther,
      minimumShare,
    });
    return { asked, search };
  }

  #coverOf(document: number, sketch: Sketched): { asked: Asked; search: Search; covering: Covering } {
    const { asked, search } = this.#ask(sketch, this.#minimumShare);
    return { asked, search, covering: cover({ document, asked, candidates: this.#candidates, search }) };
  }

  /** Puts down references and new windows; how many of these. */
  #hold(document: number, asked: Asked, { isCovered, references }: Covering): number {
    const { tail } = this.#holdings;
    for (const reference of references) tail.addReference(reference);
    let postings = 0;
    for (let window = 0; window < asked.windows; window++) {
      if (isCovered[window] || asked.found[window]! > MOST_HOLDERS || this.#isHeldBy(document, asked, window)) continue;
      tail.addPosting(asked.keys[window]!, document);
      postings += 1;
    }
    return postings;
  }

  /** Only of a document that is indexed anew. */
  #isHeldBy(document: number, asked: Asked, window: number): boolean {
    if (asked.found[window] === 0 || document + 1 === this.documents) return false;
    return this.#holders.subarray(0, this.#holdings.holders(asked, window, this.#holders)).includes(document);
  }

  /** One more otherwise different holder of what is held; the first it meets counts as one too. */
  #countHolder(source: number, asked: Asked): void {
    const own = bitOf(source);
    for (let window = 0; window < asked.windows; window++) {
      if (asked.found[window] === 0) continue;
      let bits = own;
      if (asked.counters[window] === 0) {
        const count = this.#holdings.holders(asked, window, this.#holders);
        for (let at = 0; at < count && bits === own; at++) bits |= bitOf(this.#holdings.sourceOf(this.#holders[at]!));
      }
      if ((bits & ~asked.counters[window]!) !== 0) this.#holdings.tail.keys.addBits(asked.keys[window]!, bits >>> 0);
    }
  }

  #answerOf({
    search,
    asked,
    group,
    verified,
  }: {
    search: Search;
    asked: Asked;
    group: number;
    verified: readonly Verified[];
  }): Answer {
    const enough = asked.plainWeights[asked.units.length]! * this.#minimumShare;
    const held = verified.reduce((sum, { compared }) => sum + compared.covered.plainWeight, 0);
    // Whoever holds most of it holds some of what was found, and no more.
    if (held >= enough) for (const each of verified) search.follow(each, { throughBoilerplate: false });
    const waiting = search.waiting();
    const all = [...verified];
    for (const { document, weight } of waiting.slice(0, FOLLOWED_ON_INSERT)) {
      const each = weight >= enough ? search.verify(document) : undefined;
      if (each) all.push(each);
    }
    return {
      found: this.#foundOf(search, all, group),
      more: waiting.length - (all.length - verified.length),
      boilerplate: asked.boilerplate,
    };
  }

  #foundOf(search: Search, verified: readonly Verified[], group: number | undefined): Found[] {
    return verified
      .filter(({ document }) => group === undefined || this.#holdings.groupOf(document) !== group)
      .map((each) => search.found(each))
      .filter((each) => each !== undefined)
      .sort(byWeight);
  }
}

export const createPassageIndex = (options: PassageIndexOptions): PassageIndex => new PassageIndex(options);
