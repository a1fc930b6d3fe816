/** The catalogue's types and the pure parsing of its files: goods, trade names, rules, flags, organisation words, places. */
import type { Day, Language } from '../model/index.js';
import { bad } from './bad-catalogue.js';
import { DAY, type FlagRule, type RuleEntry, checkFlag, checkReplaced, checkRule } from './rule-entries.js';
import {
  type KindCue,
  type Split,
  type WordRule,
  MATCH_WAYS,
  wrongWithCue,
  wrongWithRule,
  wrongWithSplit,
} from './word-lists.js';

export type { FlagRule, RuleEntry } from './rule-entries.js';

export type Strength = 'strong' | 'weak';
export type MatchWay = 'phrase' | 'segment' | 'lemma' | 'word' | 'acronym';
export type TextLanguage = Exclude<Language, 'unknown'>;

export interface Term {
  term: string;
  strength: Strength;
  match: MatchWay;
  source: string;
  added: Day;
  note?: string;
  /** Why it stands in another family too. */
  shared?: string;
}

export interface Family {
  id: string;
  priority: 'core' | 'adjacent' | 'broad';
  names: Record<TextLanguage, string>;
  hs6?: string[];
  terms: Partial<Record<TextLanguage, Term[]>>;
  split?: Partial<Record<TextLanguage, Split[]>>;
  /** Languages that it has no term in, and why. */
  gaps?: Partial<Record<TextLanguage, string>>;
}

export interface TradeName {
  id: string;
  name: string;
  variants?: string[];
  guard: 'alone' | 'context';
  kind: string;
  country?: string;
  maker?: { name: string; aliases: string[]; country?: string; source: string };
  source: string;
  added: Day;
  note?: string;
}

/** Where a term or name was met; entries name it by its key. */
export interface CatalogueSource {
  what: string;
  at: string;
  nature: string;
}

export interface Catalogue {
  version: string;
  sources: Record<string, CatalogueSource>;
  families: Family[];
  tradeNames: TradeName[];
  rules: RuleEntry[];
  flags: FlagRule[];
  /** What decides whether goods count, and who has which role. */
  words: WordRule[];
  /** What tells the kind of a document. */
  cues: KindCue[];
  organisations: {
    suffixes: Record<TextLanguage, string[]>;
    goBetweens: string[];
    source: string;
    added: Day;
  };
  places: {
    countries: Record<string, Record<TextLanguage, string[]>>;
    cities: Record<string, Record<TextLanguage, string[]> & { country: string }>;
    transshipment: string[];
    source: string;
    added: Day;
  };
}

const ID = /^[a-z0-9][a-z0-9_-]*$/;
const LANGUAGES: readonly string[] = ['zh', 'ru', 'uk', 'en'];

const NEEDED = [
  'trade-names.yaml',
  'flags.yaml',
  'words.yaml',
  'kinds.yaml',
  'organisations.yaml',
  'places.yaml',
  'sources.yaml',
];

const EMPTY: Catalogue = {
  version: '',
  sources: {},
  families: [],
  tradeNames: [],
  rules: [],
  flags: [],
  words: [],
  cues: [],
  organisations: {} as Catalogue['organisations'],
  places: {} as Catalogue['places'],
};

/** From parsed YAML by file name (relative to the catalogue) to the catalogue. Every entry must carry source and date (facts/goods §3). */
export function assembleCatalogue(files: ReadonlyMap<string, unknown>, version: string): Catalogue {
  const missing = NEEDED.find((name) => !files.has(name));
  if (missing !== undefined) throw bad(missing, 'it is missing');
  return { ...grown(EMPTY, files), version };
}

const folder = (files: ReadonlyMap<string, unknown>, prefix: string): [string, unknown][] =>
  [...files].filter(([name]) => name.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1));

const FILES = /^(?:families\/[^/]+|rules\/[^/]+|trade-names|flags|words|kinds|organisations|places|sources)\.yaml$/;

