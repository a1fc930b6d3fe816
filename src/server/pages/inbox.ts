/** The list of notices: findings as sentences, newest first. */
import { html } from 'hono/html';
import type { Catalogue } from '../../recognise/index.js';
import type { ListedNotice } from '../../store/index.js';
import { status } from './forms.js';
import { type Html, page } from './layout.js';
import { textOfPlace } from './places.js';
import { type TriageMap, triageForms } from './triage.js';
import { PRESENCES, langOf, langOfText, percent, presenceWords, readable, visible } from './words.js';

export interface InboxQuery {
  presence: string;
  /** What findings are worth: `undecided`, `matters`, `noise`, `unsure`; empty for all. */
  worth?: string;
  /** What the page before did. */
  done?: string;
  search: string;
  /** How many stand before this page. */
  after: number;
  /** The place this page begins after, or ends before: however many are before it, it is found at once. Without one they are counted off. */
  older?: string;
  newer?: string;
}

export const PER_PAGE = 100;

/** What is read for one page. */
export interface InboxView {
  /** Those of the page. */
  notices: readonly ListedNotice[];
  /** How many fit; where `isMore`, there are more than that, and nobody counted them. */
  found: number;
  isMore: boolean;
  hasOlder: boolean;
  /** Whether the store holds no notice at all. */
  isEmpty: boolean;
  triage: TriageMap;
}

export const WORTHS = ['', 'undecided', 'matters', 'noise', 'unsure'];

export function inboxPage(view: InboxView, catalogue: Catalogue, query: InboxQuery): Html {
  const { presence } = query;
  const { notices, triage, isEmpty } = view;
  return page({
    title: 'Notices',
    json: presence === '' ? '/api/v1/notices' : `/api/v1/notices?presence=${presence}`,
    current: 'notices',
    body: html`<h1>Notices</h1>
      ${status(query.done)}${form(query)}
      <p role="status">${countOf(view, query)}</p>
      ${isEmpty ? '' : html`<p><a href="/notices.csv${presence === '' ? '' : `?presence=${presence}`}">As a table (CSV)</a> · <a href="/removals">Removals, and how long what was removed had stood</a></p>`}
      ${
        notices.length === 0
          ? empty(isEmpty)
          : html`<ol class="notices">
              ${notices.map((notice) => item(notice, { catalogue, forms: triageForms(triage, notice, backTo(query)) }))}
            </ol>`
      }${pager(view, query)}`,
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

function countOf({ found, isMore, notices: { length: shown } }: InboxView, { after }: InboxQuery): string {
  const all = isMore ? `more than ${found} notices` : found === 1 ? '1 notice' : `${found} notices`;
  return shown === found && !isMore
    ? all
    : shown === 0
      ? `None here; ${all} before`
      : `${after + 1}–${after + shown} of ${all}`;
}

/** The address of this page, filters and all. */
function backTo({ presence, search, worth = '', after, older, newer }: InboxQuery): string {
  const place = { ...(older === undefined ? {} : { older }), ...(newer === undefined ? {} : { newer }) };
  const asked = { presence, search, ...(worth === '' ? {} : { worth }), ...place, after: String(after) };
  return `/?${new URLSearchParams(asked).toString()}`;
}

function pager({ notices, found, hasOlder }: InboxView, { older: _, newer: __, ...query }: InboxQuery): Html | string {
  const { after } = query;
  const link = (to: Partial<InboxQuery>, name: string): Html => html`<a href="${backTo({ ...query, ...to })}">${name}</a>`;
  const [first, last] = [notices[0], notices.at(-1)];
  const before = Math.max(0, (first ? after : Math.min(after, found)) - PER_PAGE);
  // What was searched for is read from the newest on.
  const begin = query.search.trim() !== '' ? { after: 0 } : before > 0 && first ? { newer: textOfPlace(first), after: before } : { after: before };
  const newer = after > 0 ? link(begin, 'Newer notices') : '';
  const older = hasOlder && last ? link({ older: textOfPlace(last), after: after + notices.length }, 'Older notices') : '';
  return newer === '' && older === '' ? '' : html`<nav class="pager" aria-label="Pages">${newer} ${older}</nav>`;
} // prettier-ignore

function empty(isNew: boolean): Html {
  if (!isNew)
    return html`<p>
      No notice fits. Silence is a result too: it was looked for in titles, texts, accounts and everything recognised.
    </p>`;
  return html`<p>Nothing is watched yet. Start with an address:</p>
    <pre>
asposted capture https://…
asposted source add https://… &amp;&amp; asposted watch --once</pre>
    <p>Or see the story As Posted was made for: <code>asposted demo</code>.</p>`;
}

interface Around {
  catalogue: Catalogue;
  forms: Html | string;
}

function item(notice: ListedNotice, { catalogue, forms }: Around): Html {
  const { id, title, language, account, published, presence, removal, movedTo } = notice;
  const words = removal?.words;
  return html`<li class="notice ${presence}" id="${id}">
    <h2><a href="/notices/${id}" lang="${langOf(language)}">${visible(title ?? id)}</a></h2>
    <p class="meta">
      <span lang="${langOfText(account ?? '')}">${visible(account ?? 'account not stated')}</span>, posted
      ${readable(published)} as the page says <span class="id">${id}</span>
    </p>
    <p class="presence">
      <strong>${presenceWords(presence, removal, movedTo)}</strong>${words ? html`: <q lang="${langOfText(words)}">${visible(words)}</q>` : ''}${removal ? html`; last seen ${readable(removal.lastSeen)}, first missing ${readable(removal.firstMissing)}` : ''}.
    </p>
    ${findings(notice, catalogue)}${copies(notice)}${forms}
  </li>`;
}

function findings(
  { goods: named, tradeNames: names, candidates: found }: ListedNotice,
  { families }: Catalogue,
): Html | string {
  const goods = named.map((id) => families.find((each) => each.id === id)?.names.en ?? id);
  const candidates = [...new Set(found.map(({ name, list, from }) => `${name} on ${list}, in force since ${from}`))];
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

function copies({ copies: found }: ListedNotice): Html | string {
  if (found.length === 0) return '';
  return html`<ul class="copies">
    ${found.map((copy) => {
      const what =
        copy.relation === 'shared-passage'
          ? 'Shares a passage'
          : copy.presence === 'standing'
            ? 'A copy stands'
            : `A copy is ${copy.presence}`;
      return html`<li>
        ${what}:
        <a href="/notices/${copy.notice}" lang="${langOfText(copy.account ?? '')}">${visible(copy.account ?? copy.notice)}</a>
        (${percent(copy.sharedOfThis)} of this notice)
      </li>`;
    })}
  </ul>`;
}
