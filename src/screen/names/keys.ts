/** Under which numbers a part is found: its readings, sounds and, for words long enough, itself with a letter missing. */
import type { NamePart } from './parts.js';
import { roughSounds } from './sounds.js';

/** FNV-1a over UTF-16 units; equal numbers are checked by a real comparison, so a clash costs time and nothing else. */
export function hashOf(kind: string, text: string, skip = -1): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < kind.length; at++) hash = Math.imul(hash ^ kind.charCodeAt(at), 0x01000193);
  for (let at = 0; at < text.length; at++) if (at !== skip) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  // The low bits of FNV are the mixed ones; buckets take the high.
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Deletions of one letter on both sides meet whatever is one edit away, and most of what is two. */
const DELETE_LEAST = 3;

export function keysOf(part: NamePart): number[] {
  const keys = new Set<number>();
  const add = (kind: string, text: string, least = 1): void => {
    if (text.length >= least) keys.add(hashOf(kind, text));
  };
  for (const { key } of part.readings) add('r', key);
  add('s', part.skeleton, 2);
  add('c', part.consonants, 3);
  add('f', part.father, 2);
  add('n', part.sino, 2);
  add('b', part.bones, part.script === 'arabic' ? 1 : 2);
  if (part.given !== 0) add('g', String(part.given));
  if (part.number !== undefined) add('#', String(part.number));
  if (part.term !== undefined) add('t', part.term);
  for (const meaning of part.meanings ?? []) add('r', meaning);
  if (part.class === 'brand') addDeletions(part, keys);
  return [...keys];
}

function addDeletions(part: NamePart, keys: Set<number>): void {
  const text = part.script === 'latin' || part.script === 'cyrillic' || part.script === 'other' ? part.skeleton || part.token : part.token;
  if (part.script === 'han') {
    const read = part.readings.find(({ how }) => how === 'read aloud')?.key ?? '';
    if (read !== '') keys.add(hashOf('h', roughSounds(read)));
    for (let at = 0; at < read.length; at++) keys.add(hashOf('d', read, at));
    keys.add(hashOf('d', read));
    return;
  }
  const rough = part.script === 'latin' ? roughSounds(part.token) : '';
  if (rough.length >= 2) {
    keys.add(hashOf('h', rough));
    for (let at = 0; at < rough.length; at++) keys.add(hashOf('h', rough, at));
  }
  for (const word of new Set([text, part.script === 'latin' ? part.token : text])) {
    if (word.length < DELETE_LEAST || word.length > 24) continue;
    keys.add(hashOf('d', word));
    for (let at = 0; at < word.length; at++) keys.add(hashOf('d', word, at));
  }
  const bare = part.consonants;
  if (bare.length >= 4) for (let at = 0; at < bare.length; at++) keys.add(hashOf('c', bare, at));
  const bones = part.bones;
  if (bones.length >= 3 && part.script === 'arabic') for (let at = 0; at < bones.length; at++) keys.add(hashOf('b', bones, at));
  else if (bones.length >= 3) for (let at = 0; at < bones.length; at++) keys.add(hashOf('b', bones, at));
}
