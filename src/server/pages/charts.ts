/** Pictures made here, each beside the same numbers as a table: nothing is told by a picture or a colour alone. */
import { html } from 'hono/html';
import { t } from '../messages/index.js';
import type { Html } from './layout.js';

const DAY = 86_400_000;

/** `n` days up to and with that of `end`, oldest first, as 2024-05-22 (UTC). */
export function daysBefore(end: Date, n: number): string[] {
  return Array.from({ length: n }, (_, at) => new Date(end.getTime() - (n - 1 - at) * DAY).toISOString().slice(0, 10));
}

/** Bars of one row; the words beside it say what the picture does. */
export function sparkline(values: readonly number[], words: string): Html {
  const most = Math.max(1, ...values);
  const bars = values.map((value, at) => {
    const height = value === 0 ? 1 : Math.max(2, Math.round((value / most) * 20));
    return html`<rect class="${value === 0 ? 'none' : 'some'}" x="${at * 4}" y="${22 - height}" width="3" height="${height}" />`;
  });
  return html`<svg class="spark" viewBox="0 0 ${values.length * 4} 22" width="${values.length * 4}" height="22" role="img" aria-label="${words}">
    ${bars}
  </svg>`;
} // prettier-ignore

export interface HeatDay {
  day: string;
  value: number;
  words: string;
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const CELL = 14;

/** A column for each week, a row for each day of the week. Steps are of the largest value, and each cell has its words. */
export function heatMap(days: readonly HeatDay[], label: string): Html {
  const most = Math.max(1, ...days.map(({ value }) => value));
  const rowOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const first = days[0] ? rowOf(days[0].day) : 0;
  const cells = days.map(({ day, value, words }, at) => {
    const step = value === 0 ? 0 : Math.max(1, Math.ceil((value / most) * 4));
    return html`<rect class="heat-${step}" x="${30 + Math.floor((at + first) / 7) * CELL}" y="${rowOf(day) * CELL}" width="${CELL - 2}" height="${CELL - 2}"><title>${words}</title></rect>`;
  });
  const width = 30 + Math.ceil((days.length + first) / 7) * CELL;
  return html`<svg class="chart" viewBox="0 0 ${width} ${7 * CELL}" width="${width}" height="${7 * CELL}" role="img" aria-label="${label}">
    ${WEEKDAYS.map((name, at) => html`<text x="0" y="${at * CELL + 10}">${t(`sources.${name}`)}</text>`)}${cells}
  </svg>`;
} // prettier-ignore
