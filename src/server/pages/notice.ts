/** One notice: what it says, whether it stands and why we say so, who else has it, and the evidence. */
import { html } from 'hono/html';
import type { CopyRelation, Mention } from '../../model/index.js';
import type { Catalogue } from '../../recognise/index.js';
import type { ExhibitRow, ListVersionRow, NoticeDetail } from '../../store/index.js';
import { status } from './forms.js';
import { type Html, page, table } from './layout.js';
import { candidates, rules } from './findings.js';
import { legend, markedText } from './marks.js';
import { glossedText, romanisedText } from './scripts.js';
import { type TriageMap, triageForms } from './triage.js';
import { type FrameOf, type VersionChoice, changeTables, comparison, strip, switches } from './versions.js';
import { brokenUp, langOf, langOfText, percent, presenceWords, readable, visible } from './words.js';

export interface NoticeView {
  notice: NoticeDetail;
  /** The captures the revisions were read from: offsets of mentions point into the text of their revision and into no other. */
  revisions: readonly ExhibitRow[];
  choice: VersionChoice;
  frameOf: FrameOf;
  /** The newest live capture: passages shared with others point into its text. */
  latest: ExhibitRow | undefined;
  /** Texts and accounts of the notices it shares passages with. */
  others: ReadonlyMap<string, { text: string; account: string | null }>;
  catalogue: Catalogue;
  /** Every version of every list held. */
  versions: readonly ListVersionRow[];
  triage?: TriageMap;
  /** What the page before did. */
  done?: string;
}

export function noticePage(view: NoticeView): Html {
  const { notice, catalogue, versions } = view;
  const { id, title, language, account, published, url, presence, removal, movedTo } = notice;
  return page({
    title: title ?? id,
    json: `/api/v1/notices/${id}`,
    current: 'notices',
    body: html`${status(view.done)}<h1 lang="${langOf(language)}">${visible(title ?? id)}</h1>
      <p class="meta">
        <span lang="${langOfText(account?.name ?? '')}">${visible(account?.name ?? 'account not stated')}</span>, posted
        ${readable(published)} as the page says; ${notice.documentKind ?? 'kind not known'}
        <span class="id">${id}</span>
      </p>
      <p class="meta">Address: <code>${brokenUp(url)}</code></p>
      ${triageForms(view.triage ?? new Map(), notice, `/notices/${id}`)}
      <section class="${presence}" aria-labelledby="presence">
        <h2 id="presence">${presenceWords(presence, removal, movedTo)}</h2>
        ${removal ? html`<p>${removal.words === '' ? 'The page says nothing.' : html`The page says: <q lang="${langOfText(removal.words)}">${visible(removal.words)}</q>.`} Last seen ${readable(removal.lastSeen)}, first missing ${readable(removal.firstMissing)}, confirmed ${readable(removal.confirmed)}.</p>` : ''}
        <ul>
          ${notice.why.map(({ text, observations }) => html`<li>${visible(text)} <span class="id">${observations.join(' ')}</span></li>`)}
        </ul>
      </section>
      ${reading(view)}${copies(view)}${candidates(notice, versions)}${rules(notice, catalogue)}${flags(notice)}${changes(notice)}${evidence(notice)}`,
  });
}

function reading(view: NoticeView): Html {
  const { notice, catalogue, revisions, choice } = view;
  const marked = revisions[choice.to - 1];
  if (!marked)
    return html`<section>
      <h2>Text</h2>
      <p>No live page of this notice was ever captured.</p>
    </section>`;
  const mentions = notice.mentions.filter(({ revision }) => revision === choice.to);
  const family = new Map(catalogue.families.map(({ id, names }) => [id, names.en]));
  const nameOf = ({ id }: { id: string }): string => family.get(id) ?? id;
  const rows = mentions.map((each) => [
    each.kind,
    nameOf(each),
    html`<span lang="${langOf(notice.language)}">${visible(each.text)}</span>`,
    `${each.start}–${each.end}`,
    each.why ? `${each.why.strength} term, source ${each.why.source}` : (each.role ?? ''),
  ]);
  return html`<section aria-labelledby="text">
    <h2 id="text">Text, as captured ${readable(marked.at)}</h2>
    ${strip(view)}${switches(view)}
    <p class="meta"><a href="/exhibits/${marked.id}">Look at the captured page</a>, without scripts and apart from here.</p>
    ${choice.view === 'text' ? text(view, { marked, mentions, nameOf }) : comparison(view)}
    <details>
      <summary>Everything recognised (${rows.length})</summary>
      ${table({ caption: 'Recognised in the text', header: ['kind', 'what', 'words', 'at', 'because'], rows })}
    </details>
  </section>`;
}

interface Shown {
  marked: ExhibitRow;
  mentions: readonly Mention[];
  nameOf: (mention: Mention) => string;
}

function text({ notice, catalogue, choice }: NoticeView, { marked, mentions, nameOf }: Shown): Html {
  const lang = langOf(notice.language);
  const { text: words } = marked.reading;
  if (choice.script === 'romanised') return romanisedText(words, notice.language, mentions);
  if (choice.script === 'glossed') return glossedText(words, lang, { mentions, catalogue });
  return html`${legend(mentions)}
    <div class="reading" lang="${lang}">${markedText(words, mentions, nameOf, lang)}</div>`;
}

