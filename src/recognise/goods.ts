/** Goods families and trade names in a text: terms over folded text, then the guards that keep false alarms out (facts/goods §4, §9). */
import type { Language, Mention } from '../model/index.js';
import { type Folded, fold, onWordBoundaries, originalSpan, skeleton } from '../text/index.js';
import type { Catalogue, Family, Term, TextLanguage, TradeName } from './catalogue.js';
import { type LazyPattern, lazyPattern } from './lazy-pattern.js';

interface Hit extends Mention {
  priority: Family['priority'];
}

interface HanTerm {
  folded: string;
  family: Family;
  term: Term;
}

interface WordTerm {
  pattern: LazyPattern;
  /** Beginning of the first word, folded: a text without it cannot match. */
  first: string;
  family: Family;
  term: Term;
  language: TextLanguage;
}

interface Compiled {
  han: HanTerm[];
  hanPattern: RegExp | undefined;
  words: WordTerm[];
  acronyms: { pattern: LazyPattern; family: Family; term: Term; language: TextLanguage }[];
  names: { pattern: LazyPattern; first: string; name: TradeName; han: boolean }[];
  families: Map<string, Family>;
}

const compiled = new WeakMap<Catalogue, Compiled>();
const NO_LETTER_BEFORE = '(?<![\\p{L}\\p{N}])';
const NO_LETTER_AFTER = '(?![\\p{L}\\p{N}])';
/** Han beside a Latin name is a border; a Latin or Cyrillic letter or a digit is not. */
const NO_WORD_BEFORE = '(?<![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{N}])';
const NO_WORD_AFTER = '(?![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{N}])';
const GAP = '[\\s"«»()\\u2010-\\u2015-]{1,3}';

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function compile(catalogue: Catalogue): Compiled {
  const found = compiled.get(catalogue);
  if (found) return found;
  const made: Compiled = {
    han: [],
    hanPattern: undefined,
    words: [],
    acronyms: [],
    names: [],
    families: new Map(catalogue.families.map((family) => [family.id, family])),
  };
  for (const family of catalogue.families) {
    for (const [language, terms] of Object.entries(family.terms) as [TextLanguage, Term[]][])
      for (const term of terms) addTerm(made, family, language, term);
  }
  made.han.sort((a, b) => b.folded.length - a.folded.length);
  if (made.han.length > 0) made.hanPattern = new RegExp(made.han.map(({ folded }) => escape(folded)).join('|'), 'gu');
  for (const name of catalogue.tradeNames) addName(made, name);
  compiled.set(catalogue, made);
  return made;
}

function addTerm(made: Compiled, family: Family, language: TextLanguage, term: Term): void {
  if (term.match === 'acronym') {
    const pattern = lazyPattern(() => `${NO_WORD_BEFORE}${escape(term.term)}${NO_WORD_AFTER}`);
    made.acronyms.push({ pattern, family, term, language });
  } else if (language === 'zh') made.han.push({ folded: fold(term.term).text, family, term });
  else {
    const words = term.term.split(/[\s-]+/);
    const first = skeleton(words[0]!).text.slice(0, 3);
    made.words.push({ pattern: lazyPattern(() => wordsPattern(words, language)), first, family, term, language });
  }
}

function wordsPattern(words: readonly string[], language: TextLanguage): string {
  const isEnglish = language === 'en';
  const parts = words.map((word) => (isEnglish ? escape(skeleton(word).text) : stemPattern(word)));
  return `${NO_LETTER_BEFORE}${parts.join(GAP)}${isEnglish ? '(?:e?s)?' : ''}${NO_LETTER_AFTER}`;
}

