/** One notice: what it says, whether it stands and why we say so, who else has it, and the evidence. */
import { html } from 'hono/html';
import type { Change, CopyRelation, RuleFinding } from '../../model/index.js';
import type { Catalogue } from '../../recognise/index.js';
import type { ExhibitRow, NoticeDetail } from '../../store/index.js';
import { type Html, page, table } from './layout.js';
import { markedText } from './marks.js';
import { brokenUp, langOf, langOfText, percent, presenceWords, readable, visible } from './words.js';

export interface NoticeView {
  notice: NoticeDetail;
  /** The newest live reading. */
  exhibit: ExhibitRow | undefined;
  /** Texts and accounts of the notices it shares passages with. */
  others: ReadonlyMap<string, { text: string; account: string | null }>;
  catalogue: Catalogue;
}

export function noticePage(view: NoticeView): Html {
  const { notice, exhibit } = view;
  const { id, title, language, account, published, url, presence, removal, movedTo } = notice;
  return page({
    title: title ?? id,
    json: `/api/v1/notices/${id}`,
    current: 'notices',
    body: html`<h1 lang="${langOf(language)}">${visible(title ?? id)}</h1>
      <p class="meta">
        <span lang="${langOfText(account?.name ?? '')}">${visible(account?.name ?? 'account not stated')}</span>, posted
        ${readable(published)} as the page says; ${notice.documentKind ?? 'kind not known'}
        <span class="id">${id}</span>
      </p>
      <p class="meta">Address: <code>${brokenUp(url)}</code></p>
      <section class="${presence}" aria-labelledby="presence">
        <h2 id="presence">${presenceWords(presence, removal, movedTo)}</h2>
        ${removal ? html`<p>${removal.words === '' ? 'The page says nothing.' : html`The page says: <q lang="${langOfText(removal.words)}">${visible(removal.words)}</q>.`} Last seen ${readable(removal.lastSeen)}, first missing ${readable(removal.firstMissing)}, confirmed ${readable(removal.confirmed)}.</p>` : ''}
        <ul>
          ${notice.why.map(({ text, observations }) => html`<li>${visible(text)} <span class="id">${observations.join(' ')}</span></li>`)}
        </ul>
      </section>
      ${reading(view, exhibit)}${copies(view)}${candidates(notice)}${rules(notice)}${flags(notice)}${changes(notice)}${evidence(notice)}`,
  });
}

