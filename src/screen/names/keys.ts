/** Under which numbers a part is found: its readings, sounds and, for words long enough, itself with a letter missing. */
import type { NamePart } from './parts.js';

/** FNV-1a over UTF-16 units; equal numbers are checked by a real comparison, so a clash costs time and nothing else. */
export function hashOf(kind: string, text: string, skip = -1): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < kind.length; at++) hash = Math.imul(hash ^ kind.charCodeAt(at), 0x01000193);
  for (let at = 0; at < text.length; at++) if (at !== skip) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  // The low bits of FNV are the mixed ones; buckets take the high.
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Shorter words are met by other words of their name, not by a letter missing. */
const DELETE_LEAST = 4;
const DELETE_MOST = 24;

type Add = (kind: string, text: string, least?: number) => void;

/** `list` for a word that is to be found, `query` for one that looks: each script asks only for what can answer it. */
export function keysOf(part: NamePart, role: 'list' | 'query'): number[] {
  const keys = new Set<number>();
  const add: Add = (kind, text, least = 1) => {
    if (text.length >= least) keys.add(hashOf(kind, text));
  };
  const deleted: Add = (kind, text, least = DELETE_LEAST) => {
    if (text.length < least || text.length > DELETE_MOST) return;
    keys.add(hashOf(kind, text));
    for (let at = 0; at < text.length; at++) keys.add(hashOf(kind, text, at));
  };
  for (const { key } of part.readings) add('r', key);
  for (const beginning of part.beginnings ?? []) add('r', beginning);
  for (const meaning of part.meanings?.keys() ?? []) add('r', meaning);
  if (part.given !== 0) add('g', String(part.given));
  if (part.number !== undefined) add('#', String(part.number));
  if (part.term !== undefined) add('t', part.term);
  add('s', part.skeleton, 2);
  add('f', part.father, 2);
  add('n', part.sino, 2);
  if (part.class !== 'brand') return [...keys];
  if (part.script === 'han') hanKeys(part, role, add, deleted);
  else if (part.script === 'arabic') arabicKeys(part, role, add, deleted);
  else alphabetKeys(part, role, add, deleted);
  return [...keys];
}

function hanKeys(part: NamePart, role: 'list' | 'query', add: Add, deleted: Add): void {
  const read = part.readings.find(({ how }) => how === 'read aloud')?.key ?? '';
  deleted('d', read);
  for (const rough of [part.rough, ...(part.otherRoughs ?? [])]) {
    if (role === 'list') add('H', rough, 2);
    else {
      add('h', rough, 2);
      deleted('h', rough);
    }
  }
}

function arabicKeys({ token, bones }: NamePart, role: 'list' | 'query', add: Add, deleted: Add): void {
  deleted('d', token);
  if (role === 'list') {
    add('B', bones);
    return;
  }
  add('b', bones);
  deleted('b', bones);
}

function alphabetKeys(part: NamePart, role: 'list' | 'query', add: Add, deleted: Add): void {
  const { token, skeleton, consonants, bones, rough, script } = part;
  deleted('d', skeleton);
  if (script !== 'cyrillic') deleted('d', token);
  const isList = role === 'list';
  add('c', consonants, isList || script !== 'latin' ? 3 : 4);
  if (isList ? consonants.length >= 5 : script !== 'latin' && consonants.length >= 5) deleted('c', consonants);
  if (script === 'cyrillic') return;
  add('b', bones, isList ? 1 : 3);
  if (isList) {
    deleted('b', bones);
    add('h', rough, 2);
    deleted('h', rough);
  } else {
    add('B', bones, 2);
    add('H', rough, 2);
  }
}
