/** Aids for readers who do not read the script: the original first, what was made beside it, and by what. Never in the evidence. */
import { html } from 'hono/html';
import type { Mention } from '../../model/index.js';
import type { Catalogue } from '../../recognise/index.js';
import { readAloud } from '../../watch/index.js';
import { h, t } from '../messages/index.js';
import type { Html } from './layout.js';
import { catalogued, langOf, nameOfGoods, visible } from './words.js';

const LATIN: Readonly<Record<string, string>> = { zh: 'zh-Latn-pinyin', ru: 'ru-Latn', uk: 'uk-Latn' };

/** Paragraph by paragraph. Persons are read with the readings of family names, the rest as running text. */
export function romanisedText(text: string, language: string, mentions: readonly Mention[]): Html {
  const isUkrainian = language === 'uk';
  let at = 0;
  const rows = text.split('\n').map((line) => {
    const start = at;
    at += line.length + 1;
    if (line.trim() === '') return '';
    return html`<p lang="${language === 'zh' ? 'zh-Hans' : language}">${visible(line)}</p>
      <p class="aid" lang="${LATIN[language] ?? 'und-Latn'}">${visible(spoken(line, start, { mentions, isUkrainian }))}</p>`;
  });
  return html`<p class="meta">${t('notice.romanisedBy')}</p>
    <div class="reading aids">${rows}</div>`;
}

function spoken(line: string, start: number, { mentions, isUkrainian }: { mentions: readonly Mention[]; isUkrainian: boolean }): string {
  const persons = mentions
    .filter(({ kind, start: from, end }) => kind === 'person' && from >= start && end <= start + line.length)
    .sort((a, b) => a.start - b.start);
  let out = '';
  let at = 0;
  for (const each of persons) {
    if (each.start - start < at) continue;
    out += `${readAloud(line.slice(at, each.start - start), { isUkrainian })} ${readAloud(line.slice(each.start - start, each.end - start), { isPerson: true, isUkrainian })} `;
    at = each.end - start;
  }
  return out + readAloud(line.slice(at), { isUkrainian });
} // prettier-ignore

/** What the catalogue calls it in the language of the page; undefined where it has no word for it. */
export function glossOf({ families, places }: Catalogue, { kind, id, maker }: Mention): string | undefined {
  const family = kind === 'goods' ? families.find((each) => each.id === id) : undefined;
  if (kind === 'goods') return family && nameOfGoods(family);
  if (kind === 'tradeName') return maker ? t('notice.tradeNameOf', { maker: maker.name }) : undefined;
  if (kind === 'place') {
    const [country = '', city] = id.split(':');
    const found = (city === undefined ? undefined : (places.cities[id] ?? places.cities[city])) ?? places.countries[country];
    return found?.[catalogued()][0] ?? found?.en[0];
  }
  return kind === 'date' || kind === 'quantity' ? id : undefined;
} // prettier-ignore

/** The text with glosses behind what was recognised. A translation it is not, and it says so. */
export function glossedText(text: string, lang: string, { mentions, catalogue }: { mentions: readonly Mention[]; catalogue: Catalogue }): Html {
  const parts: (Html | string)[] = [];
  let at = 0;
  for (const mention of [...mentions].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const gloss = glossOf(catalogue, mention);
    if (gloss === undefined || mention.start < at || mention.end > text.length) continue;
    parts.push(visible(text.slice(at, mention.end)), html`<span class="gloss" lang="${langOf(catalogued())}"> (${visible(gloss)})</span>`);
    at = mention.end;
  }
  parts.push(visible(text.slice(at)));
  return html`<p class="meta">${h('notice.glosses', { version: html`<span translate="no">${catalogue.version}</span>` })}</p>
    <div class="reading" lang="${lang}">${parts}</div>`;
} // prettier-ignore
