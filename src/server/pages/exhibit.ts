/** One exhibit to look at: what was recorded, the text that was read, and the page itself in a frame without rights. */
import { html } from 'hono/html';
import type { ExhibitRow } from '../../store/index.js';
import { type Html, page, table } from './layout.js';
import { brokenUp, langOf, readable, visible } from './words.js';

function importedWords({ from, claimed }: NonNullable<ExhibitRow['record']['imported']>): string {
  return `${visible(from)}; this program did not fetch it${claimed === undefined ? '' : `; the archive says it got it at ${claimed}`}`;
}

/** `archived`: the address of the page in the frame, where archived pages are served. */
export function exhibitPage(
  { id, record, reading, noticeId, logIndex, hash }: ExhibitRow,
  archived: string | undefined,
): Html {
  const title = reading.title ?? id;
  const rows = [
    ['address', html`<code>${brokenUp(record.url)}</code>`],
    [record.imported ? 'imported' : 'captured', readable(record.at)],
    ...(record.imported ? [['from', importedWords(record.imported)] as const] : []),
    [
      'answer',
      `${record.status === 0 ? 'a file' : `HTTP ${record.status}`}, ${record.payload.length} bytes, ${visible(record.mediaType)}`,
    ],
    ['log', `entry ${logIndex}`],
    ['record', html`<code>sha256:${hash}</code>`],
    ['WARC', html`<code>sha256:${record.warc.sha256}</code>`],
  ] as const;
  return page({
    title,
    json: `/api/v1/exhibits/${id}`,
    current: 'notices',
    body: html`<h1 lang="${langOf(reading.language)}">${visible(title)}</h1>
      <p class="meta">
        An exhibit of <a href="/notices/${noticeId}">${noticeId}</a> <span class="id">${id}</span>
      </p>
      ${table({ caption: 'What was recorded', header: ['what', 'value'], rows })}
      <p>
        As files, never opened here: <a href="/api/v1/exhibits/${id}/warc">WARC</a>,
        <a href="/api/v1/exhibits/${id}/body">body of the answer</a>,
        <a href="/api/v1/exhibits/${id}/bundle">bundle with proofs</a>.
      </p>
      <section aria-labelledby="page">
        <h2 id="page">The page, without scripts</h2>
        ${frame(archived)}
      </section>
      <section aria-labelledby="text">
        <h2 id="text">Text read from it</h2>
        <div class="reading" lang="${langOf(reading.language)}">${visible(reading.text)}</div>
      </section>`,
  });
}

/** An archived page never stands in our origin: a frame without any right, from another host name (`src/server/replay`). */
function frame(archived: string | undefined): Html {
  if (archived === undefined)
    return html`<p>
      Archived pages are shown by <code>asposted serve</code> only; from another machine, once
      <code>serve.replayAddress</code> says where.
    </p>`;
  return html`<p>
      A rendering of the archived bytes, made anew without scripts, links or anything from elsewhere. It is there to look
      at; the evidence is the WARC.
    </p>
    <iframe
      class="archived"
      sandbox=""
      referrerpolicy="no-referrer"
      title="Archived page without scripts"
      src="${archived}"
    ></iframe>`;
}
