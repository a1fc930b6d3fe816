/** The dossier of a case before it goes out: what would be in it, what the check before publication says, and the ways out of the house. */
import { html } from 'hono/html';
import { type DossierFormat, FORMATS, type PublishedEntry } from '../../dossier/index.js';
import { type MessageKey, h, t } from '../messages/index.js';
import { formToken } from '../access/visitor.js';
import { boxes, field, may, status } from './forms.js';
import { type Html, page, table } from './layout.js';
import { langOfText, readable, visible } from './words.js';

/** What the check found: nothing, things worth knowing, or reasons for which the bundle is refused. */
export interface DossierTrial {
  /** Paths and bytes of the files; empty where it is refused. */
  files: readonly { path: string; bytes: number }[];
  told: readonly string[];
  /** Why it was refused: the sentence, one line for each place, and what to do. */
  refused?: { message: string; hint: string | undefined };
}

export interface DossierView {
  id: string;
  title: string;
  trial: DossierTrial;
  published: readonly PublishedEntry[];
  canPrint: boolean;
  /** What the name field of redactions shows at first. */
  by: string;
  done?: string | undefined;
}

/** From the page of the case, for those who may. */
export const dossierLink = (id: string): Html | string =>
  may('editor') ? html`<p><a href="/cases/${id}/dossier">${t('dossier.link')}</a></p>` : '';

export function dossierPage({ id, title, trial, published, canPrint, by, done }: DossierView): Html {
  return page({
    title: t('dossier.title'),
    json: `/api/v1/cases/${id}`,
    current: 'cases',
    body: html`${status(done)}
      <h1>${t('dossier.title')}</h1>
      <p class="meta">
        <a href="/cases/${id}" lang="${langOfText(title)}">${visible(title)}</a> <span class="id">${id}</span>
      </p>
      ${checked(id, trial)}${making({ id, trial, canPrint, by })}${shown(id, published)}
      <section aria-labelledby="yourself">
        <h2 id="yourself">${t('dossier.yourself')}</h2>
        <p>
          ${h('dossier.howTo', {
            file: html`<code>verify.html</code>`,
            command: html`<code>asposted verify ${id}.zip</code>`,
            a: (words) => html`<a href="/verify">${words}</a>`,
          })}
        </p>
      </section>`,
  });
}

function checked(id: string, { files, told, refused }: DossierTrial): Html {
  const lines = (refused?.message ?? '').split('\n  - ');
  return html`<section aria-labelledby="check">
      <h2 id="check">${t('dossier.check')}</h2>
      ${
        refused === undefined
          ? html`<p>${t('dossier.nothingFound')}</p>`
          : html`<p role="alert">${t('dossier.refused')}</p>
              <div lang="en">
                <p>${visible(lines[0]!)}</p>
                <ul>
                  ${lines.slice(1).map((each) => html`<li>${visible(each)}</li>`)}
                </ul>
                <p>${visible(refused.hint ?? '')}</p>
              </div>`
      }
      ${
        told.length === 0
          ? ''
          : html`<p>${t('dossier.told')}</p>
              <ul lang="en">
                ${told.map((each) => html`<li>${visible(each)}</li>`)}
              </ul>`
      }
    </section>
    ${files.length === 0 ? '' : contents(id, files)}`;
}

