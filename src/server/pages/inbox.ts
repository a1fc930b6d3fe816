/** The list of notices: findings as sentences, newest first. */
import { html } from 'hono/html';
import type { Catalogue } from '../../recognise/index.js';
import type { NoticeDocument } from '../../store/index.js';
import { status } from './forms.js';
import { type Html, page } from './layout.js';
import { type TriageMap, triageForms, worthOf } from './triage.js';
import { PRESENCES, langOf, langOfText, percent, presenceWords, readable, visible } from './words.js';

export interface InboxQuery {
  presence: string;
  /** What findings are worth: `undecided`, `matters`, `noise`, `unsure`; empty for all. */
  worth?: string;
  /** What the page before did. */
  done?: string;
  search: string;
  /** How many of the newest to leave out. */
  after: number;
}

const PER_PAGE = 100;

export const WORTHS = ['', 'undecided', 'matters', 'noise', 'unsure'];

/** `notices` are all that are held: a copy is named by its account also where a filter leaves its own entry out. */
export function inboxPage(
  notices: readonly NoticeDocument[],
  catalogue: Catalogue,
  query: InboxQuery,
  triage: TriageMap = new Map(),
): Html {
  const { presence, worth = '', after } = query;
  const wanted = query.search.trim().toLowerCase();
  const found = notices
    .filter((notice) => presence === '' || notice.presence === presence)
    .filter((notice) => worth === '' || worthOf(triage, notice) === worth)
    .filter((notice) => wanted === '' || haystack(notice).includes(wanted))
    .sort(newestFirst);
  const shown = found.slice(after, after + PER_PAGE);
  const byId = new Map(notices.map((each) => [each.id, each]));
  return page({
    title: 'Notices',
    json: presence === '' ? '/api/v1/notices' : `/api/v1/notices?presence=${presence}`,
    current: 'notices',
    body: html`<h1>Notices</h1>
      ${status(query.done)}${form(query)}
      <p role="status">${countOf(found.length, after, shown.length)}</p>
      ${notices.length === 0 ? '' : html`<p><a href="/notices.csv${presence === '' ? '' : `?presence=${presence}`}">As a table (CSV)</a> · <a href="/removals">Removals, and how long what was removed had stood</a></p>`}
      ${
        shown.length === 0
          ? empty(notices.length === 0)
          : html`<ol class="notices">
              ${shown.map((notice) => item(notice, { catalogue, byId, forms: triageForms(triage, notice, backTo(query)) }))}
            </ol>`
      }${pager(query, found.length)}`,
  });
}

function form({ presence, search, worth = '' }: InboxQuery): Html {
  const worths = WORTHS.map(
    (each) => html`<option value="${each}" ${each === worth ? 'selected' : ''}>${each === '' ? 'any' : each}</option>`,
  );
  const options = ['', ...PRESENCES].map(
    (each) =>
      html`<option value="${each}" ${each === presence ? 'selected' : ''}>${each === '' ? 'any' : each}</option>`,
  );
  return html`<form method="get" action="/" role="search" aria-label="Notices">
    <label>Search <input type="search" name="search" value="${search}" /></label>
    <label>Presence
      <select name="presence">
        ${options}
      </select></label>
    <label>Worth
      <select name="worth">
        ${worths}
      </select></label><button type="submit">Show</button>
  </form>`;
}

function countOf(found: number, after: number, shown: number): string {
  const all = found === 1 ? '1 notice' : `${found} notices`;
  return shown === found ? all : shown === 0 ? `None here; ${all} before` : `${after + 1}–${after + shown} of ${all}`;
}

/** The address of this page, filters and all. */
const backTo = ({ presence, search, worth = '', after }: InboxQuery): string =>
  `/?${new URLSearchParams({ presence, search, ...(worth === '' ? {} : { worth }), after: String(after) }).toString()}`;

function pager(query: InboxQuery, found: number): Html | string {
  const { after } = query;
  const link = (to: number, name: string): Html => html`<a href="${backTo({ ...query, after: to })}">${name}</a>`;
  const newer = after > 0 ? link(Math.max(0, Math.min(after, found) - PER_PAGE), 'Newer notices') : '';
  const older = after + PER_PAGE < found ? link(after + PER_PAGE, 'Older notices') : '';
  return newer === '' && older === '' ? '' : html`<nav class="pager" aria-label="Pages">${newer} ${older}</nav>`;
}

