/** Who else has it: copies and shared passages side by side, who posted first, which stand; and what joins notices without words. */
import { html } from 'hono/html';
import type { CopyRelation } from '../../model/index.js';
import { type NoticeLineageEntry, type SameFileRow, sameFileWords } from '../../watch/index.js';
import { type BesideRow, besideRows, stretchHtml } from './beside.js';
import { type CopiesView, isCopy } from './copies-view.js';
import { type Html, page, table } from './layout.js';
import { langOf, langOfText, percent, presenceWords, readable, visible } from './words.js';

type Change = NonNullable<NoticeLineageEntry['altered']>['changes'][number];

const said = (text: string): Html => html`<span lang="${langOfText(text)}">${visible(text)}</span>`;

export function copiesPage(view: CopiesView): Html {
  const { id, title, language } = view.notice;
  return page({
    title: `Copies of ${title ?? id}`,
    json: `/api/v1/notices/${id}/lineage`,
    current: 'notices',
    body: html`<h1>Copies of <a href="/notices/${id}" lang="${langOf(language)}">${visible(title ?? id)}</a></h1>
      <p>${summary(view)} <a href="/notices/${id}/copies.csv">As a table (CSV)</a>.</p>
      ${order(view)}${view.relations.map((each) => side(view, each))}${furtherHolders(view)}${project(view)}${files(view)}${translations(view)}`,
  });
}

function summary({ relations, lineage }: CopiesView): string {
  if (relations.length === 0) return 'No other notice of this store shares a passage with it.';
  const copies = relations.filter(isCopy).length;
  const others = relations.length - copies;
  const words = [
    ...(copies > 0 ? [copies === 1 ? '1 copy' : `${copies} copies`] : []),
    ...(others > 0 ? [`${others} ${others === 1 ? 'shares' : 'share'} passages`] : []),
  ];
  return `${words.join(', ')}; ${lineage.standing.length} known to stand, this one counted.`;
}

/** An account, or where there is none the notice's title, as a link. */
function nameOf({ heads, notice }: CopiesView, id: string): Html {
  const head = heads.get(id);
  const name = head?.account?.name ?? head?.title ?? id;
  return id === notice.id
    ? html`this notice, <span lang="${langOfText(name)}">${visible(name)}</span>`
    : html`<a href="/notices/${id}" lang="${langOfText(name)}">${visible(name)}</a>`;
}

function stands(view: CopiesView, id: string): Html {
  const checked = view.checked.get(id);
  const presence = view.heads.get(id)?.presence;
  return html`${presence === undefined ? 'not known' : presenceWords(presence)}; ${checked ? `checked ${readable(checked)}` : 'never checked'}`;
}

function order(view: CopiesView): Html | string {
  const { lineage } = view;
  if (view.relations.length === 0) return '';
  const { first, entries, coverage } = lineage;
  const names = (ids: readonly string[]): Html =>
    html`${ids.map((each, at) => html`${at > 0 ? ' or ' : ''}${nameOf(view, each)}`)}`;
  const rows = entries.map((each) => [
    nameOf(view, each.notice),
    readable(each.published),
    readable(each.firstSeen),
    stands(view, each.notice),
  ]);
  return html`<section aria-labelledby="first">
    <h2 id="first">Who posted first</h2>
    <p>
      By what the pages claim: ${first.byPublished.length === 0 ? 'unknown' : names(first.byPublished)}. First seen
      here: ${names(first.bySeen)}. That one was posted later does not say from whom it was taken.
    </p>
    ${first.undated.length > 0 ? html`<p>Claim no time, so any of them may have been the first: ${names(first.undated)}.</p>` : ''}
    ${coverage.further > 0 ? html`<p>Only the ${coverage.partners} nearest are compared here; ${coverage.further}${coverage.furtherIsLeast ? ' or more' : ''} further notices share passages with it, and any of them may have been the first.</p>` : ''}
    ${table({ caption: 'In the order of what the pages claim', header: ['posted by', 'date on the page', 'first seen here', 'stands now'], rows })}
  </section>`;
}

function side(view: CopiesView, relation: CopyRelation): Html {
  const { notice, texts, lineage } = view;
  const { other, isFormulaOnly } = relation;
  const [mine, theirs] = [texts.get(notice.id), texts.get(other)];
  const entry = lineage.entries.find((each) => each.notice === other);
  const what = isCopy(relation) ? 'copy' : 'shared passages';
  return html`<section aria-labelledby="with-${other}">
    <h2 id="with-${other}">${nameOf(view, other)}: ${what}</h2>
    <p>
      ${percent(relation.sharedOfThis)} of this notice stands in it; ${percent(relation.sharedOfOther)} of it stands
      here.${relation.relation === 'declared-repost' ? ' The page itself declares a repost.' : ''}${isFormulaOnly ? ' Nothing is shared but formulae, which many otherwise different notices carry.' : ''}
      ${stands(view, other)}.
    </p>
    ${differences(view, relation, entry)}
    ${mine === undefined || theirs === undefined ? html`<p>One of the two has no text that could be held beside the other.</p>` : beside(view, relation, [mine, theirs])}
  </section>`;
}

