/** The rule view in sentences (facts/goods §18): candidate entries of the day, what the text gives and does not give, later rules apart. */
import {
  type Recognition,
  type RuleFinding,
  type RuleLink,
  type ThresholdRelation,
  laterRules,
} from '../model/index.js';
import type { Catalogue, RuleEntry } from './catalogue.js';

/** Every line is about one entry; those of the day first, then what came later, then texts of another day. */
export function ruleView({ rules, on }: Pick<Recognition, 'rules' | 'on'>, catalogue: Catalogue): string[] {
  const nameOf = new Map(catalogue.families.map(({ id, names }) => [id, names.en]));
  const say = (each: RuleFinding): string => candidate(each, nameOf.get(each.family) ?? each.family);
  const current = rules.filter(({ inForce }) => inForce);
  const others = rules.filter(({ inForce }) => !inForce);
  return [
    ...current.map(say),
    ...(current.length === 0 ? [nothing(catalogue, on)] : []),
    ...others.map((each) => `${LABEL[each.state ?? (each.fromUnknown ? 'undated' : 'not-yet')]}: ${say(each)}`),
    ...laterRules(rules),
  ];
}

const LABEL: Readonly<Record<NonNullable<RuleFinding['state']>, string>> = {
  'in-force': 'In force',
  'not-yet': 'Later',
  suspended: 'Suspended on that day',
  undated: 'Text of another day',
};

const dated = ({ from, fromUnknown, to }: RuleFinding): string =>
  fromUnknown ? `text as read on ${from}` : `in force from ${from}${to === null ? '' : ` until ${to}`}`;

function candidate(rule: RuleFinding, goods: string): string {
  const { entry, instrument, title, missing, catchAll, designedFor, note, codes = [] } = rule;
  const subject = goods === '' ? 'What the text names by code' : goods;
  const condition = conditionOf(rule);
  const may = `may fall under ${entry} (${instrument}; ${dated(rule)}): ${title}.`;
  return [
    condition === '' ? `${subject} ${may}` : `${subject}: if the item has ${condition}, it ${may}`,
    ...(designedFor === undefined ? [] : [`It must be made for ${designedFor}.`]),
    ...(catchAll === undefined ? [] : [`This entry goes by use: ${catchAll}.`]),
    ...codes.map(({ says }) => `${sentence(says)}.`),
    ...rule.found.map(given),
    ...(missing.length === 0 ? [] : [`The text does not give ${missing.join(', ')}.`]),
    ...links(rule),
    ...(note === undefined ? [] : [`Note: ${note}.`]),
    `Source: ${rule.source}${rule.added === undefined ? '' : `, added ${rule.added}`}.`,
  ].join(' ');
}

function conditionOf({ asks = [], logic = 'all' }: RuleFinding): string {
  const parts = asks.map(({ parameter, threshold }) => `${parameter} ${threshold}`);
  if (logic === 'all') return parts.join(' and ');
  return logic === 'any'
    ? parts.join(' or ')
    : `${parts.join(', ')} (${logic === 'see text' ? 'how they join: see the text' : logic})`;
}

const RELATION: Readonly<Record<ThresholdRelation, string>> = {
  meets: 'by arithmetic the claim lies within that',
  'does-not-meet': 'by arithmetic the claim lies outside that',
  'may-meet': 'by arithmetic a part of the claim lies within that',
  'not-comparable': 'the two cannot be compared by arithmetic',
};

function given({ parameter, text, says, relation }: RuleFinding['found'][number]): string {
  const arithmetic = says === undefined || relation === undefined ? '' : `: ${says}; ${RELATION[relation]}`;
  return `The text gives ${parameter}: «${text}»${arithmetic}.`;
}

const named = (all: readonly RuleLink[]): string => all.map(({ entry }) => entry).join(', ');

function links({ replaces = [], supersededBy = [] }: RuleFinding): string[] {
  return [
    ...(replaces.length === 0 ? [] : [`It replaces ${named(replaces)}.`]),
    ...supersededBy.map(({ entry, on }) => `${entry} takes its place on ${on}.`),
  ];
}

const sentence = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

/** The strongest thing that can be said where nothing was found, with the lists that were asked. */
function nothing(catalogue: Catalogue, on: string): string {
  return `No candidate entry was found in the rules loaded for ${on} (${loadedLists(catalogue).join('; ')}). This is not a clearance.`;
}

/** Each regime with the days its texts are of. */
export function loadedLists({ rules }: Pick<Catalogue, 'rules'>): string[] {
  const days = new Map<string, { from?: string; asOf?: string }>();
  for (const { regime, from, asOf, gap } of rules) {
    if (gap) continue;
    const known = days.get(regime) ?? {};
    const latest = from !== undefined && (known.from === undefined || from > known.from) ? { from } : {};
    days.set(regime, { ...known, ...latest, ...(from === undefined && asOf !== undefined ? { asOf } : {}) });
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([regime, { from, asOf }]) =>
      [
        regime,
        ...(from === undefined ? [] : [`entries up to ${from}`]),
        ...(asOf === undefined ? [] : [`text of ${asOf}`]),
      ].join(' '),
    );
}

/** The one in force that is newest; before one of an unknown day, before one that came later. */
function isNearer({ from: a }: RuleEntry, { from: b }: RuleEntry, on: string): boolean {
  const rank = (from: string | undefined): number => (from === undefined ? 1 : from <= on ? 2 : 0);
  if (rank(a) !== rank(b)) return rank(a) > rank(b);
  return rank(a) === 2 && a! > b!;
}

/** Lists whose texts are not loaded, each in the version of the day; where that is not known, the list is missing all the same. */
export function gapsOn({ rules }: Pick<Catalogue, 'rules'>, on: string): string[] {
  const latest = new Map<string, RuleEntry>();
  for (const rule of rules) {
    if (!rule.gap) continue;
    const known = latest.get(rule.gap.list);
    if (!known || isNearer(rule, known, on)) latest.set(rule.gap.list, rule);
  }
  return [...latest.values()].map(({ gap, from, instrument }) => {
    const version =
      from === undefined
        ? ''
        : from <= on
          ? ` (${instrument})`
          : ' (which version stood on that day is not known here)';
    return `${gap!.list}${version}: ${gap!.why}`.replaceAll('{on}', on);
  });
}