/** By the newest thing that is known of each: its removal, else when it was first seen. */
function newestFirst(a: NoticeDocument, b: NoticeDocument): number {
  const timeOf = ({ removal, firstSeen }: NoticeDocument): string => removal?.confirmed ?? firstSeen;
  return timeOf(a) < timeOf(b) ? 1 : timeOf(a) > timeOf(b) ? -1 : a.id < b.id ? -1 : 1;
}

function haystack(notice: NoticeDocument): string {
  const { id, title, account, mentions } = notice;
  return [id, title, account?.name, ...mentions.map(({ text }) => text)].join('\n').toLowerCase();
}

function empty(isNew: boolean): Html {
  if (!isNew)
    return html`<p>
      No notice fits. Silence is a result too: it was looked for in titles, accounts and everything recognised.
    </p>`;
  return html`<p>Nothing is watched yet. Start with an address:</p>
    <pre>
asposted capture https://…
asposted source add https://… &amp;&amp; asposted watch --once</pre>
    <p>Or see the story As Posted was made for: <code>asposted demo</code>.</p>`;
}

interface Around {
  catalogue: Catalogue;
  byId: ReadonlyMap<string, NoticeDocument>;
  forms: Html | string;
}

function item(notice: NoticeDocument, { catalogue, byId, forms }: Around): Html {
  const { id, title, language, account, published, presence, removal, movedTo } = notice;
  const words = removal?.words;
  return html`<li class="notice ${presence}" id="${id}">
    <h2><a href="/notices/${id}" lang="${langOf(language)}">${visible(title ?? id)}</a></h2>
    <p class="meta">
      <span lang="${langOfText(account?.name ?? '')}">${visible(account?.name ?? 'account not stated')}</span>, posted
      ${readable(published)} as the page says <span class="id">${id}</span>
    </p>
    <p class="presence">
      <strong>${presenceWords(presence, removal, movedTo)}</strong>${words ? html`: <q lang="${langOfText(words)}">${visible(words)}</q>` : ''}${removal ? html`; last seen ${readable(removal.lastSeen)}, first missing ${readable(removal.firstMissing)}` : ''}.
    </p>
    ${findings(notice, catalogue)}${copies(notice, byId)}${forms}
  </li>`;
}

function findings({ mentions, matches }: NoticeDocument, { families }: Catalogue): Html | string {
  const goods = [
    ...new Set(
      mentions
        .filter(({ kind }) => kind === 'goods')
        .map(({ id }) => families.find((each) => each.id === id)?.names.en ?? id),
    ),
  ];
  const names = [...new Set(mentions.filter(({ kind }) => kind === 'tradeName').map(({ text }) => text))];
  const candidates = [...new Set(matches.map(({ name, list, from }) => `${name} on ${list}, in force since ${from}`))];
  const parts = [
    goods.length > 0 ? html`<li>Goods named: ${goods.join('; ')}</li>` : '',
    names.length > 0
      ? html`<li>
          Trade names:
          ${names.map((name, at) => html`${at > 0 ? ', ' : ''}<span lang="${langOfText(name)}">${visible(name)}</span>`)}
        </li>`
      : '',
    candidates.length > 0 ? html`<li>Candidate: ${candidates.join('; ')}</li>` : '',
  ];
  return parts.every((part) => part === '')
    ? ''
    : html`<ul class="findings">
        ${parts}
      </ul>`;
}

function copies({ copies: found }: NoticeDocument, others: ReadonlyMap<string, NoticeDocument>): Html | string {
  if (found.length === 0) return '';
  return html`<ul class="copies">
    ${found.map((copy) => {
      const other = others.get(copy.notice);
      const what =
        copy.relation === 'shared-passage'
          ? 'Shares a passage'
          : copy.presence === 'standing'
            ? 'A copy stands'
            : `A copy is ${copy.presence}`;
      return html`<li>
        ${what}:
        <a href="/notices/${copy.notice}" lang="${langOfText(other?.account?.name ?? '')}">${visible(other?.account?.name ?? copy.notice)}</a>
        (${percent(copy.sharedOfThis)} of this notice)
      </li>`;
    })}
  </ul>`;
}
