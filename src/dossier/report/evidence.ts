/** Exhibits and records with their proofs in plain words, what was left out, and how to check it all. */
import { brokenUp, idFromHash } from '../../model/index.js';
import type { ExhibitRow } from '../../store/index.js';
import { type Markup, html, said, table } from './markup.js';
import { ROMANISED_BY } from '../../text/romanise.js';
import { type View, basisMark, timed, fileLink } from './view.js';

export function exhibits(view: View): Markup {
  return html`<section aria-labelledby="exhibits"><h2 class="part" id="exhibits">Exhibits</h2>
<p>Each exhibit is one answer of a server, kept as it came. The files lie beside this page.</p>${view.data.exhibits.map((each) => exhibit(each, view))}</section>\n`;
}

function exhibit(row: ExhibitRow, view: View): Markup {
  const { id, record, logIndex, hash, reading, noticeId } = row;
  const { log, redactions, wacz } = view.data;
  const cuts = redactions.filter(({ exhibit: of }) => of === hash);
  const path = wacz.get(id);
  const held = view.notice(noticeId) ? html`<a href="#${noticeId}">${noticeId}</a>` : noticeId;
  const got = record.imported
    ? html`Handed in as the file ${said(record.imported.from)} on ${timed(record.at)}; this program did not fetch it.`
    : html`Captured on ${timed(record.at)}: the server answered HTTP ${record.status} with ${record.payload.length} bytes of ${record.mediaType}.`;
  return html`<article class="exhibit says seen"><h3 id="${id}">${id}${reading.title === undefined ? '' : html`: ${said(reading.title, reading.language)}`}</h3>
<p>${got} ${basisMark('seen')}</p>
<dl><dt>Address</dt><dd><code>${brokenUp(record.url)}</code></dd><dt>Notice</dt><dd>${held}</dd><dt>Capture</dt><dd>${fileLink(view.warcPath(row))}, SHA-256 <code>${record.warc.sha256}</code></dd>
${path === undefined ? '' : html`<dt>To replay</dt><dd>${fileLink(path)}</dd>`}<dt>Record</dt><dd>${fileLink(`records/${hash}.json`)}, by ${record.software}</dd>
<dt>Log</dt><dd id="log-${logIndex}">entry ${logIndex} of ${log.origin}; proof ${fileLink(proofPath(logIndex))}</dd></dl>
<ul><li>These bytes are unchanged since they were recorded: the record names the hash of the capture.</li>
<li>The record is in the log: the proof leads from it to a checkpoint of ${log.size} entries, signed with the log’s key (${fileLink('log/checkpoint')}, ${fileLink('log/key')}).</li>
<li>${log.stamps === 0 ? 'No outside time stamp covers the checkpoint: for the time, the word of the log’s holder stands alone.' : html`The checkpoint existed before the time that ${log.stamps} outside time stamp${log.stamps === 1 ? ' says' : 's say'} (log/stamps).`}</li></ul>
${cuts.map((cut) => html`<p class="says people">Left out of this copy: WARC record ${cut.record} (${cut.type}, ${cut.bytes} bytes), by ${said(cut.by)}: ${said(cut.reason)}. ${fileLink('manifest.json', 'Signed manifest')}</p>`)}</article>\n`;
}

const proofPath = (index: number): string => `log/proofs/${index}.tlog-proof`;

/** Everything that is no exhibit: looks at pages, claims, statements, decisions, lists, the case itself. */
export function records(view: View): Markup {
  const shown = new Set(view.data.exhibits.map(({ logIndex }) => logIndex));
  const rows = view.data.records
    .filter(({ index }) => !shown.has(index))
    .map(({ index, hash, record }) => ({
      basis: 'seen',
      cells: [
        html`<span id="log-${index}">${index}</span>`,
        TYPES[record.type] ?? record.type,
        idOf(record.type, hash, view),
        timed(record.at),
        fileLink(`records/${hash}.json`),
        fileLink(proofPath(index)),
      ],
    }));
  return html`<section aria-labelledby="records"><h2 id="records">Other records</h2>${table({ caption: 'Entries of the log this dossier rests on', header: ['entry', 'what', 'id', 'recorded', 'record', 'proof'], rows })}</section>\n`;
}

