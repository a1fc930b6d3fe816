/** Two texts beside each other in their own words: what both have in one row, what stands between that in the next. */
import { html } from 'hono/html';
import type { Passage } from '../../model/index.js';
import { t } from '../messages/index.js';
import type { Html } from './layout.js';
import { heard } from './marks.js';
import { langOfText, visible } from './words.js';

export interface Stretch {
  start: number;
  end: number;
}

export interface BesideRow {
  shared: boolean;
  here: Stretch;
  there: Stretch;
}

/**
 * In the order of this text. Each letter of either text stands in one row and no other, also where passages changed places or
 * overlap; offsets are UTF-16.
 */
export function besideRows(mine: string, theirs: string, passages: readonly Passage[]): BesideRow[] {
  const here = cut(mine, passages, ({ thisStart, thisEnd }) => [thisStart, thisEnd]);
  const there = cut(theirs, passages, ({ otherStart, otherEnd }) => [otherStart, otherEnd]);
  const rows = here.order.flatMap((passage): BesideRow[] => {
    const [own, other] = [here.of.get(passage)!, there.of.get(passage)!];
    return [
      { shared: false, here: own.before, there: other.before },
      { shared: true, here: own.within, there: other.within },
    ];
  });
  return [...rows, { shared: false, here: here.rest, there: there.rest }].filter(
    ({ here: a, there: b }) => a.end > a.start || b.end > b.start,
  );
}

interface Cut {
  order: Passage[];
  of: Map<Passage, { before: Stretch; within: Stretch }>;
  rest: Stretch;
}

function cut(text: string, passages: readonly Passage[], sideOf: (each: Passage) => [number, number]): Cut {
  const order = [...passages].sort((a, b) => sideOf(a)[0] - sideOf(b)[0] || sideOf(a)[1] - sideOf(b)[1]);
  const of = new Map<Passage, { before: Stretch; within: Stretch }>();
  let reached = 0;
  const upTo = (end: number): Stretch => {
    const stretch = { start: reached, end: Math.min(text.length, Math.max(reached, end)) };
    reached = stretch.end;
    return stretch;
  };
  for (const passage of order) {
    const [start, end] = sideOf(passage);
    of.set(passage, { before: upTo(start), within: upTo(end) });
  }
  return { order, of, rest: upTo(text.length) };
}

/** A stretch that is told apart inside a row, with what a reader hears of it, colon and all. */
export interface Told extends Stretch {
  class: 'formula' | 'differs';
  says: string;
}

/** Longer stretches that only one side has open on demand. */
const LONG = 600;

export function stretchHtml(text: string, { start, end }: Stretch, told: readonly Told[]): Html | string {
  if (end <= start) return html`<span class="nothing">–</span>`;
  const parts: (Html | string)[] = [];
  let at = start;
  for (const each of [...told].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const [from, to] = [Math.max(at, each.start), Math.min(end, each.end)];
    if (from >= to) continue;
    parts.push(visible(text.slice(at, from)));
    parts.push(html`<mark class="${each.class}">${heard(each.says)}${visible(text.slice(from, to))}</mark>`);
    at = to;
  }
  parts.push(visible(text.slice(at, end)));
  const whole = html`<span lang="${langOfText(text.slice(start, end))}">${parts}</span>`;
  return end - start > LONG
    ? html`<details>
        <summary>${t('notice.letters', { n: end - start })}</summary>
        ${whole}
      </details>`
    : whole;
}
