/** The list of notices: findings as sentences, newest first. */
import { html } from 'hono/html';
import type { Presence } from '../../model/index.js';
import type { Catalogue } from '../../recognise/index.js';
import type { NoticeDocument } from '../../store/index.js';
import { h, speaking, t } from '../messages/index.js';
import { status } from './forms.js';
import { type Html, page } from './layout.js';
import { type TriageMap, triageForms, worthOf } from './triage.js';
import {
  PRESENCES,
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
  /** How many of the newest to leave out. */
  after: number;
}

const PER_PAGE = 100;

const WORTHS = ['undecided', 'matters', 'noise', 'unsure'] as const;
export type Worth = (typeof WORTHS)[number];
export const isWorth = (word: string): word is Worth => (WORTHS as readonly string[]).includes(word);

/** `notices` are all that are held: a copy is named by its account also where a filter leaves its own entry out. */
export function inboxPage(
  notices: readonly NoticeDocument[],
  catalogue: Catalogue,
  query: InboxQuery,
  triage: TriageMap = new Map(),
): Html {
  const { presence, worth, after } = query;
  const wanted = query.search.trim().toLowerCase();
  const found = notices
    .filter((notice) => presence === '' || notice.presence === presence)
    .filter((notice) => worth === undefined || worthOf(triage, notice) === worth)
    .filter((notice) => wanted === '' || haystack(notice).includes(wanted))
    .sort(newestFirst);
  const shown = found.slice(after, after + PER_PAGE);
  const byId = new Map(notices.map((each) => [each.id, each]));
  return page({
    title: t('common.notices'),
    json: presence === '' ? '/api/v1/notices' : `/api/v1/notices?presence=${presence}`,
    current: 'notices',
    body: html`<h1>${t('common.notices')}</h1>
      ${status(query.done)}${form(query)}
      <p role="status">${countOf(found.length, after, shown.length)}</p>
      ${notices.length === 0 ? '' : html`<p><a href="/notices.csv${presence === '' ? '' : `?presence=${presence}`}">${t('common.asCsv')}</a> · <a href="/removals">${t('inbox.removals')}</a></p>`}
      ${
        shown.length === 0
          ? empty(notices.length === 0)
          : html`<ol class="notices">
              ${shown.map((notice) => item(notice, { catalogue, byId, forms: triageForms(triage, notice, backTo(query)) }))}
            </ol>`
      }${pager(query, found.length)}`,
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

function countOf(n: number, after: number, shown: number): string {
  if (shown === n) return t('inbox.count', { n });
  return shown === 0 ? t('inbox.countPast', { n }) : t('inbox.countPart', { from: after + 1, to: after + shown, n });
}

/** The address of this page, filters and all. */
const backTo = ({ presence, search, worth, after }: InboxQuery): string =>
  `/?${new URLSearchParams({ presence, search, ...(worth === undefined ? {} : { worth }), after: String(after) }).toString()}`;

function pager(query: InboxQuery, found: number): Html | string {
  const { after } = query;
  const link = (to: number, name: string): Html => html`<a href="${backTo({ ...query, after: to })}">${name}</a>`;
  const newer = after > 0 ? link(Math.max(0, Math.min(after, found) - PER_PAGE), t('inbox.newer')) : '';
  const older = after + PER_PAGE < found ? link(after + PER_PAGE, t('inbox.older')) : '';
  return newer === '' && older === ''
    ? ''
    : html`<nav class="pager" aria-label="${t('common.pages')}">${newer} ${older}</nav>`;
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
  if (!isNew) return html`<p>${t('inbox.noneFits')}</p>`;
  return html`<p>${t('inbox.nothingYet')}</p>
    <pre>
asposted capture https://…
asposted source add https://… &amp;&amp; asposted watch --once</pre>
    <p>${h('inbox.story', { command: html`<code>asposted demo</code>` })}</p>`;
}

interface Around {
  catalogue: Catalogue;
  byId: ReadonlyMap<string, NoticeDocument>;
  forms: Html | string;
}

function item(notice: NoticeDocument, { catalogue, byId, forms }: Around): Html {
  const { id, title, language, account, published, presence, removal, movedTo } = notice;
  const words = removal?.words;
  const named = account?.name ?? undefined;
  const poster = html`<span lang="${named === undefined ? speaking().language : langOfText(named)}">${visible(named ?? t('common.accountNotStated'))}</span>`;
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
    ${findings(notice, catalogue)}${copies(notice, byId)}${forms}
  </li>`;
}

function findings({ mentions, matches }: NoticeDocument, { families }: Catalogue): Html | string {
  const goods = mentions
    .filter(({ kind }) => kind === 'goods')
    .map(({ id }) => families.find((each) => each.id === id))
    .flatMap((family) => (family ? [nameOfGoods(family)] : []));
  const names = [...new Set(mentions.filter(({ kind }) => kind === 'tradeName').map(({ text }) => text))];
  const candidates = matches.map(({ name, list, from }) => t('inbox.candidateOf', { name, list, from }));
  const parts = [
    goods.length > 0 ? html`<li>${t('inbox.goods', { goods: [...new Set(goods)].join('; ') })}</li>` : '',
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

function copies({ copies: found }: NoticeDocument, others: ReadonlyMap<string, NoticeDocument>): Html | string {
  if (found.length === 0) return '';
  return html`<ul class="copies">
    ${found.map((copy) => {
      const name = others.get(copy.notice)?.account?.name;
      const notice = html`<a href="/notices/${copy.notice}" lang="${langOfText(name ?? '')}">${visible(name ?? copy.notice)}</a>`;
      const values = { notice, share: percent(copy.sharedOfThis) };
      if (copy.relation === 'shared-passage') return html`<li>${h('inbox.passage', values)}</li>`;
      if (copy.presence === 'standing') return html`<li>${h('inbox.copyStands', values)}</li>`;
      return html`<li>${h('inbox.copyIs', { ...values, presence: presenceWord(copy.presence) })}</li>`;
    })}
  </ul>`;
}