const TYPES: Readonly<Record<string, string>> = {
  ...{
    observation: 'a look at a page',
    exhibit: 'a capture',
    listVersion: 'a state of a list',
    case: 'the case',
    claim: 'a claim',
  },
  ...{ statement: 'outreach, decision or note', decision: 'a decision on a candidate' },
};
const KIND: Readonly<Record<string, 'O' | 'E' | 'L' | 'C'>> = {
  observation: 'O',
  exhibit: 'E',
  listVersion: 'L',
  claim: 'C',
  statement: 'C',
  decision: 'C',
};

function idOf(type: string, hash: string, view: View): string {
  const kind = KIND[type];
  return kind === undefined ? (type === 'case' ? view.data.report.id : '–') : idFromHash(kind, hash);
}

export function leftOut({ data: { redactions, withoutWacz } }: View): Markup | string {
  if (redactions.length === 0 && withoutWacz === undefined) return '';
  const rows = redactions.map((each) => ({
    basis: 'people',
    cells: [
      html`<a href="#${idFromHash('E', each.exhibit)}">${idFromHash('E', each.exhibit)}</a>`,
      `record ${each.record} (${each.type}), ${each.bytes} bytes`,
      said(each.reason),
      said(each.by),
      timed(each.at),
    ],
  }));
  return html`<section aria-labelledby="left-out"><h2 id="left-out">What was left out</h2>${table({ caption: 'Also said in the signed manifest; the rest of each capture stays proved', header: ['exhibit', 'what', 'why', 'by', 'when'], rows })}${withoutWacz === undefined ? '' : html`<p>${withoutWacz}</p>`}</section>\n`;
}

export function checkIt(view: View): Markup {
  const { software, created, report, log, records: all } = view.data;
  const catalogues = [
    ...new Set(
      report.noticeList.flatMap(({ revisionList }) =>
        revisionList.map(({ recognition }) => recognition.catalogueVersion),
      ),
    ),
  ];
  const lists = all.flatMap(({ index, record }) =>
    record.type === 'listVersion'
      ? [html`<a href="#log-${index}">${record.list} of ${timed(record.publishedAt)}</a>`]
      : [],
  );
  return html`<section class="box" aria-labelledby="check"><h2 id="check">Check it yourself</h2>
<p>Open ${fileLink('verify.html')} of this bundle in a browser, with or without a network, and drop the whole ZIP on it; better still, take that page from somebody you trust. Or run <code>npx asposted verify FILE.zip</code>. Both check every byte of the bundle offline: the captures against their hashes, each record against the log, the log’s checkpoint against its key. Compare <code>log/key</code> with the key the publisher states elsewhere (the log is ${log.origin}).</p>
<h3>What it shows</h3><p>The holder of the log’s key recorded these bytes not later than the checkpoint, and nothing changed since.</p>
<h3>What this does not show</h3><ul><li>That the site sent the same to everybody, or that what a page says is true, or who wrote it.</li>
<li>That a name on a list is the same person or body as one in a notice: a candidate is not an identification, and no match is no clearance.</li>
<li>That goods are controlled: an entry is named with what the text does not give. This dossier gives no verdict of guilt.</li>
<li>That translations and readings are right: English words and Latin letters are aids, computed, beside the original (${ROMANISED_BY}).</li></ul>
<h3>How this page was made</h3><p>By ${software} on ${timed(created)}, from the records below; catalogue ${catalogues.join(', ') || 'none'}. Lists asked: ${lists.length === 0 ? 'none that matched' : html`${lists.map((each, at) => html`${at === 0 ? '' : ', '}${each}`)}`}.</p></section>\n`;
}
