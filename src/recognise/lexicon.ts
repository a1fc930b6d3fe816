/** All words of a catalogue in one finder, and what was found of each table. */
import type { Catalogue, Family, FlagRule, Term, TextLanguage, TradeName } from './catalogue.js';
import { perCatalogue } from './per-catalogue.js';
import { type Entry, type FoldedText, TermFinder, type TermHit, type Way, foldedText } from './terms.js';
import { type KindCue, type Split, type WordRule, oneSpelled, spelled } from './word-lists.js';

/** What a word stands for, by table. */
export interface Tables {
  term: { family: Family; term: Term };
  /** A word of group `group` of a split term. */
  split: { family: Family; split: Split; group: number };
  name: TradeName;
  place: { id: string };
  flag: FlagRule;
  word: WordRule;
  cue: KindCue;
  /** The end of a Chinese or English name of an organisation, or the legal form before a Russian or Ukrainian one. */
  organisation: { form: string };
}

type Table = keyof Tables;
type Word = { [Each in Table]: { table: Each; of: Tables[Each] } }[Table];

export interface Hit<Of> {
  start: number;
  end: number;
  term: string;
  language: TextLanguage;
  of: Of;
}

export type Hits = { readonly [Each in Table]: readonly Hit<Tables[Each]>[] };

/** A text with its folded forms and every word of the catalogue in it, in the order of where they begin. */
export interface Given extends FoldedText {
  hits: Hits;
}

const finderOf = perCatalogue((catalogue) => new TermFinder(entriesOf(catalogue)));

export function givenText(text: string, catalogue: Catalogue): Given {
  const folded = foldedText(text);
  return { ...folded, hits: byTable(finderOf(catalogue).find(folded)) };
}

function byTable(found: TermHit<Word>[]): Hits {
  const hits: { [Each in Table]: Hit<Tables[Each]>[] } = {
    ...{ term: [], split: [], name: [], place: [], flag: [], word: [], cue: [], organisation: [] },
  };
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  for (const { start, end, entry } of found) {
    const { table, of } = entry.of;
    (hits[table] as Hit<unknown>[]).push({ start, end, term: entry.term, language: entry.language, of });
  }
  return hits;
}

function entriesOf(catalogue: Catalogue): Entry<Word>[] {
  const entries: Entry<Word>[] = [];
  const add = (word: { term: string; match: Way; language: TextLanguage }, of: Word): void => {
    entries.push({ ...word, of });
  };
  for (const family of catalogue.families) addFamily(family, add);
  for (const of of catalogue.tradeNames)
    for (const term of new Set([of.name, ...(of.variants ?? [])]))
      if (term.length > 1) add({ term, match: 'name', language: 'en' }, { table: 'name', of });
  for (const of of catalogue.flags) for (const each of spelled(of.terms)) add(each, { table: 'flag', of });
  for (const of of catalogue.words) for (const each of spelled(of.terms)) add(each, { table: 'word', of });
  for (const of of catalogue.cues) for (const each of spelled(of.terms)) add(each, { table: 'cue', of });
  addPlaces(catalogue, add);
  addForms(catalogue, add);
  return entries;
}

type Add = (word: { term: string; match: Way; language: TextLanguage }, of: Word) => void;

function addFamily(family: Family, add: Add): void {
  for (const [language, terms] of Object.entries(family.terms) as [TextLanguage, Term[]][])
    for (const term of terms)
      add({ term: term.term, match: term.match, language }, { table: 'term', of: { family, term } });
  for (const [language, splits] of Object.entries(family.split ?? {}) as [TextLanguage, Split[]][])
    for (const split of splits)
      for (const [group, words] of split.words.entries())
        for (const word of words) add(oneSpelled(word, language), { table: 'split', of: { family, split, group } });
}

const LANGUAGES: readonly TextLanguage[] = ['zh', 'ru', 'uk', 'en'];

function addPlaces({ places }: Catalogue, add: Add): void {
  const one = (id: string, names: Partial<Record<TextLanguage, readonly string[]>>): void => {
    for (const language of LANGUAGES)
      for (const term of new Set(names[language] ?? [])) {
        // 泰国 is in 华泰国际; the provinces, which stand in every notice, are not worth a dictionary.
        const match = language === 'zh' && term.length < 3 && id !== 'cn' && !id.includes(':') ? 'segment' : 'place';
        add({ term, match, language }, { table: 'place', of: { id } });
      }
  };
  for (const [id, names] of Object.entries(places.countries)) one(id, names);
  for (const [id, names] of Object.entries(places.cities)) one(`${names.country}:${id}`, names);
}

/** Legal forms in capitals as they are written, words in their cases. */
function addForms({ organisations: { suffixes } }: Catalogue, add: Add): void {
  const wayOf = (form: string, language: TextLanguage): Way => {
    if (language === 'zh') return 'phrase';
    return /^[\p{Lu}.]+$/u.test(form) || /\p{Lu}.*\p{Lu}/u.test(form) || form.endsWith('.')
      ? 'acronym'
      : language === 'en'
        ? 'name'
        : 'lemma';
  };
  for (const language of LANGUAGES)
    for (const term of new Set(suffixes[language] ?? []))
      add({ term, match: wayOf(term, language), language }, { table: 'organisation', of: { form: term } });
}
