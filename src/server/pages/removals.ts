/** What was taken down, by whom, and how long it had stood: a picture in time beside the same numbers as a table. */
import { html } from 'hono/html';
import type { RemovalActor } from '../../model/index.js';
import type { ListedNotice, StoodRow } from '../../store/index.js';
import { type MessageKey, h, t } from '../messages/index.js';
import { type Html, page, table } from './layout.js';
import { said } from './said.js';
import { langOf, langOfText, readable, visible } from './words.js';

const HOUR = 3_600_000;

interface Removed {
  notice: ListedNotice;
  /** Hours from the date on the page, else from our first look, to the last look that found it, and to the first that did not. */
  least: number;
  most: number;
  byPage: boolean;
}

const stood = ({ published, firstSeen }: Pick<StoodRow, 'published' | 'firstSeen'>, until: string): number =>
  Math.max(0, (Date.parse(until) - Date.parse(published ?? firstSeen)) / HOUR);

export function removedOf(notices: readonly ListedNotice[]): Removed[] {
  return notices.flatMap((notice): Removed[] => {
    const { removal, published } = notice;
    if (!removal) return [];
    return [
      {
        notice,
        least: removal.lastSeen === null ? 0 : stood(notice, removal.lastSeen),
        most: stood(notice, removal.firstMissing),
        byPage: published !== null,
      },
    ];
  });
}

/** What is read for one page of them. */
export interface RemovalsView {
  /** Newest first. */
  notices: readonly ListedNotice[];
  /** Of the newest removals, `MOST_SUMMED` at most: what the summary is made of. */
  spans: readonly StoodRow[];
  isMore: boolean;
  /** Where the next page begins. */
  older: string | undefined;
  /** Whether this is a later page. */
  isLater: boolean;
}

export const MOST_SUMMED = 10_000;

export function removalsPage({ notices, spans, isMore, older, isLater }: RemovalsView): Html {
  const removed = removedOf(notices);
  return page({
    title: t('removals.title'),
    json: '/api/v1/removals',
    current: 'notices',
    body: html`<h1>${t('removals.title')}</h1>
      ${
        removed.length === 0
          ? html`<p>${t('removals.none')}</p>`
          : html`<p>${summary(spans, isMore)} <a href="/removals.csv">${t('common.asCsv')}</a></p>
              ${plot(removed)}
              ${table({ caption: t('removals.caption'), header: HEADER.map((each) => t(each)), rows: removed.map(rowOf) })}${pager(older, isLater)}`
      }`,
  });
}

const HEADER = [
  'removals.notice',
  'removals.postedBy',
  'removals.removed',
  'removals.posted',
  'removals.lastSeen',
  'removals.firstMissing',
  'removals.stoodFor',
  'removals.copies',
] as const;

function rowOf({ notice, least, most, byPage }: Removed): (Html | string)[] {
  const { id, title, language, account, published, firstSeen, removal, copies } = notice;
  const words = removal!.words;
  const how = t(HOW[removal!.actor]);
  return [
    html`<a href="/notices/${id}" lang="${langOf(language)}">${visible(title ?? id)}</a>`,
    said(account ?? '–'),
    words === ''
      ? how
      : h('removals.inWords', { how, words: html`<q lang="${langOfText(words)}">${visible(words)}</q>` }),
    byPage ? readable(published) : t('removals.ofFirstSeen', { when: readable(firstSeen) }),
    readable(removal!.lastSeen),
    readable(removal!.firstMissing),
    span(least, most),
    t('removals.standing', { n: copies.filter(({ presence }) => presence === 'standing').length }),
  ];
}

const HOW = {
  publisher: 'removals.byPublisher',
  platform: 'removals.byPlatform',
  complaint: 'removals.afterComplaint',
  account: 'removals.withAccount',
  unknown: 'removals.byUnknown',
} as const satisfies Record<RemovalActor, MessageKey>;

