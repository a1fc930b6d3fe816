/** What was taken down, by whom, and how long it had stood: a picture in time beside the same numbers as a table. */
import { html } from 'hono/html';
import { REMOVED_BY } from '../../model/index.js';
import type { ListedNotice, StoodRow } from '../../store/index.js';
import { type Html, page, table } from './layout.js';
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
  const rows = removed.map(({ notice, least, most, byPage }) => {
    const { id, title, language, account, published, firstSeen, removal, copies } = notice;
    const standing = copies.filter(({ presence }) => presence === 'standing').length;
    return [
      html`<a href="/notices/${id}" lang="${langOf(language)}">${visible(title ?? id)}</a>`,
      html`<span lang="${langOfText(account ?? '')}">${visible(account ?? '–')}</span>`,
      html`${REMOVED_BY[removal!.actor]}${removal!.words === '' ? '' : html`: <q lang="${langOfText(removal!.words)}">${visible(removal!.words)}</q>`}`,
      byPage ? readable(published) : `${readable(firstSeen)} (first seen)`,
      readable(removal!.lastSeen),
      readable(removal!.firstMissing),
      span(least, most),
      standing === 0 ? 'none known' : `${standing} ${standing === 1 ? 'stands' : 'stand'}`,
    ];
  });
  return page({
    title: 'Removals',
    json: '/api/v1/removals',
    current: 'notices',
    body: html`<h1>Removals</h1>
      ${
        removed.length === 0
          ? html`<p>No removal was confirmed. That is a result: being blocked, down or unreachable never counts as one.</p>`
          : html`<p>${summary(spans, isMore)} <a href="/removals.csv">As a table (CSV)</a>.</p>
              ${plot(removed)}
              ${table({ caption: 'Newest first; the picture says the same', header: ['notice', 'posted by', 'removed', 'posted', 'last seen', 'first missing', 'stood for', 'copies'], rows })}${pager(older, isLater)}`
      }`,
  });
}

const hours = (value: number): string =>
  value < 1
    ? `${Math.round(value * 60)} min`
    : value < 48
      ? `${value.toFixed(1)} h`
      : `${(value / 24).toFixed(1)} days`;

/** A removal happened between two looks: the interval is what is known. */
const span = (least: number, most: number): string =>
  hours(least) === hours(most) ? hours(most) : `between ${hours(least)} and ${hours(most)}`;

function summary(spans: readonly StoodRow[], isMore: boolean): string {
  const sorted = spans.map((each) => stood(each, each.firstMissing)).sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]!;
  if (spans.length === 1) return `1 removal confirmed; it had stood for ${hours(middle)} at most when it was missed.`;
  const [many, them] = isMore ? ['More than ', `the newest ${spans.length}`] : ['', 'them'];
  return `${many}${spans.length} removals confirmed; half of ${them} had stood for ${hours(middle)} at most when they were missed.`;
}

function pager(older: string | undefined, isLater: boolean): Html | string {
  if (older === undefined && !isLater) return '';
  const newest = isLater ? html`<a href="/removals">Newest removals</a>` : '';
  const next = older === undefined ? '' : html`<a href="/removals?older=${encodeURIComponent(older)}">Older removals</a>`;
  return html`<nav class="pager" aria-label="Pages">${newest} ${next}</nav>`;
} // prettier-ignore

const TICKS = [1, 6, 24, 168, 720, 8_760] as const;
const TICK_WORDS = ['1 h', '6 h', '1 day', '1 week', '30 days', '1 year'];
const WIDTH = 700;
const MOST = 60;

/** Logarithmic from six minutes to ten years. */
const xOf = (value: number): number =>
  20 + ((Math.log10(Math.min(87_600, Math.max(0.1, value))) + 1) / 5.95) * (WIDTH - 40);

function plot(all: readonly Removed[]): Html {
  const removed = all.slice(0, MOST);
  const height = removed.length * 14 + 30;
  const grid = TICKS.map(
    (tick, at) => html`<line x1="${xOf(tick).toFixed(1)}" y1="18" x2="${xOf(tick).toFixed(1)}" y2="${height}" /><text x="${(xOf(tick) - 10).toFixed(1)}" y="12">${TICK_WORDS[at]!}</text>`,
  );
  const marks = removed.map(({ notice, least, most }, at) => {
    const y = 28 + at * 14;
    return html`<a href="/notices/${notice.id}" aria-label="${visible(notice.title ?? notice.id)}: ${span(least, most)}"><line class="range" x1="${xOf(least).toFixed(1)}" y1="${y}" x2="${xOf(most).toFixed(1)}" y2="${y}" /><circle class="gone-dot" cx="${xOf(most).toFixed(1)}" cy="${y}" r="5"><title>${visible(notice.title ?? notice.id)}: stood for ${span(least, most)}</title></circle></a>`;
  });
  return html`<figure>
    <div class="scroll" role="region" tabindex="0" aria-label="How long removed notices had stood">
      <svg class="chart delays" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">
        ${grid}${marks}
      </svg>
    </div>
    <figcaption class="meta">
      From the date on the page to the first look that missed it; the line begins at the last look that found it. The scale
      is logarithmic.${all.length > MOST ? ` The first ${MOST} of the table.` : ''}
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