/** Nominative plural, genitive and instrumental must all hit: the stem plus up to four letters (facts/goods §4). Capitals (БПЛА, РЭБ) do not inflect. */
function stemPattern(word: string): string {
  if (/^[\p{Lu}\p{N}]{2,}$/u.test(word) || /^Бп?[ЛлПп]/u.test(word)) return escape(skeleton(word).text);
  const stem =
    word.length < 4
      ? word
      : word.replace(
          /(?:ого|ему|ому|ыми|ими|ами|ями|ый|ий|ой|ая|яя|ое|ее|ые|ие|их|ых|ей|ов|ев|ів|їв|ам|ям|ах|ях|а|я|о|е|є|ы|и|і|ї|у|ю|ь|й)$/u,
          '',
        );
  return `${escape(skeleton(stem.length >= 3 ? stem : word).text)}[\\p{L}]{0,4}`;
}

function addName(made: Compiled, name: TradeName): void {
  for (const variant of new Set([name.name, ...(name.variants ?? [])])) {
    const text = skeleton(variant).text;
    if (text.length < 2) continue;
    const han = /\p{Script=Han}/u.test(variant);
    const pattern = lazyPattern(() => {
      const body = escape(text).replace(/\s+/g, GAP);
      return han ? body : `${NO_WORD_BEFORE}${body}${NO_WORD_AFTER}`;
    });
    made.names.push({ pattern, first: text.slice(0, 3), name, han });
  }
}

export function findGoods(text: string, catalogue: Catalogue): { goods: Mention[]; tradeNames: Mention[] } {
  const made = compile(catalogue);
  const folded = fold(text);
  const bones = skeleton(text);
  const raw = [
    ...hanHits(text, folded, made),
    ...wordHits(text, bones, made),
    ...acronymHits(text, made),
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
    tradeNames: byPlace(longestNames(tradeNames)).map(({ guard: _, ...mention }) => mention),
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

function hanHits(text: string, folded: Folded, { han, hanPattern }: Compiled): Hit[] {
  if (!hanPattern) return [];
  const hits: Hit[] = [];
  hanPattern.lastIndex = 0;
  for (let match = hanPattern.exec(folded.text); match; match = hanPattern.exec(folded.text)) {
    const at = match.index;
    hanPattern.lastIndex = at + 1; // overlapping terms are all looked at; the longest wins later
    for (const { folded: wanted, family, term } of han) {
      if (!folded.text.startsWith(wanted, at)) continue;
      const { start, end } = originalSpan(text, folded, at, at + wanted.length);
      // Folding drops marks: a term must not be put together across a comma or a full stop.
      if (
        /[，。；、：！？,;:!?\n].*\S/u.test(text.slice(start, end)) &&
        /[，。；、：！？,;:!?\n]/u.test(text.slice(start, end - 1))
      )
        continue;
      if (
        term.match === 'segment' &&
        text.slice(start, end).length === wanted.length &&
        !onWordBoundaries(text, start, end)
      )
        continue;
      hits.push(hit(text, { family, term, language: 'zh', start, end }));
    }
  }
  return hits;
}

function spanOf(text: string, bones: Folded, from: number, to: number): { start: number; end: number } {
  return originalSpan(text, bones, from, to);
}

function wordHits(text: string, bones: Folded, { words }: Compiled): Hit[] {
  return words.flatMap(({ pattern, first, family, term, language }) => {
    if (!bones.text.includes(first)) return [];
    return [...bones.text.matchAll(pattern())].map((match) =>
      hit(text, { family, term, language, ...spanOf(text, bones, match.index, match.index + match[0].length) }),
    );
  });
}

function acronymHits(text: string, { acronyms }: Compiled): Hit[] {
  return acronyms.flatMap(({ pattern, family, term, language }) => {
    if (!text.includes(term.term)) return [];
    return [...text.matchAll(pattern())].map((match) =>
      hit(text, { family, term, language, start: match.index, end: match.index + match[0].length }),
    );
  });
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
      const span = spanOf(text, bones, match.index, match.index + match[0].length);
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
      const { start, end } = spanOf(text, bones, match.index, match.index + match[0].length);
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

function longestNames(names: readonly NameHit[]): NameHit[] {
  const kept: NameHit[] = [];
  for (const each of [...names].sort((a, b) => b.end - b.start - (a.end - a.start))) {
    if (!kept.some((other) => each.start < other.end && other.start < each.end)) kept.push(each);
  }
  return kept;
}
