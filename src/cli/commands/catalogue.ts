import { AsPostedError } from '../../model/index.js';
import type { Catalogue, Family, TextLanguage } from '../../recognise/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { type Columns, type Row, need, printRows } from '../output.js';
import { printable } from '../printable.js';

const LANGUAGES: readonly TextLanguage[] = ['zh', 'ru', 'uk', 'en'];

interface Part extends Columns {
  rows: (catalogue: Catalogue) => Row[];
}

const PARTS: Readonly<Record<string, Part>> = {
  families: {
    header: ['family', 'priority', 'name', ...LANGUAGES],
    empty: 'The catalogue has no families.',
    cells: (row) => [row['id'], row['priority'], row['name'], ...LANGUAGES.map((each) => row[each])] as never,
    rows: ({ families }) =>
      families.map(({ id, priority, names, terms }) => ({
        ...{ type: 'family', id, priority, name: names.en },
        ...Object.fromEntries(LANGUAGES.map((each) => [each, terms[each]?.length ?? 0])),
      })),
  },
  names: {
    header: ['name', 'kind', 'maker', 'country', 'counts', 'id'],
    empty: 'The catalogue has no trade names.',
    cells: ({ name, kind, maker, country, guard, id }) => [name, kind, maker, country, guard, id] as never,
    rows: ({ tradeNames }) =>
      tradeNames.map(({ id, name, kind, maker, country, guard }) => ({
        ...{ type: 'tradeName', id, name, kind, maker: maker?.name ?? null, country: country ?? null, guard },
      })),
  },
  rules: {
    header: ['entry', 'instrument', 'reference', 'from', 'to', 'families'],
    empty: 'The catalogue has no rules.',
    cells: ({ entry, instrument, reference, from, to, families }) =>
      [entry, instrument, reference, from, to, (families as string[]).join(' ')] as never,
    rows: ({ rules }) =>
      rules.map(({ entry, regime, instrument, reference, from, to, asOf, families }) => ({
        ...{ type: 'rule', entry, regime, instrument, reference, families },
        ...{ from: from ?? null, to: to ?? null, asOf: asOf ?? null },
      })),
  },
  flags: {
    header: ['flag', 'title', 'source'],
    empty: 'The catalogue has no flags.',
    cells: ({ id, title, source }) => [id, title, source] as never,
    rows: ({ flags }) => flags.map(({ id, title, source, added }) => ({ type: 'flag', id, title, source, added })),
  },
  words: {
    header: ['word list', 'use', 'title', ...LANGUAGES],
    empty: 'The catalogue has no lists of words.',
    cells: (row) => [row['id'], row['use'], row['title'], ...LANGUAGES.map((each) => row[each])] as never,
    rows: ({ words }) =>
      words.map(({ id, use, title, source, added, terms }) => ({
        ...{ type: 'wordList', id, use, title, source, added },
        ...Object.fromEntries(LANGUAGES.map((each) => [each, terms[each]?.length ?? 0])),
      })),
  },
  kinds: {
    header: ['cue', 'of', 'where', 'title', 'source'],
    empty: 'The catalogue has no cues of kinds.',
    cells: (row) => [row['id'], row['of'], row['where'], row['title'], row['source']] as never,
    rows: ({ cues }) =>
      cues.map(({ id, of, where, title, source, added }) => ({ type: 'kindCue', id, of, where, title, source, added })),
  },
  sources: {
    header: ['source', 'what', 'nature', 'where'],
    empty: 'The catalogue has no sources.',
    cells: ({ id, what, nature, at }) => [id, what, nature, at] as never,
    rows: ({ sources }) => Object.entries(sources).map(([id, each]) => ({ type: 'catalogueSource', id, ...each })),
  },
};

export default defineCommand({
  name: 'catalogue',
  summary: 'What is recognised, by which words, from which sources and rules; and your own words on top.',
  usage: [`list [${Object.keys(PARTS).join('|')}]`, 'show ID', 'check [DIR]'],
  description:
    'The shipped catalogue with the entries of recognise.catalogue on top. `show` takes a family, a trade name, a rule entry, a flag, a list of words, a cue or a source. `check` reads a folder of your own (or that of the setting) and says what is wrong with it: every entry needs a source and a day, and a word that stands in two families a reason.',
  examples: ['asposted catalogue list rules', 'asposted catalogue show drone_jammer', 'asposted catalogue check ./own'],
  flags: {},
  run: async (context) => {
    const [verb = 'list', word] = context.parsed.words;
    switch (verb) {
      case 'list':
        return list(context, word ?? 'families');
      case 'show':
        return show(context, need(word, 'an id', 'catalogue show ID'));
      case 'check':
        return check(context, word);
      default:
        throw new AsPostedError({
          code: 'USAGE',
          message: `catalogue has no verb ${verb}`,
          hint: 'It has list, show, check.',
        });
    }
  },
});

