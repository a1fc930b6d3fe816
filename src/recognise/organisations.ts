/** Organisations and their roles in four languages, by their forms and by what the text calls them. Identity is never claimed. */
import type { Mention } from '../model/index.js';
import type { Given, Hit } from './lexicon.js';
import { anyStartingIn, longest, mention } from './mentions.js';
import { type Roles, roleAt } from './roles.js';

const ROLES: ReadonlySet<string> = new Set(['overseeing-body', 'buyer', 'supplier', 'end-user', 'intermediary']);

interface Span {
  start: number;
  end: number;
}

export function findOrganisations({ text, hits }: Given, roles: Roles): Mention[] {
  const by = (language: string): Hit<unknown>[] => hits.organisation.filter((hit) => hit.language === language);
  const formed = longest([
    // 协商会议 is no 商会.
    ...hanNames(
      text,
      by('zh').filter(({ end }) => text[end] !== '议' || text[end - 1] !== '会'),
    ),
    ...longest([...by('ru'), ...by('uk')]).flatMap((hit) => cyrillicName(text, hit)),
    ...by('en').flatMap((hit) => latinName(text, hit)),
  ]);
  const called = [...roles].flatMap(([at, labels]) =>
    calledName(text, at, {
      isStated: labels.some(({ role, isStated }) => ROLES.has(role) && isStated),
      oversees: labels.some(({ role }) => role === 'overseeing-body'),
      ...{ formed, places: hits.place },
    }),
  );
  return longest([...formed, ...called]).map(({ start, end }) => ({
    ...mention('organisation', text.slice(start, end), text, start, end - start),
    ...roleAt(roles, start, ROLES),
  }));
}

// --- Chinese ---------------------------------------------------------------

/** What stands before a Chinese name and is none of it: verbs, prepositions, labels. */
const LEADS = (
  '业务主管单位 主管单位 业务指导单位 主管部门 主办单位 承办单位 联系单位 单位名称 采购人 采购单位 招标人 供应商 中标人 代理机构 记者 发布 转发 来源 通过 ' +
  '按照 根据 依据 寻求 联系 收到 对于 关于 以及 成立 位于 委托 隶属 这些 那些 这家 那家 两家 三家 几家 七家 一家 一位 一所 一门 一个 任何 哪些 什么 没有 有没有 我们 他们 设立 购买 来自 询问 领导 比起 提高 监管 参加 前往 带我去 应具备 具备 应当 经 由 应 向 与 和 及 的 是 为 请 在 将 据 受 送 报 把 给 至 到 各 该 本 其 并 或 被 从 就 即 称 说 让 使 如 了'
).split(' ');
/** Words in which such a character is none of these. */
const WITHIN = new Set(
  (
    '经济 经贸 经营 神经 自由 理由 向阳 方向 定向 导向 参与 和平 和田 和谐 共和 呼和 仁和 泰和 永和 颐和 温和 埃及 普及 涉及 华为 作为 行为 申请 在线 存在 将乐 ' +
    '和改 和信 和国 和社 和旅 和城 和草 和自 和体 和科 和健 供应 应用 应急 对应 响应 应县 应城 应届 数据 证据 受理 输送 配送 运送 情报 日报 晚报 电报 报社 报业 报刊 预报 申报 供给 各族 日本 本溪 资本 基本 成本 土耳其 合并 从化 从事 就业 即墨 大使 使馆 使用 天使 如皋 如东 如意 电子 目的 的士'
  ).split(' '),
);
const HAN_NAME = /[\p{Script=Han}（）()·]/u;
const NO_HAN_NAME = /[^\p{Script=Han}（）()·]/u;
const LONGEST_HAN = 28;
/** Between two forms of one name (北京大学第三医院) there is so much at most. */
const MOST_BETWEEN = 10;
const NO_NAME =
  /^(?:有关|相关|某|评标|招标|投标|级|市辖|上级|上一级|下级|本级|省级|县级|市级|各级|两家|多家|数家|企业|外国|国外|境外|上述|所属|全国性|其他)/u;

