/** One question to the index: candidates, exact runs, and on from each holder to those it is referred from. */
import type { Kernel, SpanFinder } from '../kernel/index.js';
import type { Asked, AskingRoom, Plain } from './asked.js';
import { type Candidates, FEW_SHARED, FEW_WINDOWS } from './candidates.js';
import { type Compared, compareRuns } from './compared.js';
import { type Found, foundIn } from './found.js';
import type { Holdings } from './holdings.js';
import type { Reference } from './references.js';
import { weightOfUnits } from './weights.js';

/** A chain that makes a reference and a shared passage. */
export const PASSAGE = weightOfUnits(32);
/** Overlap from which a reference is followed. */
const FOLLOWED = weightOfUnits(20);
/** Stretches are mapped in proportion, which is some units off where words were put in or left out. */
const SLACK = 8;
/** References walked for one question: a form with a hundred thousand holders must slow nothing … */
const MOST_WALKED = 4_096;
/** … but who asks for all of them waits for them. */
const MOST_WALKED_IN_ALL = 1 << 18;

export interface Verified {
  document: number;
  other: Uint16Array;
  compared: Compared;
}

interface Followed {
  document: number;
  /** Weight of this text that references say is there. */
  weight: number;
  via: number;
  /** Stretches of this text it was followed to for: start and end in turn. */
  reached: number[];
}

interface Parts {
  asked: Asked;
  holdings: Holdings;
  candidates: Candidates;
  textOf: (document: number) => Uint16Array | undefined;
  kernel: Kernel;
  /** For the other text. */
  room: AskingRoom;
  minimumShare: number;
}

