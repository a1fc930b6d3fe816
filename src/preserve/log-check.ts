/**
 * The log looked at file by file, for `fsck`: nothing that is broken keeps the rest from being named. Entry bundles and the
 * checkpoint are *seen*; hash tiles are *made* of them. Where a bundle and its tile disagree, the one is right that leads to the
 * root that was signed; where neither does, that is said and nothing is remade.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogLeaf } from '../model/index.js';
import {
  type Checkpoint,
  type Hash,
  equalBytes,
  fromUtf8,
  leafHash,
  openCheckpoint,
  parseCanonical,
  parseCheckpoint,
  parseKey,
  rootOf,
  splitNote,
} from '../verify/index.js';
import { signedWell, wrongStamps } from './stamp-check.js';
import { StampFolder } from './stamps.js';
import { type Chunk, checkTiles } from './tile-check.js';
import { type TileWrite, WIDTH, tilePath, unpackEntries } from './tiles.js';

/** `seen`: evidence, which nothing here can make again · `made`: can be made again from what is seen · `stuck`: made, but not to be reached. */
export interface Problem {
  kind: 'seen' | 'made' | 'stuck';
  what: string;
}

export interface LogInspection {
  /** Entries of the checkpoint; where that cannot be trusted, those whose bundles are there. */
  size: number;
  problems: Problem[];
  /** Hash tiles that are missing or wrong, as the signed root says they must be. */
  remake: TileWrite[];
  /** Every entry that can be reached; `leaf` undefined for one that is none. Those a hash tile contradicts are left out. */
  leaves(): AsyncGenerator<{ index: number; leaf: LogLeaf | undefined }>;
}

export interface LogFolder {
  dir: string;
  origin: string;
  /** Undefined when the key is not to be had: signatures then are not checked, and nothing is remade. */
  vkey: string | undefined;
}

/** Never throws for what the files hold. */
export async function inspectLog(folder: LogFolder): Promise<LogInspection> {
  const files = new LogFiles(folder.dir);
  const { size, root, signed, problems } = await readHead(folder, files);
  const chunks: Chunk[] = [];
  for (let n = 0; n * WIDTH < size; n++) chunks.push(await files.chunk(n, Math.min(WIDTH, size - n * WIDTH)));
  const tiles = await checkTiles({ chunks, size, root, read: (level, n, width) => files.hashes(level, n, width) });
  problems.push(...tiles.problems);
  problems.push(...(await checkOlder(folder, tiles.sound ? { files, size, units: tiles.units } : undefined)));
  return {
    size,
    problems,
    remake: signed ? tiles.remake : [],
    leaves: () => reach(files, { size, distrusted: tiles.distrusted }),
  };
}

/** Reading only; a file that is missing or of another size is undefined. A partial one may have gone for the full one. */
class LogFiles {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  private async bytes(level: number | 'entries', n: number, width: number): Promise<Uint8Array | undefined> {
    const exact = await readFile(tilePath(this.dir, level, n, width)).catch(() => undefined);
    return exact ?? readFile(tilePath(this.dir, level, n, WIDTH)).catch(() => undefined);
  }

  async hashes(level: number, n: number, width: number): Promise<Hash[] | undefined> {
    const bytes = await this.bytes(level, n, width);
    if (!bytes || (bytes.length !== width * 32 && bytes.length !== WIDTH * 32)) return undefined;
    return Array.from({ length: width }, (_, at) => bytes.subarray(at * 32, at * 32 + 32));
  }

  async entries(n: number, width: number): Promise<Uint8Array[] | undefined> {
    const bytes = await this.bytes('entries', n, width);
    return bytes && (unpackEntries(bytes, width) ?? unpackEntries(bytes, WIDTH)?.slice(0, width));
  }

  async chunk(n: number, width: number): Promise<Chunk> {
    const entries = await this.entries(n, width);
    const tile = await this.hashes(0, n, width);
    const hashes = entries?.map((entry) => leafHash(entry));
    const wrong = hashes && tile ? hashes.findIndex((hash, at) => !equalBytes(hash, tile[at]!)) : -1;
    return {
      ...{ n, width, wrong: wrong < 0 ? undefined : n * WIDTH + wrong },
      fromEntries: hashes && rootOf(hashes),
      fromTile: wrong < 0 && hashes ? undefined : tile && rootOf(tile),
      hasTile: tile !== undefined,
      hashes: wrong < 0 && tile ? undefined : hashes,
    };
  }

  /** How many entries lie in bundles without a gap: as far as one can go without a checkpoint. */
  async reach(): Promise<number> {
    for (let n = 0; ; n++) {
      if (await this.entries(n, WIDTH)) continue;
      const names = await readdir(`${tilePath(this.dir, 'entries', n, WIDTH)}.p`).catch(() => []);
      const widths = names.filter((name) => /^[1-9]\d{0,2}$/.test(name)).map(Number);
      return n * WIDTH + Math.max(0, ...widths.filter((width) => width < WIDTH));
    }
  }
}

interface Head {
  size: number;
  /** The root to hold the tree against; undefined when none is known for this size. */
  root: Hash | undefined;
  /** Its signature verifies. */
  signed: boolean;
  problems: Problem[];
}

