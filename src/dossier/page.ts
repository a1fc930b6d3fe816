/** The reader's page of a dossier: one static HTML file without scripts or anything from elsewhere. */
import { escapeUTF8 } from 'entities';
import { REMOVED_BY, beginningOf, brokenUp, percent, visible, whenOf } from '../model/index.js';
import type { CaseReport } from '../case/index.js';
import type { NoticeDetail } from '../store/index.js';

/** Page text is hostile: markup is escaped, control and direction characters become visible. */
export function escapeHtml(text: string): string {
  return escapeUTF8(visible(text));
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.6rem}h2{margin-top:2.5rem;font-size:1.2rem;border-bottom:1px solid #bbb}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #ddd}
caption{text-align:left;font-weight:600}code{font-size:.85em;overflow-wrap:anywhere}blockquote{margin:.3rem 0;padding-left:1rem;border-left:3px solid #888}
.box{border:1px solid #888;padding:.2rem 1rem}@media(prefers-color-scheme:dark){body{color:#eee;background:#16181b}td,th{border-color:#444}}`;

export function dossierPage(report: CaseReport, created: string): string {
  const body = [
    `<h1>${escapeHtml(report.title)}</h1>`,
    `<p>Case ${report.id}, opened ${report.at} by ${escapeHtml(report.by)}. This dossier was made ${created}.</p>`,
    checkBox(),
    timeline(report),
    claims(report),
    contradictions(report),
    statements(report),
    ...report.noticeList.map(notice),
  ];
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${escapeHtml(report.title)}</title><style>${STYLE}</style></head><body><main>\n${body.filter((part) => part !== '').join('\n')}\n</main></body></html>\n`;
}

function checkBox(): string {
  return `<section class="box"><h2>Check it yourself</h2>
<p>Open <code>verify.html</code> of this bundle in a browser, with or without a network, and drop the whole ZIP on it; or run <code>npx asposted verify FILE.zip</code>. Both check every byte of the bundle offline: the captures against their hashes, each record against the log, the log's checkpoint against its key.</p>
<p><strong>What it shows:</strong> the holder of the log's key recorded these bytes not later than the checkpoint, and nothing changed since.
<strong>What it does not show:</strong> that the site sent the same to everybody, that what a page says is true, or who wrote it. A candidate on a list is not an identification. This dossier gives no verdict of guilt.</p></section>`;
}

function tableOf(caption: string, header: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const head = header.map((each) => `<th scope="col">${escapeHtml(each)}</th>`).join('');
  const lines = rows.map((row) => `<tr>${row.map((each) => `<td>${each}</td>`).join('')}</tr>`).join('\n');
  return `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${lines}\n</tbody></table>`;
}

const proof = ({ exhibit, record, logIndex }: { exhibit?: string; record?: string; logIndex?: number }): string =>
  [exhibit, record, logIndex === undefined ? undefined : `log ${logIndex}`]
    .filter((part) => part !== undefined)
    .join(', ');

function timeline({ timeline: lines }: CaseReport): string {
  const rows = lines.map((line) => [
    escapeHtml(line.at),
    escapeHtml(line.what),
    line.basis === 'seen' ? 'seen by us' : 'stated by a source',
    proof(line),
  ]);
  return `<h2>Timeline</h2>${tableOf('What happened, and which record shows it', ['when', 'what', 'basis', 'record'], rows)}`;
}

function claims({ claims: found }: CaseReport): string {
  const rows = found.map((each) => [
    escapeHtml(each.said ?? each.at),
    `${escapeHtml(each.speaker)}${each.speaksFor === undefined ? '' : ` for ${escapeHtml(each.speaksFor)}`}`,
    `<blockquote>${escapeHtml(each.words)}</blockquote>`,
    escapeHtml(each.outlet ?? '–'),
    proof({
      record: each.id,
      logIndex: each.logIndex,
      ...(each.exhibit === undefined ? {} : { exhibit: each.exhibit }),
    }),
  ]);
  return found.length === 0
    ? ''
    : `<h2>Who said what</h2>${tableOf('Claims as attributed; none is ours', ['said', 'speaker', 'words', 'through', 'record'], rows)}`;
}

function contradictions({ contradictions: found }: CaseReport): string {
  const rows = found.map((each) => [escapeHtml(each.title), escapeHtml(each.detail), each.between.join(' / ')]);
  return found.length === 0
    ? ''
    : `<h2>What does not sit together</h2>${tableOf('Side by side; which is true is not ours to say', ['what', 'words', 'between'], rows)}`;
}

function statements({ statements: found }: CaseReport): string {
  const rows = found.map((each) => [
    escapeHtml(each.at),
    escapeHtml(each.kind),
    escapeHtml(each.asked ?? '–'),
    escapeHtml(each.words),
    escapeHtml(each.answer ?? '–'),
    escapeHtml(each.by),
  ]);
  return found.length === 0
    ? ''
    : `<h2>Notes, decisions, outreach</h2>${tableOf('By the people working on the case', ['when', 'kind', 'asked', 'words', 'answer', 'by'], rows)}`;
}

function notice(detail: NoticeDetail): string {
  const { id, title, account, published, url, presence, removal, language, copies, matches, rules, exhibitList } =
    detail;
  const words = removal
    ? `removed ${REMOVED_BY[removal.actor]}: “${escapeHtml(removal.words)}”; last seen ${removal.lastSeen ?? 'never'}, first missing ${removal.firstMissing}, confirmed ${removal.confirmed}`
    : presence;
  const findings = detail.mentions
    .filter(({ kind }) => kind === 'goods' || kind === 'tradeName')
    .map((each) => [each.kind, escapeHtml(each.id), `<span lang="${language}">${escapeHtml(each.text)}</span>`]);
  return [
    `<h2 lang="${language}">${escapeHtml(title ?? id)}</h2>`,
    `<p>${id}; ${escapeHtml(account?.name ?? 'account not stated')}; posted ${escapeHtml(published ?? 'date not stated')} as the page says; <code>${escapeHtml(brokenUp(url))}</code></p><p>Presence: ${words}.</p>`,
    tableOf('Goods and trade names in the text', ['kind', 'what', 'words'], findings),
    tableOf(
      'Copies',
      ['notice', 'relation', 'of this notice', 'of the other', 'the other is'],
      copies.map((each) => [
        each.notice,
        each.relation,
        percent(each.sharedOfThis),
        percent(each.sharedOfOther),
        each.presence,
      ]),
    ),
    tableOf(
      'Candidates on lists',
      ['asked', 'entry', 'listed as', 'in force from', 'list version'],
      matches.map((each) => [
        escapeHtml(each.query),
        `${each.list} ${escapeHtml(each.entry)}`,
        escapeHtml(each.name),
        each.from,
        `<code>${each.listVersion.slice(0, 23)}</code>`,
      ]),
    ),
    tableOf(
      'Candidate rules',
      ['when', 'entry', 'instrument', 'from', 'the text gives', 'the text does not give'],
      rules.map((each) => [
        whenOf(each),
        escapeHtml(`${each.regime} ${each.entry}`),
        escapeHtml(each.instrument),
        beginningOf(each),
        escapeHtml(
          [...(each.codes ?? []), ...each.found]
            .map(({ text, says }) => `«${text}»${says === undefined ? '' : `: ${says}`}`)
            .join('; '),
        ),
        escapeHtml(each.missing.join(', ')),
      ]),
    ),
    tableOf(
      'Exhibits',
      ['exhibit', 'captured', 'page', 'log', 'file'],
      exhibitList.map((each) => [
        each.id,
        each.at,
        each.class,
        String(each.logIndex),
        `<code>exhibits/${each.warc}.warc.gz</code>`,
      ]),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n');
}
