/** Goods families and trade names in a text: terms over folded text, then the guards that keep false alarms out (facts/goods §4, §9). */
import type { Language, Mention } from '../model/index.js';
import { type Folded, originalSpan, skeleton } from '../text/index.js';
import type { Catalogue, Family, Term, TextLanguage, TradeName } from './catalogue.js';
import { type LazyPattern, lazyPattern } from './lazy-pattern.js';
import { longest } from './mentions.js';
import { GAP, NO_WORD_AFTER, NO_WORD_BEFORE, TermFinder, escapePattern, type FoldedText } from './terms.js';

interface Hit extends Mention {
  priority: Family['priority'];
}

interface Compiled {
  terms: TermFinder<{ family: Family; term: Term }>;
  names: { pattern: LazyPattern; first: string; name: TradeName; han: boolean }[];
  families: Map<string, Family>;
}

const compiled = new WeakMap<Catalogue, Compiled>();

function compile(catalogue: Catalogue): Compiled {
  const found = compiled.get(catalogue);
  if (found) return found;
  const entries = catalogue.families.flatMap((family) =>
    (Object.entries(family.terms) as [TextLanguage, Term[]][]).flatMap(([language, terms]) =>
      terms.map((term) => ({ term: term.term, match: term.match, language, of: { family, term } })),
    ),
  );
  const made: Compiled = {
    terms: new TermFinder(entries),
    names: [],
    families: new Map(catalogue.families.map((family) => [family.id, family])),
  };
  for (const name of catalogue.tradeNames) addName(made, name);
  compiled.set(catalogue, made);
  return made;
}

function addName(made: Compiled, name: TradeName): void {
  for (const variant of new Set([name.name, ...(name.variants ?? [])])) {
    const text = skeleton(variant).text;
    if (text.length < 2) continue;
    const han = /\p{Script=Han}/u.test(variant);
    const pattern = lazyPattern(() => {
      const body = escapePattern(text).replace(/\s+/g, GAP);
      return han ? body : `${NO_WORD_BEFORE}${body}${NO_WORD_AFTER}`;
    });
    made.names.push({ pattern, first: text.slice(0, 3), name, han });
  }
}

export function findGoods(given: FoldedText, catalogue: Catalogue): { goods: Mention[]; tradeNames: Mention[] } {
  const made = compile(catalogue);
  const { text, bones } = given;
  const raw = [
    ...made.terms
      .find(given)
      .map(({ start, end, entry: { language, of } }) => hit(text, { ...of, language, start, end })),
    ...coordinated(text, bones, made),
  ];
  const kept = dropTraps(text, longestFirst(raw));
  const names = nameHits(text, bones, made);
  const strong = kept.filter(({ why }) => why?.strength === 'strong');
  const anchors = [
    ...strong.filter(({ priority }) => priority === 'core'),
    ...names.filter(({ guard }) => guard === 'alone'),
  ];
  const goods = kept.filter((hit) => hit.why?.strength === 'strong' || hasContext(text, hit, anchors));
  const context = [...goods, ...names.filter(({ guard }) => guard === 'alone')];
  const tradeNames = names.filter((name) => name.guard === 'alone' || nameHasContext(text, name, context));
  const plain = ({ priority: _, ...mention }: Hit): Mention => mention;
  return {
    goods: byPlace(goods).map(plain),
    tradeNames: longest(tradeNames).map(({ guard: _, ...mention }) => mention),
  };
}

const byPlace = <T extends Mention>(mentions: T[]): T[] => mentions.sort((a, b) => a.start - b.start || b.end - a.end);

interface Found {
  family: Family;
  term: Term;
  language: TextLanguage;
  start: number;
  end: number;
}

function hit(text: string, { family, term, language, start, end }: Found): Hit {
  const why = {
    term: term.term,
    language: language as Language,
    strength: term.strength,
    source: term.source,
    added: term.added,
  };
  return { kind: 'goods', id: family.id, text: text.slice(start, end), start, end, why, priority: family.priority };
}