/**
 * A catalogue with somebody's own entries on top: new ones, and more terms for families that are there. Nothing that is shipped is
 * replaced or left out, so that a result can be held against the shipped catalogue. The same checks hold for all.
 */
export function addToCatalogue(base: Catalogue, files: ReadonlyMap<string, unknown>, version: string): Catalogue {
  return { ...grown(base, files), version: `${base.version} with ${version}` };
}

function grown(base: Catalogue, files: ReadonlyMap<string, unknown>): Catalogue {
  for (const name of files.keys()) if (!FILES.test(name)) throw bad(name, 'it is no file of a catalogue');
  const families = new Map(base.families.map((family) => [family.id, family]));
  for (const [name, value] of folder(files, 'families/')) {
    const own = value as Family;
    const known = families.get(own?.id);
    const grown = known && {
      terms: appended(known.terms, own.terms ?? {}),
      split: appended(known.split ?? {}, own.split ?? {}),
    };
    families.set(own?.id, checkFamily(name, known ? { ...known, ...grown } : own));
  }
  const known = new Set(families.keys());
  const rules = folder(files, 'rules/').flatMap(([name, value]) =>
    list(name, value).map((each) => checkRule(name, each as RuleEntry, known)),
  );
  const made: Catalogue = {
    ...base,
    families: [...families.values()],
    sources: joined('sources.yaml', base.sources, (files.get('sources.yaml') ?? {}) as Catalogue['sources']),
    tradeNames: [
      ...base.tradeNames,
      ...ownList(files, 'trade-names.yaml').map((each) => checkTradeName(each as TradeName)),
    ],
    rules: [...base.rules, ...rules],
    flags: [...base.flags, ...ownList(files, 'flags.yaml').map((each) => checkFlag(each as FlagRule))],
    words: [
      ...base.words,
      ...ownList(files, 'words.yaml').map((each) => checked('words.yaml', each as WordRule, wrongWithRule)),
    ],
    cues: [
      ...base.cues,
      ...ownList(files, 'kinds.yaml').map((each) => checked('kinds.yaml', each as KindCue, wrongWithCue)),
    ],
    organisations: appended(base.organisations, ownTable(files, 'organisations')),
    places: appended(base.places, ownTable(files, 'places')),
  };
  checkReplaced(made.rules);
  checkShared(made.families);
  checkSources(made.families, made.sources);
  checkOnce(
    'trade-names.yaml',
    made.tradeNames.map(({ id }) => id),
  );
  checkOnce(
    'rules',
    made.rules.map(({ entry }) => entry),
  );
  checkOnce(
    'flags.yaml',
    made.flags.map(({ id }) => id),
  );
  checkOnce(
    'words.yaml',
    made.words.map(({ id }) => id),
  );
  checkOnce(
    'kinds.yaml',
    made.cues.map(({ id }) => id),
  );
  return made;
}

const ownList = (files: ReadonlyMap<string, unknown>, name: string): unknown[] => list(name, files.get(name) ?? []);

/** A table of words speaks for all of them at once: where they are from, and since when they are in it. */
function ownTable<Kind extends 'organisations' | 'places'>(
  files: ReadonlyMap<string, unknown>,
  kind: Kind,
): Catalogue[Kind] {
  const table = files.get(`${kind}.yaml`) as Catalogue[Kind] | null | undefined;
  if (table === undefined) return {} as Catalogue[Kind];
  if (!table?.source || !DAY.test(table.added ?? ''))
    throw bad(`${kind}.yaml`, 'source and added (a day) are required');
  return table;
}

function joined<T extends object>(file: string, base: T, own: T): T {
  const twice = Object.keys(own).find((key) => Object.hasOwn(base, key));
  if (twice !== undefined) throw bad(file, `${twice} is there already: give it another name`);
  return { ...base, ...own };
}