/** Title first, then as `alterationsBetween` orders them: names, telephones, places, goods, dates, numbers, the rest. */
function differences(view: CopiesView, { other }: CopyRelation, entry: NoticeLineageEntry | undefined): Html | string {
  const { notice, heads } = view;
  const theirTitle = heads.get(other)?.title ?? null;
  const title = notice.title === theirTitle ? [] : [['title', said(notice.title ?? '–'), said(theirTitle ?? '–')]];
  const isTurned = entry?.altered !== undefined && entry.altered.from !== notice.id;
  const changes = (entry?.altered?.changes ?? []).filter(({ what, at }) => what !== 'text' || at === 'inside');
  const rows = [...title, ...changes.flatMap((change) => changeRows(change, isTurned))];
  if (rows.length === 0) return html`<p>No title, name, telephone, place, date or number differs.</p>`;
  const shown = table({ caption: 'What differs', header: ['what', 'here', 'there'], rows });
  return rows.length > 12
    ? html`<details>
        <summary>${rows.length} differences</summary>
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
  if (named.length === 0) return [[what, ...pair(before, after)]];
  return named.map((each) => [each.what, ...pair(each.before, each.after)]);
}

function beside(view: CopiesView, { other, passages }: CopyRelation, [mine, theirs]: readonly [string, string]): Html {
  const formulae = view.formulae.get(other) ?? [];
  const rows = besideRows(mine, theirs, passages);
  const cells = rows.map((row) => besideCells(row, formulae, [mine, theirs]));
  const most = Math.max(0, ...formulae.map(({ sources }) => sources));
  return html`<details>
    <summary>${passages.length === 1 ? '1 shared passage' : `${passages.length} shared passages`}, side by side</summary>
    ${formulae.length > 0 ? html`<p>Grey: formulae that up to ${most} otherwise different accounts and sites carry; they are no sign of copying.</p>` : ''}
    ${table({ caption: 'Both texts whole, in their own words', header: ['', 'here', 'there'], rows: cells })}
  </details>`;
}

function besideCells(
  row: BesideRow,
  formulae: NonNullable<ReturnType<CopiesView['formulae']['get']>>,
  [mine, theirs]: readonly [string, string],
): (Html | string)[] {
  const says = (sources: number): string => `formula of ${sources} sources:`;
  const [here, there] = row.shared
    ? [
        formulae.map((each) => ({ start: each.thisStart, end: each.thisEnd, class: 'formula' as const, says: says(each.sources) })),
        formulae.map((each) => ({ start: each.otherStart, end: each.otherEnd, class: 'formula' as const, says: says(each.sources) })),
      ]
    : [
        [{ ...row.here, class: 'differs' as const, says: 'only here:' }],
        [{ ...row.there, class: 'differs' as const, says: 'only there:' }],
      ]; // prettier-ignore
  return [row.shared ? 'in both' : 'differs', stretchHtml(mine, row.here, here), stretchHtml(theirs, row.there, there)];
}

function furtherHolders(view: CopiesView): Html | string {
  const rows = view.further.map((each) => [
    nameOf(view, each.other),
    isCopy(each) ? 'copy' : 'shared passages',
    percent(each.sharedOfThis),
    percent(each.sharedOfOther),
    stands(view, each.other),
  ]);
  if (rows.length === 0) return '';
  return html`<section aria-labelledby="further">
    <h2 id="further">Further holders</h2>
    ${table({ caption: 'Not among the nearest that are compared above', header: ['posted by', 'what', 'of this', 'of it', 'stands now'], rows })}
  </section>`;
}

function project(view: CopiesView): Html | string {
  const { project: found } = view.notice;
  if (!found) return '';
  const rows = found.notices.map((each) => [
    nameOf(view, each.notice),
    each.stage,
    readable(each.published),
    said(each.title ?? '–'),
    stands(view, each.notice),
  ]);
  return html`<section aria-labelledby="project">
    <h2 id="project">Same project</h2>
    <p>
      Call, change or award of one procurement, joined
      by${found.why.map(({ by, value }, at) => html`${at > 0 ? ';' : ''} ${by.replaceAll('-', ' ')}: ${said(value)}`)}.
      These need share no words and are no copies.${found.isCut ? ' There may be more.' : ''}
    </p>
    ${table({ caption: 'Notices of the project', header: ['posted by', 'stage', 'date on the page', 'title', 'stands now'], rows })}
  </section>`;
}

function files(view: CopiesView): Html | string {
  const rows = view.notice.sameFiles.flatMap((row) => row.files.map((file) => fileCells(view, row, file)));
  if (rows.length === 0) return '';
  return html`<section aria-labelledby="files">
    <h2 id="files">Same images and attachments</h2>
    ${table({ caption: 'Files that other notices hold too', header: ['notice', 'what', 'file', 'bytes', 'accounts and sites', 'stands now'], rows })}
  </section>`;
}

function fileCells(view: CopiesView, row: SameFileRow, file: SameFileRow['files'][number]): (Html | string)[] {
  const { relation, name, size } = sameFileWords(row, file);
  return [
    nameOf(view, row.other),
    relation,
    html`${said(name)}${size === '' ? '' : `, ${size}`}`,
    String(file.length),
    String(file.sources),
    stands(view, row.other),
  ];
}

function translations(view: CopiesView): Html | string {
  const { translations: found } = view;
  if (found === undefined)
    return html`<p>
      Translations were not looked for among so many notices:
      <code>asposted copies ${view.notice.id} --translations</code> does.
    </p>`;
  if (found.length === 0) return '';
  const rows = found.map((each) => [
    nameOf(view, each.other),
    each.otherLanguage,
    html`${each.anchors.map(({ ofThis, ofOther }, at) => html`${at > 0 ? ', ' : ''}${said(ofThis.text)}${ofThis.text === ofOther.text ? '' : html` = ${said(ofOther.text)}`}`)}`,
    stands(view, each.other),
  ]);
  return html`<section aria-labelledby="translations">
    <h2 id="translations">May be a translation</h2>
    <p>They share no words; only a reader of both languages can say what they are.</p>
    ${table({ caption: 'In another language, with what stands in both', header: ['posted by', 'language', 'in both', 'stands now'], rows })}
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
