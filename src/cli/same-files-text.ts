import type { SameFileRow } from '../watch/index.js';
import { table } from './table.js';

type File = SameFileRow['files'][number];

const RELATION = { 'same-attachment': 'same attachment', 'same-image': 'same image' } as const;

/** A block of its own: who holds a file need share no words. */
export function sameFilesText(rows: readonly SameFileRow[]): string {
  const cells = rows.flatMap(({ other, otherPresence, relation, files }) =>
    files.map((file) => [other, relationOf(relation, file), nameOf(file), file.length, file.sources, otherPresence]),
  );
  const header = ['notice', 'relation', 'file', 'bytes', 'accounts and sites', 'the other is'];
  return `Same files\n${table(header, cells)}`;
}

const relationOf = (relation: SameFileRow['relation'], { difference }: File): string =>
  difference === undefined ? RELATION[relation] : `nearly the ${RELATION[relation]}`;

const nameOf = ({ name, otherName, url, width, height }: File): string => {
  const size = width === undefined ? '' : ` ${width} × ${height!}`;
  return `${name ?? otherName ?? url.slice(url.lastIndexOf('/') + 1)}${size}`;
};