function hanNames(text: string, forms: readonly Hit<unknown>[]): Span[] {
  const names: Span[] = [];
  let from = 0;
  for (let at = 0; at < forms.length;) {
    const first = forms[at]!;
    let { end } = first;
    let last = first;
    for (at += 1; at < forms.length && continues(text, end, forms[at]!); at++) {
      if (forms[at]!.end <= end) continue;
      last = forms[at]!;
      end = last.end;
    }
    const start = startOfHan(text, Math.max(from, first.start - LONGEST_HAN), first);
    from = end;
    const name = text.slice(start, end);
    // "有限公司" or "协会" alone name nobody.
    if (start < first.start && Array.from(name).length >= 4 && !NO_NAME.test(name) && !isOfCountry(name, last.term))
      names.push({ start, end });
  }
  return names;
}

/** 美国公司 is any firm of a country; 北京银行 is a bank. */
const isOfCountry = (name: string, form: string): boolean =>
  /^(?:公司|企业|工厂)$/u.test(form) &&
  /^(?:\p{Script=Han}{1,3}国|俄罗斯|日本|印度|欧洲|当地|本地)$/u.test(name.slice(0, -form.length));

/** Whether a further form belongs to the same name: nothing between them that ends one. */
function continues(text: string, end: number, next: Hit<unknown>): boolean {
  if (next.start <= end) return true;
  if (next.start - end > MOST_BETWEEN) return false;
  const between = text.slice(end, next.start);
  return between.search(NO_HAN_NAME) < 0 && leadIn(between, next.term) === 0;
}

function startOfHan(text: string, from: number, form: Hit<unknown>): number {
  let start = form.start;
  while (start > from && HAN_NAME.test(text[start - 1]!)) start -= 1;
  start += leadIn(text.slice(start, form.start), form.term);
  while (start < form.start && /[（(）)·]/u.test(text[start]!)) start += 1;
  // A bracket that is open yet was opened around the name.
  const opened = Math.max(text.lastIndexOf('（', form.start), text.lastIndexOf('(', form.start));
  const closed = Math.max(text.lastIndexOf('）', form.start), text.lastIndexOf(')', form.start));
  return opened >= start && opened > closed ? opened + 1 : start;
}

/**
 * How much of what stands before a form is no part of the name: up to the end of the last leading word. A single character leads only
 * where a name is left behind it; a word also where nothing is (一家公司 names nobody).
 */
function leadIn(before: string, form: string): number {
  const name = before + form;
  for (let end = before.length; end > 0; end--) {
    const lead = LEADS.find((word) => end >= word.length && name.startsWith(word, end - word.length));
    if (lead === undefined) continue;
    if (lead.length > 1 || (end <= name.length - 3 && !isWithin(name, end - 1))) return end;
  }
  return 0;
}

const isWithin = (name: string, at: number): boolean =>
  WITHIN.has(name.slice(at - 1, at + 1)) ||
  WITHIN.has(name.slice(at, at + 2)) ||
  WITHIN.has(name.slice(Math.max(0, at - 2), at + 1));

// --- Russian and Ukrainian -------------------------------------------------

const QUOTED = /\s{0,2}[«"“„']([^«»"“”„'\n]{1,80})[»"”']{1,2}/uy;
const CAPITALISED = /\s\p{Lu}[\p{L}\p{N}-]{1,30}(?:\s\p{Lu}(?:[\p{L}\p{N}-]{1,30}|\.)(?:\p{Lu}\.)?){0,3}/uy;
/** "Министерство обороны Российской Федерации": words with a capital, or in the genitive, with what may stand between them. */
const GENITIVES =
  /(?:\s(?:(?:и|й|та|і|по|із|з|у|в|во|при)\s)?(?:\p{Lu}[\p{L}\u00ad-]{0,30}|\p{Ll}[\p{L}\u00ad]{2,30}(?:ого|его|ой|ей|ых|их|ої|ства|ции|ний|ення|ання|ения|ания|ов|ів|ок|ам|ку|ни|ти|ли|ны|ты|ки|ры|зу|ии|ії|сти|ра|та|га|ла))){1,16}/uy;

function cyrillicName(text: string, { start, end, term }: Hit<unknown>): Span[] {
  const isForm = /^[\p{Lu}.]{2,}$|^\p{Lu}\p{Ll}?\p{Lu}/u.test(term);
  if (!isForm && !/^\p{Lu}/u.test(text.slice(start, end))) return [];
  const quoted = matchedAt(QUOTED, text, end);
  const named = quoted || matchedAt(isForm ? CAPITALISED : GENITIVES, text, end);
  // УЧРЕЖДЕНИЕ ЗДРАВООХРАНЕНИЯ "ГОРОДСКАЯ БОЛЬНИЦА"
  const more = quoted > 0 || isForm ? named : named + matchedAt(QUOTED, text, end + named);
  return more === 0 ? [] : [{ start, end: end + more }];
}

function matchedAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

// --- English ---------------------------------------------------------------

const WORD = "[A-Z0-9][\\p{L}\\p{N}&'’.-]{0,30}";
const BEHIND = new RegExp(`(?: (?:of|for) (?:the )?${WORD}(?: (?:${WORD}|of|for|the|and|on|with)){0,6})`, 'uy');
const IN_WORD = /[\p{L}\p{N}&'’.-]/u;
const OF_NAME = /^(?:[A-Z0-9]|(?:of|for|and|&)$)/u;
/** Words at the start of a sentence, and of a date, that carry a capital and are no name. */
const NO_LEAD =
  /^(?:The|An?|On|In|At|By|For|From|When|After|Of|of|for|and|&|To|With|\d[\d.]*|January|February|March|April|May|June|July|August|September|October|November|December)$/u;
const MOST_WORDS = 8;
const LONGEST_WORD = 32;

function latinName(text: string, { start, end }: Hit<unknown>): Span[] {
  if (!/^[A-Z]/u.test(text[start]!)) return [];
  BEHIND.lastIndex = end;
  const behind = (BEHIND.exec(text)?.[0] ?? '').replace(/(?: (?:of|for|the|and|on|with))+$/u, '');
  const from = startOfLatin(text, start);
  return from === start && behind === '' ? [] : [{ start: from, end: end + behind.length }];
}

/** Back over the words of the name, to the first that can begin one. */
function startOfLatin(text: string, form: number): number {
  let from = form;
  let at = form;
  for (let count = 0; count < MOST_WORDS; count++) {
    let end = at;
    while (at - end < 2 && end > 0 && /[ ,]/.test(text[end - 1]!)) end -= 1;
    let begin = end;
    while (begin > 0 && end - begin < LONGEST_WORD && IN_WORD.test(text[begin - 1]!)) begin -= 1;
    const word = text.slice(begin, end);
    if (end === at || !OF_NAME.test(word)) break;
    if (!NO_LEAD.test(word)) from = begin;
    at = begin;
  }
  return from;
}

// --- by a label ------------------------------------------------------------

const CALLED_HAN = /[\p{Script=Han}A-Z0-9（）()·&-]{3,30}(?=[，。；、,;\n\s]|$)/uy;
const NO_NAME_WITHIN = /的|应当|是否|提供|下列|以下|候选人|供应商|采购人|附件|公告|待定|如下|名单/u;
/** 采购人：详见公告 */
const NO_CALLED = /^(?:是|指|应|可|须|不|未|无|详|见|按|由|为|将|已|在|需|的|第|具|提|参|递|根|依|及)|^[（(\d&]/u;
const CALLED_LETTERS = /["«“„]?\p{Lu}[^\n;:()]{2,80}?(?=[;:()\n]|[.,]\s|[.,]?$|$)/uy;
const OVERSEER =
  /(?:[\p{L}'’-]+ ){0,7}?[\p{L}'’-]*(?:[Dd]epartment(?: of [A-Z]\p{L}+)?|[Bb]ureau|[Mm]inistry(?: of [A-Z]\p{L}+)?|[Cc]ommission|[Oo]ffice|[Gg]overnment|[Aa]uthority)/uy;

/** "业务主管单位：广东省商务厅", "overseen by the Guangdong commerce department": whatever follows the label, up to the clause's end. */
function calledName(
  text: string,
  at: number,
  {
    isStated,
    oversees,
    formed,
    places,
  }: { isStated: boolean; oversees: boolean; formed: readonly Span[]; places: readonly Span[] },
): Span[] {
  if (anyStartingIn(formed, at, at + 1, () => true)) return [];
  const han = isStated ? matchedAt(CALLED_HAN, text, at) : 0;
  const isHan = han > 0 && /\p{Script=Han}{2}/u.test(text.slice(at, at + han));
  if (isHan && (NO_CALLED.test(text.slice(at, at + 2)) || NO_NAME_WITHIN.test(text.slice(at, at + han)))) return [];
  const letters = (oversees && matchedAt(OVERSEER, text, at)) || (isStated ? matchedAt(CALLED_LETTERS, text, at) : 0);
  const length = isHan ? han : letters;
  const isPlace = anyStartingIn(places, at, at + 1, ({ end }) => end >= at + length);
  return length === 0 || isPlace ? [] : [{ start: at, end: at + length }];
}
