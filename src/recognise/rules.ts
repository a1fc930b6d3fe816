/** Which control entries could concern a family on a day: found and missing parameters, never a verdict (facts/goods §16, §18). */
import type { Day, FoundParameter, Mention, RuleFinding, RuleLink, RuleState } from '../model/index.js';
import type { Catalogue, RuleEntry } from './catalogue.js';
import { perCatalogue } from './per-catalogue.js';
import { codesNaming } from './rule-codes.js';
import type { RuleParameter } from './rule-entries.js';
import { compareToThreshold, quantityOf, thresholdText } from './thresholds.js';

/** What the text offers to hold against the entries. */
export interface Evidence {
  goods: readonly Mention[];
  /** Numbers with units, those with a `parameter` and bands. */
  measures: readonly Mention[];
  codes: readonly Mention[];
}

/**
 * By the goods, and by the codes that the text names. Broad families are ordinary goods: their entries are findings only where a
 * code leads to them (facts/goods §3).
 */
export function findRules(evidence: Evidence, catalogue: Catalogue, on: Day): RuleFinding[] {
  if (evidence.goods.length + evidence.codes.length === 0) return [];
  const { priority, links } = prepared(catalogue);
  const families = [...new Set(evidence.goods.map(({ id }) => id))];
  const found = catalogue.rules.flatMap((rule) => {
    if (rule.gap || hasEnded(rule, on)) return [];
    const codes = codesNaming(rule, evidence.codes);
    const own = families.filter((each) => rule.families.includes(each));
    const shown = codes.length > 0 ? own : own.filter((each) => priority.get(each) !== 'broad');
    const concerned = shown.length === 0 && codes.length > 0 ? [''] : shown;
    return concerned.map((family): RuleFinding => ({
      ...entryOf(rule, family, on),
      ...heldAgainst(rule, evidence.measures),
      ...(codes.length === 0 ? {} : { codes }),
      ...links(rule),
    }));
  });
  return found.sort(
    (a, b) =>
      Number(b.inForce) - Number(a.inForce) ||
      compare(a.from, b.from) ||
      compare(a.entry, b.entry) ||
      compare(a.family, b.family),
  );
}

const prepared = perCatalogue(({ families, rules }) => ({
  priority: new Map(families.map(({ id, priority }) => [id, priority])),
  links: linksOf(rules),
}));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const hasEnded = ({ to }: RuleEntry, on: Day): boolean => to !== undefined && to <= on;

/** Suspension goes before the beginning: what was set out of operation before its first day never began to operate. */
export function stateOf({ from, suspended }: Pick<RuleEntry, 'from' | 'suspended'>, on: Day): RuleState {
  if (from === undefined) return 'undated';
  if (suspended && suspended.from <= on && on < suspended.to) return 'suspended';
  return from <= on ? 'in-force' : 'not-yet';
}

// Text read on one day is never presented as the law of another (facts/goods §16).
function entryOf(rule: RuleEntry, family: string, on: Day): Omit<RuleFinding, 'found' | 'missing'> {
  const state = stateOf(rule, on);
  const dated =
    state === 'undated'
      ? ` (text as of ${rule.asOf!}; not established for another day)`
      : state === 'suspended'
        ? ` (suspended on this day, until ${rule.suspended!.to})`
        : '';
  const { logic, designedFor, catchAll, note } = rule;
  return {
    regime: rule.regime,
    entry: rule.entry,
    title: `${rule.title}${dated}`,
    family,
    from: rule.from ?? rule.asOf!,
    ...(state === 'undated' ? { fromUnknown: true as const } : {}),
    to: rule.to ?? null,
    inForce: state === 'undated' ? on >= rule.asOf! : state === 'in-force',
    state,
    instrument: `${rule.instrument}, ${rule.reference}`,
    source: `${rule.source} (evidence: ${rule.evidence})`,
    added: rule.added,
    ...(logic === undefined ? {} : { logic }),
    ...(designedFor === undefined ? {} : { designedFor }),
    ...(catchAll === undefined ? {} : { catchAll }),
    ...(note === undefined ? {} : { note }),
  };
}

function heldAgainst(
  { parameters = [] }: RuleEntry,
  measures: readonly Mention[],
): Pick<RuleFinding, 'found' | 'missing' | 'asks'> {
  const given = parameters.map((asked) => measures.filter((each) => speaksOf(each, asked)));
  const asks = parameters.map((each) => ({ parameter: each.id, threshold: thresholdText(each) }));
  const found = parameters.flatMap((asked, at) =>
    given[at]!.map(({ text, start, end, value }): FoundParameter => ({
      ...{ parameter: asked.id, text, start, end },
      ...compareToThreshold(value!, asked),
    })),
  );
  return {
    found,
    missing: parameters.filter((_, at) => given[at]!.length === 0).map(({ id }) => id),
    ...(asks.length === 0 ? {} : { asks }),
  };
}

/** A band needs no word before it that says what it is; every other number does. */
function speaksOf({ kind, value }: Mention, { id }: RuleParameter): boolean {
  const wanted = quantityOf(id);
  if (value?.parameter !== undefined) return quantityOf(value.parameter) === wanted;
  return kind === 'frequency' && wanted === 'frequency';
}

/** Written once at the later entry; told from both ends. */
function linksOf(rules: readonly RuleEntry[]): (rule: RuleEntry) => Pick<RuleFinding, 'replaces' | 'supersededBy'> {
  const byId = new Map(rules.map((each) => [each.entry, each]));
  const link = (entry: RuleEntry, on: Day, source: string): RuleLink => ({
    entry: entry.entry,
    instrument: `${entry.instrument}, ${entry.reference}`,
    on,
    source,
  });
  const later = new Map<string, RuleLink[]>();
  for (const rule of rules)
    for (const id of rule.replaces?.entries ?? [])
      later.set(id, [...(later.get(id) ?? []), link(rule, rule.from!, rule.replaces!.source)]);
  return (rule) => {
    const replaces = (rule.replaces?.entries ?? []).map((id) => link(byId.get(id)!, rule.from!, rule.replaces!.source));
    const supersededBy = later.get(rule.entry) ?? [];
    return { ...(replaces.length > 0 ? { replaces } : {}), ...(supersededBy.length > 0 ? { supersededBy } : {}) };
  };
}
