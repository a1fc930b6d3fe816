/**
 * One project in several notices: the call, its change, its award. They share no passage that other notices of the buyer do not
 * share as well; what joins them is a number, or a name together with a body (a registration number, not a name that two may have).
 */
import type { NoticeId, OffsetTime } from '../model/index.js';
import { fold } from '../text/index.js';

export interface ProjectNotice {
  notice: NoticeId;
  title?: string;
  text: string;
  published?: OffsetTime;
  /** Registration numbers in it (`uscc:…`, `inn:…`) as recognised, of buyer, winner, whoever. Not the account: one posts for many buyers. */
  bodies?: readonly string[];
}

export interface ProjectNumber {
  /** `own`: of a register that gives every number once; `local`: a buyer's, which another buyer may use too. */
  reach: 'own' | 'local';
  value: string;
  text: string;
  start: number;
  end: number;
}

export type ProjectStage = 'call' | 'change' | 'award' | 'contract' | 'cancelled' | 'unknown';

export interface Project {
  /** In the order of what the pages claim; those that claim no time last. */
  notices: { notice: NoticeId; stage: ProjectStage; published?: OffsetTime }[];
  /** What joins them, each with its notices. */
  why: { by: 'number' | 'number-and-body' | 'number-and-name' | 'name-and-body'; value: string; notices: NoticeId[] }[];
}

/** Registers whose numbers tell themselves by their shape. */
const OWN: readonly RegExp[] = [
  /(?<![\w-])UA-20\d\d-\d\d-\d\d-\d{6}(?:-[a-z])?(?![\w-])/g, // Prozorro
  /(?<![\w-])ocds-[a-z0-9]{6}-[A-Za-z0-9_./-]{3,60}/g,
  /(?<!\d)0[1-9]\d{17}(?!\d)/g, // zakupki.gov.ru, 44-FZ: region, buyer, year, number
  /(?<![\d/])\d{1,6}-20\d\d(?=\s?(?:TED|OJ|ОЖ))/g,
];

/** A label, and what is written behind it. */
const LABELLED =
  /(?:(?:项目|招标|采购|标段|询价|比选|公告)(?:文件)?编?号|(?:項目|招標|採購)編號|(?:номер|№)\s(?:извещения|закупки|процедуры|лота|закупівлі|тендеру?)|(?:извещение|закупка|закупівля|тендер)\s№|(?:tender|solicitation|procurement|notice|project|reference)\s(?:no\.?|number|id))\s*[:：№#]?\s*([A-Za-zА-Яа-я0-9Ａ-Ｚａ-ｚ０-９][A-Za-zА-Яа-я0-9Ａ-Ｚａ-ｚ０-９()（）〔〕[\]./_—－-]{3,50})/giu;

/** Shorter ones are numbers of rows. */
const SHORTEST = 5;
/** A page with more is a list of projects, and joins none. */
const MOST_NUMBERS = 10;
/** A page with more is a list of bodies, and none of them is this one's. */
const MOST_BODIES = 20;
/** A key that more notices hold is of a form, or of a list: it joins none. */
export const MOST_PROJECT_HOLDERS = 200;
const SHORTEST_NAME = 8;
const LONGEST_TITLE = 1_000;

/** In the order of the registers, then of the labels; of a page with more than ten no more are told than show that. */
export function projectNumbersOf(text: string): ProjectNumber[] {
  const found: ProjectNumber[] = [];
  const add = (reach: ProjectNumber['reach'], words: string, start: number): void => {
    const value = words
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^\p{L}\p{N}]/gu, '');
    const digits = value.replace(/\D/g, '').length;
    const known = found.some((each) => each.value === value || (each.start < start + words.length && start < each.end));
    if (value.length >= SHORTEST && digits >= 3 && !known)
      found.push({ reach, value, text: words, start, end: start + words.length });
  };
  for (const pattern of OWN)
    for (const { 0: words, index } of text.matchAll(pattern)) {
      if (found.length > MOST_NUMBERS) return found;
      add('own', words, index);
    }
  for (const match of text.matchAll(LABELLED)) {
    if (found.length > MOST_NUMBERS) return found;
    const words = match[1]!.replace(/[).）/_—－-]+$/u, (mark) =>
      /[)）]/.test(mark) && /[(（]/.test(match[1]!) ? mark : '',
    );
    add('local', words, match.index + match[0].length - match[1]!.length);
  }
  return found;
}

/** Of several stages in a title the later one counts: a change of an award is a change. */
const STAGES: readonly (readonly [stage: ProjectStage, words: RegExp])[] = [
  ['cancelled', /终止|废标|流标|取消|終止|отмен[аеы]|скасуван|cancel/iu],
  ['change', /变更|更正|澄清|补遗|延期|變更|изменени|разъяснени|зміни|уточненн|amend|corrig|clarif/iu],
  ['contract', /合同公[告示]|合同签订|заключени[ея] (?:договора|контракта)|договір|contract (?:notice|signed|award)/iu],
  ['award', /中标|成交|结果公[告示]|候选人|中標|итог|победител|переможц|результат|award|winner/iu],
  ['call', /招标|采购公告|询价|磋商|谈判|比选|征集|招標|採購|извещени|запрос (?:котировок|предложений|цен)|оголошення|закупівл|закупк|tender|solicitation|invitation|call for/iu],
]; // prettier-ignore

export function projectStage(title: string): ProjectStage {
  return STAGES.find(([, words]) => words.test(title))?.[0] ?? 'unknown';
}

