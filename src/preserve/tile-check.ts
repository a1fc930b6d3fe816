/** Which of entry bundles and hash tiles are right, by the root that was signed, and which tiles can be made again. */
import { type Hash, equalBytes, rootOf } from '../verify/index.js';
import type { Problem } from './log-check.js';
import { type TileWrite, WIDTH, tilePath } from './tiles.js';

/** 256 entries, or the last of them: what the bundle says and what the tile says. */
export interface Chunk {
  n: number;
  width: number;
  /** Undefined where the bundle is missing or malformed. */
  fromEntries: Hash | undefined;
  /** Undefined where the tile is missing, of another size, or says the same as the entries. */
  fromTile: Hash | undefined;
  hasTile: boolean;
  /** The first entry on which the two disagree. */
  wrong: number | undefined;
  /** Hashes of the entries where the tile does not hold them. */
  hashes: Hash[] | undefined;
}

export interface TileFacts {
  chunks: readonly Chunk[];
  size: number;
  /** Undefined: nothing says which is right. */
  root: Hash | undefined;
  /** A hash tile as it lies there; undefined when it is missing or of another size. */
  read: (level: number, n: number, width: number) => Promise<Hash[] | undefined>;
}

export interface TileReport {
  problems: Problem[];
  remake: TileWrite[];
  /** The tree leads to the root, so that `units`, the root of each chunk, are right. */
  sound: boolean;
  units: Hash[];
  /** Chunks whose bundle is not what was signed: their tile tells which entries still are. */
  distrusted: Set<number>;
}

const label = (level: number | 'entries', n: number, width: number): string => tilePath('log', level, n, width);

export async function checkTiles(facts: TileFacts): Promise<TileReport> {
  const { chunks, size, root } = facts;
  const parents = await parentsOf(facts);
  const chosen = root && size > 0 ? choose(chunks, parents, root) : undefined;
  const report: TileReport = { problems: [], remake: [], sound: size === 0, units: [], distrusted: new Set() };
  if (chosen) Object.assign(report, { sound: true, units: chosen });
  for (const chunk of chunks) judge(chunk, chosen?.[chunk.n], report);
  if (root && size > 0 && !chosen && !report.problems.some(({ kind }) => kind === 'seen')) {
    const what = 'log/checkpoint: the entries do not lead to the root that was signed';
    report.problems.push({ kind: 'seen', what });
  }
  const known = chunks.map(({ fromEntries, fromTile, wrong }) =>
    wrong === undefined ? (fromEntries ?? fromTile) : undefined,
  );
  await checkUpper(facts, chosen ?? known, report);
  return report;
}

/** What the first level above says of each full chunk. */
async function parentsOf({ chunks, size, read }: TileFacts): Promise<(Hash | undefined)[]> {
  const full = Math.floor(size / WIDTH);
  const parents: (Hash | undefined)[] = [];
  for (let n = 0; n * WIDTH < full; n++) {
    const width = Math.min(WIDTH, full - n * WIDTH);
    parents.push(...((await read(1, n, width)) ?? Array.from({ length: width }, () => undefined)));
  }
  return chunks.map(({ n }) => parents[n]);
}

type Choice = (chunk: Chunk, parent: Hash | undefined) => Hash | undefined;

/** What the tile above says of a chunk on which bundle and tile disagree. */
const above: Choice = ({ wrong }, parent) => (wrong === undefined ? undefined : parent);
const entriesFirst: Choice = ({ fromEntries, fromTile }, parent) => fromEntries ?? fromTile ?? parent;
const tileFirst: Choice = ({ fromEntries, fromTile }, parent) => fromTile ?? fromEntries ?? parent;

/** Readings of a log in which bundles and tiles disagree; the one that leads to the root is right. The last chunk may have none above it. */
const READINGS: readonly Choice[] = [
  entriesFirst,
  tileFirst,
  (chunk, parent) => above(chunk, parent) ?? entriesFirst(chunk, parent),
  (chunk, parent) => above(chunk, parent) ?? tileFirst(chunk, parent),
];

/** A chunk is a subtree of its own, and RFC 6962 splits between chunks as it does between leaves. */
function choose(chunks: readonly Chunk[], parents: readonly (Hash | undefined)[], root: Hash): Hash[] | undefined {
  for (const reading of READINGS) {
    const units = chunks.map((chunk, at) => reading(chunk, parents[at]));
    if (units.every((unit) => unit !== undefined) && equalBytes(rootOf(units), root)) return units;
  }
  return undefined;
}

function judge(chunk: Chunk, right: Hash | undefined, report: TileReport): void {
  const { n, width, fromEntries, fromTile, wrong, hashes, hasTile } = chunk;
  const problem = (kind: Problem['kind'], level: number | 'entries', what: string): void => {
    report.problems.push({ kind, what: `${label(level, n, width)}: ${what}` });
  };
  const entriesAreRight = right !== undefined && fromEntries !== undefined && equalBytes(fromEntries, right);
  if (!fromEntries) problem('seen', 'entries', 'the bundle is missing or does not hold the entries it should');
  else if (wrong !== undefined && !entriesAreRight) {
    report.distrusted.add(n);
    const what = right
      ? `entry ${wrong} is not the one that was signed`
      : `entry ${wrong} does not have the hash in its tile, and nothing says which is right`;
    problem('seen', 'entries', what);
  }
  if (!hasTile) problem('made', 0, 'the hash tile is missing or has the wrong size');
  else if (wrong !== undefined && entriesAreRight)
    problem('made', 0, `entry ${wrong} does not have the hash in its tile`);
  else if (right && fromTile && !entriesAreRight && !equalBytes(fromTile, right))
    problem('made', 0, 'it is not the hash tile of what was signed');
  if (entriesAreRight && hashes) report.remake.push({ level: 0, n, width, bytes: packed(hashes) });
}

const packed = (hashes: readonly Hash[]): Uint8Array => new Uint8Array(Buffer.concat(hashes));

/** Every level above: made of the one below it and of nothing else. */
async function checkUpper(
  { size, read }: TileFacts,
  units: readonly (Hash | undefined)[],
  report: TileReport,
): Promise<void> {
  let below = units.slice(0, Math.floor(size / WIDTH));
  for (let level = 1; below.length > 0; level++) {
    const above: (Hash | undefined)[] = [];
    for (let n = 0; n * WIDTH < below.length; n++) {
      const wanted = below.slice(n * WIDTH, n * WIDTH + WIDTH);
      const known = wanted.every((hash) => hash !== undefined) ? wanted : undefined;
      const found = await read(level, n, wanted.length);
      const same = wanted.every((hash, at) => !hash || (found && equalBytes(hash, found[at]!)));
      if (!found || !same) {
        const what = found ? 'it is not made of the tiles below it' : 'the hash tile is missing or has the wrong size';
        report.problems.push({ kind: 'made', what: `${label(level, n, wanted.length)}: ${what}` });
        if (report.sound && known) report.remake.push({ level, n, width: wanted.length, bytes: packed(known) });
      }
      if (wanted.length === WIDTH) above.push(known && rootOf(known));
    }
    below = above;
  }
}
