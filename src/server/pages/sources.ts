/** What is watched and how it is; one source with what it was asked, what it brought, day by day. */
import { html } from 'hono/html';
import type { HealthySource, ListedNotice, SourceAsked, SourceDay } from '../../store/index.js';
import { type MessageKey, h, t } from '../messages/index.js';
import { daysBefore, heatMap, sparkline } from './charts.js';
import { status } from './forms.js';
import { type Html, page, table } from './layout.js';
import { checkWord } from './notice-words.js';
import { asIs, inEnglish, said } from './said.js';
import { stateForm } from './watching.js';
import { langOf, presenceWords, readable, visible } from './words.js';

export interface SourcesView {
  sources: readonly HealthySource[];
  days: readonly SourceDay[];
  now: Date;
  filter: string;
}

export const SOURCE_FILTERS = ['', 'failing', 'changed', 'removed'] as const;
const FILTER_WORDS = { '': 'sources.showAll', failing: 'sources.showFailing', changed: 'sources.showChanged', removed: 'sources.showRemoved' } as const; // prettier-ignore

/** Of the sparkline. */
export const SPARK_DAYS = 30;
/** Of the heat map: 26 weeks. */
export const HEAT_DAYS = 182;

const isFailing = ({ health: { state } }: HealthySource): boolean => ['failing', 'blocked', 'login'].includes(state);

