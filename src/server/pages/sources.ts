/** What is watched and how it is; one source with what it was asked, what it brought, day by day. */
import { html } from 'hono/html';
import type { HealthySource, ListedNotice, SourceAsked, SourceDay } from '../../store/index.js';
import { daysBefore, heatMap, sparkline } from './charts.js';
import { type Html, page, table } from './layout.js';
import { counted, langOf, presenceWords, readable, visible } from './words.js';

export interface SourcesView {
  sources: readonly HealthySource[];
  days: readonly SourceDay[];
  now: Date;
  filter: string;
}

export const SOURCE_FILTERS = ['', 'failing', 'changed', 'removed'] as const;
const FILTER_WORDS = { '': 'all', failing: 'that fail', changed: 'with edits in 30 days', removed: 'with removals in 30 days' } as const; // prettier-ignore

/** Of the sparkline. */
export const SPARK_DAYS = 30;
/** Of the heat map: 26 weeks. */
export const HEAT_DAYS = 182;

const isFailing = ({ health: { state } }: HealthySource): boolean => ['failing', 'blocked', 'login'].includes(state);

/** The state in a sentence, with what it means for what was found before. */
export function healthWords({ health, lastProblem, lastGood, lastRun }: HealthySource): string {
  const { state, failures, since } = health;
  const good = `last answer ${lastGood === null ? 'never' : readable(lastGood)}`;
  switch (state) {
    case 'well':
      return `well, asked ${readable(lastRun)}`;
    case 'unasked':
      return 'not asked yet';
    case 'paused':
      return 'paused by a person';
    case 'removed':
      return 'no longer watched; its evidence stays';
    case 'login':
      return `needs a login, which we do not do: ${lastProblem ?? ''}; ${good}`;
    case 'blocked':
      return `blocked ${failures} × since ${readable(since)}: ${lastProblem ?? ''}; its notices count as unreachable, never as removed; ${good}`;
    case 'failing':
      return `failing ${failures} × since ${readable(since)}: ${lastProblem ?? ''}; ${good}`;
  }
}

const daysOf = (days: readonly SourceDay[], id: string): Map<string, SourceDay> =>
  new Map(days.filter(({ source }) => source === id).map((each) => [each.day, each]));

const sumOf = (days: Iterable<SourceDay>, what: 'notices' | 'changes' | 'removals'): number =>
  [...days].reduce((sum, each) => sum + each[what], 0);

export function chosenSources({ sources, days, filter }: SourcesView): HealthySource[] {
  const has = (id: string, what: 'changes' | 'removals'): boolean => sumOf(daysOf(days, id).values(), what) > 0;
  return sources.filter((each) => {
    if (filter === 'failing') return isFailing(each);
    if (filter === 'changed') return has(each.id, 'changes');
    return filter !== 'removed' || has(each.id, 'removals');
  });
}

export function sourcesPage(view: SourcesView): Html {
  const { sources, filter } = view;
  const failing = sources.filter(isFailing).length;
  const found = chosenSources(view);
  return page({
    title: 'Sources',
    json: '/api/v1/sources',
    current: 'sources',
    body: html`<h1>Sources</h1>
      <p role="status">
        ${counted(sources.length, 'source')}; ${failing === 0 ? 'none fails' : `${failing} ${failing === 1 ? 'fails' : 'fail'}`}.
        ${sources.length === 0 ? '' : html`<a href="/sources.csv${filter === '' ? '' : `?show=${filter}`}">As a table (CSV)</a>.`}
      </p>
      ${sources.length === 0 ? '' : filters(filter)}
      ${
        sources.length === 0
          ? html`<p>No sources yet: <code>asposted source add URL</code>, or the address of a feed, a site, an account.</p>`
          : found.length === 0
            ? html`<p>None of them.</p>`
            : table({
                caption: 'What is watched, and how it is',
                header: ['name', 'kind', 'health', 'last asked', 'next', `notices in ${SPARK_DAYS} days`, 'notices'],
                rows: found.map((each) => sourceRow(each, view)),
              })
      }`,
  });
}

function filters(chosen: string): Html {
  return html`<nav aria-label="Which sources">
    <ul class="plain">
      ${SOURCE_FILTERS.map((each) => html`<li><a href="/sources${each === '' ? '' : `?show=${each}`}" ${each === chosen ? html`aria-current="page"` : ''}>${FILTER_WORDS[each]}</a></li>`)}
    </ul>
  </nav>`;
}

function sourceRow(source: HealthySource, { days, now }: SourcesView): (Html | string)[] {
  const own = daysOf(days, source.id);
  const values = daysBefore(now, SPARK_DAYS).map((day) => own.get(day)?.notices ?? 0);
  const total = values.reduce((sum, value) => sum + value, 0);
  const words = `${total} new in ${SPARK_DAYS} days, ${Math.max(...values)} on the busiest`;
  return [
    html`<a href="/sources/${source.id}">${visible(source.name)}</a>`,
    source.kind,
    html`<span class="${isFailing(source) ? 'bad' : ''}">${visible(healthWords(source))}</span>`,
    source.lastRun === null ? 'never' : readable(source.lastRun),
    source.health.nextCheck === null ? '–' : readable(source.health.nextCheck),
    html`${sparkline(values, words)} <span class="meta">${total} new</span>`,
    String(source.notices),
  ];
}

export const SOURCES_CSV_HEADER = ['source', 'name', 'kind', 'health', 'failures in a row', 'since', 'last asked', 'last answer', 'next', 'problem', 'notices', 'added']; // prettier-ignore