/** A size nobody signed is believed no further than bundles reach: a changed digit must not make this run forever. */
async function readHead({ dir, origin, vkey }: LogFolder, files: LogFiles): Promise<Head> {
  const note = await readFile(join(dir, 'checkpoint'), 'utf8').catch(() => undefined);
  const key = vkey === undefined ? undefined : parseKey(vkey);
  const opened = note !== undefined && key ? openCheckpoint(note, [key], origin) : undefined;
  if (opened) return { ...opened, signed: true, problems: [] };
  const reach = await files.reach();
  const seen = (what: string): Problem[] => [{ kind: 'seen', what: `log/checkpoint: ${what}` }];
  if (note === undefined)
    return { size: reach, root: undefined, signed: false, problems: reach === 0 ? [] : seen('the file is missing') };
  const said = parsed(note);
  const known = said?.origin === origin && said.size <= reach ? said : undefined;
  const problems = key ? seen('it is not signed by this log’s key') : [];
  return { size: known?.size ?? reach, root: known?.root, signed: false, problems };
}

function parsed(note: string): Checkpoint | undefined {
  const text = splitNote(note)?.text;
  return text === undefined ? undefined : parseCheckpoint(text);
}

interface Tree {
  files: LogFiles;
  size: number;
  /** Roots of the chunks of 256, as they lead to the signed root. */
  units: readonly Hash[];
}

/** Checkpoints that others have signed or stamped are of this very log, and stamps of them. Without a tree only the stamps are read. */
async function checkOlder(folder: LogFolder, tree: Tree | undefined): Promise<Problem[]> {
  const { dir } = folder;
  const stamps = new StampFolder(dir);
  const problems: Problem[] = [];
  const witnessed = await readFile(join(dir, 'witnessed'), 'utf8').catch(() => undefined);
  if (witnessed !== undefined && tree && !(await isOfLog(witnessed, folder, tree)))
    problems.push({ kind: 'seen', what: 'log/witnessed: it is no checkpoint of this log' });
  for (const size of await stamps.sizes()) {
    const note = await stamps.checkpoint(size).catch(() => '');
    const text = splitNote(note)?.text;
    const right = parsed(note)?.size === size && (!tree || (await isOfLog(note, folder, tree)));
    if (text !== undefined && right)
      problems.push(...(await wrongStamps(stamps, { size, text })).map((what): Problem => ({ kind: 'seen', what })));
    else problems.push({ kind: 'seen', what: `log/stamped/${size}/checkpoint: it is no checkpoint of this log` });
  }
  return problems;
}

/** By its root, for it may be signed by an older key; by the newest one rightly, where that is named. */
async function isOfLog(note: string, { origin, vkey }: LogFolder, tree: Tree): Promise<boolean> {
  const said = parsed(note);
  if (said?.origin !== origin || (vkey !== undefined && !signedWell(vkey, note))) return false;
  return isPrefix(said, tree);
}

/** Where neither bundle nor tile holds what was signed, that is named already, and no checkpoint is accused for it. */
async function isPrefix({ size, root }: Checkpoint, tree: Tree): Promise<boolean> {
  if (size > tree.size) return false;
  const full = Math.floor(size / WIDTH);
  const rest = size % WIDTH;
  const leaves = rest === 0 ? [] : await signedLeaves(tree, full);
  if (!leaves) return true;
  const tail = rest === 0 ? [] : [rootOf(leaves.slice(0, rest))];
  return equalBytes(rootOf([...tree.units.slice(0, full), ...tail]), root);
}

async function signedLeaves({ files, size, units }: Tree, n: number): Promise<Hash[] | undefined> {
  const width = Math.min(WIDTH, size - n * WIDTH);
  const entries = (await files.entries(n, width))?.map((entry) => leafHash(entry));
  const found = [entries, await files.hashes(0, n, width)];
  return found.find((hashes) => hashes && equalBytes(rootOf(hashes), units[n]!));
}

async function* reach(
  files: LogFiles,
  { size, distrusted }: { size: number; distrusted: ReadonlySet<number> },
): ReturnType<LogInspection['leaves']> {
  for (let n = 0; n * WIDTH < size; n++) {
    const width = Math.min(WIDTH, size - n * WIDTH);
    const entries = (await files.entries(n, width)) ?? [];
    const signed = distrusted.has(n) ? await files.hashes(0, n, width) : undefined;
    for (const [at, entry] of entries.entries()) {
      if (signed && !equalBytes(leafHash(entry), signed[at]!)) continue;
      yield { index: n * WIDTH + at, leaf: leafIn(entry) };
    }
  }
}

function leafIn(entry: Uint8Array): LogLeaf | undefined {
  const text = fromUtf8(entry);
  const leaf = text === undefined ? undefined : (parseCanonical(text) as Partial<LogLeaf> | undefined);
  const whole = leaf?.v === 1 && typeof leaf.type === 'string' && /^[0-9a-f]{64}$/.test(String(leaf.record));
  return whole ? (leaf as LogLeaf) : undefined;
}
