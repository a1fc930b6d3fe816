/** One exhibit: what was served to whom, what is kept of it, what can be proved and what cannot, and the page itself in a frame without rights. */
import { html } from 'hono/html';
import type { ExhibitRow } from '../../store/index.js';
import { h, t } from '../messages/index.js';
import { type Html, page, table } from './layout.js';
import type { Artefact, ProofLine, ProofView } from './proof-view.js';
import { asIs } from './said.js';
import { brokenUp, langOf, langOfText, readable, visible } from './words.js';

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
        ${h('evidence.exhibitOf', { notice: html`<a href="/notices/${noticeId}">${noticeId}</a>` })} <span class="id">${id}</span>
      </p>
      <p class="banner">${banner(exhibit)}</p>
      ${artefacts(proof.artefacts)}${proofBox(exhibit, proof)}${handling(exhibit)}
      <section aria-labelledby="page">
        <h2 id="page">${t('evidence.page')}</h2>
        ${frame(archived)}
      </section>
      <section aria-labelledby="text">
        <h2 id="text">${t('evidence.textRead')}</h2>
        <div class="reading" lang="${langOf(reading.language)}">${visible(reading.text)}</div>
      </section>`,
  });
}

/** As served by … at … to an anonymous visitor; or who says so, where we did not fetch it. */
function banner({ record, at }: ExhibitRow): Html {
  const { imported, finalUrl, url, status, browser } = record;
  const when = readable(at);
  if (!imported) {
    const address = html`<code>${brokenUp(finalUrl)}</code>`;
    return h('evidence.served', { address, when, browser: browser ? 'yes' : 'no', status });
  }
  const file = html`<span translate="no">${visible(imported.from)}</span>`;
  const claimed = imported.claimed === undefined ? {} : { claimed: readable(imported.claimed) };
  if (imported.address === 'none')
    return h(`evidence.handedInFromNowhere${claimed.claimed === undefined ? '' : 'Claimed'}`, {
      when,
      file,
      ...claimed,
    });
  const address = html`<code>${brokenUp(url)}</code>`;
  return h(`evidence.handedIn${claimed.claimed === undefined ? '' : 'Claimed'}`, { when, file, address, ...claimed });
}

function artefacts(rows: readonly Artefact[]): Html {
  return html`<section aria-labelledby="kept">
    <h2 id="kept">${t('evidence.kept')}</h2>
    <ul class="artefacts">
      ${rows.map((row) => html`<li><span aria-hidden="true">${row.isKept ? '✓' : '✗'}</span> ${artefact(row)}</li>`)}
    </ul>
  </section>`;
}

const artefact = ({ what, isKept, words }: Artefact): Html =>
  h(isKept ? 'evidence.isKept' : 'evidence.isNotKept', {
    ...{ what, words, b: (inside) => html`<strong>${inside}</strong>` },
  });

const MARKS = { ok: '✓', failed: '✗', unknown: '–' } as const;

function line(name: 'unchanged' | 'existedBefore' | 'inLog', { verdict, words, next }: ProofLine): Html {
  return html`<li class="proof-${verdict}">
    <span aria-hidden="true">${MARKS[verdict]}</span> <strong>${t(`evidence.${name}`, { verdict })}</strong> ${words}${next === undefined ? '' : html` <span class="next">${next}</span>`}
  </li>`;
}

function proofBox({ id, record }: ExhibitRow, { unchanged, before, inLog }: ProofView): Html {
  const download =
    (file: string) =>
    (words: Html): Html =>
      html`<a href="/api/v1/exhibits/${id}/${file}">${words}</a>`;
  return html`<section aria-labelledby="proof">
    <h2 id="proof">${t('evidence.proof')}</h2>
    <div class="box">
      <ul class="proof">
        ${line('unchanged', unchanged)}${line('existedBefore', before)}${line('inLog', inLog)}
      </ul>
      <h3>${t('evidence.notProven')}</h3>
      <ul>
        ${(['notSameToAll', 'notTrue', 'notBefore'] as const).map((each) => html`<li>${t(`evidence.${each}`)}</li>`)}
        ${record.imported ? html`<li>${t('evidence.notAnywhere')}</li>` : ''}
      </ul>
      <h3>${t('evidence.getCopy')}</h3>
      <p>${h('evidence.asFiles', { bundle: download('bundle'), warc: download('warc'), body: download('body') })}</p>
      <pre tabindex="0" role="region" aria-label="${t('evidence.command')}">npx asposted verify ${id}.zip</pre>
      <p>${h('evidence.dropIt', { a: (words) => html`<a href="/verify">${words}</a>` })}</p>
    </div>
  </section>`;
}

function handling({ record, logIndex, hash, at }: ExhibitRow): Html {
  const { imported, browser, overrides, tls, payload, status, warc } = record;
  const bytes = t('evidence.bytes', { n: payload.length });
  const rows: (readonly [Html | string, Html | string])[] = [
    [t(imported ? 'evidence.importedBy' : 'evidence.fetchedBy'), asIs(record.software)],
    [t('evidence.when'), t('evidence.ownClock', { when: readable(at) })],
    [t('evidence.askedFor'), html`<code>${brokenUp(record.url)}</code>`],
    ...(record.finalUrl === record.url ? [] : [[t('evidence.ledTo'), html`<code>${brokenUp(record.finalUrl)}</code>`] as const]),
    ...(record.userAgent === undefined ? [] : [[t('evidence.saidItWas'), asIs(record.userAgent)] as const]),
    ...(record.remoteAddress === undefined ? [] : [[t('evidence.answeredFrom'), asIs(record.remoteAddress)] as const]),
    ...(tls ? [[t('evidence.over'), asIs(`${tls.protocol}, ${tls.cipher}`)] as const] : []),
    ...(browser ? [[t('evidence.inBrowser'), asIs(`${browser.name} ${browser.version}`)] as const] : []),
    ...Object.entries(overrides ?? {}).map(([name, why]) => [h('evidence.against', { name: asIs(name) }), html`<span lang="${langOfText(why)}">${visible(why)}</span>`] as const),
    [t('evidence.answer'), h('evidence.answerIs', { status, bytes, type: asIs(record.mediaType) })],
    [t('evidence.onRecord'), h('evidence.entryOfLog', { index: logIndex, hash: html`<code>sha256:${hash}</code>` })],
    [t('evidence.keptAs'), html`WARC <code>sha256:${warc.sha256}</code>`],
  ];
  return html`<section aria-labelledby="handling">
    <h2 id="handling">${t('evidence.handling')}</h2>
    ${table({ caption: t('evidence.fromSite'), header: [t('evidence.step'), t('evidence.what')], rows })}
    <p>${t('evidence.sinceThen')}</p>
  </section>`;
} // prettier-ignore

/** An archived page never stands in our origin: a frame without any right, from another host name (`src/server/replay`). */
function frame(archived: string | undefined): Html {
  if (archived === undefined)
    return html`<p>
      ${h('evidence.servedHereOnly', { command: html`<code>asposted serve</code>`, setting: html`<code>serve.replayAddress</code>` })}
    </p>`;
  return html`<p>${t('evidence.rendering')}</p>
    ${replayFrame(archived)}`;
}

export const replayFrame = (archived: string): Html =>
  html`<iframe
    class="archived"
    sandbox=""
    referrerpolicy="no-referrer"
    title="${t('evidence.frame')}"
    src="${archived}"
  ></iframe>`;
