import { html } from 'hono/html';
import type { Screening } from '../../model/index.js';
import type { Catalogue, Family, RuleEntry, TradeName } from '../../recognise/index.js';
import type { NamingNotice, Neighbour } from '../../store/index.js';
import { graph } from './graph.js';
import { type Html, page, table } from './layout.js';
import { noticeTable, screeningSection } from './organisation.js';
import { langOf, langOfText, visible } from './words.js';

const LANGUAGES = ['en', 'zh', 'ru', 'uk'] as const;
const said = (text: string): Html => html`<span lang="${langOfText(text)}">${visible(text)}</span>`;

interface GoodsView {
  family: Family;
  notices: readonly NamingNotice[];
  catalogue: Catalogue;
  neighbours: readonly Neighbour[];
  /** The day on which rules count as in force. */
  on: string;
}

export function goodsPage({ family, notices, catalogue, neighbours, on }: GoodsView): Html {
  const { id, names, terms, hs6 = [], priority } = family;
  const words = LANGUAGES.flatMap((language) =>
    (terms[language] ?? []).map((each) => [
      html`<span lang="${langOf(language)}">${each.term}</span>`,
      language,
      each.strength,
      each.source,
      each.added,
      each.note ?? '',
    ]),
  );
  return page({
    title: names.en,
    json: `/api/v1/search?${new URLSearchParams({ q: id }).toString()}`,
    current: 'search',
    body: html`<h1>${names.en}</h1>
      <p class="meta">
        ${LANGUAGES.slice(1).map((language) => html`<span lang="${langOf(language)}">${names[language]}</span> · `)}<span class="id">${id}</span>
      </p>
      <p>
        A family of goods of the catalogue ${catalogue.version}, ${priority}${hs6.length === 0 ? '' : `; customs codes ${hs6.join(', ')}`}.
        <a href="/goods/${id}/notices.csv">Its notices as a table (CSV)</a>.
      </p>
      ${entries(
        catalogue.rules.filter((rule) => rule.families.includes(id)),
        on,
      )}${noticeTable(notices)}${graph(names.en, notices, neighbours)}
      <section aria-labelledby="words">
        <h2 id="words">Words it is known by</h2>
        <details>
          <summary>${words.length} words, each with its source</summary>
          ${table({ caption: 'Words of the catalogue', header: ['word', 'language', 'strength', 'source', 'added', 'note'], rows: words })}
        </details>
      </section>`,
  });
}

function isInForce({ from, to, suspended }: RuleEntry, on: string): boolean {
  if (from === undefined || from > on || (to !== undefined && to <= on)) return false;
  return suspended === undefined || on < suspended.from || on >= suspended.to;
}

/** Candidate entries: what each asks for is what a notice would have to state before anybody could say more. */
function entries(rules: readonly RuleEntry[], on: string): Html {
  const header = ['entry', 'what it covers', 'instrument', 'in force', 'asks for', 'source'];
  const row = (each: RuleEntry): (Html | string)[] => [
    html`<span class="id">${each.regime} ${each.entry}</span>`,
    said(each.title),
    visible(each.instrument),
    `${each.from ?? `not established; read ${each.asOf ?? each.added}`}${each.to === undefined ? '' : ` to ${each.to}`}`,
    (each.parameters ?? []).map(({ id, operator, value, unit }) => `${id} ${operator} ${value} ${unit}`.trim()).join(', ') || 'no parameter that could be read',
    visible(each.source),
  ];
  const now = rules.filter((each) => isInForce(each, on));
  const other = rules.filter((each) => !isInForce(each, on));
  return html`<section aria-labelledby="rules">
    <h2 id="rules">Control entries that may concern it</h2>
    ${now.length === 0 ? html`<p>None of the rules known here is in force on ${on}.</p>` : table({ caption: `Candidate entries in force on ${on}`, header, rows: now.map(row) })}
    ${other.length === 0 ? '' : html`<details>
      <summary>Of other days (${other.length})</summary>
      ${table({ caption: 'Not in force on that day', header, rows: other.map(row) })}
    </details>`}
    <p>Whether an item meets an entry is decided by its parameters, which a notice rarely states.</p>
  </section>`;
} // prettier-ignore

interface TradeNameView {
  tradeName: TradeName;
  notices: readonly NamingNotice[];
  screenings: readonly Screening[];
  neighbours: readonly Neighbour[];
}

export function tradeNamePage({ tradeName, notices, screenings, neighbours }: TradeNameView): Html {
  const { id, name, variants = [], kind, country, maker, source, added, note } = tradeName;
  return page({
    title: name,
    json: `/api/v1/search?${new URLSearchParams({ q: name }).toString()}`,
    current: 'search',
    body: html`<h1 lang="${langOfText(name)}">${visible(name)}</h1>
      <p class="meta">Trade name of ${kind}${country === undefined ? '' : `, ${country}`} <span class="id">${id}</span></p>
      <p>
        ${variants.length === 0 ? '' : html`Also written ${variants.map((each, at) => html`${at > 0 ? ', ' : ''}${said(each)}`)}. `}${maker ? html`Public sources name ${said(maker.name)} as its maker (${visible(maker.source)}); that is no identification.` : 'No maker is known to the catalogue.'}
        Source ${visible(source)}, added ${added}.${note === undefined ? '' : ` ${note}`}
      </p>
      ${maker ? screeningSection(maker.name, screenings) : ''}${noticeTable(notices)}${graph(name, notices, neighbours)}`,
  });
} // prettier-ignore
