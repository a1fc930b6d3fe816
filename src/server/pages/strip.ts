/** Versions of one notice in time: what was seen when, as a strip and as a table. */
import { html } from 'hono/html';
import type { NoticeDetail } from '../../store/index.js';
import { type MessageKey, h, t } from '../messages/index.js';
import { type Html, table } from './layout.js';
import { checkWord, headers } from './notice-words.js';
import { FOLDED, type VersionChoice, type VersionsView, linkTo } from './versions.js';
import { langOfText, readable, visible } from './words.js';

interface Point {
  at: string;
  mark: 'revision' | 'failed' | 'gone';
  words: string;
  /** The same with the words of others marked as theirs. */
  shown?: Html;
  revision?: number;
  weight: number;
}

/** Revisions, and the first of each run of looks that did not find the page: what stands between two points is more of the same. */
function pointsOf({ notice: { revisionList, changes, observations } }: VersionsView): Point[] {
  const revisions = revisionList.map(({ revision, at }): Point => {
    const own = changes.filter((each) => each.revision === revision && !FOLDED.includes(each.kind));
    const weight = own.reduce((most, { severity }) => Math.max(most, severity), 0);
    const words = t(revision === 1 ? 'notice.wasFirst' : 'notice.wasEdited', { n: revision, changes: own.length });
    return { at, mark: 'revision', words, revision, weight };
  });
  const looks = observations.flatMap((each, at): Point[] => {
    const isGone = each.class === 'gone' || each.class === 'notice';
    if (each.class === 'live' || each.class === observations[at - 1]?.class) return [];
    return [
      {
        at: each.at,
        mark: isGone ? 'gone' : 'failed',
        ...lookWords(each),
        weight: 0,
      },
    ];
  });
  return [...revisions, ...looks].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function lookWords({ class: concluded, rule }: NoticeDetail['observations'][number]): Pick<Point, 'words' | 'shown'> {
  const said = { class: checkWord(concluded), rule: visible(rule) };
  return { words: t('notice.wasLook', said), shown: h('notice.wasLook', { ...said, rule: ruleWords(rule) }) };
}

/** The name of a rule, and the words of the page by which it was met. */
export const ruleWords = (rule: string): Html =>
  html`<span lang="${langOfText(rule)}" translate="no">${visible(rule)}</span>`;

const MARKS = { revision: '●', failed: '✕', gone: '▢' } as const;
const MARK_WORDS = {
  revision: 'notice.pointRevision',
  failed: 'notice.pointFailed',
  gone: 'notice.pointGone',
} as const satisfies Record<Point['mark'], MessageKey>;
const STEP = 36;

export function strip(view: VersionsView): Html | string {
  const points = pointsOf(view);
  if (points.length === 0) return '';
  const { choice } = view;
  const drawn = points.map((point, at) => pointMark(point, { at, choice }));
  const rows = points.map(({ at, mark, words, shown, revision = 1 }) => [
    html`<span aria-hidden="true">${MARKS[mark]}</span> ${t(MARK_WORDS[mark])}`,
    readable(at),
    shown ?? html`<a href="${linkTo({ ...choice, from: Math.max(1, revision - 1), to: revision })}">${words}</a>`,
  ]);
  const width = points.length * STEP + 10;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${t('notice.inTime')}">
      <svg class="chart strip" viewBox="0 0 ${width} 40" width="${width}" height="40" role="img" aria-label="${t('notice.points', { n: points.length })}">
        <line x1="0" y1="20" x2="${width}" y2="20" />
        ${drawn}
      </svg>
    </div>
    <details>
      <summary>${t('notice.sameAsTable')}</summary>
      ${table({ caption: t('notice.strip'), header: headers('what', 'when', 'which'), rows })}
    </details>`;
} // prettier-ignore

function pointMark({ at: time, mark, words, revision, weight }: Point, { at, choice }: { at: number; choice: VersionChoice }): Html {
  const x = at * STEP + 20;
  const title = html`<title>${t('notice.pointAt', { when: readable(time), what: words })}</title>`;
  if (mark === 'gone') return html`<rect class="gone" x="${x - 6}" y="14" width="12" height="12">${title}</rect>`;
  if (mark === 'failed') return html`<path class="failed" d="M${x - 5} 15 L${x + 5} 25 M${x + 5} 15 L${x - 5} 25">${title}</path>`;
  const radius = 4 + Math.round(weight / 12);
  return html`<circle class="${revision === choice.to ? 'some chosen' : 'some'}" cx="${x}" cy="20" r="${radius}">${title}</circle>`;
} // prettier-ignore
