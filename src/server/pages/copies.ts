/** Who else has it: copies and shared passages side by side, who posted first, which stand; and what joins notices without words. */
import { html } from 'hono/html';
import type { CopyRelation } from '../../model/index.js';
import type { NoticeLineageEntry } from '../../watch/index.js';
import { h, speaking, t } from '../messages/index.js';
import { type BesideRow, besideRows, stretchHtml } from './beside.js';
import { files, project, translations } from './copies-ties.js';
import { type CopiesView, isCopy } from './copies-view.js';
import { type Change, changeWord, headers, kindWord, nameOf, stands } from './copies-words.js';
import { type Html, page, table } from './layout.js';
import { said } from './said.js';
import { langOf, percent, readable, visible } from './words.js';

export function copiesPage(view: CopiesView): Html {
  const { id, title, language } = view.notice;
  return page({
    title: t('copies.title', { title: title ?? id }),
    json: `/api/v1/notices/${id}/lineage`,
    current: 'notices',
    body: html`<h1>${h('copies.title', { title: html`<a href="/notices/${id}" lang="${langOf(language)}">${visible(title ?? id)}</a>` })}</h1>
      <p>${summary(view)} <a href="/notices/${id}/copies.csv">${t('common.asCsv')}</a></p>
      ${order(view)}${view.relations.map((each) => side(view, each))}${furtherHolders(view)}${project(view)}${files(view)}${translations(view)}`,
  });
}

function summary({ relations, lineage }: CopiesView): string {
  if (relations.length === 0) return t('copies.none');
  const copies = relations.filter(isCopy).length;
  const others = relations.length - copies;
  const key = others === 0 ? 'copies.countCopies' : copies === 0 ? 'copies.countOthers' : 'copies.countBoth';
  return t(key, { copies, others, standing: lineage.standing.length });
}

function order(view: CopiesView): Html | string {
  const { lineage } = view;
  if (view.relations.length === 0) return '';
  const { first, entries, coverage } = lineage;
  const names = (ids: readonly string[]): Html => either(ids.map((each) => nameOf(view, each)));
  const rows = entries.map((each) => [
    nameOf(view, each.notice),
    readable(each.published),
    readable(each.firstSeen),
    stands(view, each.notice),
  ]);
  return html`<section aria-labelledby="first">
    <h2 id="first">${t('copies.first')}</h2>
    <p>${h('copies.firstIs', { claimed: first.byPublished.length === 0 ? t('copies.firstUnknown') : names(first.byPublished), seen: names(first.bySeen) })}</p>
    ${first.undated.length > 0 ? html`<p>${h('copies.undated', { names: names(first.undated) })}</p>` : ''}
    ${coverage.further > 0 ? html`<p>${nearest(coverage)}</p>` : ''}
    ${table({ caption: t('copies.inOrder'), header: headers('postedBy', 'datePage', 'firstSeen', 'standsNow'), rows })}
  </section>`;
}

const nearest = ({ partners, further, furtherIsLeast }: CopiesView['lineage']['coverage']): string =>
  t(furtherIsLeast ? 'copies.nearestOrMore' : 'copies.nearest', { partners, further });

/** "A, B, or C", as the language of the page joins them. */
function either(items: readonly Html[]): Html {
  const places = items.map((_, at) => String(at));
  const parts = new Intl.ListFormat(speaking().language, { type: 'disjunction' }).formatToParts(places);
  return html`${parts.map(({ type, value }) => (type === 'element' ? items[Number(value)]! : value))}`;
}

function side(view: CopiesView, relation: CopyRelation): Html {
  const { notice, texts, lineage } = view;
  const { other, isFormulaOnly } = relation;
  const [mine, theirs] = [texts.get(notice.id), texts.get(other)];
  const entry = lineage.entries.find((each) => each.notice === other);
  return html`<section aria-labelledby="with-${other}">
    <h2 id="with-${other}">${h('copies.heading', { notice: nameOf(view, other), relation: kindWord(relation) })}</h2>
    <p>
      ${t('copies.shares', { mine: percent(relation.sharedOfThis), theirs: percent(relation.sharedOfOther) })}
      ${relation.relation === 'declared-repost' ? t('copies.repost') : ''}
      ${isFormulaOnly ? t('copies.onlyFormulae') : ''}
      ${t('copies.sentence', { words: stands(view, other) })}
    </p>
    ${differences(view, relation, entry)}
    ${mine === undefined || theirs === undefined ? html`<p>${t('copies.noText')}</p>` : beside(view, relation, [mine, theirs])}
  </section>`;
}