interface Coordination {
  language: TextLanguage;
  pattern: RegExp;
  families: string[];
}

/** One drone word before or after several nouns (facts/goods §4). Run on the skeleton; spans cover the whole phrase. */
const s = (text: string): string => skeleton(text).text;
const COORDINATIONS: readonly Coordination[] = [
  {
    language: 'zh',
    pattern:
      /无人机[^，。；,;\n]{0,6}?(?:反制|干扰器|干扰仪|干扰枪|干扰设备|干扰装置|干扰系统|抑制器|压制设备)(?:设备|装置|装备|系统)?/gu,
    families: ['drone_jammer'],
  },
  {
    language: 'zh',
    pattern: /无人机[^，。；,;\n]{0,6}?(?:探测|侦测|侦察与识别)(?:器|设备|装置|系统|定位设备|与|和|及|反制|、)/gu,
    families: ['drone_detector'],
  },
  {
    language: 'zh',
    pattern: /无人机[^，。；,;\n]{0,3}?(?:探测|侦测)(?:与|和|及|、)?反制[^，。；,;\n]{0,4}(?:系统|阵地)/gu,
    families: ['counter_uas_system'],
  },
  { language: 'zh', pattern: /无人机反制(?:阵地|车|平台)/gu, families: ['counter_uas_system'] },
  {
    language: 'ru',
    pattern: new RegExp(
      `${s('детектор')}\\p{L}{0,4} ${s('и')} ${s('подавител')}\\p{L}{0,4} (?:${s('БПЛА')}|${s('дрон')}\\p{L}{0,3})`,
      'gu',
    ),
    families: ['drone_detector', 'drone_jammer'],
  },
  {
    language: 'ru',
    pattern: new RegExp(
      `(?:${s('обнаружени')}|${s('детекци')})\\p{L}{0,3} ${s('и')} (?:${s('подавлени')}|${s('противодействи')})\\p{L}{0,3} (?:${s('БПЛА')}|${s('дрон')}\\p{L}{0,3}|${s('беспилотн')})`,
      'gu',
    ),
    families: ['counter_uas_system'],
  },
  {
    language: 'uk',
    pattern: new RegExp(
      `${s('виявленн')}\\p{L}{0,3} (?:${s('та')}|${s('і')}) (?:${s('протиді')}|${s('подавленн')})\\p{L}{0,3} (?:${s('БпЛА')}|${s('дрон')}\\p{L}{0,3})`,
      'gu',
    ),
    families: ['counter_uas_system'],
  },
  {
    language: 'en',
    pattern: new RegExp(
      `(?<!\\p{L})(?:${s('drone')}|${s('UAV')}) ${s('detectors')}? ${s('and')} ${s('jammers')}?(?!\\p{L})`,
      'gu',
    ),
    families: ['drone_detector', 'drone_jammer'],
  },
  {
    language: 'en',
    pattern: new RegExp(
      `(?<!\\p{L})${s('jammer')}s? ${s('of the communication')}(?: ${s('frequency')})? (?:${s('range')}|${s('band')})`,
      'gu',
    ),
    families: ['comms_jammer'],
  },
];

function coordinated(text: string, bones: Folded, { families }: Compiled): Hit[] {
  return COORDINATIONS.flatMap(({ language, pattern, families: ids }) =>
    [...bones.text.matchAll(pattern)].flatMap((match) => {
      const span = originalSpan(text, bones, match.index, match.index + match[0].length);
      return ids.flatMap((id) => {
        const family = families.get(id);
        const term: Term = {
          term: match[0],
          strength: 'strong',
          match: 'phrase',
          source: 'coordination rule (facts/goods §4)',
          added: '2026-11-24',
        };
        return family ? [hit(text, { family, term, language, ...span })] : [];
      });
    }),
  );
}

/** The same family on overlapping spans is one mention: the longest. A longer term of another family swallows a shorter one inside it. */
function longestFirst(hits: readonly Hit[]): Hit[] {
  const kept: Hit[] = [];
  for (const each of [...hits].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    const inside = kept.some(
      (other) =>
        each.start < other.end &&
        other.start < each.end &&
        (other.id === each.id ||
          (each.start >= other.start && each.end <= other.end && each.end - each.start < other.end - other.start)),
    );
    if (!inside) kept.push(each);
  }
  return kept;
}

