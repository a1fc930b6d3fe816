/** What was recognised, for people. Apart from the command, so that `--json` starts without the table's width tables. */
import type { Recognition } from '../model/index.js';
import { rulesTable } from './rules-table.js';
import { table } from './table.js';

export function recognitionText({
  language,
  documentKind,
  kindWhy,
  on,
  mentions,
  rules,
  flags,
  limits,
}: Recognition): string {
  const parts = [`Language ${language}; kind: ${documentKind} (${kindWhy.join('; ')}); rules as of ${on}.`];
  if (mentions.length > 0) {
    const rows = mentions.map(({ kind, id, text, start, end, why, role }) => [
      kind,
      id,
      text,
      `${start}–${end}`,
      why ? `${why.strength} term, ${why.source}` : role,
    ]);
    parts.push(table(['kind', 'what', 'words', 'at', 'because'], rows));
  } else parts.push('Nothing was recognised.');
  if (rules.length > 0) parts.push(rulesTable(rules));
  if (flags.length > 0)
    parts.push(
      `Flags\n${table(
        ['rule', 'what', 'words'],
        flags.map(({ id, title, words }) => [id, title, [...new Set(words.map(({ text }) => text))].join(' · ')]),
      )}`,
    );
  parts.push(limits.join('\n'));
  return parts.join('\n\n');
}
