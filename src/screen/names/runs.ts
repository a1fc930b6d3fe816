/** Words that another writer joins, and the initials of a name: what lets `AnnaLena` meet `Anna Lena`. */
import { hashOf } from './keys.js';
import type { NamePart } from './parts.js';

interface Join {
  text: string;
  skeleton: string;
  bones: string;
  arabic: boolean;
  sino: string;
  weight: number;
}

/** Two and three neighbours written as one. */
export function* joins(parts: readonly NamePart[]): Generator<Join> {
  for (let at = 0; at + 1 < parts.length; at++) {
    const first = parts[at]!;
    const run = { ...pieceOf(first) };
    for (let next = at + 1; next < Math.min(parts.length, at + 3); next++) {
      const piece = pieceOf(parts[next]!);
      run.text += piece.text;
      // A word without a skeleton (Han, or no letters at all) leaves none to the joined word.
      run.skeleton = run.skeleton === '' || piece.skeleton === '' ? '' : run.skeleton + piece.skeleton;
      // A consonant that ends one word and begins the next is heard once.
      run.bones += run.bones.at(-1) === piece.bones[0] ? piece.bones.slice(1) : piece.bones;
      run.arabic ||= piece.arabic;
      run.sino = run.sino === '' || piece.sino === '' ? '' : run.sino + piece.sino;
      run.weight += piece.weight;
      yield { ...run };
    }
  }
}

function pieceOf({ token, skeleton, bones, script, sino, weight }: NamePart): Join {
  const text = token.includes(' ') ? token.replaceAll(' ', '') : token;
  return { text, skeleton, bones, arabic: script === 'arabic', sino, weight };
}

export function runsOf(parts: readonly NamePart[]): Set<number> {
  const keys = new Set<number>();
  for (const { text, skeleton, bones, sino } of joins(parts)) {
    if (text.length <= 24) keys.add(hashOf('j', text));
    if (skeleton.length >= 4 && skeleton.length <= 24) keys.add(hashOf('k', skeleton));
    if (bones.length >= 4 && bones.length <= 12) keys.add(hashOf('l', bones));
    if (sino !== '' && sino.length <= 14) keys.add(hashOf('m', sino));
  }
  const initials = initialsOf(parts);
  if (initials.length >= 3) keys.add(hashOf('a', initials));
  return keys;
}

export function initialsOf(parts: readonly NamePart[]): string {
  const words = parts.filter(({ class: kind }) => kind !== 'form');
  return words.length > 7
    ? ''
    : words.map(({ skeleton, token }) => (skeleton === '' ? token[0]! : skeleton[0]!)).join('');
}