async function load(context: Context, own?: string): Promise<Catalogue> {
  const { loadCatalogue } = await import('../../recognise/index.js');
  return loadCatalogue({ own: own ?? (await context.settings())['recognise.catalogue'] });
}

async function list(context: Context, what: string): Promise<number> {
  const part = Object.hasOwn(PARTS, what) ? PARTS[what] : undefined;
  if (!part) {
    const hint = `It has ${Object.keys(PARTS).join(', ')}.`;
    throw new AsPostedError({ code: 'USAGE', message: `the catalogue has no part ${what}`, hint });
  }
  await printRows(context, part.rows(await load(context)), part);
  return EXIT.done;
}

async function show(context: Context, id: string): Promise<number> {
  const catalogue = await load(context);
  const { families, tradeNames, rules, flags, words, cues, sources } = catalogue;
  const family = families.find((each) => each.id === id);
  const found =
    family ??
    tradeNames.find((each) => each.id === id || each.name === id) ??
    rules.find((each) => each.entry === id) ??
    flags.find((each) => each.id === id) ??
    words.find((each) => each.id === id) ??
    cues.find((each) => each.id === id) ??
    (Object.hasOwn(sources, id) ? sources[id] : undefined);
  if (!found) {
    const hint =
      '`asposted catalogue list families` (or names, rules, flags, words, kinds, sources) shows what it holds.';
    throw new AsPostedError({ code: 'NOT_FOUND', message: `the catalogue holds no ${id}`, hint });
  }
  if (context.json) context.out(JSON.stringify({ type: 'catalogueEntry', version: catalogue.version, ...found }));
  else if (family) context.out(familyText(family, catalogue));
  else context.out((await import('yaml')).stringify(found).split('\n').map(printable).join('\n'));
  return EXIT.done;
}

function familyText({ id, priority, names, terms, hs6 = [] }: Family, { sources, rules }: Catalogue): string {
  const lines = [
    `${id}: ${names.en} (${priority})`,
    ...LANGUAGES.map((each) => `  ${each}  ${names[each]}`),
    ...(hs6.length === 0 ? [] : [`  HS  ${hs6.join(' ')}`]),
  ];
  for (const language of LANGUAGES)
    for (const { term, strength, match, source, added, note, shared } of terms[language] ?? []) {
      const more = [note, shared === undefined ? undefined : `also elsewhere: ${shared}`].filter(
        (each) => each !== undefined,
      );
      lines.push(
        `  ${language}  ${term}  ${strength}, ${match}; ${sources[source]?.what ?? source}, added ${added}${more.map((each) => `; ${each}`).join('')}`,
      );
    }
  for (const { entry, instrument, reference, from, to } of rules.filter(({ families }) => families.includes(id)))
    lines.push(
      `  rule  ${entry}: ${instrument}, ${reference}${from === undefined ? '' : `, from ${from}`}${to === undefined ? '' : ` to ${to}`}`,
    );
  return lines.map(printable).join('\n');
}

async function check(context: Context, dir: string | undefined): Promise<number> {
  const own = dir ?? (await context.settings())['recognise.catalogue'];
  const catalogue = await load(context, own);
  const { families, tradeNames, rules, flags, version } = catalogue;
  const terms = families.reduce((sum, each) => sum + Object.values(each.terms).flat().length, 0);
  const counts = {
    families: families.length,
    terms,
    names: tradeNames.length,
    rules: rules.length,
    flags: flags.length,
  };
  if (context.json)
    context.out(JSON.stringify({ type: 'catalogue', version, ...(own === '' ? {} : { own }), ...counts }));
  else {
    const counted = `${counts.families} families with ${terms} terms, ${counts.names} trade names, ${counts.rules} rules, ${counts.flags} flags`;
    context.out(
      `${printable(own === '' ? 'The shipped catalogue' : `The shipped catalogue with ${own}`)} is right: ${counted}.\nVersion ${version}`,
    );
  }
  return EXIT.done;
}
