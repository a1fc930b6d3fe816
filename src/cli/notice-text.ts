/** One notice as a reporter reads it: sentences first, tables after. */
import { type Mention, REMOVED_BY, percent } from '../model/index.js';
import type { Catalogue } from '../recognise/index.js';
import type { NoticeDetail } from '../store/index.js';
import type { FullNotice } from '../watch/index.js';
import { printable } from './printable.js';
import { projectText } from './project-text.js';
import { rulesTable } from './rules-table.js';
import { sameFilesText } from './same-files-text.js';
import { table } from './table.js';

export function noticeText(notice: FullNotice, catalogue: Catalogue): string {
  return [
    head(notice),
    findings(notice, catalogue),
    copies(notice),
    notice.project ? projectText(notice.project, notice.id) : '',
    notice.sameFiles.length > 0 ? sameFilesText(notice.sameFiles) : '',
    candidates(notice),
    rules(notice),
    flags(notice),
    changes(notice),
    evidence(notice),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function head({
  id,
  title,
  account,
  published,
  presence,
  removal,
  url,
  documentKind,
  language,
  revisions,
  movedTo,
}: NoticeDetail): string {
  const lines = [
    `${id}  ${printable(title ?? '(no title)')}`,
    `${printable(account?.name ?? 'account not stated')}, posted ${published ?? 'date not stated'} (as the page says); ${documentKind ?? 'kind unknown'}, ${language}, ${revisions} revision${revisions === 1 ? '' : 's'}`,
    `address: ${printable(url)}`,
    presence === 'removed' && removal
      ? `REMOVED ${REMOVED_BY[removal.actor]}${removal.words === '' ? '' : `: “${printable(removal.words)}”`}; last seen ${removal.lastSeen ?? 'never'}, first missing ${removal.firstMissing}, confirmed ${removal.confirmed}`
      : `presence: ${presence}${movedTo === undefined ? '' : ` to ${printable(movedTo)}`}`,
  ];
  return lines.join('\n');
}

function findings({ mentions }: NoticeDetail, catalogue: Catalogue): string {
  const family = new Map(catalogue.families.map(({ id, names }) => [id, names.en]));
  const last = Math.max(0, ...mentions.map(({ revision }) => revision));
  const seen = new Map<string, { kind: string; what: string; words: Set<string> }>();
  for (const each of mentions.filter(({ revision, kind }) => revision === last && SHOWN.has(kind))) {
    const key = `${each.kind} ${each.id}`;
    const held = seen.get(key) ?? { kind: each.kind, what: family.get(each.id) ?? each.id, words: new Set<string>() };
    held.words.add(each.text);
    seen.set(key, held);
  }
  if (seen.size === 0) return '';
  const rows = [...seen.values()].map(({ kind, what, words }) => [kind, what, [...words].join(' · ')]);
  return `Recognised (asposted list mentions --notice ID has all, with offsets)\n${table(['kind', 'what', 'words in the text'], rows)}`;
}

const SHOWN = new Set<Mention['kind']>([
  'goods',
  'tradeName',
  'organisation',
  'person',
  'place',
  'frequency',
  'range',
  'price',
  'address',
  'identifier',
  'code',
  'quantity',
]);

function copies({ copies: found }: NoticeDetail): string {
  if (found.length === 0) return '';
  const rows = found.map((each) => [
    each.notice,
    each.relation,
    percent(each.sharedOfThis),
    percent(each.sharedOfOther),
    each.presence,
  ]);
  return `Copies\n${table(['notice', 'relation', 'of this notice', 'of the other', 'the other is'], rows)}`;
}

function candidates({ matches }: NoticeDetail): string {
  if (matches.length === 0) return '';
  const rows = matches.map((each) => [
    each.query,
    `${each.list} ${each.entry}`,
    each.name,
    each.matchedName,
    each.from,
    each.nameEvidence,
    each.corroboration,
    each.via,
  ]);
  const header = ['asked', 'entry', 'listed as', 'matched', 'in force from', 'name', 'more', 'asked because'];
  return `Candidates on lists, as of ${matches[0]!.on} (a candidate is not an identification)\n${table(header, rows)}`;
}

function rules({ rules: found }: NoticeDetail): string {
  return found.length === 0 ? '' : rulesTable(found);
}

function flags({ flags: found }: NoticeDetail): string {
  if (found.length === 0) return '';
  const rows = found.map((each) => [
    each.id,
    each.title,
    [...new Set(each.words.map(({ text }) => text))].join(' · '),
    each.detail,
  ]);
  return `Flags (what was seen; no verdict)\n${table(['rule', 'what', 'words', 'detail'], rows)}`;
}

function changes({ changes: found }: NoticeDetail): string {
  if (found.length === 0) return '';
  return `Changes\n${table(
    ['when', 'what', 'before', 'after'],
    found.map(({ at, kind, before, after }) => [at, kind, before, after]),
  )}`;
}

function evidence({ exhibitList }: NoticeDetail): string {
  const rows = exhibitList.map((each) => [
    each.id,
    each.at,
    each.class,
    each.status,
    each.logIndex,
    each.warc.slice(0, 16),
  ]);
  return `Exhibits\n${table(['exhibit', 'captured', 'page', 'HTTP', 'log', 'WARC sha256'], rows)}`;
}
