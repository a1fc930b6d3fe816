/** A recognition in sentences (facts/goods §18): what the text names, what it may fall under, and what it does not say. */
import type { Flag, Mention, Recognition } from '../model/index.js';
import { type Catalogue, ruleView } from '../recognise/index.js';

export function explanation(found: Recognition, catalogue: Catalogue): string[] {
  const { mentions, limits, kindWhy, documentKind, flags } = found;
  const named = mentions.filter(({ kind }) => kind === 'goods' || kind === 'tradeName');
  return [
    `The text is read as: ${documentKind} (${kindWhy.join('; ')}).`,
    ...named.map((each) => (each.kind === 'goods' ? goodsSentence(each, catalogue) : nameSentence(each))),
    ...(named.length === 0 ? ['The text names no goods or trade names of the catalogue.'] : []),
    ...ruleView(found, catalogue),
    ...flags.map(flagSentence),
    ...limits,
  ];
}

function flagSentence({ id, title, words, source, added, detail }: Flag): string {
  const shown = [...new Set(words.map(({ text }) => `«${text}»`))].join(', ');
  const said = [shown, detail].filter((each) => each !== undefined && each !== '').join('; ');
  const since = added === undefined ? '' : `, added ${added}`;
  return `Flag ${id}: ${title}: ${said}. Source: ${source}${since}. A flag reports what was seen; it has no weight.`;
}

function goodsSentence({ id, text, why }: Mention, { families, sources }: Catalogue): string {
  const family = families.find((each) => each.id === id)?.names.en ?? id;
  if (!why) return `The text names «${text}»: ${family}.`;
  const source = sources[why.source]?.what ?? why.source;
  const added = why.added === undefined ? '' : `, added ${why.added}`;
  return `The text names «${text}». In the catalogue this is ${family} (${why.language}, ${why.strength} term «${why.term}»; source: ${source}${added}).`;
}

function nameSentence({ text, why, maker }: Mention): string {
  const known = maker ? ` of ${maker.name} (${maker.source})` : '';
  return `«${text}» is named as a trade name. Public sources know a product of this name${known}; source: ${why?.source ?? 'the catalogue'}. That they are the same is not established.`;
}
