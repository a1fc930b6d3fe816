/**
 * Who owns whom, as ways with the shares that the list prints (facts/screening §9). Data, never a conclusion: a share makes nobody listed,
 * a minority controls nobody, and what is not printed is not known. Circles, hubs of thousands and chains without end are cut, and what is
 * left out is counted.
 */
import type { Day } from '../model/index.js';
import type { LinkEdge, LinkGraph, LinkParty } from './links.js';
import { type Share, inWords, product, shareOf, sum } from './shares.js';

/** One owns another, by everything that the list says of it at present. */
export interface OwnershipStep {
  owner: LinkParty;
  owned: LinkParty;
  /** Absent where no share is printed, or none that is a number. From least to most where the list gives several. */
  share?: Share;
  says: LinkEdge[];
}

export interface OwnershipPath {
  /** From the owner down to the owned. */
  steps: OwnershipStep[];
  /** Absent where the share of one step is not known. */
  share?: Share;
  /** With the arithmetic: what is shown instead of a verdict. */
  words: string;
}

/** Everything that is known of one party's share in another. */
export interface Stake {
  owner: LinkParty;
  owned: LinkParty;
  paths: OwnershipPath[];
  /** Along all ways, where each of them is known. */
  share?: Share;
  words: string;
}

/** Direct shares of several listed owners in one party, added up. */
export interface SharesTogether {
  owned: LinkParty;
  owners: OwnershipStep[];
  share: Share;
  words: string;
}

export interface EntryLinks {
  party: LinkParty;
  on: Day;
  /** All relations of the entry, also former ones and those that are no ownership. */
  links: readonly LinkEdge[];
  owners: Stake[];
  owned: Stake[];
  together: SharesTogether[];
  /** Steps that were not followed because of a limit; 0: this is all of it. */
  leftOut: number;
}

export interface LinkLimits {
  /** Steps of one way. */
  depth: number;
  /** Owners, or owned, of one party that are followed. */
  breadth: number;
  /** Ways in all, up and down each. */
  paths: number;
}

const LIMITS: LinkLimits = { depth: 6, breadth: 50, paths: 500 };

/** Undefined for an entry that is not in force on the graph's day. */
export function linksOf(graph: LinkGraph, entry: string, limits: Partial<LinkLimits> = {}): EntryLinks | undefined {
  const party = graph.party(entry);
  if (!party) return undefined;
  const [up, down] = [new Walk(graph, 'owned', limits), new Walk(graph, 'owner', limits)];
  const [owners, owned] = [up.stakes(party), down.stakes(party)];
  const parties = [party, ...owners.map((stake) => stake.owner), ...owned.map((stake) => stake.owned)];
  const together = parties.flatMap((each) => sharesTogether(graph, each));
  const { on } = graph;
  return { party, on, links: graph.edges(party), owners, owned, together, leftOut: up.leftOut + down.leftOut };
}

type Side = 'owner' | 'owned';

/** Present ownership with the party on this side. A name that is no entry leads nowhere: two may bear it. */
function stepsOf(graph: LinkGraph, party: LinkParty, side: Side): OwnershipStep[] {
  if (party.entry === undefined) return [];
  const says = new Map<LinkParty, LinkEdge[]>();
  for (const edge of graph.edges(party)) {
    const [own, other] = side === 'owner' ? [edge.from, edge.to] : [edge.to, edge.from];
    if (edge.kind === 'ownership' && !edge.isFormer && own === party)
      says.set(other, [...(says.get(other) ?? []), edge]);
  }
  return [...says].map(([other, edges]) => {
    // Two sources of one stake are two words on it, and not two stakes: they are never added up.
    const shares = edges.flatMap(({ percentage }) => shareOf(percentage) ?? []);
    const share = { least: Math.min(...shares.map((s) => s.least)), most: Math.max(...shares.map((s) => s.most)) };
    const ends = side === 'owner' ? { owner: party, owned: other } : { owner: other, owned: party };
    return { ...ends, ...(shares.length === 0 ? {} : { share }), says: edges };
  });
}

/** All ways from one party along ownership, up from the owned or down from the owner. */
class Walk {
  leftOut = 0;
  readonly #graph: LinkGraph;
  readonly #side: Side;
  readonly #limits: LinkLimits;
  readonly #found = new Map<LinkParty, OwnershipPath[]>();
  #paths = 0;

