/** The text of a reading with what was recognised in it marked, by UTF-16 offsets. */
import { html } from 'hono/html';
import type { Mention } from '../../model/index.js';
import { h, speaking, t } from '../messages/index.js';
import type { Html } from './layout.js';
import { kindWord } from './notice-words.js';
import { langOfText, visible } from './words.js';

const SHOWN: readonly Mention['kind'][] = ['goods', 'tradeName', 'organisation', 'person', 'place', 'date'];

/** A word of ours inside a text of others, for those who hear the page: it is in the language of the page. */
export const heard = (words: string): Html => html`<span class="hidden" lang="${speaking().language}">${words} </span>`;

export function markedText(
  text: string,
  mentions: readonly Mention[],
  nameOf: (mention: Mention) => string,
  language = '',
): Html {
  const parts: (Html | string)[] = [];
  let at = 0;
  for (const mention of [...mentions].sort((a, b) => a.start - b.start || b.end - a.end)) {
    // Marks do not nest: a mention inside another one is in the table below the text.
    if (!SHOWN.includes(mention.kind) || mention.start < at || mention.end > text.length) continue;
    parts.push(visible(text.slice(at, mention.start)));
    const words = text.slice(mention.start, mention.end);
    const own = langOfText(words);
    const lang = language === '' || own === 'und' || own === language ? '' : html` lang="${own}"`;
    const title = t('notice.markIs', { kind: kindWord(mention.kind), what: nameOf(mention) });
    parts.push(html`<mark class="${mention.kind}" title="${title}"${lang}>${visible(words)}</mark>`);
    at = mention.end;
  }
  parts.push(visible(text.slice(at)));
  return html`${parts}`;
}

/** What the marks of a text mean: only of the kinds that stand in it. */
export function legend(mentions: readonly Mention[]): Html | string {
  const kinds = [...new Set(mentions.map(({ kind }) => kind))].filter((kind) => SHOWN.includes(kind));
  if (kinds.length === 0) return '';
  const samples = kinds.map(
    (kind, at) => html`${at > 0 ? ', ' : ''}<span class="sample ${kind}">${kindWord(kind)}</span>`,
  );
  return html`<p class="legend">${h('notice.marked', { kinds: html`${samples}` })}</p>`;
}
