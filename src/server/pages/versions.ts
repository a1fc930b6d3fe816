/** Versions of one notice: the strip of what was seen when, and two of them held beside each other in several ways. */
import { diffArrays, diffChars, diffWordsWithSpace } from 'diff';
import { html } from 'hono/html';
import type { Change } from '../../model/index.js';
import type { ExhibitRow, NoticeDetail } from '../../store/index.js';
import { replayFrame } from './exhibit.js';
import { type Html, table } from './layout.js';
import { brokenUp, langOf, readable, visible } from './words.js';

export const VIEWS = ['text', 'side', 'inline', 'changes', 'links', 'rendered', 'screenshot'] as const;
export type View = (typeof VIEWS)[number];
const VIEW_WORDS: Readonly<Record<View, string>> = {
  text: 'text',
  side: 'side by side',
  inline: 'inline',
  changes: 'only changes',
  links: 'links',
  rendered: 'rendered',
  screenshot: 'screenshot',
};

export interface VersionChoice {
  view: View;
  /** Revisions, counted from 1. */
  from: number;
  to: number;
  script: 'original' | 'romanised' | 'glossed';
}

/** What does not fit is taken as not asked: the newest revision against the one before it. */
export function versionChoice(query: (name: string) => string | undefined, revisions: number): VersionChoice {
  const number = (name: string, otherwise: number): number => {
    const given = Number(query(name));
    return Number.isInteger(given) && given >= 1 && given <= revisions ? given : otherwise;
  };
  const to = number('to', Math.max(1, revisions));
  const from = number('from', Math.max(1, to - 1));
  const view = VIEWS.find((each) => each === query('view')) ?? 'text';
  const script = (['romanised', 'glossed'] as const).find((each) => each === query('script')) ?? 'original';
  return { view, from, to, script };
}

/** The address of an exhibit's page in a frame, if archived pages are served. */
export type FrameOf = (exhibit: string) => string | undefined;

export interface VersionsView {
  notice: NoticeDetail;
  /** Exhibits of the revisions, in their order. */
  revisions: readonly ExhibitRow[];
  choice: VersionChoice;
  frameOf: FrameOf;
}

const linkTo = (choice: VersionChoice): string =>
  `?${new URLSearchParams({ view: choice.view, from: String(choice.from), to: String(choice.to), script: choice.script }).toString()}`;

interface Point {
  at: string;
  mark: 'revision' | 'failed' | 'gone';
  words: string;
  revision?: number;
  weight: number;
}