function copies({ notice, latest, others }: NoticeView): Html | string {
  if (notice.copies.length === 0)
    return html`<section>
      <h2>Copies</h2>
      <p>
        No other notice of this store shares a passage with it.
        <a href="/notices/${notice.id}/copies">Project, files, translations</a>
      </p>
    </section>`;
  return html`<section aria-labelledby="copies">
    <h2 id="copies">Copies</h2>
    <p><a href="/notices/${notice.id}/copies">Side by side, who posted first, same project and files</a></p>
    ${notice.copies.map((copy) => {
      const other = others.get(copy.notice);
      const relation = notice.passages.find((each) => each.other === copy.notice);
      return html`<h3>
          <a href="/notices/${copy.notice}" lang="${langOfText(other?.account ?? '')}">${visible(other?.account ?? copy.notice)}</a>: ${copy.relation.replace('-', ' ')}, now ${copy.presence}
        </h3>
        <p>
          ${percent(copy.sharedOfThis)} of this notice stands in it; ${percent(copy.sharedOfOther)} of it stands here.
        </p>
        ${relation && latest && other ? passages(relation, latest.reading.text, other.text) : ''}`;
    })}
  </section>`;
}

function passages({ passages: found }: CopyRelation, mine: string, theirs: string): Html {
  const cell = (text: string): Html => html`<span lang="${langOfText(text)}">${visible(text)}</span>`;
  const rows = found.map((each) => [
    cell(mine.slice(each.thisStart, each.thisEnd)),
    cell(theirs.slice(each.otherStart, each.otherEnd)),
  ]);
  return html`<details>
    <summary>${rows.length} shared passages, side by side</summary>
    ${table({ caption: 'Shared passages', header: ['here', 'there'], rows })}
  </details>`;
}

function flags({ flags: found }: NoticeDetail): Html | string {
  if (found.length === 0) return '';
  const rows = found.map(({ id, title, words, detail, source }) => [
    html`<span class="id">${id}</span>`,
    title,
    html`${[...new Set(words.map(({ text }) => text))].map((text, at) => html`${at > 0 ? ' · ' : ''}<span lang="${langOfText(text)}">${visible(text.slice(0, 120))}</span>`)}`,
    visible(detail ?? ''),
    source,
  ]);
  return html`<section aria-labelledby="flags">
    <h2 id="flags">What was noticed</h2>
    ${table({ caption: 'Each with the words that show it; none is a verdict', header: ['rule', 'what', 'words', 'detail', 'source'], rows })}
  </section>`;
}

function changes({ changes: found, revisionList }: NoticeDetail): Html {
  const revisions = revisionList.map(({ revision, at, exhibit, recognition }) => [
    String(revision),
    readable(at),
    recognition.documentKind,
    exhibitLink(exhibit),
  ]);
  return html`<section aria-labelledby="changes">
    <h2 id="changes">Revisions and changes</h2>
    ${found.length === 0 ? html`<p>${revisions.length === 0 ? 'No live page was captured.' : 'Not edited since it was first captured.'}</p>` : changeTables(found, 'Edits in substance')}
    ${table({ caption: 'Revisions: readings that differ in substance', header: ['revision', 'first captured', 'read as', 'exhibit'], rows: revisions })}
  </section>`;
}

const exhibitLink = (id: string): Html => html`<a class="id" href="/exhibits/${id}">${id}</a>`;

function evidence({ id, exhibitList, observations }: NoticeDetail): Html {
  const exhibits = exhibitList.map((each) => [
    exhibitLink(each.id),
    readable(each.at),
    each.class,
    `HTTP ${each.status}`,
    String(each.logIndex),
    html`<code>${each.warc}</code>`,
    html`<a href="/api/v1/exhibits/${each.id}/warc">WARC</a>`,
  ]);
  const checks = observations.map((each) => [
    html`<span class="id">${each.id}</span>`,
    readable(each.at),
    each.class,
    each.rule,
    String(each.logIndex),
    each.exhibit === null ? 'no page of its own was kept' : exhibitLink(each.exhibit),
  ]);
  return html`<section aria-labelledby="evidence">
    <h2 id="evidence">Evidence</h2>
    <div class="box">
      <p>
        Each exhibit says what is proven of it: that its bytes are unchanged, that they existed before, that they are in
        the log everybody sees, and what that does not prove. All of this notice at once:
        <code>asposted export ${id} -o notice.zip</code>, then <code>asposted verify notice.zip</code>, on any machine,
        offline.
      </p>
      <p>
        <strong>What it does not show:</strong> that the site sent the same to everybody, that what the page says is
        true, or who wrote it.
      </p>
    </div>
    ${table({ caption: 'Exhibits', header: ['exhibit', 'captured', 'page', 'answer', 'log', 'SHA-256 of the WARC', 'file'], rows: exhibits })}
    <details>
      <summary>All ${checks.length} checks</summary>
      ${table({ caption: 'Checks', header: ['observation', 'when', 'concluded', 'by', 'log', 'exhibit'], rows: checks })}
    </details>
  </section>`;
}
