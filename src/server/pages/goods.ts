import { html } from 'hono/html';
import type { Screening } from '../../model/index.js';
import type { Catalogue, Family, RuleEntry, TradeName } from '../../recognise/index.js';
import type { NamingNotice, Neighbour } from '../../store/index.js';
import { type MessageKey, h, t } from '../messages/index.js';
import { graph } from './graph.js';
import { type Html, page, table } from './layout.js';
import { noticeTable, screeningSection } from './organisation.js';
import { asIs, inEnglish, said } from './said.js';
import { langOf, langOfText, nameOfGoods, visible } from './words.js';

const LANGUAGES = ['en', 'zh', 'ru', 'uk'] as const;
const PRIORITIES = {
  core: 'profiles.core',
  adjacent: 'profiles.adjacent',
  broad: 'profiles.broad',
} as const satisfies Record<Family['priority'], MessageKey>;

interface GoodsView {
  family: Family;
  notices: readonly NamingNotice[];
  catalogue: Catalogue;
  neighbours: readonly Neighbour[];
  /** The day on which rules count as in force. */
  on: string;
}

export function goodsPage({ family, notices, catalogue, neighbours, on }: GoodsView): Html {
  const { id, names, hs6 = [], priority } = family;
  const name = nameOfGoods(family);
  const others = LANGUAGES.filter((language) => names[language] !== name);
  const facts = { version: asIs(catalogue.version), priority: t(PRIORITIES[priority]) };
  return page({
    title: name,
    json: `/api/v1/search?${new URLSearchParams({ q: id }).toString()}`,
    current: 'search',
    body: html`<h1>${said(name)}</h1>
      <p class="meta">
        ${others.map((language) => html`<span lang="${langOf(language)}">${names[language]}</span> · `)}<span class="id">${id}</span>
      </p>
      <p>
        ${hs6.length === 0 ? h('profiles.family', facts) : h('profiles.familyCodes', { ...facts, codes: hs6.join(', ') })}
        <a href="/goods/${id}/notices.csv">${t('profiles.itsNotices')}</a>
      </p>
      ${entries(
        catalogue.rules.filter((rule) => rule.families.includes(id)),
        on,
      )}${noticeTable(notices)}${graph(name, notices, neighbours)}${wordsOf(family)}`,
  });
}

function wordsOf({ terms }: Family): Html {
  const rows = LANGUAGES.flatMap((language) =>
    (terms[language] ?? []).map((each) => [
      html`<span lang="${langOf(language)}">${each.term}</span>`,
      asIs(language),
      t(`profiles.${each.strength}`),
      asIs(each.source),
      each.added,
      inEnglish(each.note ?? ''),
    ]),
  );
  const header = [
    ...[t('profiles.word'), t('profiles.language'), t('profiles.strength')],
    ...[t('profiles.source'), t('profiles.added'), t('profiles.note')],
  ];
  return html`<section aria-labelledby="words">
    <h2 id="words">${t('profiles.knownBy')}</h2>
    <details>
      <summary>${t('profiles.words', { n: rows.length })}</summary>
      ${table({ caption: t('profiles.ofCatalogue'), header, rows })}
    </details>
  </section>`;
}

function isInForce({ from, to, suspended }: RuleEntry, on: string): boolean {
  if (from === undefined || from > on || (to !== undefined && to <= on)) return false;
  return suspended === undefined || on < suspended.from || on >= suspended.to;
}

/** Candidate entries: what each asks for is what a notice would have to state before anybody could say more. */
function entries(rules: readonly RuleEntry[], on: string): Html {
  const header = [
    ...[t('profiles.entry'), t('profiles.covers'), t('profiles.instrument')],
    ...[t('profiles.inForce'), t('profiles.asksFor'), t('profiles.source')],
  ];
  const row = (each: RuleEntry): (Html | string)[] => [
    html`<span class="id">${each.regime} ${each.entry}</span>`,
    said(each.title),
    said(each.instrument),
    forceOf(each),
    each.parameters?.length
      ? asIs(each.parameters.map(({ id, operator, value, unit }) => `${id} ${operator} ${value} ${unit}`.trim()).join(', '))
      : t('profiles.noParameter'),
    said(each.source),
  ];
  const now = rules.filter((each) => isInForce(each, on));
  const other = rules.filter((each) => !isInForce(each, on));
  return html`<section aria-labelledby="rules">
    <h2 id="rules">${t('profiles.entries')}</h2>
    ${now.length === 0 ? html`<p>${t('profiles.noneInForce', { day: on })}</p>` : table({ caption: t('profiles.inForceOn', { day: on }), header, rows: now.map(row) })}
    ${other.length === 0 ? '' : html`<details>
      <summary>${t('profiles.otherDays', { n: other.length })}</summary>
      ${table({ caption: t('profiles.notThatDay'), header, rows: other.map(row) })}
    </details>`}
    <p>${t('profiles.byParameters')}</p>
  </section>`;
} // prettier-ignore

function forceOf({ from, to, asOf, added }: RuleEntry): string {
  const day = asOf ?? added;
  if (from === undefined)
    return to === undefined ? t('profiles.notEstablished', { day }) : t('profiles.notEstablishedTo', { day, to });
  return to === undefined ? from : t('profiles.fromTo', { from, to });
}

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
      <p class="meta">${country === undefined ? h('profiles.tradeNameOf', { kind: inEnglish(kind) }) : h('profiles.tradeNameIn', { kind: inEnglish(kind), country: asIs(country) })} <span class="id">${id}</span></p>
      <p>
        ${variants.length === 0 ? '' : h('profiles.alsoWritten', { names: html`${variants.map((each, at) => html`${at > 0 ? ', ' : ''}${said(each)}`)}` })}
        ${maker ? h('profiles.maker', { name: said(maker.name), source: said(maker.source) }) : t('profiles.noMaker')}
        ${h('profiles.sourceAdded', { source: said(source), day: added })} ${note === undefined ? '' : inEnglish(note)}
      </p>
      ${maker ? screeningSection(maker.name, screenings) : ''}${noticeTable(notices)}${graph(name, notices, neighbours)}`,
  });
} // prettier-ignore