/** Revisions, and the first of each run of looks that did not find the page: what stands between two points is more of the same. */
function pointsOf({ notice: { revisionList, changes, observations } }: VersionsView): Point[] {
  const revisions = revisionList.map(({ revision, at }): Point => {
    const own = changes.filter((each) => each.revision === revision && !FOLDED.includes(each.kind));
    const weight = own.reduce((most, { severity }) => Math.max(most, severity), 0);
    const words =
      revision === 1 ? 'first captured' : `edited: ${own.length === 1 ? '1 change' : `${own.length} changes`}`;
    return { at, mark: 'revision', words: `revision ${revision}, ${words}`, revision, weight };
  });
  const looks = observations.flatMap((each, at): Point[] => {
    const isGone = each.class === 'gone' || each.class === 'notice';
    if (each.class === 'live' || each.class === observations[at - 1]?.class) return [];
    return [{ at: each.at, mark: isGone ? 'gone' : 'failed', words: `${each.class} (${each.rule})`, weight: 0 }];
  });
  return [...revisions, ...looks].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

const MARKS = { revision: '●', failed: '✕', gone: '▢' } as const;
const STEP = 36;

export function strip(view: VersionsView): Html | string {
  const points = pointsOf(view);
  if (points.length === 0) return '';
  const { choice } = view;
  const shown = points.map((point, at) => pointMark(point, { at, choice }));
  const rows = points.map(({ at, mark, words, revision }) => [
    html`<span aria-hidden="true">${MARKS[mark]}</span> ${mark === 'revision' ? 'revision' : mark === 'gone' ? 'gone' : 'failed check'}`,
    readable(at),
    revision === undefined ? visible(words) : html`<a href="${linkTo({ ...choice, from: Math.max(1, revision - 1), to: revision })}">${words}</a>`,
  ]);
  const width = points.length * STEP + 10;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Versions in time">
      <svg class="chart strip" viewBox="0 0 ${width} 40" width="${width}" height="40" role="img" aria-label="${points.length} points in time; the table below says the same">
        <line x1="0" y1="20" x2="${width}" y2="20" />
        ${shown}
      </svg>
    </div>
    <details>
      <summary>The same as a table: ● revision, larger the graver the edit; ✕ failed check; ▢ gone</summary>
      ${table({ caption: 'Revisions and checks that failed', header: ['what', 'when', 'which'], rows })}
    </details>`;
} // prettier-ignore

function pointMark({ at: time, mark, words, revision, weight }: Point, { at, choice }: { at: number; choice: VersionChoice }): Html {
  const x = at * STEP + 20;
  const title = html`<title>${readable(time)}: ${words}</title>`;
  if (mark === 'gone') return html`<rect class="gone" x="${x - 6}" y="14" width="12" height="12">${title}</rect>`;
  if (mark === 'failed') return html`<path class="failed" d="M${x - 5} 15 L${x + 5} 25 M${x + 5} 15 L${x - 5} 25">${title}</path>`;
  const radius = 4 + Math.round(weight / 12);
  return html`<circle class="${revision === choice.to ? 'some chosen' : 'some'}" cx="${x}" cy="20" r="${radius}">${title}</circle>`;
} // prettier-ignore

/** Changes that say nothing of the matter: they are kept, folded and counted. */
const FOLDED: readonly Change['kind'][] = ['published', 'template', 'technical', 'image'];

export function switches({ notice, revisions, choice, frameOf }: VersionsView): Html {
  const { from, to } = choice;
  const many = revisions.length > 1;
  const isServed = frameOf(revisions[to - 1]?.id ?? '') !== undefined;
  const views = VIEWS.filter((view) => {
    if (view === 'text') return true;
    if (view === 'rendered') return isServed;
    if (view === 'screenshot') return isServed && revisions[to - 1]?.record.browser !== undefined;
    return many;
  });
  const tab = (href: string, words: string, isChosen: boolean): Html =>
    html`<li><a href="${href}" ${isChosen ? html`aria-current="true"` : ''}>${words}</a></li>`;
  const scripts = notice.language === 'en' || choice.view !== 'text' ? [] : (['original', 'romanised', 'glossed'] as const);
  return html`<nav aria-label="Ways to look at it">
      <ul class="plain">${views.map((view) => tab(linkTo({ ...choice, view }), VIEW_WORDS[view], view === choice.view))}</ul>
      ${scripts.length === 0 ? '' : html`<ul class="plain" aria-label="Script">${scripts.map((script) => tab(linkTo({ ...choice, script }), script === 'glossed' ? 'with glosses' : script, script === choice.script))}</ul>`}
    </nav>
    ${many ? html`<p>
      Revision ${from} against ${to} of ${revisions.length}.
      ${to > 2 ? html`<a data-key="ArrowLeft" href="${linkTo({ ...choice, from: to - 2, to: to - 1 })}">← Change before</a>` : ''}
      ${to < revisions.length ? html`<a data-key="ArrowRight" href="${linkTo({ ...choice, from: to, to: to + 1 })}">Change after →</a>` : ''}
    </p>` : ''}`;
} // prettier-ignore

/** The chosen view of two revisions; the plain text is the caller's. */
export function comparison({ notice, revisions, choice, frameOf }: VersionsView): Html | string {
  const [before, after] = [revisions[choice.from - 1], revisions[choice.to - 1]];
  if (!before || !after) return '';
  switch (choice.view) {
    case 'text':
      return '';
    case 'side':
      return sideBySide(before, after);
    case 'inline':
      return html`<div class="reading" lang="${langOf(notice.language)}">${inline(before.reading.text, after.reading.text)}</div>`;
    case 'changes':
      return changesOnly(notice, choice);
    case 'links':
      return links(before, after);
    case 'rendered':
    case 'screenshot':
      return frames([before, after], frameOf);
  }
} // prettier-ignore

interface Line {
  before?: string;
  after?: string;
}

/** Lines in order; one that was taken out and the one put in its place stand in one row. */
function linesOf(before: string, after: string): Line[] {
  const rows: Line[] = [];
  let gone: string[] = [];
  const flush = (): void => {
    rows.push(...gone.map((line) => ({ before: line })));
    gone = [];
  };
  for (const { value, added, removed } of diffArrays(before.split('\n'), after.split('\n'))) {
    if (removed) gone.push(...value);
    else if (added) {
      for (const line of value) {
        const old = gone.shift();
        rows.push(old === undefined ? { after: line } : { before: old, after: line });
      }
      flush();
    } else {
      flush();
      rows.push(...value.map((line) => ({ before: line, after: line })));
    }
  }
  flush();
  return rows;
}

/** A page may be of two million letters: past so many, lines are told apart whole. */
const LONGEST_LINE = 4_000;
/** Edits looked for within a line; a line that differs more is another line. */
const MOST_EDITS = 400;

type Part = { text: string; op: 'keep' | 'add' | 'remove' };

function partsOf(before: string, after: string): Part[] {
  const whole: Part[] = [
    { op: 'remove', text: before },
    { op: 'add', text: after },
  ];
  if (before.length + after.length > LONGEST_LINE) return whole;
  const diff = /\p{sc=Han}/u.test(before + after) ? diffChars : diffWordsWithSpace;
  const parts = diff(before, after, { maxEditLength: MOST_EDITS });
  if (!parts) return whole;
  return parts.map(({ value, added, removed }) => ({ text: value, op: added ? 'add' : removed ? 'remove' : 'keep' }));
}

const edited = ({ op, text }: Part): Html | string =>
  op === 'keep'
    ? visible(text)
    : op === 'add'
      ? html`<ins><span class="hidden">added: </span>${visible(text)}</ins>`
      : html`<del><span class="hidden">removed: </span>${visible(text)}</del>`;

function inline(before: string, after: string): Html {
  return html`${linesOf(before, after).map((line) => {
    if (line.before === line.after) return html`${visible(line.after!)}\n`;
    if (line.before === undefined) return html`${edited({ op: 'add', text: line.after! })}\n`;
    if (line.after === undefined) return html`${edited({ op: 'remove', text: line.before })}\n`;
    return html`${partsOf(line.before, line.after).map(edited)}\n`;
  })}`;
}

function sideBySide(before: ExhibitRow, after: ExhibitRow): Html {
  const lines = linesOf(before.reading.text, after.reading.text).filter((line) => (line.before ?? '') + (line.after ?? '') !== '');
  const lang = langOf(after.reading.language);
  const cell = (parts: readonly Part[]): Html => html`<span lang="${lang}">${parts.map(edited)}</span>`;
  const rows = lines.map((line) => {
    if (line.before === line.after) return ['', cell([{ op: 'keep', text: line.before! }]), cell([{ op: 'keep', text: line.after! }])];
    if (line.before === undefined) return ['added', '', cell([{ op: 'add', text: line.after! }])];
    if (line.after === undefined) return ['removed', cell([{ op: 'remove', text: line.before }]), ''];
    const parts = partsOf(line.before, line.after);
    return ['edited', cell(parts.filter(({ op }) => op !== 'add')), cell(parts.filter(({ op }) => op !== 'remove'))];
  });
  return table({ caption: 'Both texts whole', header: ['', `before, ${readable(before.at)}`, `after, ${readable(after.at)}`], rows }) as Html;
} // prettier-ignore

function changesOnly({ changes }: NoticeDetail, { from, to }: VersionChoice): Html {
  const between = changes.filter(({ revision }) => revision > from && revision <= to);
  return changeTables(between, `Edits from revision ${from} to ${to}`);
}

/** What is of substance as a table, dates and layout folded and counted. */
export function changeTables(changes: NoticeDetail['changes'], caption: string): Html {
  const row = ({ at, revision, kind, edits }: NoticeDetail['changes'][number]): (Html | string)[] => [
    readable(at),
    String(revision),
    kind,
    html`${edits.map(edited)}`,
  ];
  const [real, folded] = [changes.filter(({ kind }) => !FOLDED.includes(kind)), changes.filter(({ kind }) => FOLDED.includes(kind))];
  const header = ['seen', 'revision', 'what', 'words'];
  const count = new Map<string, number>();
  for (const { kind } of real) count.set(kind, (count.get(kind) ?? 0) + 1);
  const summary = [...count].map(([kind, many]) => `${many} ${kind}`).join(', ');
  return html`${real.length === 0 ? '' : html`<p>${real.length === 1 ? '1 change' : `${real.length} changes`}: ${summary}.</p>`}
    ${table({ caption, header, rows: real.map(row) })}
    ${folded.length === 0 ? '' : html`<details>
      <summary>Dates, pictures and layout only (${folded.length})</summary>
      ${table({ caption: 'Kept, and no revision', header, rows: folded.map(row) })}
    </details>`}`;
} // prettier-ignore

function links(before: ExhibitRow, after: ExhibitRow): Html {
  const of = ({ reading: { links: found } }: ExhibitRow): Map<string, string> =>
    new Map([
      ...found.attachments.map(({ url }) => [url, 'attached file'] as const),
      ...found.images.map((url) => [url, 'picture'] as const),
      ...(found.own === undefined ? [] : [[found.own, 'own address'] as const]),
      ...(found.original?.url === undefined ? [] : [[found.original.url, 'original'] as const]),
    ]);
  const [old, now] = [of(before), of(after)];
  const all = new Map([...old, ...now]);
  const rows = [...all].map(([url, what]) => [
    !old.has(url) ? 'added' : !now.has(url) ? 'removed' : 'in both',
    what,
    html`<code>${brokenUp(url)}</code>`,
  ]);
  return rows.length === 0 ? html`<p>Neither names a file, a picture or another address.</p>` : html`${table({ caption: 'Addresses the two name; none is a link here', header: ['', 'what', 'address'], rows })}`;
} // prettier-ignore

function frames(exhibits: readonly ExhibitRow[], frameOf: FrameOf): Html {
  const shown = [...new Map(exhibits.map((each) => [each.id, each])).values()].flatMap((each) => {
    const archived = frameOf(each.id);
    return archived === undefined ? [] : [{ ...each, archived }];
  });
  if (shown.length === 0) return html`<p>Archived pages are shown by <code>asposted serve</code> only.</p>`;
  return html`<div class="sides">
    ${shown.map(({ id, at, archived }) => html`<figure><figcaption>${readable(at)} <a class="id" href="/exhibits/${id}">${id}</a></figcaption>${replayFrame(archived)}</figure>`)}
  </div>`;
}
