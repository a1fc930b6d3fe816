/** The text of a reading with what was recognised in it marked, by UTF-16 offsets. */
import { html } from 'hono/html';
import type { Mention } from '../../model/index.js';
import type { Html } from './layout.js';
import { visible } from './words.js';

const SHOWN: Readonly<Partial<Record<Mention['kind'], string>>> = {
  goods: 'goods',
  tradeName: 'trade name',
  organisation: 'organisation',
  person: 'person',
  place: 'place',
  date: 'date',
};

export function markedText(text: string, mentions: readonly Mention[], nameOf: (mention: Mention) => string): Html {
  const parts: (Html | string)[] = [];
  let at = 0;
  for (const mention of [...mentions].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const kind = SHOWN[mention.kind];
    // Marks do not nest: a mention inside another one is in the table below the text.
    if (kind === undefined || mention.start < at || mention.end > text.length) continue;
    parts.push(visible(text.slice(at, mention.start)));
    parts.push(
      html`<mark class="${mention.kind}" title="${kind}: ${nameOf(mention)}">${visible(text.slice(mention.start, mention.end))}</mark>`,
    );
    at = mention.end;
  }
  parts.push(visible(text.slice(at)));
  return html`${parts}`;
}
