/** Control entries and flags of the catalogue, and what each must have (facts/goods §12 to §17). */
import type { Day } from '../model/index.js';
import { bad } from './bad-catalogue.js';
import { type Words, wrongWithWords } from './word-lists.js';

export interface RuleParameter {
  id: string;
  operator: string;
  value: string;
  unit: string;
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
  parameters?: RuleParameter[];
  /** How the parameters join: `all`, `any`, or in words. */
  logic?: string;
  /** What the goods must be made for, beside their parameters. */
  designedFor?: string;
  catchAll?: string;
  /** Codes of the list itself, as a text would write them: 0A903.a, 5A001.b.5. */
  codes?: string[];
  /** Customs codes of the country's own tariff that the entry gives for reference. */
  hs?: string[];
  /** Customs codes of the international system, six digits. */
  hs6?: string[];
  /** Earlier entries that this one put an end to, and where that is said. */
  replaces?: { entries: string[]; source: string };
  /** What a reader must know of how sure it is. */
  note?: string;
  /** A list whose texts are not loaded: no candidates come from it, and every answer says so. `{on}` is the day asked for. */
  gap?: { list: string; why: string };
  evidence: string;
  source: string;
  added: Day;
}

export interface FlagRule {
  id: string;
  title: string;
  source: string;
  added: Day;
  /** So many different words make a flag; 1 without it. */
  least?: number;
  /** Only where goods of one of these families are named. */
  families?: string[];
  /** Only words that stand at most so many characters from a trade name. */
  nearTradeName?: number;
  /** Countries that fire it when they are named; the poster's own is none. */
  countries?: string[];
  /** Customs codes (six digits) that fire it when the text names them … */
  hs6?: string[];
  /** … with a destination that is none of these countries. */
  outside?: string[];
  /** Its words are looked for in claims about a notice, not in the notice (src/case/contradictions.ts). */
  claims?: boolean;
  /** Without words it is computed (src/recognise/flags-computed.ts). */
  terms: Words;
}

export const DAY = /^\d{4}-\d{2}-\d{2}$/;
const HS6 = /^\d{6}$/;
const COUNTRY = /^[a-z]{2}$/;
const OPERATORS: readonly string[] = ['>', '>=', '<', '<=', '=', 'within', 'better than'];

export function checkFlag(flag: FlagRule): FlagRule {
  const wrong = wrongWithWords(flag);
  if (wrong !== undefined) throw bad('flags.yaml', wrong);
  checkAll('flags.yaml', flag.id, { what: 'six digits', pattern: HS6, values: flag.hs6 });
  checkAll('flags.yaml', flag.id, { what: 'a country of two letters', pattern: COUNTRY, values: flag.countries });
  checkAll('flags.yaml', flag.id, { what: 'a country of two letters', pattern: COUNTRY, values: flag.outside });
  return { ...flag, terms: flag.terms ?? {} };
}

export function checkRule(file: string, rule: RuleEntry, families: ReadonlySet<string>): RuleEntry {
  if (!rule?.entry || !rule.instrument || !rule.source) throw bad(file, `an entry lacks entry, instrument or source`);
  if (!DAY.test(rule.added ?? '')) throw bad(file, `${rule.entry}: added (a day) is required`);
  const { from, to, asOf, suspended, parameters = [], gap } = rule;
  for (const day of [from, to, asOf, suspended?.from, suspended?.to])
    if (day !== undefined && !DAY.test(day)) throw bad(file, `${rule.entry}: ${day} is no day`);
  if (from === undefined && asOf === undefined) throw bad(file, `${rule.entry}: from or asOf is required`);
  const unknown = rule.families.find((each) => !families.has(each));
  if (unknown !== undefined) throw bad(file, `${rule.entry}: there is no family ${unknown}`);
  const odd = parameters.find(({ id, operator }) => !id || !OPERATORS.includes(operator));
  if (odd)
    throw bad(
      file,
      `${rule.entry}: parameter ${odd.id} has no id or an operator that is none of ${OPERATORS.join(' ')}`,
    );
  if (gap && (!gap.list || !gap.why || rule.families.length > 0))
    throw bad(file, `${rule.entry}: a gap needs list and why, and has no families`);
  checkAll(file, rule.entry, { what: 'six digits', pattern: HS6, values: rule.hs6 });
  checkAll(file, rule.entry, { what: 'eight or ten digits', pattern: /^\d{8}(?:\d{2})?$/, values: rule.hs });
  return rule;
}

/** An entry that is said to be replaced must be there, and must have ended when the new one began. */
export function checkReplaced(rules: readonly RuleEntry[]): void {
  const known = new Map(rules.map((each) => [each.entry, each]));
  for (const { entry, replaces, from } of rules)
    for (const id of replaces?.entries ?? []) {
      if (!replaces?.source) throw bad('rules', `${entry}: replaces needs its source`);
      if (known.get(id)?.to === undefined || known.get(id)!.to !== from)
        throw bad('rules', `${entry}: ${id} is not there, or did not end on the day this one began`);
    }
}

function checkAll(
  file: string,
  id: string,
  { what, pattern, values = [] }: { what: string; pattern: RegExp; values: readonly string[] | undefined },
): void {
  const wrong = values.find((each) => typeof each !== 'string' || !pattern.test(each));
  if (wrong !== undefined) throw bad(file, `${id}: ${JSON.stringify(wrong)} is not ${what}`);
}
