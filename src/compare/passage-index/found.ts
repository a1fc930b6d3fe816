/** What is said of one document that shares something with the one asked about. */
import { COPY_LEAST, PASSAGE_LEAST, type SharedKind, WHOLE_LEAST, WHOLE_SHARE, judgeCopy } from '../passages.js';
import type { Plain } from './asked.js';
import type { BoilerplateRange } from './boilerplate.js';
import type { Compared } from './compared.js';
import { WEIGHT_OF_UNIT } from './weights.js';

export interface Found {
  document: number;
  relation: { ofThis: SharedKind; ofOther: SharedKind };
  /** Exact runs: triples of place in this text, place in the other, length, in folded units. */
  runs: Uint32Array;
  /** Shares of letters and digits, 0..1, over everything … */
  sharedOfThis: number;
  sharedOfOther: number;
  /** … and over what is no formula; of the other at least so much, where more would change nothing that is said. */
  plainOfThis: number;
  plainOfOther: number;
  /** In CJK units. */
  covered: number;
  longestChain: number;
  /** Formulae among what is shared, in this text, each with how many otherwise different sources carry it. */
  boilerplate: BoilerplateRange[];
  /** All that is shared is formulae. */
  isOnlyBoilerplate: boolean;
  /** Equal once folded. */
  isSameText: boolean;
  /** The held document whose reference led there. */
  via?: number;
}

/** Folded text equal and at least this long is "the same text". */
const SAME_LEAST = 60;

/** A smaller part of the share a copy needs would take a text that is nearly all formulae; that text is not gone through for it. */
const NEVER_A_COPY = 0.4;

interface Judged {
  document: number;
  compared: Compared;
  plain: Plain;
  other: Uint16Array;
  plainOfOther: () => Plain;
  minimumShare: number;
  via: number | undefined;
}

/** Undefined: nothing worth saying. */
export function foundIn({
  document,
  compared,
  plain,
  other,
  plainOfOther,
  minimumShare,
  via,
}: Judged): Found | undefined {
  const { runs, covered, otherCovered } = compared;
  const sharedOfThis = share(covered.units, plain.units.length);
  const sharedOfOther = share(otherCovered, other.length);
  const longestChain = inUnits(compared.longestChain);
  const mayBe = { sharedOfThis, sharedOfOther, covered: inUnits(covered.weight), longestChain };
  // Without formulae a share may be larger, so only what is covered rules out a copy before the other is looked at whole.
  if (longestChain < PASSAGE_LEAST && Math.max(sharedOfThis, sharedOfOther) < minimumShare / 2) return undefined;
  const plainHere = inUnits(covered.plainWeight);
  const there = mayDecide({
    sharedOfOther,
    plainOfOther: share(compared.otherPlainCovered, other.length),
    plainHere,
    covered: mayBe.covered,
    minimumShare,
  })
    ? plainOfOther()
    : undefined;
  const leftThere = there?.plainUnits[other.length] ?? other.length;
  const discounted = {
    sharedOfThis: share(covered.plainUnits, plain.plainUnits[plain.units.length]!),
    sharedOfOther: share(Math.min(compared.otherPlainCovered, leftThere), leftThere),
    covered: plainHere,
    plainOfThis: inUnits(plain.plainWeights[plain.units.length]!),
    plainOfOther: there ? inUnits(there.plainWeights[other.length]!) : Infinity,
    wholeOfThis: inUnits(plain.weights[plain.units.length]!),
    wholeOfOther: there ? inUnits(there.weights[other.length]!) : Infinity,
  };
  const relation = judgeCopy({ ...mayBe, discounted }, { minimumShare });
  if (!relation) return undefined;
  const isPassage = relation.ofThis !== 'copy' && relation.ofOther !== 'copy';
  return {
    document,
    relation,
    runs,
    sharedOfThis,
    sharedOfOther,
    plainOfThis: discounted.sharedOfThis,
    plainOfOther: discounted.sharedOfOther,
    covered: mayBe.covered,
    longestChain,
    boilerplate: sharedRanges(plain.boilerplate, runs),
    isOnlyBoilerplate: isPassage && inUnits(compared.longestPlainChain) < PASSAGE_LEAST,
    isSameText:
      runs.length === 3 && runs[2] === plain.units.length && runs[2] === other.length && runs[2] >= SAME_LEAST,
    ...(via === undefined ? {} : { via }),
  };
}

/**
 * Whether it takes the formulae of the other text to say if that one is copied. What is covered there is as much formula as it is
 * here; the rest can only raise the share.
 */
function mayDecide({
  sharedOfOther,
  plainOfOther,
  plainHere,
  covered,
  minimumShare,
}: {
  sharedOfOther: number;
  plainOfOther: number;
  plainHere: number;
  covered: number;
  minimumShare: number;
}): boolean {
  if (plainHere < COPY_LEAST) return sharedOfOther >= WHOLE_SHARE && covered >= WHOLE_LEAST;
  return plainOfOther < minimumShare && sharedOfOther >= NEVER_A_COPY * minimumShare;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000);
const inUnits = (weight: number): number => Math.round((weight / WEIGHT_OF_UNIT) * 100) / 100;

function sharedRanges(ranges: readonly BoilerplateRange[], runs: Uint32Array): BoilerplateRange[] {
  return ranges.filter(({ start, end }) => {
    for (let at = 0; at < runs.length; at += 3) if (runs[at]! < end && runs[at]! + runs[at + 2]! > start) return true;
    return false;
  });
}

/** Copies before passages, passages of nothing but formulae last; then by how much is shared. */
export function byWeight(a: Found, b: Found): number {
  return (
    classOf(a) - classOf(b) ||
    Math.max(b.plainOfThis, b.plainOfOther) - Math.max(a.plainOfThis, a.plainOfOther) ||
    b.covered - a.covered ||
    a.document - b.document
  );
}

function classOf({ relation, isOnlyBoilerplate }: Found): number {
  if (relation.ofThis === 'copy') return 0;
  if (relation.ofOther === 'copy') return 1;
  return isOnlyBoilerplate ? 3 : 2;
}

/** Answers of indexes over different documents, whose numbers the caller has made one row of. */
export function mergeFound(answers: readonly (readonly Found[])[], limit = Infinity): Found[] {
  return answers.flat().sort(byWeight).slice(0, limit);
}