/** Title first, then as `alterationsBetween` orders them: names, telephones, places, goods, dates, numbers, the rest. */
function differences(view: CopiesView, { other }: CopyRelation, entry: NoticeLineageEntry | undefined): Html | string {
  const { notice, heads } = view;
  const theirTitle = heads.get(other)?.title ?? null;
  const title =
    notice.title === theirTitle ? [] : [[t('copies.ofTitle'), said(notice.title ?? '–'), said(theirTitle ?? '–')]];
  const isTurned = entry?.altered !== undefined && entry.altered.from !== notice.id;
  const changes = (entry?.altered?.changes ?? []).filter(({ what, at }) => what !== 'text' || at === 'inside');
  const rows = [...title, ...changes.flatMap((change) => changeRows(change, isTurned))];
  if (rows.length === 0) return html`<p>${t('copies.nothingDiffers')}</p>`;
  const shown = table({ caption: t('copies.differs'), header: headers('what', 'here', 'there'), rows });
  return rows.length > 12
    ? html`<details>
        <summary>${t('copies.differences', { n: rows.length })}</summary>
        ${shown}
      </details>`
    : shown;
}

function changeRows({ what, before, after, named }: Change, isTurned: boolean): (Html | string)[][] {
  const cell = (span: { text: string } | undefined): Html | string => {
    const words = span?.text.replace(/\s+/gu, ' ').trim() ?? '';
    return words === '' ? '–' : said(words.length > 160 ? `${Array.from(words).slice(0, 160).join('')}…` : words);
  };
  const pair = (one: { text: string } | undefined, two: { text: string } | undefined): (Html | string)[] =>
    isTurned ? [cell(two), cell(one)] : [cell(one), cell(two)];
  if (named.length === 0) return [[changeWord(what), ...pair(before, after)]];
  return named.map((each) => [changeWord(each.what), ...pair(each.before, each.after)]);
}

function beside(view: CopiesView, { other, passages }: CopyRelation, [mine, theirs]: readonly [string, string]): Html {
  const formulae = view.formulae.get(other) ?? [];
  const rows = besideRows(mine, theirs, passages);
  const cells = rows.map((row) => besideCells(row, formulae, [mine, theirs]));
  const most = Math.max(0, ...formulae.map(({ sources }) => sources));
  return html`<details>
    <summary>${t('notice.passagesBeside', { n: passages.length })}</summary>
    ${formulae.length > 0 ? html`<p>${t('copies.grey', { n: most })}</p>` : ''}
    ${table({ caption: t('copies.bothWhole'), header: ['', ...headers('here', 'there')], rows: cells })}
  </details>`;
}

function besideCells(
  row: BesideRow,
  formulae: NonNullable<ReturnType<CopiesView['formulae']['get']>>,
  [mine, theirs]: readonly [string, string],
): (Html | string)[] {
  const says = (sources: number): string => t('copies.heardFormula', { n: sources });
  const [here, there] = row.shared
    ? [
        formulae.map((each) => ({ start: each.thisStart, end: each.thisEnd, class: 'formula' as const, says: says(each.sources) })),
        formulae.map((each) => ({ start: each.otherStart, end: each.otherEnd, class: 'formula' as const, says: says(each.sources) })),
      ]
    : [
        [{ ...row.here, class: 'differs' as const, says: t('copies.heardHere') }],
        [{ ...row.there, class: 'differs' as const, says: t('copies.heardThere') }],
      ]; // prettier-ignore
  return [
    t(row.shared ? 'copies.inBoth' : 'copies.rowDiffers'),
    stretchHtml(mine, row.here, here),
    stretchHtml(theirs, row.there, there),
  ];
}

function furtherHolders(view: CopiesView): Html | string {
  const rows = view.further.map((each) => [
    nameOf(view, each.other),
    kindWord(each),
    percent(each.sharedOfThis),
    percent(each.sharedOfOther),
    stands(view, each.other),
  ]);
  if (rows.length === 0) return '';
  return html`<section aria-labelledby="further">
    <h2 id="further">${t('copies.further')}</h2>
    ${table({ caption: t('copies.furtherCaption'), header: headers('postedBy', 'what', 'ofThis', 'ofIt', 'standsNow'), rows })}
  </section>`;
}

export const COPIES_CSV_HEADER = ['notice', 'posted by', 'title', 'what', 'of this notice', 'of the other', 'date on the page', 'first seen', 'stands now', 'checked', 'address']; // prettier-ignore

export const copiesCsvRows = (view: CopiesView): (string | null)[][] =>
  [...view.relations, ...view.further].map((each) => {
    const head = view.heads.get(each.other);
    return [
      each.other,
      head?.account?.name ?? null,
      head?.title ?? null,
      isCopy(each) ? 'copy' : 'shared passages',
      percent(each.sharedOfThis),
      percent(each.sharedOfOther),
      head?.published ?? null,
      head?.firstSeen ?? null,
      head?.presence ?? null,
      view.checked.get(each.other) ?? null,
      head?.url ?? null,
    ];
  });
