/** What one thing stands beside: who posted, the notices, and what they lead to; three columns, and the same as a table. */
import { html } from 'hono/html';
import type { NamingNotice, Neighbour } from '../../store/index.js';
import { type MessageKey, t } from '../messages/index.js';
import { type Html, table } from './layout.js';
import { said } from './said.js';
import { langOfText, visible } from './words.js';

interface Node {
  key: string;
  label: string;
}

interface Edge {
  from: string;
  to: string;
  says: string;
}

const MOST = 12;
const ROW = 26;
const COLUMNS = [10, 270, 530] as const;
const WIDTH = 780;
const LABEL = 16;

const short = (text: string): string => {
  const letters = Array.from(visible(text));
  const width = letters.reduce((sum, letter) => sum + (/\p{sc=Han}/u.test(letter) ? 2 : 1), 0);
  return width <= LABEL * 2 ? letters.join('') : `${letters.slice(0, /\p{sc=Han}/u.test(text) ? LABEL - 1 : LABEL * 2 - 2).join('')}…`;
}; // prettier-ignore

export function graph(self: string, notices: readonly NamingNotice[], neighbours: readonly Neighbour[]): Html | string {
  if (notices.length === 0) return '';
  const shown = notices.slice(0, MOST);
  const posters = new Map<string, Node>();
  const others = new Map<string, Node>();
  const edges: Edge[] = [];
  for (const { notice, account } of shown) {
    if (account === null) continue;
    posters.set(account, { key: `a:${account}`, label: account });
    edges.push({ from: `a:${account}`, to: `n:${notice}`, says: t('profiles.posted') });
  }
  for (const { notice, kind, id, name } of neighbours) {
    if (!shown.some((each) => each.notice === notice) || name === self || posters.has(name)) continue;
    if (others.size >= MOST * 2 && !others.has(`${kind}:${id}`)) continue;
    others.set(`${kind}:${id}`, { key: `${kind}:${id}`, label: kind === 'list' ? `${name} (${id.split(' ')[0]!})` : name });
    edges.push({ from: `n:${notice}`, to: `${kind}:${id}`, says: t(SAYS[kind]) });
  }
  const middle = shown.map(({ notice, title }): Node => ({ key: `n:${notice}`, label: title ?? notice }));
  const columns = [[...posters.values()], middle, [...others.values()]];
  const labels = new Map(columns.flat().map(({ key, label }) => [key, label]));
  const rows = edges.map(({ from, to, says }) => [said(labels.get(from)!), says, said(labels.get(to)!)]);
  return html`<section aria-labelledby="around">
    <h2 id="around">${t('profiles.around')}</h2>
    <div class="scroll" role="region" tabindex="0" aria-label="${t('profiles.graph')}">${drawn(columns, edges)}</div>
    <details>
      <summary>${t('profiles.asTable', { n: edges.length })}</summary>
      ${table({ caption: notices.length > MOST ? t('profiles.newestOf', { shown: MOST, n: notices.length }) : t('profiles.eachLine'), header: [t('profiles.from'), t('profiles.what'), t('profiles.to')], rows })}
    </details>
  </section>`;
} // prettier-ignore

const SAYS = {
  organisation: 'profiles.names',
  copy: 'profiles.sharesWith',
  list: 'profiles.candidateOf',
} as const satisfies Record<Neighbour['kind'], MessageKey>;

/** In the letters of the picture, about. */
const widthOf = (label: string): number =>
  Array.from(short(label)).reduce((sum, letter) => sum + (/\p{sc=Han}/u.test(letter) ? 12 : 7.5), 0);

function drawn(columns: readonly (readonly Node[])[], edges: readonly Edge[]): Html {
  const most = Math.max(...columns.map(({ length }) => length));
  const height = most * ROW + 10;
  const places = new Map<string, { x: number; y: number; end: number }>();
  for (const [at, column] of columns.entries())
    for (const [row, { key, label }] of column.entries())
      places.set(key, {
        x: COLUMNS[at]!,
        y: 20 + row * ROW + ((most - column.length) * ROW) / 2,
        end: Math.min(COLUMNS[at]! + 225, COLUMNS[at]! + 14 + widthOf(label)),
      });
  const lines = edges.map(({ from, to }) => {
    const [a, b] = [places.get(from)!, places.get(to)!];
    return html`<path class="edge" d="M${a.end} ${a.y} L${a.x + 225} ${a.y} C${a.x + 245} ${a.y} ${b.x - 25} ${b.y} ${b.x - 5} ${b.y}" />`;
  });
  const names = columns.flat().map(({ key, label }) => {
    const { x, y } = places.get(key)!;
    return html`<g><circle class="some" cx="${x}" cy="${y}" r="4" /><text class="node" x="${x + 9}" y="${y + 4}" lang="${langOfText(label)}">${short(label)}<title>${visible(label)}</title></text></g>`;
  });
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${t('profiles.lines', { n: edges.length })}">
    ${lines}${names}
  </svg>`;
} // prettier-ignore