  constructor(graph: LinkGraph, side: Side, limits: Partial<LinkLimits>) {
    this.#graph = graph;
    this.#side = side;
    this.#limits = { ...LIMITS, ...limits };
  }

  stakes(party: LinkParty): Stake[] {
    this.#go(party, [], new Set([party]));
    return [...this.#found].map(([end, paths]) =>
      this.#side === 'owned' ? stakeOf(end, party, paths) : stakeOf(party, end, paths),
    );
  }

  #go(at: LinkParty, way: readonly OwnershipStep[], been: ReadonlySet<LinkParty>): void {
    const { breadth, depth, paths } = this.#limits;
    const steps = stepsOf(this.#graph, at, this.#side);
    this.leftOut += Math.max(steps.length - breadth, 0);
    for (const step of steps.slice(0, breadth)) {
      const next = this.#side === 'owned' ? step.owner : step.owned;
      // A circle: firms that own each other. The way that comes back says nothing new.
      if (been.has(next)) continue;
      if (this.#paths >= paths || way.length >= depth) {
        this.leftOut += 1;
        continue;
      }
      this.#paths += 1;
      const all = this.#side === 'owned' ? [step, ...way] : [...way, step];
      const held = this.#found.get(next);
      if (held) held.push(pathOf(all));
      else this.#found.set(next, [pathOf(all)]);
      this.#go(next, all, new Set([...been, next]));
    }
  }
}

function pathOf(steps: OwnershipStep[]): OwnershipPath {
  const shares = steps.flatMap(({ share }) => share ?? []);
  const way = steps.map((step, at) => `${at === 0 ? '' : ', which '}${verb(step)} ${called(step.owned)}`).join('');
  const start = `${called(steps[0]!.owner)} ${way}`;
  if (shares.length < steps.length)
    return { steps, words: steps.length === 1 ? start : `${start}: the share along this way is not known` };
  const share = product(shares);
  const words = steps.length === 1 ? start : `${start}: ${shares.map(inWords).join(' × ')} = ${inWords(share)}`;
  return { steps, share, words };
}

function stakeOf(owner: LinkParty, owned: LinkParty, paths: OwnershipPath[]): Stake {
  if (paths.length === 1) {
    const { share, words } = paths[0]!;
    return { owner, owned, paths, ...(share ? { share } : {}), words };
  }
  const shares = paths.flatMap(({ share }) => share ?? []);
  const unknown = paths.length - shares.length;
  const known = shares.length === 0 ? [] : [`${shares.map(inWords).join(' + ')} = ${inWords(sum(shares))}`];
  const rest = unknown === 0 ? [] : [`not known along ${unknown} of them`];
  const words = `${called(owner)} has a share in ${called(owned)} along ${paths.length} ways: ${[...known, ...rest].join('; ')}`;
  return { owner, owned, paths, ...(unknown === 0 ? { share: sum(shares) } : {}), words };
}

/** Where two or more of the owners are listed themselves and their shares are printed. */
function sharesTogether(graph: LinkGraph, owned: LinkParty): SharesTogether[] {
  const owners = stepsOf(graph, owned, 'owned').filter(({ owner, share }) => owner.isListed && share);
  if (owners.length < 2) return [];
  const share = sum(owners.flatMap((step) => step.share ?? []));
  const parts = owners.map((step) => `${inWords(step.share!)} (${called(step.owner)})`).join(' + ');
  const words = `listed owners of ${called(owned)}, by what the list says: ${parts} = ${inWords(share)}`;
  return [{ owned, owners, share, words }];
}

/** A share where one is printed; else the list's own word in quotes, and that the share is not known. Never that a share controls. */
function verb({ share, says }: OwnershipStep): string {
  if (share) return `owns ${inWords(share)} of`;
  const words = says.map(({ percentage, says: word }) => percentage ?? word).filter((word) => word !== undefined);
  const quoted =
    words.length === 0 ? '' : `; the list says ${[...new Set(words)].map((word) => `“${word}”`).join(', ')}`;
  return `owns (share not known${quoted})`;
}

function called({ name, entry, isListed }: LinkParty): string {
  return `${name}${entry === undefined || name === entry ? '' : ` (${entry})`}${isListed ? '' : ' [not on this list]'}`;
}
