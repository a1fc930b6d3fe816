import { type SameFileRow, sameFileWords } from '../watch/index.js';
import { table } from './table.js';

/** A block of its own: who holds a file need share no words. */
export function sameFilesText(rows: readonly SameFileRow[]): string {
  const cells = rows.flatMap((row) =>
    row.files.map((file) => {
      const { relation, name, size } = sameFileWords(row, file);
      return [row.other, relation, `${name} ${size}`.trimEnd(), file.length, file.sources, row.otherPresence];
    }),
  );
  const header = ['notice', 'relation', 'file', 'bytes', 'accounts and sites', 'the other is'];
  return `Same files\n${table(header, cells)}`;
}