export class Search {
  readonly #parts: Parts;
  readonly #finder: SpanFinder;
  /** Weight of so much of the text that who holds it may hold a copy. */
  readonly #enough: number;
  readonly #verified = new Map<number, Verified | undefined>();
  readonly #followed = new Map<number, Followed>();
  /** References met; more than were walked are not counted one by one. */
  #walked = 0;
  /** Stretches to follow: document, from, to there, from, to here. */
  readonly #stretches: Stretch[] = [];
  #next = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#finder = parts.kernel.spans(parts.asked.units);
    this.#enough = parts.asked.weights[parts.asked.units.length]! * parts.minimumShare;
    parts.candidates.collect(parts.asked, parts.holdings);
  }

  /** Best first. */
  ranked(): number[] {
    return this.#parts.candidates.ranked(this.those());
  }

  /** Those that may hold a passage. */
  those(): number[] {
    return this.#parts.candidates.those(this.#parts.asked);
  }

  /** Whether a candidate shares so few windows, and so little around them, that it is one by chance. */
  isChance(slot: number): boolean {
    const { candidates } = this.#parts;
    return candidates.shared[slot]! <= FEW_SHARED && this.areChance(slot, candidates.windowsOf(slot));
  }

  /** The same of some of the windows that a candidate shares. */
  areChance(slot: number, windows: Uint32Array): boolean {
    const { asked, candidates, holdings, textOf } = this.#parts;
    if (asked.windows <= FEW_WINDOWS) return false;
    const { cjk, letters } = holdings.parameters;
    const other = textOf(candidates.documents[slot]!);
    if (!other) return false;
    const places = windows.map((window) => asked.at[window]!);
    return !this.#finder.hasRunAround(places, { cjk: cjk.window, letters: letters.window }, other);
  }

  /** Undefined: its text is gone. */
  verify(document: number): Verified | undefined {
    if (this.#verified.has(document)) return this.#verified.get(document);
    const other = this.#parts.textOf(document);
    const compared = other && compareRuns(this.#finder.runsIn(other), this.#parts.asked);
    const verified = other && compared ? { document, other, compared } : undefined;
    this.#verified.set(document, verified);
    return verified;
  }

  isVerified(document: number): boolean {
    return this.#verified.has(document);
  }

  found({ document, other, compared }: Verified): Found | undefined {
    const { asked, minimumShare } = this.#parts;
    return foundIn({
      document,
      compared,
      plain: asked,
      other,
      plainOfOther: () => this.#plainOf(other),
      minimumShare,
      via: this.#followed.get(document)?.via,
    });
  }

  #plainOf(other: Uint16Array): Plain {
    const { holdings, kernel, room } = this.#parts;
    return room.askPlain({ units: other, ...kernel.sketchFolded(other, holdings) }, holdings);
  }

  /** Holders that references from a verified document's chains lead to; through formulae only when asked. */
  follow({ document, compared }: Verified, { throughBoilerplate }: { throughBoilerplate: boolean }): void {
    if (!this.#parts.holdings.hasReferences(document)) return;
    for (const { start, end, otherStart, otherEnd } of compared.chains)
      this.#follow({ document, from: otherStart, to: otherEnd, start, end }, throughBoilerplate);
    // Wide before far: what is reached again for a part of the same stretch need not be gone through again.
    for (; this.#next < this.#stretches.length; this.#next++)
      this.#followStretch(this.#stretches[this.#next]!, throughBoilerplate);
  }

  /** Of a stretch that is not most of the text, what is no formula: a form's thousands of holders are not gone through for it. */
  #follow(stretch: Stretch, throughBoilerplate: boolean): void {
    const { asked } = this.#parts;
    const { document, from, to, start, end } = stretch;
    if (throughBoilerplate || asked.weights[end]! - asked.weights[start]! >= this.#enough) {
      this.#stretches.push(stretch);
      return;
    }
    const scale = (to - from) / (end - start);
    const take = (first: number, behind: number): void => {
      if (behind <= first || asked.weights[behind]! - asked.weights[first]! < FOLLOWED) return;
      const there = from + Math.floor((first - start) * scale);
      const last = Math.max(there + 1, Math.min(to, from + Math.ceil((behind - start) * scale)));
      this.#stretches.push({ document, from: there, to: last, start: first, end: behind });
    };
    let at = start;
    for (const range of asked.boilerplate) {
      if (range.end <= at) continue;
      if (range.start >= end) break;
      take(at, range.start);
      at = range.end;
    }
    take(at, end);
  }

  /** Its text is gone, so nothing says which of its references matter: all may. */
  followGone(representative: number): void {
    this.#parts.holdings.forEachOverlap({ representative, from: 0, to: Infinity }, ({ document }) => {
      if (++this.#walked > MOST_WALKED) return false;
      if (!this.#followed.has(document))
        this.#followed.set(document, { document, weight: FOLLOWED, via: representative, reached: [] });
      return true;
    });
  }

  #followStretch({ document: representative, from, to, start, end }: Stretch, throughBoilerplate: boolean): void {
    const { asked, holdings } = this.#parts;
    const { weights, plainWeights } = asked;
    /** What of it counts: of formulae only so much that it may be the whole text again. */
    const weightOf = (from: number, to: number): number => {
      const weight = weights[to]! - weights[from]!;
      return throughBoilerplate || weight >= this.#enough ? weight : plainWeights[to]! - plainWeights[from]!;
    };
    if (weightOf(start, end) < FOLLOWED) return;
    const scale = (end - start) / (to - from);
    holdings.forEachOverlap({ representative, from, to }, (reference) => {
      if (++this.#walked > (throughBoilerplate ? MOST_WALKED_IN_ALL : MOST_WALKED)) return false;
      const low = Math.max(from, reference.start);
      const high = Math.min(to, reference.start + reference.length);
      // What is rounded up must not reach behind the stretch, which may end where the text does.
      const last = Math.min(end, start + Math.ceil((high - from) * scale));
      const here = { start: start + Math.floor((low - from) * scale), end: last };
      const weight = weightOf(here.start, here.end);
      if (weight < FOLLOWED) return true;
      if (!this.#reach(reference, here, weight)) return true;
      if (!holdings.hasReferences(reference.document)) return true;
      const there = reference.documentLength / reference.length;
      const first = reference.documentStart + Math.floor((low - reference.start) * there);
      const behind = reference.documentStart + Math.ceil((high - reference.start) * there);
      this.#follow(
        { document: reference.document, from: first, to: Math.max(behind, first + 1), ...here },
        throughBoilerplate,
      );
      return true;
    });
  }

  /** False: it was reached for all of this before. */
  #reach(
    { document, representative }: Pick<Reference, 'document' | 'representative'>,
    { start, end }: { start: number; end: number },
    weight: number,
  ): boolean {
    const known = this.#followed.get(document);
    if (!known) {
      this.#followed.set(document, { document, weight, via: representative, reached: [start, end] });
      return true;
    }
    const { reached } = known;
    for (let at = 0; at < reached.length; at += 2)
      if (reached[at]! <= start + SLACK && reached[at + 1]! >= end - SLACK) return false;
    known.weight += weight;
    reached.push(start, end);
    return true;
  }

  /** Those followed to and not verified, of which references promise most first. */
  waiting(): Followed[] {
    return [...this.#followed.values()]
      .filter(({ document }) => !this.#verified.has(document))
      .sort((a, b) => b.weight - a.weight || a.document - b.document);
  }
}

interface Stretch {
  document: number;
  from: number;
  to: number;
  start: number;
  end: number;
}
