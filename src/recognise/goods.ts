/** Goods families and trade names among the words found: the guards that keep false alarms out (facts/goods §4, §9). */
import type { Language, Mention } from '../model/index.js';
import type { Family, TradeName } from './catalogue.js';
import { collect } from './collect.js';
import type { Given, Hit } from './lexicon.js';
import { anyStartingIn, byPlace, firstFrom, longest } from './mentions.js';
import type { Split, WordRule } from './word-lists.js';

interface Good extends Mention {
  priority: Family['priority'];
}

interface Name extends Mention {
  guard: TradeName['guard'];
}

export function findGoods(given: Given): { goods: Mention[]; tradeNames: Mention[] } {
  const { text, hits } = given;
  const raw = [
    ...hits.term.map(({ of, ...hit }) => good(text, { ...hit, ...of.term, family: of.family })),
    ...splitGoods(text, hits.split),
  ];
  const words = byUse(hits.word);
  const kept = longestFirst(raw).filter((each) => !isTrapped(text, each, words));
  const names = hits.name.map((hit) => tradeName(text, hit));
  const alone = names.filter(({ guard }) => guard === 'alone');
  const core = kept.filter(({ why, priority }) => why?.strength === 'strong' && priority === 'core');
  const anchors = [...core, ...alone].sort(byPlace);
  const goods = kept.filter(
    (each) => each.why?.strength === 'strong' || hasContext(text, each, { words: words.context, anchors }),
  );
  const context = [...goods, ...alone].sort(byPlace);
  const tradeNames = names.filter((name) => name.guard === 'alone' || nameHasContext(text, name, context));
  return {
    goods: goods.sort(byPlace).map(({ priority: _, ...mention }) => mention),
    tradeNames: longest(tradeNames).map(({ guard: _, ...mention }) => mention),
  };
}

interface Found {
  family: Family;
  language: Language;
  term: string;
  strength: 'strong' | 'weak';
  source: string;
  added: string;
  start: number;
  end: number;
}

function good(text: string, { family, start, end, term, language, strength, source, added }: Found): Good {
  const raw = text.slice(start, end);
  const why = { term, language, strength, source, added, ...lookAlikes(raw) };
  return { kind: 'goods', id: family.id, text: raw, start, end, why, priority: family.priority };
}

function tradeName(text: string, { start, end, of }: Hit<TradeName>): Name {
  const raw = text.slice(start, end);
  const strength = of.guard === 'alone' ? 'strong' : 'weak';
  const why = { term: of.name, language: 'unknown', strength, source: of.source, added: of.added } as const;
  return {
    ...{ kind: 'tradeName', id: of.id, text: raw, start, end, why: { ...why, ...lookAlikes(raw) }, guard: of.guard },
    ...(of.maker ? { maker: of.maker } : {}),
  };
}

const MIXED = /\p{Script=Latin}\p{Script=Cyrillic}|\p{Script=Cyrillic}\p{Script=Latin}/u;

/** Kept, and said: nobody writes Вulat by chance (facts/copies §23). */
const lookAlikes = (raw: string): { lookAlikes?: true } => (MIXED.test(raw) ? { lookAlikes: true } : {});

const CLAUSE_END = /[。；;！？!?\n]/u;
const CLAUSE_MARK = /[，。；！？,;!?\n]/u;

/** One drone word before or after several nouns (facts/goods §4). */
function splitGoods(text: string, hits: Given['hits']['split']): Good[] {
  const bySplit = new Map<Split, { family: Family; groups: Hit<unknown>[][] }>();
  for (const hit of hits) {
    const { family, split, group } = hit.of;
    let known = bySplit.get(split);
    if (!known) bySplit.set(split, (known = { family, groups: split.words.map(() => []) }));
    known.groups[group]!.push(hit);
  }
  return [...bySplit].flatMap(([split, { family, groups }]) =>
    groups.some((each) => each.length === 0)
      ? []
      : groups[0]!.flatMap((first) => {
          const end = endOfSplit(text, split, groups, first);
          if (end === undefined) return [];
          const term = text.slice(first.start, end);
          const { source, added } = split;
          const found = { family, language: first.language, term, strength: 'strong', source, added } as const;
          return [good(text, { ...found, start: first.start, end })];
        }),
  );
}