function reading({ notice, catalogue }: NoticeView, exhibit: ExhibitRow | undefined): Html {
  if (!exhibit)
    return html`<section>
      <h2>Text</h2>
      <p>No live page of this notice was ever captured.</p>
    </section>`;
  const last = Math.max(0, ...notice.mentions.map(({ revision }) => revision));
  const mentions = notice.mentions.filter(({ revision }) => revision === last);
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
    <h2 id="text">Text, as last captured</h2>
    <div class="reading" lang="${langOf(notice.language)}">${markedText(exhibit.reading.text, mentions, nameOf)}</div>
    <details>
      <summary>Everything recognised (${rows.length})</summary>
      ${table({ caption: 'Recognised in the text', header: ['kind', 'what', 'words', 'at', 'because'], rows })}
    </details>
  </section>`;
}

function copies({ notice, exhibit, others }: NoticeView): Html | string {
  if (notice.copies.length === 0)
    return html`<section>
      <h2>Copies</h2>
      <p>No other notice of this store shares a passage with it.</p>
    </section>`;
  return html`<section aria-labelledby="copies">
    <h2 id="copies">Copies</h2>
    ${notice.copies.map((copy) => {
      const other = others.get(copy.notice);
      const relation = notice.passages.find((each) => each.other === copy.notice);
      return html`<h3>
          <a href="/notices/${copy.notice}" lang="${langOfText(other?.account ?? '')}">${visible(other?.account ?? copy.notice)}</a>: ${copy.relation.replace('-', ' ')}, now ${copy.presence}
        </h3>
        <p>
          ${percent(copy.sharedOfThis)} of this notice stands in it; ${percent(copy.sharedOfOther)} of it stands here.
        </p>
        ${relation && exhibit && other ? passages(relation, exhibit.reading.text, other.text) : ''}`;
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

function candidates({ matches }: NoticeDetail): Html {
  const on = matches[0]?.on;
  const rows = matches.map((each) => [
    visible(each.query),
    `${each.list}, entry ${each.entry}`,
    visible(each.name),
    visible(each.matchedName),
    `${each.from}${each.to === null ? '' : ` to ${each.to}`}`,
    `${each.nameEvidence} / ${each.corroboration}`,
    html`<ul>
      ${[...(each.via === undefined ? [] : [each.via]), ...each.why].map((reason) => html`<li>${visible(reason)}</li>`)}
    </ul>`,
  ]);
  return html`<section aria-labelledby="lists">
    <h2 id="lists">Names on lists${on === undefined ? '' : `, as of ${on}`}</h2>
    ${rows.length === 0 ? html`<p>No name of this notice was found on the <a href="/lists">lists held</a>. That is not a clearance.</p>` : table({ caption: 'Candidates', header: ['asked', 'list', 'listed as', 'matched', 'in force', 'name / more', 'why'], rows })}
  </section>`;
}

function rules({ rules: found }: NoticeDetail): Html | string {
  if (found.length === 0) return '';
  const rows = (each: readonly RuleFinding[]): string[][] =>
    each.map(({ family, regime, entry, title, instrument, from, to, missing, found: given }) => [
      family,
      `${regime} ${entry}`,
      title,
      instrument,
      `${from}${to === null ? '' : ` to ${to}`}`,
      given.map(({ text }) => text).join(', ') || '–',
      missing.join(', ') || '–',
    ]);
  const header = [
    'goods',
    'entry',
    'what it covers',
    'instrument',
    'in force',
    'the text gives',
    'the text does not give',
  ];
  return html`<section aria-labelledby="rules">
    <h2 id="rules">Rules that may concern the goods</h2>
    ${table({ caption: 'In force on the day of the notice', header, rows: rows(found.filter(({ inForce }) => inForce)) })}
    <details>
      <summary>Rules that came later, and texts of another day</summary>
      ${table({ caption: 'Later', header, rows: rows(found.filter(({ inForce }) => !inForce)) })}
    </details>
  </section>`;
}

function flags({ flags: found }: NoticeDetail): Html | string {
  if (found.length === 0) return '';
  const rows = found.map(({ id, title, words, detail, source }) => [
    id,
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

function changes({ changes: found, revisions }: NoticeDetail): Html {
  const rows = found.map(({ at, kind, edits, revision }) => [readable(at), String(revision), kind, editText(edits)]);
  return html`<section aria-labelledby="changes">
    <h2 id="changes">Changes</h2>
    ${rows.length === 0 ? html`<p>${revisions === 0 ? 'No live page was captured.' : 'Not edited since it was first captured.'}</p>` : table({ caption: 'Edits in substance', header: ['seen', 'revision', 'what', 'words'], rows })}
  </section>`;
}

function editText(edits: Change['edits']): Html {
  return html`${edits.map(({ op, text }) => {
    const words = visible(text);
    if (op === 'keep') return words;
    return op === 'add'
      ? html`<ins><span class="hidden">added: </span>${words}</ins>`
      : html`<del><span class="hidden">removed: </span>${words}</del>`;
  })}`;
}

function evidence({ id, exhibitList, observations }: NoticeDetail): Html {
  const exhibits = exhibitList.map((each) => [
    html`<a href="/api/v1/exhibits/${each.id}">${each.id}</a>`,
    readable(each.at),
    each.class,
    `HTTP ${each.status}`,
    String(each.logIndex),
    html`<code>${each.warc}</code>`,
    html`<a href="/api/v1/exhibits/${each.id}/warc">WARC</a>`,
  ]);
  const checks = observations.map((each) => [
    each.id,
    readable(each.at),
    each.class,
    each.rule,
    String(each.logIndex),
    each.exhibit ?? 'no page of its own was kept',
  ]);
  return html`<section aria-labelledby="evidence">
    <h2 id="evidence">Evidence</h2>
    <div class="box">
      <p>
        <strong>What this shows:</strong> As Posted recorded these bytes not later than its log’s checkpoint, and they
        are unchanged since. Check it with <code>asposted export ${id} -o notice.zip</code> and
        <code>asposted verify notice.zip</code>, on any machine, offline.
      </p>
      <p>
        <strong>What it does not show:</strong> that the site sent the same to everybody, that what the page says is
        true, or who wrote it. No outside witness or time stamp has signed the checkpoint yet.
      </p>
    </div>
    ${table({ caption: 'Exhibits', header: ['exhibit', 'captured', 'page', 'answer', 'log', 'SHA-256 of the WARC', 'file'], rows: exhibits })}
    <details>
      <summary>All ${checks.length} checks</summary>
      ${table({ caption: 'Checks', header: ['observation', 'when', 'concluded', 'by', 'log', 'exhibit'], rows: checks })}
    </details>
  </section>`;
}
