import { type RuleFinding, beginningOf, laterRules, whenOf } from '../model/index.js';
import { table } from './table.js';

/** Candidate rules, those of the day first; never "controlled", and what the text gives and does not give stands beside each. */
export function rulesTable(rules: readonly RuleFinding[]): string {
  const rows = rules.map((each) => [
    whenOf(each),
    each.family === '' ? '(by code)' : each.family,
    `${each.regime} ${each.entry}`,
    each.instrument,
    beginningOf(each),
    each.to ?? '–',
    [...(each.codes ?? []).map(({ says }) => says), ...each.found.map(given)].join('; ') || '–',
    each.missing.join(', ') || '–',
  ]);
  const header = ['when', 'goods', 'entry', 'instrument', 'from', 'until', 'the text gives', 'the text does not give'];
  return [`Candidate rules\n${table(header, rows)}`, ...laterRules(rules)].join('\n\n');
}

const given = ({ parameter, text, says }: RuleFinding['found'][number]): string =>
  `${parameter}: «${text}»${says === undefined ? '' : `, ${says}`}`;
