/** Which control entries could concern a family on a day: found and missing parameters, never a verdict (facts/goods §16, §18). */
import type { Day, Mention, RuleFinding } from '../model/index.js';
import type { Catalogue, RuleEntry } from './catalogue.js';

/** Broad families are ordinary goods: their entries are listed only with the goods, not as findings (facts/goods §3). */
export function findRules(
  goods: readonly Mention[],
  parameters: readonly Mention[],
  catalogue: Catalogue,
  on: Day,
): RuleFinding[] {
  const named = new Map(catalogue.families.map((family) => [family.id, family.priority]));
  const families = [...new Set(goods.map(({ id }) => id))].filter((id) => named.get(id) !== 'broad');
  const found = families.flatMap((family) =>
    catalogue.rules
      .filter((rule) => rule.families.includes(family))
      .flatMap((rule) => finding(rule, family, parameters, on)),
  );
  return found.sort(
    (a, b) =>
      Number(b.inForce) - Number(a.inForce) ||
      compare(a.from, b.from) ||
      compare(a.entry, b.entry) ||
      compare(a.family, b.family),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function finding(rule: RuleEntry, family: string, parameters: readonly Mention[], on: Day): RuleFinding[] {
  const from = rule.from ?? rule.asOf!;
  const to = rule.to ?? null;
  if (to !== null && to <= on) return []; // ended before that day
  const suspended = rule.suspended !== undefined && rule.suspended.from <= on && on < rule.suspended.to;
  const wanted = (rule.parameters ?? []).map(({ id }) => id);
  const given = parameters.filter(({ value }) => value?.parameter !== undefined && wanted.includes(value.parameter));
  // Text read on one day is never presented as the law of another (facts/goods §16).
  const dated =
    rule.from === undefined
      ? ` (text as of ${rule.asOf!}; not established for another day)`
      : suspended
        ? ' (suspended on this day)'
        : '';
  return [
    {
      regime: rule.regime,
      entry: rule.entry,
      title: `${rule.title}${dated}`,
      family,
      from,
      ...(rule.from === undefined ? { fromUnknown: true as const } : {}),
      to,
      inForce: rule.from === undefined ? on >= rule.asOf! : from <= on && !suspended,
      instrument: `${rule.instrument}, ${rule.reference}`,
      source: `${rule.source} (evidence: ${rule.evidence})`,
      found: given.map(({ text, start, end, value }) => ({ parameter: value!.parameter!, text, start, end })),
      missing: wanted.filter((id) => !given.some(({ value }) => value!.parameter === id)),
    },
  ];
}
