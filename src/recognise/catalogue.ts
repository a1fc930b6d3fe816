/** The catalogue's types and the pure parsing of its files: goods, trade names, rules, flags, organisation words, places. */
import { AsPostedError, type Day, type Language } from '../model/index.js';

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
}

export interface Family {
  id: string;
  priority: 'core' | 'adjacent' | 'broad';
  names: Record<TextLanguage, string>;
  hs6?: string[];
  terms: Partial<Record<TextLanguage, Term[]>>;
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

export interface RuleEntry {
  entry: string;
  regime: string;
  reference: string;
  instrument: string;
  title: string;
  from?: Day;
  to?: Day;
  asOf?: Day;
  suspended?: { from: Day; to: Day };
  families: string[];
  parameters?: { id: string; operator: string; value: string; unit: string }[];
  catchAll?: string;
  evidence: string;
  source: string;
  added: Day;
}

export interface FlagRule {
  id: string;
  title: string;
  source: string;
  added: Day;
  least?: number;
  patterns: string[];
}

export interface Catalogue {
  version: string;
  families: Family[];
  tradeNames: TradeName[];
  rules: RuleEntry[];
  flags: FlagRule[];
  organisations: {
    suffixes: Record<TextLanguage, string[]>;
    overseeing: Record<TextLanguage, string[]>;
    goBetweens: string[];
  };
  places: {
    countries: Record<string, Record<TextLanguage, string[]>>;
    cities: Record<string, Record<TextLanguage, string[]> & { country: string }>;
    transshipment: string[];
  };
}

const ID = /^[a-z0-9][a-z0-9_-]*$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function bad(file: string, why: string): AsPostedError {
  return new AsPostedError({
    code: 'BAD_CATALOGUE',
    message: `catalogue file ${file}: ${why}`,
    hint: 'Correct the file; `asposted recognise` starts again when it is right.',
  });
}

/** From parsed YAML by file name (relative to the catalogue) to the catalogue. Every entry must carry source and date (facts/goods §3). */
export function assembleCatalogue(files: ReadonlyMap<string, unknown>, version: string): Catalogue {
  const one = (name: string): unknown => {
    const value = files.get(name);
    if (value === undefined) throw bad(name, 'it is missing');
    return value;
  };
  const folder = (prefix: string): [string, unknown][] =>
    [...files].filter(([name]) => name.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1));
  const families = folder('families/').map(([name, value]) => checkFamily(name, value as Family));
  const known = new Set(families.map(({ id }) => id));
  const rules = folder('rules/').flatMap(([name, value]) =>
    list(name, value).map((each) => checkRule(name, each as RuleEntry, known)),
  );
  return {
    version,
    families,
    tradeNames: list('trade-names.yaml', one('trade-names.yaml')).map((each) => checkTradeName(each as TradeName)),
    rules,
    flags: list('flags.yaml', one('flags.yaml')) as FlagRule[],
    organisations: one('organisations.yaml') as Catalogue['organisations'],
    places: one('places.yaml') as Catalogue['places'],
  };
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
      if (!['phrase', 'segment', 'lemma', 'word', 'acronym'].includes(each.match))
        throw bad(file, `${where}: match is not one of phrase, segment, lemma, word, acronym`);
      if (!each.source || !DAY.test(each.added ?? ''))
        throw bad(file, `${where}: source and added (a day) are required`);
    }
  }
  return family;
}

function checkRule(file: string, rule: RuleEntry, families: ReadonlySet<string>): RuleEntry {
  if (!rule?.entry || !rule.instrument || !rule.source) throw bad(file, `an entry lacks entry, instrument or source`);
  for (const day of [rule.from, rule.to, rule.asOf])
    if (day !== undefined && !DAY.test(day)) throw bad(file, `${rule.entry}: ${day} is no day`);
  if (rule.from === undefined && rule.asOf === undefined) throw bad(file, `${rule.entry}: from or asOf is required`);
  const unknown = rule.families.find((each) => !families.has(each));
  if (unknown !== undefined) throw bad(file, `${rule.entry}: there is no family ${unknown}`);
  return rule;
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
