import type { NoticeLineage, NoticeLineageEntry } from '../watch/index.js';
import { lagWords } from './lags.js';
import { table } from './table.js';

type Change = NonNullable<NoticeLineageEntry['altered']>['changes'][number];

/** Letters of a changed place that are shown; `--json` has all of them. */
const SHOWN = 80;

/** Facts side by side: who posted when, who still has it, what differs. It says nothing about who took it from whom. */
export function lineageText(lineage: NoticeLineage): string {
  const rows = lineage.entries.map((entry) => [
    entry.notice,
    entry.account?.name ?? entry.postedBy,
    entry.published ?? 'unknown',
    entry.firstSeen,
    entry.publishedLag ? lagWords(entry.publishedLag) : 'unknown',
    entry.stands,
    entry.relation ?? 'this notice',
    changedWords(entry),
  ]);
  const header = [
    'notice',
    'posted by',
    'published',
    'first seen',
    'behind the first',
    'stands',
    'relation',
    'changed',
  ];
  return [table(header, rows), firstLines(lineage).join('\n'), ...lineage.entries.flatMap(changeBlock)].join('\n\n');
}

function changedWords({ relation, altered }: NoticeLineageEntry): string {
  if (relation === undefined) return '–';
  if (!altered) return 'unknown';
  const counts = new Map<string, number>();
  for (const { what } of altered.changes) counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts].map(([what, count]) => `${what} ${count}`).join(', ') || 'nothing';
}

function firstLines({ first, standing, entries, coverage }: NoticeLineage): string[] {
  const late = entries.filter(({ claimsLaterThanSeen }) => claimsLaterThanSeen).map(({ notice }) => notice);
  return [
    `First by what the pages claim: ${first.byPublished.join(' or ') || 'unknown'}. First seen here: ${first.bySeen.join(' and ')}.`,
    ...(first.undated.length > 0 ? [`Claim no time, so any of them may have been the first: ${first.undated.join(', ')}.`] : []),
    ...(late.length > 0 ? [`Claim a later time than they were seen at: ${late.join(', ')}.`] : []),
    `Known to stand: ${standing.join(', ') || 'none'}.`,
    ...coverageLine(coverage),
  ]; // prettier-ignore
}

function coverageLine({ partners, further, furtherIsLeast }: NoticeLineage['coverage']): string[] {
  if (further === 0) return [];
  const many = `${further}${furtherIsLeast ? ' or more' : ''}`;
  return [
    `Only the ${partners} nearest of its partners are compared here; ${many} further notices share passages with it, and any of them may have been the first, or stand. \`asposted copies ID\` names them.`,
  ];
}

function changeBlock({ altered }: NoticeLineageEntry): string[] {
  if (!altered || altered.changes.length === 0) return [];
  const { from, to, order, changes } = altered;
  const isKnown = order === 'before' || order === 'after';
  const head = isKnown
    ? `What differs from ${from} to ${to}:`
    : `What differs between ${from} (before) and ${to} (after); which was posted first is not known:`;
  return [`${head}\n${table(['what', 'before', 'after', 'in the words'], changes.flatMap(changeRows))}`];
}

/** One row for each thing that is named on one side only; else the words themselves. */
function changeRows({ what, before, after, named }: Change): string[][] {
  const words = [shown(before), shown(after)];
  if (named.length === 0) return [[what, ...words, '–']];
  return named.map((each) => [each.what, each.before?.text ?? '–', each.after?.text ?? '–', words.join(' → ')]);
}

/** `?`: the order of the passages does not tell the place. */
function shown(span: Change['before']): string {
  if (!span) return '?';
  const letters = Array.from(span.text.replace(/\s+/gu, ' ').trim());
  return letters.length === 0
    ? '–'
    : letters.length > SHOWN
      ? `${letters.slice(0, SHOWN).join('')}…`
      : letters.join('');
}