/** The state in a sentence, with what it means for what was found before. */
export function healthWords({ health, lastProblem, lastGood, lastRun }: HealthySource): Html {
  const { state, failures, since } = health;
  const answered = lastGood === null ? t('sources.noAnswer') : t('sources.lastAnswer', { when: readable(lastGood) });
  const trouble = { problem: inEnglish(lastProblem ?? ''), answered };
  const often = { ...trouble, n: failures, when: readable(since) };
  switch (state) {
    case 'well':
      return h('sources.well', { when: readable(lastRun) });
    case 'unasked':
    case 'paused':
    case 'removed':
      return h(`sources.${state}`);
    case 'login':
      return h('sources.login', trouble);
    case 'blocked':
    case 'failing':
      return h(`sources.${state}`, often);
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
  const none = html`<p>${h('sources.none', { command: html`<code>asposted source add URL</code>` })}</p>`;
  return page({
    title: t('common.sources'),
    json: '/api/v1/sources',
    current: 'sources',
    body: html`<h1>${t('common.sources')}</h1>
      <p role="status">
        ${t('sources.count', { n: sources.length, failing })}
        ${sources.length === 0 ? '' : html`<a href="/sources.csv${filter === '' ? '' : `?show=${filter}`}">${t('common.asCsv')}</a>`}
      </p>
      ${sources.length === 0 ? '' : filters(filter)}
      ${
        sources.length === 0
          ? none
          : found.length === 0
            ? html`<p>${t('sources.noneOfThem')}</p>`
            : table({
                caption: t('sources.watched'),
                header: [
                  ...[t('sources.name'), t('sources.kind'), t('sources.health'), t('sources.lastAsked')],
                  ...[t('sources.next'), t('sources.noticesIn', { days: SPARK_DAYS }), t('sources.notices')],
                ],
                rows: found.map((each) => sourceRow(each, view)),
              })
      }`,
  });
}

function filters(chosen: string): Html {
  return html`<nav aria-label="${t('sources.which')}">
    <ul class="plain">
      ${SOURCE_FILTERS.map((each) => html`<li><a href="/sources${each === '' ? '' : `?show=${each}`}" ${each === chosen ? html`aria-current="page"` : ''}>${t(FILTER_WORDS[each], { days: SPARK_DAYS })}</a></li>`)}
    </ul>
  </nav>`;
}

function sourceRow(source: HealthySource, { days, now }: SourcesView): (Html | string)[] {
  const own = daysOf(days, source.id);
  const values = daysBefore(now, SPARK_DAYS).map((day) => own.get(day)?.notices ?? 0);
  const total = values.reduce((sum, value) => sum + value, 0);
  const words = t('sources.spark', { n: total, days: SPARK_DAYS, most: Math.max(...values) });
  return [
    html`<a href="/sources/${source.id}">${said(source.name)}</a>`,
    asIs(source.kind),
    html`<span class="${isFailing(source) ? 'bad' : ''}">${healthWords(source)}</span>`,
    source.lastRun === null ? t('sources.never') : readable(source.lastRun),
    source.health.nextCheck === null ? '–' : readable(source.health.nextCheck),
    html`${sparkline(values, words)} <span class="meta">${t('sources.fresh', { n: total })}</span>`,
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
  /** What the page before did. */
  done?: string | undefined;
}

export function sourcePage(view: SourceView): Html {
  const { source, asked } = view;
  const rows = asked.map((each) => [
    readable(each.at),
    each.problem === null
      ? t('sources.answered', { found: each.found ?? 0, fresh: each.fresh })
      : inEnglish(each.problem),
    checkWord(each.concluded),
    String(each.logIndex),
    html`<span class="id">${each.id}</span>`,
  ]);
  return page({
    title: source.name,
    json: `/api/v1/sources/${source.id}`,
    current: 'sources',
    body: html`${status(view.done)}<h1>${said(source.name)}</h1>
      ${stateForm(source)}
      <p class="meta">
        ${h('sources.facts', { kind: asIs(source.kind), state: t(STATES[source.state]), interval: interval(source.everyMs), when: readable(source.addedAt) })}
        <span class="id">${source.id}</span>
      </p>
      ${health(source)}${activity(view)}
      <section aria-labelledby="asked">
        <h2 id="asked">${t('sources.whenAsked')}</h2>
        ${rows.length === 0 ? html`<p>${t('sources.notYet')}</p>` : table({ caption: t('sources.newest', { n: rows.length }), header: ASKED_HEADER.map((each) => t(each)), rows })}
        ${rows.length === 0 ? '' : html`<p><a href="/sources/${source.id}/asked.csv">${t('common.asCsv')}</a></p>`}
      </section>
      ${newest(view)}`,
  });
}

const ASKED_HEADER = [
  'sources.when',
  'sources.cameOfIt',
  'sources.concluded',
  'sources.log',
  'sources.observation',
] as const;

function health(source: HealthySource): Html {
  const { nextCheck } = source.health;
  return html`<section aria-labelledby="health">
    <h2 id="health">${t('sources.healthTitle')}</h2>
    <p>
      ${h('sources.now', { health: healthWords(source) })}
      ${nextCheck === null ? t('sources.offSchedule') : t('sources.askedNext', { when: readable(nextCheck) })}
      ${isFailing(source) ? h('sources.stays', { command: html`<code>asposted source test ${source.id}</code>` }) : ''}
    </p>
    ${options(source)}
  </section>`;
}

const STATES = {
  active: 'sources.isActive',
  paused: 'sources.isPaused',
  removed: 'sources.isRemoved',
} as const satisfies Record<HealthySource['state'], MessageKey>;

const interval = (ms: number): string =>
  ms % 3_600_000 === 0
    ? t('sources.hours', { n: ms / 3_600_000 })
    : t('sources.minutes', { n: Math.round(ms / 60_000) });

function options({ options: given }: HealthySource): Html | string {
  const rows = Object.entries(given).map(([name, value]) => [html`<code>${visible(name)}</code>`, html`<code>${visible(JSON.stringify(value))}</code>`]);
  return rows.length === 0 ? '' : html`<details><summary>${t('sources.how', { n: rows.length })}</summary>${table({ caption: t('sources.options'), header: [t('sources.option'), t('sources.value')], rows })}</details>`;
} // prettier-ignore

function activity({ source, days, now }: SourceView): Html {
  const own = daysOf(days, source.id);
  const all = daysBefore(now, HEAT_DAYS).map((day) => ({ notices: 0, changes: 0, removals: 0, ...own.get(day), day }));
  const wordsOf = ({ day, notices, changes, removals }: (typeof all)[number]): string =>
    t('sources.onDay', { day, fresh: notices, edits: changes, removals });
  const busy = all.filter(({ notices, changes, removals }) => notices + changes + removals > 0);
  const of = (what: 'notices' | 'changes' | 'removals'): number => busy.reduce((sum, each) => sum + each[what], 0);
  const summary = t('sources.inWeeks', { weeks: HEAT_DAYS / 7, fresh: of('notices'), edits: of('changes'), removals: of('removals') });
  const map = heatMap(all.map((each) => ({ day: each.day, value: each.notices + each.changes + each.removals, words: wordsOf(each) })), summary);
  return html`<section aria-labelledby="activity">
    <h2 id="activity">${t('sources.brought')}</h2>
    <p>${summary}</p>
    <div class="scroll" role="region" tabindex="0" aria-label="${t('sources.activity')}">${map}</div>
    ${busy.length === 0 ? html`<p>${t('sources.nothingCame')}</p>` : html`<details>
      <summary>${t('sources.asNumbers', { n: busy.length })}</summary>
      ${table({ caption: t('sources.days'), header: [t('sources.day'), t('sources.new'), t('sources.edits'), t('sources.removals')], rows: busy.map((each) => [each.day, String(each.notices), String(each.changes), String(each.removals)]) })}
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
  const header = [t('sources.title'), t('sources.onPage'), t('sources.firstSeen'), t('sources.standsNow')];
  return html`<section aria-labelledby="notices">
    <h2 id="notices">${t('common.notices')}</h2>
    ${rows.length === 0 ? html`<p>${t('sources.noneCame')}</p>` : table({ caption: source.notices > NEWEST ? t('sources.newestOf', { shown: NEWEST, n: source.notices }) : t('sources.newestFirst'), header, rows })}
  </section>`;
}
