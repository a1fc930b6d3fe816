/** The list of notices: findings as sentences, newest first. */
import { html } from 'hono/html';
import type { Presence } from '../../model/index.js';
import type { Catalogue } from '../../recognise/index.js';
import type { ListedNotice } from '../../store/index.js';
import { h, speaking, t } from '../messages/index.js';
import { status } from './forms.js';
import { addressForm } from './watching.js';
import { type Html, page } from './layout.js';
import { textOfPlace } from './places.js';
import { type TriageMap, triageForms } from './triage.js';
import {
  PRESENCES,
  catalogued,
  langOf,
  langOfText,
  nameOfGoods,
  percent,
  presenceWord,
  presenceWords,
  readable,
  visible,
} from './words.js';

export interface InboxQuery {
  /** Empty for all. */
  presence: Presence | '';
  /** What findings are worth; absent for all. */
  worth?: Worth;
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

const WORTHS = ['undecided', 'matters', 'noise', 'unsure'] as const;
export type Worth = (typeof WORTHS)[number];
export const isWorth = (word: string): word is Worth => (WORTHS as readonly string[]).includes(word);

export function inboxPage(view: InboxView, catalogue: Catalogue, query: InboxQuery): Html {
  const { presence } = query;
  const { notices, triage, isEmpty } = view;
  return page({
    title: t('common.notices'),
    json: presence === '' ? '/api/v1/notices' : `/api/v1/notices?presence=${presence}`,
    current: 'notices',
    isLive: true,
    body: html`<h1>${t('common.notices')}</h1>
      ${status(query.done)}${addressForm()}${form(query)}
      <p role="status">${countOf(view, query)}</p>
      ${isEmpty ? '' : html`<p><a href="/notices.csv${presence === '' ? '' : `?presence=${presence}`}">${t('common.asCsv')}</a> · <a href="/removals">${t('inbox.removals')}</a></p>`}
      ${
        notices.length === 0
          ? empty(isEmpty)
          : html`<ol class="notices">
              ${notices.map((notice) => item(notice, { catalogue, forms: triageForms(triage, notice, backTo(query)) }))}
            </ol>`
      }${pager(view, query)}`,
  });
}

function form({ presence, search, worth }: InboxQuery): Html {
  const option = (value: string, words: string, chosen: string | undefined): Html =>
    html`<option value="${value}" ${value === (chosen ?? '') ? 'selected' : ''}>${words}</option>`;
  return html`<form method="get" action="/" role="search" aria-label="${t('common.notices')}">
    <label>${t('common.search')} <input type="search" name="search" value="${search}" /></label>
    <label>${t('inbox.presence')}
      <select name="presence">
        ${option('', t('common.any'), presence)}${PRESENCES.map((each) => option(each, presenceWord(each), presence))}
      </select></label>
    <label>${t('inbox.worth')}
      <select name="worth">
        ${option('', t('common.any'), worth)}${WORTHS.map((each) => option(each, t(`inbox.${each}`), worth))}
      </select></label><button type="submit">${t('inbox.show')}</button>
  </form>`;
}

function countOf({ found: n, isMore, notices: { length: shown } }: InboxView, { after }: InboxQuery): string {
  const part = { from: after + 1, to: after + shown, n };
  if (isMore) return shown === 0 ? t('inbox.countPastMore', { n }) : t('inbox.countPartMore', part);
  if (shown === n) return t('inbox.count', { n });
  return shown === 0 ? t('inbox.countPast', { n }) : t('inbox.countPart', part);
}

/** The address of this page, filters and all. */
function backTo({ presence, search, worth, after, older, newer }: InboxQuery): string {
  const place = { ...(older === undefined ? {} : { older }), ...(newer === undefined ? {} : { newer }) };
  const asked = { presence, search, ...(worth === undefined ? {} : { worth }), ...place, after: String(after) };
  return `/?${new URLSearchParams(asked).toString()}`;
}

function pager({ notices, found, hasOlder }: InboxView, { older: _, newer: __, ...query }: InboxQuery): Html | string {
  const { after } = query;
  const link = (to: Partial<InboxQuery>, name: string): Html => html`<a href="${backTo({ ...query, ...to })}">${name}</a>`;
  const [first, last] = [notices[0], notices.at(-1)];
  const before = Math.max(0, (first ? after : Math.min(after, found)) - PER_PAGE);
  // What was searched for is read from the newest on.
  const begin = query.search.trim() !== '' ? { after: 0 } : before > 0 && first ? { newer: textOfPlace(first), after: before } : { after: before };
  const newer = after > 0 ? link(begin, t('inbox.newer')) : '';
  const older = hasOlder && last ? link({ older: textOfPlace(last), after: after + notices.length }, t('inbox.older')) : '';
  return newer === '' && older === '' ? '' : html`<nav class="pager" aria-label="${t('common.pages')}">${newer} ${older}</nav>`;
} // prettier-ignore

function empty(isNew: boolean): Html {
  if (!isNew) return html`<p>${t('inbox.noneFits')}</p>`;
  return html`<p>${t('inbox.nothingYet')}</p>
    <pre>
asposted capture https://…
asposted source add https://… &amp;&amp; asposted watch --once</pre>
    <p>${h('inbox.story', { command: html`<code>asposted demo</code>` })}</p>`;
}

interface Around {
  catalogue: Catalogue;
  forms: Html | string;
}

function item(notice: ListedNotice, { catalogue, forms }: Around): Html {
  const { id, title, language, account, published, presence, removal, movedTo } = notice;
  const words = removal?.words;
  const poster = html`<span lang="${account === null ? speaking().language : langOfText(account)}">${visible(account ?? t('common.accountNotStated'))}</span>`;
  const seen = removal
    ? html`; ${t('inbox.seen', { last: readable(removal.lastSeen), missing: readable(removal.firstMissing) })}`
    : '';
  return html`<li class="notice ${presence}" id="${id}">
    <h2><a href="/notices/${id}" lang="${langOf(language)}">${visible(title ?? id)}</a></h2>
    <p class="meta">
      ${h('inbox.posted', { account: poster, when: readable(published) })} <span class="id">${id}</span>
    </p>
    <p class="presence">
      <strong>${presenceWords(presence, removal, movedTo)}</strong>${words ? html`: <q lang="${langOfText(words)}">${visible(words)}</q>` : ''}${seen}
    </p>
    ${findings(notice, catalogue)}${copies(notice)}${forms}
  </li>`;
}

function findings(
  { goods: named, tradeNames: names, candidates: found }: ListedNotice,
  { families }: Catalogue,
): Html | string {
  // What the catalogue no longer knows is named by its id: that something was found is not left out.
  const goods = named.map((id, at) => {
    const family = families.find((each) => each.id === id);
    const separator = at > 0 ? '; ' : '';
    return family
      ? html`${separator}<span lang="${langOf(catalogued())}">${nameOfGoods(family)}</span>`
      : html`${separator}<span translate="no">${visible(id)}</span>`;
  });
  const candidates = found.map(({ name, list, from }) => t('inbox.candidateOf', { name, list, from }));
  const parts = [
    goods.length > 0 ? html`<li>${h('inbox.goods', { goods: html`${goods}` })}</li>` : '',
    names.length > 0 ? html`<li>${h('inbox.tradeNames', { names: html`${names.map(nameOf)}` })}</li>` : '',
    candidates.length > 0
      ? html`<li>${t('inbox.candidate', { candidates: [...new Set(candidates)].join('; ') })}</li>`
      : '',
  ];
  return parts.every((part) => part === '')
    ? ''
    : html`<ul class="findings">
        ${parts}
      </ul>`;
}

const nameOf = (name: string, at: number): Html =>
  html`${at > 0 ? ', ' : ''}<span lang="${langOfText(name)}">${visible(name)}</span>`;

function copies({ copies: found }: ListedNotice): Html | string {
  if (found.length === 0) return '';
  return html`<ul class="copies">
    ${found.map((copy) => {
      const notice = html`<a href="/notices/${copy.notice}" lang="${langOfText(copy.account ?? '')}">${visible(copy.account ?? copy.notice)}</a>`;
      const values = { notice, share: percent(copy.sharedOfThis) };
      if (copy.relation === 'shared-passage') return html`<li>${h('inbox.passage', values)}</li>`;
      if (copy.presence === 'standing') return html`<li>${h('inbox.copyStands', values)}</li>`;
      return html`<li>${h('inbox.copyIs', { ...values, presence: presenceWord(copy.presence) })}</li>`;
    })}
  </ul>`;
}