/** By what it is for a reader; the first that fits. */
const PARTS: readonly (readonly [pattern: RegExp, words: MessageKey])[] = [
  [/^index\.html$/, 'dossier.partPage'],
  [/^README/, 'dossier.partReadme'],
  [/^verify\.html$/, 'dossier.partVerifier'],
  [/^case\.json$/, 'dossier.partCase'],
  [/^tables\//, 'dossier.partTables'],
  [/^ftm\//, 'dossier.partFtm'],
  [/^stix\//, 'dossier.partStix'],
  [/\.wacz$/, 'dossier.partWacz'],
  [/\.warc(?:\.gz)?$/, 'dossier.partWarc'],
];

function contents(id: string, files: DossierTrial['files']): Html {
  const groups = new Map<MessageKey, { count: number; bytes: number }>();
  for (const { path, bytes } of files) {
    const words = PARTS.find(([pattern]) => pattern.test(path))?.[1] ?? 'dossier.partProofs';
    const group = groups.get(words) ?? { count: 0, bytes: 0 };
    groups.set(words, { count: group.count + 1, bytes: group.bytes + bytes });
  }
  const rows = [...groups].map(([words, { count, bytes }]) => [
    t(words),
    t('dossier.number', { n: count }),
    t('dossier.kilobytes', { n: Math.ceil(bytes / 1_000) }),
  ]);
  return html`<section aria-labelledby="contents">
    <h2 id="contents">${t('dossier.contents')}</h2>
    <p><a href="/cases/${id}/dossier/preview/">${t('dossier.preview')}</a></p>
    ${table({ caption: t('dossier.contentsCaption'), header: [t('dossier.part'), t('dossier.files'), t('dossier.size')], rows })}
  </section>`;
}

const FORMAT_WORDS = {
  html: 'dossier.partPage',
  pdf: 'dossier.partPdf',
  csv: 'dossier.partTables',
  json: 'dossier.partCase',
  ftm: 'dossier.partFtm',
  stix: 'dossier.partStix',
  wacz: 'dossier.partWacz',
} as const satisfies Record<DossierFormat, MessageKey>;

function making({ id, trial, canPrint, by }: Pick<DossierView, 'id' | 'trial' | 'canPrint' | 'by'>): Html {
  const formats = FORMATS.filter((each) => each !== 'html' && (canPrint || each !== 'pdf'));
  return html`<section aria-labelledby="make">
    <h2 id="make">${t('dossier.make')}</h2>
    <form method="post" action="/cases/${id}/dossier" class="stacked">
      ${formToken()}${boxes(
        t('dossier.formats'),
        'format',
        formats.map((each) => [each, html`${t(FORMAT_WORDS[each])}`]),
        { areChecked: true },
      )}
      ${canPrint ? '' : html`<p class="meta">${t('dossier.noPrint')}</p>`}
      <details ${trial.refused === undefined ? '' : 'open'}>
        <summary>${t('dossier.redact')}</summary>
        <p class="meta">${t('dossier.redactMeta')}</p>
        <label class="choice"><input type="checkbox" name="findings" value="yes" /> ${t('dossier.redactFindings')}</label>
        ${field({ name: 'redact', label: t('dossier.redactRecords'), isOptional: true })}
        ${field({ name: 'reason', label: t('dossier.reason'), isOptional: true })}
        ${field({ name: 'redactedBy', label: t('dossier.redactedBy'), value: by, isOptional: true })}
      </details>
      <p class="actions">
        <button type="submit" name="does" value="download">${t('dossier.download')}</button>
        <button type="submit" name="does" value="publish">${t('dossier.publish')}</button>
      </p>
      <p class="meta">${t('dossier.publishMeta')}</p>
    </form>
  </section>`;
}

function shown(id: string, published: readonly PublishedEntry[]): Html | string {
  if (published.length === 0) return '';
  const rows = published.map((each) => [
    each.withdrawn === undefined
      ? html`<a class="id" href="/d/${each.id}/">/d/${each.id}</a>`
      : html`<span class="id">/d/${each.id}</span>`,
    readable(each.published),
    t('dossier.kilobytes', { n: Math.ceil(each.bytes / 1_000) }),
    each.withdrawn === undefined
      ? html`<form method="post" action="/cases/${id}/dossier/withdraw">
          ${formToken()}<input type="hidden" name="dossier" value="${each.id}" />
          <button type="submit">${t('dossier.withdraw')}</button>
        </form>`
      : t('dossier.withdrawn', { when: readable(each.withdrawn) }),
  ]);
  return html`<section aria-labelledby="published">
    <h2 id="published">${t('dossier.published')}</h2>
    ${table({ caption: t('dossier.publishedCaption'), header: [t('dossier.address'), t('dossier.since'), t('dossier.size'), t('dossier.shownNow')], rows })}
  </section>`;
}
