/** What was found, in which form, with the words around it. Readable and pageable without a script. */
import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { Presence } from '../../model/index.js';
import type { Parts, SearchHit } from '../../watch/index.js';
import type { KeptPages } from '../kept.js';
import { type Everything, searchEverything } from '../search.js';
import { type Html, page } from './layout.js';
import { csvAnswer } from './tables.js';
import { PRESENCES, langOf, langOfText, presenceWords, readable, visible } from './words.js';

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
      presence: PRESENCES.includes(presence) ? presence : '',
      aids: query('aids') === 'off' ? 'off' : 'on',
      ...(after === undefined ? {} : { after: after.slice(0, 80) }),
    };
  };
  app.get('/search', async (context) => {
    const asked = askedBy((name) => context.req.query(name));
    return kept(context, async () =>
      searchPage(asked, asked.q.trim() === '' ? undefined : await answer(asked, PER_PAGE)),
    );
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

export function searchPage(asked: Asked, found: Everything | undefined): Html {
  const { q, after: _, ...filters } = asked;
  return page({
    title: q === '' ? 'Search' : `Search: ${q}`,
    json: q.trim() === '' ? '/api/openapi.json' : jsonOf(asked),
    current: 'search',
    asked: q,
    body: html`<h1>Search</h1>
      ${form(asked)}
      ${
        found
          ? html`${status(asked, found)}${others(found)}${notices(found)}${pager({ q, ...filters }, found)}`
          : html`<p>
              Words must all stand in one notice, inflected or not; quotation marks keep several together, and
              <code>jam*</code> asks for what begins so. Names of goods find notices in other languages too. An id, or its
              beginning, leads to what it names.
            </p>`
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
  return html`<form method="get" action="/search" aria-label="This search">
    <label>Words <input type="search" name="q" value="${q}" maxlength="400" /></label>
    <label>Presence
      <select name="presence">
        ${['', ...PRESENCES].map((each) => option(each, each === '' ? 'any' : each, presence))}
      </select></label>
    <label>Names read aloud (pinyin, transliteration)
      <select name="aids">
        ${option('on', 'count too', aids)}${option('off', 'do not count', aids)}
      </select></label><button type="submit">Search</button>
  </form>`;
}

function status(asked: Asked, { items, next, aids, looked }: Everything): Html {
  const count = `${items.length === 0 ? 'No notice' : items.length === 1 ? '1 notice' : `${items.length} notices`} ${asked.after === undefined ? 'here' : 'on this page'}`;
  return html`<p role="status">
      ${count}, newest first${next === null ? '' : '; more follow'}. ${aids ? 'Names read aloud count too' : 'Only what is written counts: names read aloud are switched off'}.
      ${items.length === 0 && next !== null ? `${looked} were read whose letters looked like it; older ones were not read yet.` : ''}
    </p>
    ${items.length === 0 ? '' : html`<p><a href="${linkTo('/search.csv', asked)}">As a table (CSV)</a></p>`}`;
}

function others({ ids, goods, names }: Everything): Html | string {
  const lines = [
    ...ids.map((id) => html`<li>Under that id: <a class="id" href="${pathOf(id)}">${id}</a></li>`),
    ...goods.map(
      ({ type, id, name, form: called }) =>
        html`<li>
          ${type === 'goods' ? 'Goods' : 'Trade name'}:
          <a href="/${type === 'goods' ? 'goods' : 'trade-names'}/${id}" lang="${langOfText(name)}">${name}</a>${called === name ? '' : html`, by <span lang="${langOfText(called)}">${called}</span>`}
        </li>`,
    ),
    ...names.map(
      ({ name, notices: count }) =>
        html`<li>
          Name: <a href="/organisations/${encodeURIComponent(name)}" lang="${langOfText(name)}">${visible(name)}</a>, in
          ${count === 1 ? '1 notice' : `${count} notices`}
        </li>`,
    ),
  ];
  return lines.length === 0
    ? ''
    : html`<section aria-labelledby="others">
        <h2 id="others">Names, goods and ids</h2>
        <ul>
          ${lines}
        </ul>
      </section>`;
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
    <h2 id="notices">Notices</h2>
    <ol class="found" data-list>
      ${items.map(item)}
    </ol>
  </section>`;
}

const FOUND_IN: Readonly<Record<SearchHit['foundIn'], string>> = {
  title: 'In the title',
  text: 'In the text',
  account: 'In the name of the account',
  recognised: 'Recognised as what was asked',
  'read aloud': 'Read aloud',
};

function item({ id, title, language, account, published, presence, foundIn, form: found, spoken, excerpt }: SearchHit): Html {
  const shown = html`<mark class="form" lang="${langOfText(found)}">${visible(found)}</mark>${spoken === undefined ? '' : html` (<span>${visible(spoken)}</span>)`}`;
  return html`<li class="${presence}">
    <h3><a href="/notices/${id}" lang="${langOf(language)}">${visible(title ?? id)}</a></h3>
    <p class="meta">
      <span lang="${langOfText(account ?? '')}">${visible(account ?? 'account not stated')}</span>, posted
      ${readable(published)} as the page says. ${presenceWords(presence)} <span class="id">${id}</span>
    </p>
    <p>
      ${FOUND_IN[foundIn]}:
      ${excerpt ? html`<span lang="${langOf(language)}">${visible(excerpt.before)}${shown}${visible(excerpt.after)}</span> <a class="id" href="/exhibits/${excerpt.exhibit}">${excerpt.exhibit}</a>, ${readable(excerpt.at)}` : shown}
    </p>
  </li>`;
} // prettier-ignore

function pager(asked: Asked, { next }: Everything): Html | string {
  return next === null
    ? ''
    : html`<nav class="pager" aria-label="Pages">
        <a href="${linkTo('/search', { ...asked, after: next })}" rel="next">Older notices</a>
      </nav>`;
}