const MERCHANDISE =
  /(?:нашивк|шеврон|значок|значки|брелок|брелк|наклейк|кружк|флаг|футболк|игрушечн|детск|макет|муляж|страйкбол|сувенир|玩具|模型玩具|toy\b|patch\b|sticker)/iu;
const PROTECTED = /(?:накидк|плащ|пончо|покрывал|сеть|сетк|защита|защит)\p{L}*\s+(?:от|против)?\s*$/iu;
const REACH = 24;

/** Merchandise, cloaks against the goods, company names, works on a plant, and drones that merely disturb flights (facts/goods §9). */
function dropTraps(text: string, hits: readonly Hit[]): Hit[] {
  return hits.filter((each) => {
    const line = text.slice(text.lastIndexOf('\n', each.start) + 1, each.start).slice(-REACH);
    const item = line.slice(Math.max(line.lastIndexOf(';'), line.lastIndexOf('；'), line.lastIndexOf('。')) + 1);
    const after = text.slice(each.end, each.end + 12);
    if (MERCHANDISE.test(item) || PROTECTED.test(item)) return false;
    if (/^(?:技术)?(?:有限)?公司/u.test(after) && each.why?.language === 'zh' && each.end - each.start <= 8)
      return false;
    if (/^(?:生产线|厂房|产业园|生产基地)/u.test(after)) return false;
    if (each.why?.language === 'ru' && /^\s+(?:плащ|накидк|пончо|покрывал)/iu.test(after)) return false;
    return !(/干扰$/u.test(each.text) && /^(?:航班|飞行|起降|航空)/u.test(after));
  });
}

const DRONE_WORD = /无人机|無人機|无人驾驶|反无|дрон|БПЛА|БпЛА|беспилотн|безпілотн|drone|UAV|unmanned aircraft/iu;
const CLAUSE_END = /[。；;！？!?\n]/u;

/** A weak term counts only beside a drone word in its clause, or a strong core hit or known trade name (facts/goods §4). */
function hasContext(text: string, { start, end }: Hit, anchors: readonly Mention[]): boolean {
  const before = text
    .slice(Math.max(0, start - REACH), start)
    .split(CLAUSE_END)
    .at(-1)!;
  const after = text.slice(end, end + REACH).split(CLAUSE_END)[0]!;
  if (DRONE_WORD.test(before) || DRONE_WORD.test(after)) return true;
  return anchors.some(
    (anchor) => anchor.start < end + 40 && anchor.end > start - 40 && !(anchor.start <= start && anchor.end >= end),
  );
}

interface NameHit extends Mention {
  guard: TradeName['guard'];
}

function nameHits(text: string, bones: Folded, { names }: Compiled): NameHit[] {
  return names.flatMap(({ pattern, first, name }) => {
    if (!bones.text.includes(first)) return [];
    return [...bones.text.matchAll(pattern())].map((match): NameHit => {
      const { start, end } = originalSpan(text, bones, match.index, match.index + match[0].length);
      const why = {
        term: name.name,
        language: 'unknown' as const,
        strength: name.guard === 'alone' ? ('strong' as const) : ('weak' as const),
        source: name.source,
        added: name.added,
      };
      return {
        kind: 'tradeName',
        id: name.id,
        text: text.slice(start, end),
        start,
        end,
        why,
        guard: name.guard,
        ...(name.maker ? { maker: name.maker } : {}),
      };
    });
  });
}

/** A brand with an ordinary meaning needs a model number, goods, or another known name near it. */
function nameHasContext(text: string, name: NameHit, context: readonly Mention[]): boolean {
  if (/^[\s-]?v?\.?\d/iu.test(text.slice(name.end, name.end + 5))) return true;
  return context.some((each) => each !== name && each.start < name.end + 40 && each.end > name.start - 40);
}
