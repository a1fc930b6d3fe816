/** The text of a reading with what was recognised in it marked, by UTF-16 offsets. */
import { html } from 'hono/html';
import type { Mention } from '../../model/index.js';
import type { Html } from './layout.js';
import { langOfText, visible } from './words.js';

const SHOWN: Readonly<Partial<Record<Mention['kind'], string>>> = {
  goods: 'goods',
  tradeName: 'trade name',
  organisation: 'organisation',
  person: 'person',
  place: 'place',
  date: 'date',
};

export function markedText(
  text: string,
  mentions: readonly Mention[],
  nameOf: (mention: Mention) => string,
  language = '',
): Html {
  const parts: (Html | string)[] = [];
  let at = 0;
  for (const mention of [...mentions].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const kind = SHOWN[mention.kind];
    // Marks do not nest: a mention inside another one is in the table below the text.
    if (kind === undefined || mention.start < at || mention.end > text.length) continue;
    parts.push(visible(text.slice(at, mention.start)));
    const words = text.slice(mention.start, mention.end);
    const own = langOfText(words);
    const lang = language === '' || own === 'und' || own === language ? '' : html` lang="${own}"`;
    parts.push(html`<mark class="${mention.kind}" title="${kind}: ${nameOf(mention)}"${lang}>${visible(words)}</mark>`);
    at = mention.end;
  }
  parts.push(visible(text.slice(at)));
  return html`${parts}`;
}

/** What the marks of a text mean: only of the kinds that stand in it. */
export function legend(mentions: readonly Mention[]): Html | string {
  const kinds = [...new Set(mentions.map(({ kind }) => kind))].filter((kind) => SHOWN[kind] !== undefined);
  if (kinds.length === 0) return '';
  return html`<p class="legend">
    Marked: ${kinds.map((kind, at) => html`${at > 0 ? ', ' : ''}<span class="sample ${kind}">${SHOWN[kind]!}</span>`)}
  </p>`;
}
