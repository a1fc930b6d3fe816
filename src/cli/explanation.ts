/** A recognition in sentences (facts/goods §18): what the text names, what it may fall under, and what it does not say. */
import type { Mention, Recognition, RuleFinding } from '../model/index.js';
import type { Catalogue } from '../recognise/index.js';

const dated = ({ from, fromUnknown, to }: RuleFinding): string =>
  fromUnknown ? `text as read on ${from}` : `in force from ${from}${to === null ? '' : ` until ${to}`}`;

export function explanation(found: Recognition, catalogue: Catalogue): string[] {
  const { mentions, rules, limits, kindWhy, documentKind, flags } = found;
  const named = mentions.filter(({ kind }) => kind === 'goods' || kind === 'tradeName');
  const current = rules.filter(({ inForce }) => inForce);
  const later = rules.filter(({ inForce }) => !inForce);
  return [
    `The text is read as: ${documentKind} (${kindWhy.join('; ')}).`,
    ...named.map((each) => (each.kind === 'goods' ? goodsSentence(each, catalogue) : nameSentence(each))),
    ...(named.length === 0 ? ['The text names no goods or trade names of the catalogue.'] : []),
    ...current.map((each) => ruleSentence(each, catalogue)),
    ...(current.length === 0 ? [`No candidate entry was found in the rules loaded. This is not a clearance.`] : []),
    ...later.map((each) => `${each.fromUnknown ? 'Text of another day' : 'Later'}: ${ruleSentence(each, catalogue)}`),
    ...flags.map(({ id, title, words, source, detail }) => {
      const shown = [...new Set(words.map(({ text }) => `«${text}»`))].join(', ') || (detail ?? '');
      return `Flag ${id}: ${title}: ${shown}. Source: ${source}. A flag reports what was seen; it has no weight.`;
    }),
    ...limits,
  ];
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

function ruleSentence(rule: RuleFinding, { families }: Catalogue): string {
  const goods = families.find(({ id }) => id === rule.family)?.names.en ?? rule.family;
  const given = rule.found.map(({ parameter, text }) => `${parameter}: «${text}»`).join(', ');
  return [
    `${goods} may fall under ${rule.entry} (${rule.instrument}; ${dated(rule)}): ${rule.title}.`,
    ...(given === '' ? [] : [`The text gives ${given}.`]),
    ...(rule.missing.length === 0 ? [] : [`The text does not give ${rule.missing.join(', ')}.`]),
  ].join(' ');
}