/** Where the last group's word ends, if each group follows the one before it within the gap and in one clause. */
function endOfSplit(
  text: string,
  { gap }: Split,
  groups: readonly Hit<unknown>[][],
  first: Hit<unknown>,
): number | undefined {
  let { end } = first;
  for (const group of groups.slice(1)) {
    // Of several that begin at one place the longest comes first.
    const hit = group[firstFrom(group, end)];
    const next = hit && hit.start <= end + gap ? hit.end : undefined;
    if (next === undefined || CLAUSE_MARK.test(text.slice(end, next))) return undefined;
    end = next;
  }
  return end;
}

/** The same family on overlapping spans is one mention: the longest. A longer term of another family swallows a shorter one inside it. */
function longestFirst(goods: readonly Good[]): Good[] {
  const byFamily = new Map<string, Good[]>();
  for (const each of goods) collect(byFamily, each.id, each);
  const own = [...byFamily.values()].flatMap((each) => longest(each)).sort(byPlace);
  let reached = 0;
  let widest = 0;
  return own.filter(({ start, end }) => {
    const inside = end <= reached && end - start < widest;
    if (end > reached) [reached, widest] = [end, end - start];
    return !inside;
  });
}

type Words = Record<WordRule['use'], Hit<WordRule>[]>;

function byUse(hits: readonly Hit<WordRule>[]): Words {
  const words: Words = { context: [], 'trap-before': [], 'trap-after': [], role: [], 'no-place': [] };
  for (const hit of hits) words[hit.of.use].push(hit);
  return words;
}

const ITEM_END = /[;；。\n]/u;
const LONGEST_WORD = 80;

/** Merchandise, cloaks against the goods, company names, works on a plant (facts/goods §9). */
function isTrapped(text: string, { start, end }: Mention, words: Words): boolean {
  const follows = ({ end: before, of }: Hit<WordRule>): boolean =>
    before <= start && start - before <= (of.reach ?? 1) && !ITEM_END.test(text.slice(before, start));
  const stands = ({ start: after, of }: Hit<WordRule>): boolean =>
    end - start <= (of.least ?? LONGEST_WORD) && text.slice(end, after).trim() === '';
  return (
    anyStartingIn(words['trap-before'], start - LONGEST_WORD, start, follows) ||
    anyStartingIn(words['trap-after'], end, end + 2, stands)
  );
}

/** How far an anchor helps a weak term or a name (facts/goods §4). */
const ANCHOR_REACH = 40;

/** A weak term counts only beside a drone word in its clause, or a strong core hit or known trade name. */
function hasContext(
  text: string,
  { start, end }: Good,
  { words, anchors }: { words: readonly Hit<WordRule>[]; anchors: readonly Mention[] },
): boolean {
  const isNear = (word: Hit<WordRule>): boolean => {
    const [from, to] = word.end <= start ? [word.end, start] : [end, word.start];
    return from <= to && to - from <= (word.of.reach ?? 0) && !CLAUSE_END.test(text.slice(from, to));
  };
  const helps = (anchor: Mention): boolean =>
    anchor.end > start - ANCHOR_REACH && !(anchor.start <= start && anchor.end >= end);
  return (
    anyStartingIn(words, start - LONGEST_WORD, end + LONGEST_WORD, isNear) ||
    anyStartingIn(anchors, start - ANCHOR_REACH - LONGEST_WORD, end + ANCHOR_REACH, helps)
  );
}

/** A brand with an ordinary meaning needs a model number, goods, or another known name near it. */
function nameHasContext(text: string, name: Name, context: readonly Mention[]): boolean {
  if (/^[\s-]?v?\.?\d/iu.test(text.slice(name.end, name.end + 5))) return true;
  const from = name.start - ANCHOR_REACH;
  return anyStartingIn(
    context,
    from - LONGEST_WORD,
    name.end + ANCHOR_REACH,
    (each) => each !== name && each.end > from,
  );
}
