import { type RuleFinding, beginningOf } from '../model/index.js';
import { table } from './table.js';

/** Candidate rules, those of the day first; never "controlled", and what the text does not give stands beside each. */
export function rulesTable(rules: readonly RuleFinding[]): string {
  const rows = rules.map((each) => [
    each.inForce ? 'in force that day' : 'later',
    each.family,
    `${each.regime} ${each.entry}`,
    each.instrument,
    beginningOf(each),
    each.to ?? '–',
    each.missing.join(', '),
  ]);
  return `Candidate rules\n${table(['when', 'goods', 'entry', 'instrument', 'from', 'until', 'the text does not give'], rows)}`;
}
