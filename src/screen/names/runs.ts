/** Words that another writer joins, and the initials of a name: what lets `JanDaniel` meet `Jan Daniel`. */
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
  if (parts.length < 2) return;
  for (let at = 0; at < parts.length; at++) {
    for (let count = 2; count <= 3 && at + count <= parts.length; count++) {
      const run = parts.slice(at, at + count);
      const sinos = run.map(({ sino }) => sino);
      yield {
        text: run
          .map(({ token }) => token)
          .join('')
          .replaceAll(' ', ''),
        skeleton: run.map(({ skeleton }) => skeleton).join(''),
        bones: run
          .map(({ bones }) => bones)
          .join('')
          .replace(/(.)\1+/g, '$1'),
        arabic: run.some(({ script }) => script === 'arabic'),
        sino: sinos.includes('') ? '' : sinos.join(''),
        weight: run.reduce((sum, { weight }) => sum + weight, 0),
      };
    }
  }
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
