/** Two versions of one notice held beside each other in several ways; the strip of all of them is `strip.ts`. */
import { diffArrays, diffChars, diffWordsWithSpace } from 'diff';
import { html } from 'hono/html';
import type { Change } from '../../model/index.js';
import type { ExhibitRow, NoticeDetail } from '../../store/index.js';
import { type MessageKey, h, t } from '../messages/index.js';
import { replayFrame } from './exhibit.js';
import { type Html, table } from './layout.js';
import { heard } from './marks.js';
import { changeWord, headers } from './notice-words.js';
import { brokenUp, langOf, langOfText, readable, visible } from './words.js';

export const VIEWS = ['text', 'side', 'inline', 'changes', 'links', 'rendered', 'screenshot'] as const;
export type View = (typeof VIEWS)[number];
const VIEW_WORDS = {
  text: 'notice.onlyText',
  side: 'notice.side',
  inline: 'notice.inline',
  changes: 'notice.onlyChanges',
  links: 'notice.links',
  rendered: 'notice.rendered',
  screenshot: 'notice.screenshot',
} as const satisfies Record<View, MessageKey>;
const SCRIPTS = ['original', 'romanised', 'glossed'] as const;

export interface VersionChoice {
  view: View;
  /** Revisions, counted from 1. */
  from: number;
  to: number;
  script: (typeof SCRIPTS)[number];
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
  const script = SCRIPTS.find((each) => each === query('script')) ?? 'original';
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

/** The same page with another choice. */
export const linkTo = (choice: VersionChoice): string =>
  `?${new URLSearchParams({ view: choice.view, from: String(choice.from), to: String(choice.to), script: choice.script }).toString()}`;

/** Changes that say nothing of the matter: they are kept, folded and counted. */
export const FOLDED: readonly Change['kind'][] = ['published', 'template', 'technical', 'image'];

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
  const scripts = notice.language === 'en' || choice.view !== 'text' ? [] : SCRIPTS;
  return html`<nav aria-label="${t('notice.ways')}">
      <ul class="plain">${views.map((view) => tab(linkTo({ ...choice, view }), t(VIEW_WORDS[view]), view === choice.view))}</ul>
      ${scripts.length === 0 ? '' : html`<ul class="plain" aria-label="${t('notice.script')}">${scripts.map((script) => tab(linkTo({ ...choice, script }), t(`notice.${script}`), script === choice.script))}</ul>`}
    </nav>
    ${many ? html`<p>
      ${t('notice.against', { from, to, n: revisions.length })}
      ${to > 2 ? html`<a data-key="ArrowLeft" href="${linkTo({ ...choice, from: to - 2, to: to - 1 })}">${t('notice.changeBefore')}</a>` : ''}
      ${to < revisions.length ? html`<a data-key="ArrowRight" href="${linkTo({ ...choice, from: to, to: to + 1 })}">${t('notice.changeAfter')}</a>` : ''}
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
      ? html`<ins>${heard(t('notice.heardAdded'))}${visible(text)}</ins>`
      : html`<del>${heard(t('notice.heardRemoved'))}${visible(text)}</del>`;

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
    if (line.before === undefined) return [t('notice.rowAdded'), '', cell([{ op: 'add', text: line.after! }])];
    if (line.after === undefined) return [t('notice.rowRemoved'), cell([{ op: 'remove', text: line.before }]), ''];
    const parts = partsOf(line.before, line.after);
    return [t('notice.rowEdited'), cell(parts.filter(({ op }) => op !== 'add')), cell(parts.filter(({ op }) => op !== 'remove'))];
  });
  return table({ caption: t('notice.bothWhole'), header: ['', t('notice.before', { when: readable(before.at) }), t('notice.after', { when: readable(after.at) })], rows }) as Html;
} // prettier-ignore

function changesOnly({ changes }: NoticeDetail, { from, to }: VersionChoice): Html {
  const between = changes.filter(({ revision }) => revision > from && revision <= to);
  return changeTables(between, t('notice.editsBetween', { from, to }));
}

/** What is of substance as a table, dates and layout folded and counted. */
export function changeTables(changes: NoticeDetail['changes'], caption: string): Html {
  const row = ({ at, revision, kind, edits }: NoticeDetail['changes'][number]): (Html | string)[] => [
    readable(at),
    String(revision),
    changeWord(kind),
    html`<span lang="${langOfText(edits.map(({ text }) => text).join(''))}">${edits.map(edited)}</span>`,
  ];
  const [real, folded] = [changes.filter(({ kind }) => !FOLDED.includes(kind)), changes.filter(({ kind }) => FOLDED.includes(kind))];
  const header = headers('seen', 'revision', 'what', 'words');
  const count = new Map<Change['kind'], number>();
  for (const { kind } of real) count.set(kind, (count.get(kind) ?? 0) + 1);
  const kinds = [...count].map(([kind, n]) => t('notice.ofKind', { n, kind: changeWord(kind) })).join(', ');
  return html`${real.length === 0 ? '' : html`<p>${t('notice.summary', { n: real.length, kinds })}</p>`}
    ${table({ caption, header, rows: real.map(row) })}
    ${folded.length === 0 ? '' : html`<details>
      <summary>${t('notice.folded', { n: folded.length })}</summary>
      ${table({ caption: t('notice.keptNoRevision'), header, rows: folded.map(row) })}
    </details>`}`;
} // prettier-ignore

function links(before: ExhibitRow, after: ExhibitRow): Html {
  const of = ({ reading: { links: found } }: ExhibitRow): Map<string, string> =>
    new Map([
      ...found.attachments.map(({ url }) => [url, t('notice.attached')] as const),
      ...found.images.map((url) => [url, t('notice.picture')] as const),
      ...(found.own === undefined ? [] : [[found.own, t('notice.ownAddress')] as const]),
      ...(found.original?.url === undefined ? [] : [[found.original.url, t('notice.originalAddress')] as const]),
    ]);
  const [old, now] = [of(before), of(after)];
  const all = new Map([...old, ...now]);
  const rows = [...all].map(([url, what]) => [
    t(!old.has(url) ? 'notice.rowAdded' : !now.has(url) ? 'notice.rowRemoved' : 'notice.inBoth'),
    what,
    html`<code>${brokenUp(url)}</code>`,
  ]);
  return rows.length === 0 ? html`<p>${t('notice.noLinks')}</p>` : html`${table({ caption: t('notice.addresses'), header: ['', ...headers('what', 'addressHead')], rows })}`;
} // prettier-ignore

function frames(exhibits: readonly ExhibitRow[], frameOf: FrameOf): Html {
  const shown = [...new Map(exhibits.map((each) => [each.id, each])).values()].flatMap((each) => {
    const archived = frameOf(each.id);
    return archived === undefined ? [] : [{ ...each, archived }];
  });
  if (shown.length === 0) return html`<p>${h('notice.servedOnly', { command: html`<code>asposted serve</code>` })}</p>`;
  return html`<div class="sides">
    ${shown.map(({ id, at, archived }) => html`<figure><figcaption>${readable(at)} <a class="id" href="/exhibits/${id}">${id}</a></figcaption>${replayFrame(archived)}</figure>`)}
  </div>`;
}
