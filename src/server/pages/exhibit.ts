/** One exhibit: what was served to whom, what is kept of it, what can be proved and what cannot, and the page itself in a frame without rights. */
import { html } from 'hono/html';
import type { ExhibitRow } from '../../store/index.js';
import { type Html, page, table } from './layout.js';
import type { Artefact, ProofLine, ProofView } from './proof-view.js';
import { brokenUp, langOf, readable, visible } from './words.js';

export interface ExhibitView {
  exhibit: ExhibitRow;
  proof: ProofView;
  /** The address of the page in the frame, where archived pages are served. */
  archived: string | undefined;
}

export function exhibitPage({ exhibit, proof, archived }: ExhibitView): Html {
  const { id, reading, noticeId } = exhibit;
  const title = reading.title ?? id;
  return page({
    title,
    json: `/api/v1/exhibits/${id}`,
    current: 'notices',
    body: html`<h1 lang="${langOf(reading.language)}">${visible(title)}</h1>
      <p class="meta">
        An exhibit of <a href="/notices/${noticeId}">${noticeId}</a> <span class="id">${id}</span>
      </p>
      <p class="banner">${banner(exhibit)}</p>
      ${artefacts(proof.artefacts)}${proofBox(exhibit, proof)}${handling(exhibit)}
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

/** As served by … at … to an anonymous visitor; or who says so, where we did not fetch it. */
function banner({ record, at }: ExhibitRow): Html {
  const { imported, finalUrl, url, status } = record;
  const where = html`<code>${brokenUp(finalUrl)}</code>`;
  if (imported)
    return html`Handed in on ${readable(at)} as ${visible(imported.from)}: we did not fetch it.
    ${imported.address === 'none' ? 'Nobody says where it comes from' : html`Said to be from <code>${brokenUp(url)}</code>`}${imported.claimed === undefined ? '' : html`, got there ${readable(imported.claimed)} as the archive claims`}.`;
  return html`As served by ${where} on ${readable(at)} to an anonymous visitor from As
  Posted${record.browser ? ', in a browser' : ''}${status === 200 ? '' : `, with the answer HTTP ${status}`}.`;
}

function artefacts(rows: readonly Artefact[]): Html {
  return html`<section aria-labelledby="kept">
    <h2 id="kept">What is kept</h2>
    <ul class="artefacts">
      ${rows.map(({ what, isKept, words }) => html`<li><span aria-hidden="true">${isKept ? '✓' : '✗'}</span> <strong>${what}</strong> ${isKept ? 'kept' : 'not kept'}: ${visible(words)}</li>`)}
    </ul>
  </section>`;
}

const MARKS = { ok: '✓', failed: '✗', unknown: '–' } as const;
const WORDS = { ok: 'Shown', failed: 'Failed', unknown: 'Not shown yet' } as const;

function line(name: string, { verdict, words, next }: ProofLine): Html {
  return html`<li class="proof-${verdict}">
    <span aria-hidden="true">${MARKS[verdict]}</span> <strong>${WORDS[verdict]}: ${name}.</strong> ${visible(words)}${next === undefined ? '' : html` <span class="next">${withCode(next)}</span>`}
  </li>`;
}

/** Commands stand between backticks in what may be read in a terminal too. */
const withCode = (words: string): Html =>
  html`${words.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${visible(part)}</code>` : visible(part)))}`;

function proofBox({ id, record }: ExhibitRow, { unchanged, before, inLog }: ProofView): Html {
  return html`<section aria-labelledby="proof">
    <h2 id="proof">What is proven</h2>
    <div class="box">
      <ul class="proof">
        ${line('these bytes are unchanged', unchanged)}${line('they existed before', before)}${line('they are in the log everybody sees', inLog)}
      </ul>
      <h3>What this does not prove</h3>
      <ul>
        <li>That the site sent the same to everybody: it is what one anonymous visitor got.</li>
        <li>That what the page says is true, or who wrote it.</li>
        <li>That no other page stood at that address before or after.</li>
        ${record.imported ? html`<li>That it ever stood anywhere: it was handed in.</li>` : ''}
      </ul>
      <h3>Get a copy, and check it without us</h3>
      <p>
        As files, never opened here: <a href="/api/v1/exhibits/${id}/bundle">bundle with proofs</a>,
        <a href="/api/v1/exhibits/${id}/warc">WARC</a>, <a href="/api/v1/exhibits/${id}/body">body of the answer</a>. On any
        machine, offline:
      </p>
      <pre tabindex="0" role="region" aria-label="Command that verifies the bundle">npx asposted verify ${id}.zip</pre>
      <p>Or drop it on <a href="/verify">the page that checks evidence</a>.</p>
    </div>
  </section>`;
}

function handling({ record, logIndex, hash, at }: ExhibitRow): Html {
  const { imported, browser, overrides, tls, payload, status, warc } = record;
  const rows: (readonly [string, Html | string])[] = [
    [imported ? 'imported by' : 'fetched by', visible(record.software)],
    ['when', html`${readable(at)}, by the clock of that machine`],
    ['asked for', html`<code>${brokenUp(record.url)}</code>`],
    ...(record.finalUrl === record.url ? [] : [['led to', html`<code>${brokenUp(record.finalUrl)}</code>`] as const]),
    ...(record.userAgent === undefined ? [] : [['said it was', visible(record.userAgent)] as const]),
    ...(record.remoteAddress === undefined ? [] : [['answered from', visible(record.remoteAddress)] as const]),
    ...(tls ? [['over', visible(`${tls.protocol}, ${tls.cipher}`)] as const] : []),
    ...(browser ? [['in the browser', visible(`${browser.name} ${browser.version}`)] as const] : []),
    ...Object.entries(overrides ?? {}).map(([name, why]) => [`against ${name}`, visible(why)] as const),
    ['answer', `${status === 0 ? 'a file' : `HTTP ${status}`}, ${payload.length} bytes, ${visible(record.mediaType)}`],
    ['put on record', html`entry ${logIndex} of the log, <code>sha256:${hash}</code>`],
    ['kept as', html`WARC <code>sha256:${warc.sha256}</code>`],
  ];
  return html`<section aria-labelledby="handling">
    <h2 id="handling">Who handled it</h2>
    ${table({ caption: 'From the site to the log', header: ['step', 'what'], rows })}
    <p>Since then: nobody. Objects of the vault are written once, and whoever reads one checks its hash.</p>
  </section>`;
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
    ${replayFrame(archived)}`;
}

export const replayFrame = (archived: string): Html =>
  html`<iframe
    class="archived"
    sandbox=""
    referrerpolicy="no-referrer"
    title="Archived page without scripts"
    src="${archived}"
  ></iframe>`;