function long(hours: number): string {
  if (hours < 1) return t('removals.minutes', { n: Math.round(hours * 60) });
  return hours < 48 ? t('removals.hours', { n: hours }) : t('removals.days', { n: hours / 24 });
}

/** A removal happened between two looks: the interval is what is known. */
const span = (least: number, most: number): string =>
  long(least) === long(most) ? long(most) : t('removals.between', { least: long(least), most: long(most) });

function summary(spans: readonly StoodRow[], isMore: boolean): string {
  const sorted = spans.map((each) => stood(each, each.firstMissing)).sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]!;
  return t(isMore ? 'removals.summaryMany' : 'removals.summary', { n: spans.length, time: long(middle) });
}

function pager(older: string | undefined, isLater: boolean): Html | string {
  if (older === undefined && !isLater) return '';
  const newest = isLater ? html`<a href="/removals">${t('removals.newer')}</a>` : '';
  const next = older === undefined ? '' : html`<a href="/removals?older=${encodeURIComponent(older)}">${t('removals.older')}</a>`;
  return html`<nav class="pager" aria-label="${t('common.pages')}">${newest} ${next}</nav>`;
} // prettier-ignore

const TICKS: readonly (readonly [hours: number, words: MessageKey, n: number])[] = [
  [1, 'removals.tickHours', 1],
  [6, 'removals.tickHours', 6],
  [24, 'removals.tickDays', 1],
  [168, 'removals.tickWeek', 1],
  [720, 'removals.tickDays', 30],
  [8_760, 'removals.tickYear', 1],
];
const WIDTH = 700;
const MOST = 60;

/** Logarithmic from six minutes to ten years. */
const xOf = (value: number): number =>
  20 + ((Math.log10(Math.min(87_600, Math.max(0.1, value))) + 1) / 5.95) * (WIDTH - 40);

function plot(all: readonly Removed[]): Html {
  const removed = all.slice(0, MOST);
  const height = removed.length * 14 + 30;
  const grid = TICKS.map(
    ([tick, words, n]) => html`<line x1="${xOf(tick).toFixed(1)}" y1="18" x2="${xOf(tick).toFixed(1)}" y2="${height}" /><text x="${(xOf(tick) - 10).toFixed(1)}" y="12">${t(words, { n })}</text>`,
  );
  const marks = removed.map(({ notice, least, most }, at) => {
    const y = 28 + at * 14;
    const words = { notice: visible(notice.title ?? notice.id), time: span(least, most) };
    return html`<a href="/notices/${notice.id}" aria-label="${t('removals.markOf', words)}"><line class="range" x1="${xOf(least).toFixed(1)}" y1="${y}" x2="${xOf(most).toFixed(1)}" y2="${y}" /><circle class="gone-dot" cx="${xOf(most).toFixed(1)}" cy="${y}" r="5"><title>${t('removals.markStood', words)}</title></circle></a>`;
  });
  return html`<figure>
    <div class="scroll" role="region" tabindex="0" aria-label="${t('removals.picture')}">
      <svg class="chart delays" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">
        ${grid}${marks}
      </svg>
    </div>
    <figcaption class="meta">
      ${t('removals.legend')}${all.length > MOST ? ` ${t('removals.firstOf', { n: MOST })}` : ''}
    </figcaption>
  </figure>`;
} // prettier-ignore

export const REMOVALS_CSV_HEADER = ['notice', 'title', 'posted by', 'actor', 'words', 'date on the page', 'first seen', 'last seen', 'first missing', 'confirmed', 'hours at least', 'hours at most', 'copies standing', 'address']; // prettier-ignore

export const removalCsvRow = ({ notice, least, most }: Removed): (string | null)[] => [
  notice.id,
  notice.title,
  notice.account,
  notice.removal!.actor,
  notice.removal!.words,
  notice.published,
  notice.firstSeen,
  notice.removal!.lastSeen,
  notice.removal!.firstMissing,
  notice.removal!.confirmed,
  least.toFixed(2),
  most.toFixed(2),
  String(notice.copies.filter(({ presence }) => presence === 'standing').length),
  notice.url,
];
