/** What was found, in which form, with the words around it. Readable and pageable without a script. */
import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { Presence } from '../../model/index.js';
import type { Catalogue } from '../../recognise/index.js';
import type { Parts, SearchHit } from '../../watch/index.js';
import type { KeptPages } from '../kept.js';
import { h, t } from '../messages/index.js';
import { type Everything, searchEverything } from '../search.js';
import { type Html, page } from './layout.js';
import { asIs, said } from './said.js';
import { csvAnswer } from './tables.js';
import {
  PRESENCES,
  isPresence,
  langOf,
  langOfText,
  nameOfGoods,
  presenceWord,
  presenceWords,
  readable,
  visible,
} from './words.js';

const PER_PAGE = 20;

interface Asked {
  q: string;
  presence: string;
  aids: 'on' | 'off';
  after?: string;
}

export function addSearch(app: Hono, parts: Parts, kept: KeptPages): void {
  const answer = (asked: Asked, limit: number): Promise<Everything> =>
    searchEverything(parts, {
      text: asked.q,
      presence: asked.presence === '' ? undefined : (asked.presence as Presence),
      after: asked.after,
      limit,
      aids: asked.aids === 'on',
      on: parts.clock.now().toISOString().slice(0, 10),
    });
  const askedBy = (query: (name: string) => string | undefined): Asked => {
    const after = query('after');
    const presence = query('presence') ?? '';
    return {
      q: (query('q') ?? '').slice(0, 400),
      presence: isPresence(presence) ? presence : '',
      aids: query('aids') === 'off' ? 'off' : 'on',
      ...(after === undefined ? {} : { after: after.slice(0, 80) }),
    };
  };
  app.get('/search', async (context) => {
    const asked = askedBy((name) => context.req.query(name));
    return kept(context, async () => {
      const found = asked.q.trim() === '' ? undefined : await answer(asked, PER_PAGE);
      return searchPage(asked, found, parts.catalogue);
    });
  });
  app.get('/search.csv', async (context) => {
    const asked = askedBy((name) => context.req.query(name));
    const { items } = asked.q.trim() === '' ? { items: [] } : await answer(asked, 1_000);
    return csvAnswer(context, 'search', CSV_HEADER, items.map(csvRow));
  });
}

const CSV_HEADER = ['notice', 'title', 'posted by', 'date on the page', 'first seen', 'presence', 'found in', 'form', 'before', 'after', 'exhibit', 'address']; // prettier-ignore

const csvRow = (hit: SearchHit): (string | null)[] => [
  hit.id,
  hit.title,
  hit.account,
  hit.published,
  hit.firstSeen,
  hit.presence,
  hit.foundIn,
  hit.form,
  hit.excerpt?.before ?? null,
  hit.excerpt?.after ?? null,
  hit.excerpt?.exhibit ?? null,
  hit.url,
];

const linkTo = (path: string, asked: Asked): string =>
  `${path}?${new URLSearchParams({ ...asked } as Record<string, string>).toString()}`;

export function searchPage(asked: Asked, found: Everything | undefined, catalogue: Catalogue): Html {
  const { q, after: _, ...filters } = asked;
  return page({
    title: q === '' ? t('common.search') : t('search.titleOf', { q }),
    json: q.trim() === '' ? '/api/openapi.json' : jsonOf(asked),
    current: 'search',
    asked: q,
    body: html`<h1>${t('common.search')}</h1>
      ${form(asked)}
      ${
        found
          ? html`${status(asked, found)}${others(found, catalogue)}${notices(found)}${pager({ q, ...filters }, found)}`
          : html`<p>${h('search.help', { example: html`<code>jam*</code>` })}</p>`
      }`,
  });
}

function jsonOf({ q, presence, aids, after }: Asked): string {
  const asked = { q, aids, ...(presence === '' ? {} : { presence }), ...(after === undefined ? {} : { after }) };
  return `/api/v1/search?${new URLSearchParams(asked).toString()}`;
}