/** Lists grow, tables gain keys; a value that is neither stays as it is shipped. */
function appended<T>(base: T, own: T): T {
  if (Array.isArray(base))
    return [...new Set([...(base as unknown[]), ...(Array.isArray(own) ? (own as unknown[]) : [])])] as T;
  if (typeof base !== 'object' || base === null || typeof own !== 'object' || own === null) return base ?? own;
  const keys = new Set([...Object.keys(base), ...Object.keys(own)]);
  return Object.fromEntries(
    [...keys].map((key) => [
      key,
      appended((base as Record<string, unknown>)[key], (own as Record<string, unknown>)[key]),
    ]),
  ) as T;
}

function checkOnce(file: string, ids: readonly string[]): void {
  const twice = ids.find((id, at) => ids.indexOf(id) < at);
  if (twice !== undefined) throw bad(file, `${twice} stands there twice`);
}

function checked<Each>(file: string, each: Each, wrongWith: (each: Each) => string | undefined): Each {
  const wrong = wrongWith(each);
  if (wrong !== undefined) throw bad(file, wrong);
  return each;
}

function list(file: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw bad(file, 'it must be a list of entries');
  return value;
}

function checkFamily(file: string, family: Family): Family {
  if (!ID.test(family?.id ?? '') || !file.endsWith(`/${family.id}.yaml`))
    throw bad(file, 'its id must be its file name');
  if (!['core', 'adjacent', 'broad'].includes(family.priority))
    throw bad(file, 'priority must be core, adjacent or broad');
  for (const [language, terms] of Object.entries(family.terms ?? {})) {
    for (const each of terms) {
      const where = `${language} term ${JSON.stringify(each?.term)}`;
      if (typeof each?.term !== 'string' || each.term === '') throw bad(file, `a ${language} term has no text`);
      if (!['strong', 'weak'].includes(each.strength)) throw bad(file, `${where}: strength must be strong or weak`);
      if (!MATCH_WAYS.includes(each.match))
        throw bad(file, `${where}: match is not one of phrase, segment, lemma, word, acronym`);
      if (!each.source || !DAY.test(each.added ?? ''))
        throw bad(file, `${where}: source and added (a day) are required`);
    }
  }
  for (const [language, splits] of Object.entries(family.split ?? {}))
    for (const each of splits) checked(file, each, (split) => wrongWithSplit(split, language as TextLanguage));
  for (const [language, why] of Object.entries(family.gaps ?? {}))
    if (typeof why !== 'string' || why === '' || !LANGUAGES.includes(language))
      throw bad(file, `gaps: ${language} is no language or has no reason`);
  return family;
}

/** A term that names two families tells neither: whoever adds it once more must say why. */
function checkShared(families: readonly Family[]): void {
  const places = new Map<string, { family: string; term: Term }[]>();
  for (const { id, terms } of families)
    for (const [language, each] of Object.entries(terms ?? {}))
      for (const term of each) {
        const key = `${language} ${term.term.toLowerCase()}`;
        places.set(key, [...(places.get(key) ?? []), { family: id, term }]);
      }
  for (const [key, found] of places) {
    const silent = found.slice(1).find(({ term }) => !term.shared);
    if (!silent) continue;
    const others = found.filter((each) => each !== silent).map(({ family }) => family);
    throw bad(`families/${silent.family}.yaml`, `${key} also stands in ${others.join(', ')}: say why (shared: …)`);
  }
}

function checkSources(families: readonly Family[], sources: Catalogue['sources']): void {
  for (const { id, terms } of families)
    for (const { term, source } of Object.values(terms).flat())
      if (!Object.hasOwn(sources, source))
        throw bad(`families/${id}.yaml`, `term ${JSON.stringify(term)}: there is no source ${source} in sources.yaml`);
}

function checkTradeName(name: TradeName): TradeName {
  if (!ID.test(name?.id ?? '') || !name.name)
    throw bad('trade-names.yaml', `entry ${JSON.stringify(name?.id)} lacks id or name`);
  if (!['alone', 'context'].includes(name.guard))
    throw bad('trade-names.yaml', `${name.id}: guard must be alone or context`);
  if (!name.source || !DAY.test(name.added ?? ''))
    throw bad('trade-names.yaml', `${name.id}: source and added (a day) are required`);
  return name;
}