export const sourcesCsvRow = ({ health, ...each }: HealthySource): (string | null)[] => [
  each.id,
  each.name,
  each.kind,
  health.state,
  String(health.failures),
  health.since,
  each.lastRun,
  each.lastGood,
  health.nextCheck,
  each.lastProblem,
  String(each.notices),
  each.addedAt,
];

export interface SourceView {
  source: HealthySource;
  days: readonly SourceDay[];
  asked: readonly SourceAsked[];
  /** The newest `NEWEST`; `source.notices` says how many there are. */
  notices: readonly ListedNotice[];
  now: Date;
}

export function sourcePage(view: SourceView): Html {
  const { source, asked } = view;
  const rows = asked.map((each) => [
    readable(each.at),
    each.problem === null ? `answered, named ${each.found ?? 0}, ${each.fresh} of them new` : visible(each.problem),
    each.concluded,
    String(each.logIndex),
    html`<span class="id">${each.id}</span>`,
  ]);
  return page({
    title: source.name,
    json: `/api/v1/sources/${source.id}`,
    current: 'sources',
    body: html`<h1>${visible(source.name)}</h1>
      <p class="meta">
        ${source.kind}, ${source.state}, every ${hours(source.everyMs)}, watched since ${readable(source.addedAt)}
        <span class="id">${source.id}</span>
      </p>
      <section aria-labelledby="health">
        <h2 id="health">Health</h2>
        <p>
          Now: ${visible(healthWords(source))}.
          ${source.health.nextCheck === null ? 'It is not on the schedule.' : `Asked next ${readable(source.health.nextCheck)}.`}
          ${isFailing(source) ? html`What it brought before stays in view. To see what it answers now: <code>asposted source test ${source.id}</code>.` : ''}
        </p>
        ${options(source)}
      </section>
      ${activity(view)}
      <section aria-labelledby="asked">
        <h2 id="asked">When it was asked</h2>
        ${rows.length === 0 ? html`<p>Not yet.</p>` : table({ caption: `The newest ${rows.length}`, header: ['when', 'what came of it', 'concluded', 'log', 'observation'], rows })}
        ${rows.length === 0 ? '' : html`<p><a href="/sources/${source.id}/asked.csv">As a table (CSV)</a></p>`}
      </section>
      ${newest(view)}`,
  });
}

const hours = (ms: number): string => (ms % 3_600_000 === 0 ? `${ms / 3_600_000} h` : `${Math.round(ms / 60_000)} min`);

function options({ options: given }: HealthySource): Html | string {
  const rows = Object.entries(given).map(([name, value]) => [name, html`<code>${visible(JSON.stringify(value))}</code>`]);
  return rows.length === 0 ? '' : html`<details><summary>How it is asked (${rows.length})</summary>${table({ caption: 'Options', header: ['option', 'value'], rows })}</details>`;
} // prettier-ignore

function activity({ source, days, now }: SourceView): Html {
  const own = daysOf(days, source.id);
  const all = daysBefore(now, HEAT_DAYS).map((day) => ({ notices: 0, changes: 0, removals: 0, ...own.get(day), day }));
  const wordsOf = ({ day, notices, changes, removals }: (typeof all)[number]): string =>
    `${day}: ${notices} new, ${counted(changes, 'edit')}, ${counted(removals, 'removal')}`;
  const busy = all.filter(({ notices, changes, removals }) => notices + changes + removals > 0);
  const of = (what: 'notices' | 'changes' | 'removals'): number => busy.reduce((sum, each) => sum + each[what], 0);
  const summary = `In ${HEAT_DAYS / 7} weeks: ${counted(of('notices'), 'new notice')}, ${counted(of('changes'), 'edit')}, ${counted(of('removals'), 'removal')}.`;
  const map = heatMap(all.map((each) => ({ day: each.day, value: each.notices + each.changes + each.removals, words: wordsOf(each) })), summary);
  return html`<section aria-labelledby="activity">
    <h2 id="activity">What it brought</h2>
    <p>${summary}</p>
    <div class="scroll" role="region" tabindex="0" aria-label="Activity by day">${map}</div>
    ${busy.length === 0 ? html`<p>Nothing came, changed or went in that time; that is a result.</p>` : html`<details>
      <summary>The same as numbers (${counted(busy.length, 'day')})</summary>
      ${table({ caption: 'Days (UTC) on which something came, changed or went', header: ['day', 'new', 'edits', 'removals'], rows: busy.map((each) => [each.day, String(each.notices), String(each.changes), String(each.removals)]) })}
    </details>`}
  </section>`;
} // prettier-ignore

export const NEWEST = 50;

function newest({ notices, source }: SourceView): Html {
  const rows = notices.map((each) => [
    html`<a href="/notices/${each.id}" lang="${langOf(each.language)}">${visible(each.title ?? each.id)}</a>`,
    readable(each.published),
    readable(each.firstSeen),
    presenceWords(each.presence, each.removal, each.movedTo),
  ]);
  return html`<section aria-labelledby="notices">
    <h2 id="notices">Notices</h2>
    ${rows.length === 0 ? html`<p>None came from it yet.</p>` : table({ caption: source.notices > NEWEST ? `The newest ${NEWEST} of ${source.notices}` : 'Newest first', header: ['title', 'date on the page', 'first seen', 'stands now'], rows })}
  </section>`;
}