function form({ q, presence, aids }: Asked): Html {
  const option = (value: string, words: string, chosen: string): Html =>
    html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${words}</option>`;
  return html`<form method="get" action="/search" aria-label="${t('search.thisSearch')}">
    <label>${t('search.words')} <input type="search" name="q" value="${q}" maxlength="400" /></label>
    <label>${t('inbox.presence')}
      <select name="presence">
        ${(['', ...PRESENCES] as const).map((each) => option(each, each === '' ? t('common.any') : presenceWord(each), presence))}
      </select></label>
    <label>${t('search.aids')}
      <select name="aids">
        ${option('on', t('search.aidsOn'), aids)}${option('off', t('search.aidsOff'), aids)}
      </select></label><button type="submit">${t('common.search')}</button>
  </form>`;
}

function status(asked: Asked, { items, next, aids, looked }: Everything): Html {
  const more = next === null ? 'no' : 'yes';
  const count = t(asked.after === undefined ? 'search.here' : 'search.onPage', { n: items.length, more });
  return html`<p role="status">
      ${count} ${t(aids ? 'search.aidsCount' : 'search.aidsAreOff')}
      ${items.length === 0 && next !== null ? t('search.looked', { n: looked }) : ''}
    </p>
    ${items.length === 0 ? '' : html`<p><a href="${linkTo('/search.csv', asked)}">${t('common.asCsv')}</a></p>`}`;
}

function others({ ids, goods, names }: Everything, catalogue: Catalogue): Html | string {
  const lines = [
    ...ids.map(
      (id) => html`<li>${h('search.underId', { id: html`<a class="id" href="${pathOf(id)}">${id}</a>` })}</li>`,
    ),
    ...goods.map((each) => html`<li>${goodOf(each, catalogue)}</li>`),
    ...names.map(({ name, notices: n }) => {
      const link = html`<a href="/organisations/${encodeURIComponent(name)}" lang="${langOfText(name)}">${visible(name)}</a>`;
      return html`<li>${h('search.name', { name: link, n })}</li>`;
    }),
  ];
  return lines.length === 0
    ? ''
    : html`<section aria-labelledby="others">
        <h2 id="others">${t('search.others')}</h2>
        <ul>
          ${lines}
        </ul>
      </section>`;
}

/** Goods under their name in the language of the page, and the name that was asked for where it is another. */
function goodOf({ type, id, name: english, form: called }: Everything['goods'][number], { families }: Catalogue): Html {
  const family = type === 'goods' ? families.find((each) => each.id === id) : undefined;
  const shown = family ? nameOfGoods(family) : english;
  const path = type === 'goods' ? 'goods' : 'trade-names';
  const name = html`<a href="/${path}/${id}" lang="${langOfText(shown)}">${visible(shown)}</a>`;
  if (called === shown) return h(type === 'goods' ? 'search.goods' : 'search.tradeName', { name });
  return h(type === 'goods' ? 'search.goodsBy' : 'search.tradeNameBy', { name, form: said(called) });
}

const PLACES: Readonly<Record<string, string>> = { N: 'notices', E: 'exhibits', S: 'sources', K: 'cases' };

/** Where a thing of that id is shown; what has no page of its own is shown as JSON on its list. */
function pathOf(id: string): string {
  const place = PLACES[id.charAt(0)];
  return place === undefined ? '/lists' : `/${place}/${id}`;
}

function notices({ items }: Everything): Html | string {
  if (items.length === 0) return '';
  return html`<section aria-labelledby="notices">
    <h2 id="notices">${t('common.notices')}</h2>
    <ol class="found" data-list>
      ${items.map(item)}
    </ol>
  </section>`;
}

const FOUND_IN = {
  title: 'search.inTitle',
  text: 'search.inText',
  account: 'search.inAccount',
  recognised: 'search.recognised',
  'read aloud': 'search.readAloud',
} as const satisfies Record<SearchHit['foundIn'], unknown>;

function item({ id, title, language, account, published, presence, foundIn, form: found, spoken, excerpt }: SearchHit): Html {
  const shown = html`<mark class="form" lang="${langOfText(found)}">${visible(found)}</mark>${spoken === undefined ? '' : html` (${asIs(spoken)})`}`;
  const around = excerpt && html`<span lang="${langOf(language)}">${visible(excerpt.before)}${shown}${visible(excerpt.after)}</span>`;
  const words = excerpt
    ? h('search.excerpt', { words: around!, exhibit: html`<a class="id" href="/exhibits/${excerpt.exhibit}">${excerpt.exhibit}</a>`, when: readable(excerpt.at) })
    : shown;
  const poster = account === null ? t('common.accountNotStated') : said(account);
  return html`<li class="${presence}">
    <h3><a href="/notices/${id}" lang="${langOf(language)}">${visible(title ?? id)}</a></h3>
    <p class="meta">
      ${h('search.posted', { account: poster, when: readable(published), presence: presenceWords(presence) })} <span class="id">${id}</span>
    </p>
    <p>${h(FOUND_IN[foundIn], { words })}</p>
  </li>`;
} // prettier-ignore

function pager(asked: Asked, { next }: Everything): Html | string {
  return next === null
    ? ''
    : html`<nav class="pager" aria-label="${t('common.pages')}">
        <a href="${linkTo('/search', { ...asked, after: next })}" rel="next">${t('inbox.older')}</a>
      </nav>`;
}