/** Words of the stage and its manner: what is left of a title is the name of the project. */
const STAGE_WORDS =
  '(?:公开|竞争性|单一来源|邀请|电子化|招标|采购|询价|磋商|谈判|比选|中标|成交|结果|候选人|变更|更正|澄清|补遗|延期|终止|废标|流标|合同)';
const NOT_NAME = new RegExp(
  [
    `${STAGE_WORDS}*(?:公告|公示|通知书?|预告)`,
    `${STAGE_WORDS}+(?:文件)?(?=\\s*$)`,
    '关于|的',
    '第[一二三四五六七八九十\\d]{1,3}次',
    '(?:извещение|объявление|протокол|уведомление|изменени[ея]|разъяснени[ея]|отмена|итоги?|оголошення|зміни|повідомлення)(?:\\s(?:о|об|про|в|до|по))?(?:\\s(?:проведении|проведення|внесении|закупке|закупки|закупівлю|извещение|определения|подведения|изменений|итогов))*',
    '(?:tender|award|contract|amendment|corrigendum|cancellation)\\s(?:notice|announcement)?\\s?(?:for|of|to)?',
  ].join('|'),
  'giu',
);
/** Counters and numbers of projects. */
const BRACKETS = /[（(【[〔][^（(【[〔）)】\]〕]{0,40}[）)】\]〕]/gu;

/** Folded, so that script and marks do not matter. Undefined where too little is left. */
export function projectName(title: string): string | undefined {
  const bare = title.slice(0, LONGEST_TITLE).replace(BRACKETS, ' ').replace(NOT_NAME, ' ');
  const name = fold(bare).text;
  return name.length < SHORTEST_NAME ? undefined : name;
}

/** What joins: notices that hold one key are of one project. */
export interface ProjectKey {
  by: Project['why'][number]['by'];
  value: string;
}

export type ProjectMember = Pick<ProjectNotice, 'notice' | 'title' | 'published'>;

/** Notices under one key are of one project; two that share none may still be. */
export function projectsOf(notices: readonly ProjectNotice[]): Project[] {
  const holders = new Map<string, { key: ProjectKey; notices: ProjectMember[] }>();
  for (const notice of notices)
    for (const key of projectKeysOf(notice)) {
      const name = nameOf(key);
      const held = holders.get(name) ?? { key, notices: [] };
      holders.set(name, held);
      held.notices.push(notice);
    }
  return projectsUnder([...holders.values()]);
}

/** The same from keys that were kept, each once with all that hold it. */
export function projectsUnder(keys: readonly { key: ProjectKey; notices: readonly ProjectMember[] }[]): Project[] {
  const shared = keys.filter(({ notices }) => notices.length > 1 && notices.length <= MOST_PROJECT_HOLDERS);
  const rootOf = joined(shared.map(({ notices }) => notices.map(({ notice }) => notice)));
  const projects = new Map<NoticeId, Project>();
  const placed = new Set<NoticeId>();
  for (const { key, notices } of shared) {
    const root = rootOf(notices[0]!.notice);
    const project = projects.get(root) ?? { notices: [], why: [] };
    projects.set(root, project);
    project.why.push({ ...key, notices: notices.map(({ notice }) => notice) });
    for (const each of notices) {
      if (!placed.has(each.notice)) project.notices.push(shown(each));
      placed.add(each.notice);
    }
  }
  for (const project of projects.values()) project.notices.sort(inTime);
  return [...projects.values()];
}

const nameOf = ({ by, value }: ProjectKey): string => `${by} ${value}`;

/** Each once. None of a list of projects; a title that tells no stage names no project by itself. */
export function projectKeysOf({ title = '', text, bodies = [] }: ProjectNotice): ProjectKey[] {
  const all = projectNumbersOf(text);
  const numbers = all.length > MOST_NUMBERS ? [] : all;
  const own = bodies.length > MOST_BODIES ? [] : bodies;
  const name = projectName(title);
  const keys = numbers.flatMap(({ reach, value }): ProjectKey[] => {
    if (reach === 'own') return [{ by: 'number', value }];
    const under: ProjectKey[] = name === undefined ? [] : [{ by: 'number-and-name', value: `${value} ${name}` }];
    return [...own.map((body): ProjectKey => ({ by: 'number-and-body', value: `${value} ${body}` })), ...under];
  });
  const named = projectStage(title) === 'unknown' ? [] : own;
  const byName =
    name === undefined ? [] : named.map((body): ProjectKey => ({ by: 'name-and-body', value: `${name} ${body}` }));
  return [...new Map([...keys, ...byName].map((key) => [nameOf(key), key])).values()];
}

/** Union of sets that share a member. */
function joined<T>(sets: readonly (readonly T[])[]): (of: T) => T {
  const parents = new Map<T, T>();
  const rootOf = (of: T): T => {
    let root = of;
    while (parents.has(root)) root = parents.get(root)!;
    // So that no chain grows long.
    for (let each = of; each !== root;) {
      const next = parents.get(each)!;
      parents.set(each, root);
      each = next;
    }
    return root;
  };
  for (const set of sets)
    for (const each of set) {
      const [a, b] = [rootOf(set[0]!), rootOf(each)];
      if (a !== b) parents.set(b, a);
    }
  return rootOf;
}

const shown = ({ notice, title = '', published }: ProjectMember): Project['notices'][number] => ({
  notice,
  stage: projectStage(title),
  ...(published !== undefined && { published }),
});

function inTime(a: Project['notices'][number], b: Project['notices'][number]): number {
  const time = ({ published }: { published?: OffsetTime }): number =>
    published === undefined ? Infinity : Date.parse(published);
  const [x, y] = [time(a), time(b)];
  if (x !== y) return x < y ? -1 : 1;
  return a.notice < b.notice ? -1 : 1;
}
