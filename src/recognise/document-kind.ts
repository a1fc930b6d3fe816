/** What kind of document a text is, by cues (facts/goods §10). The kind never hides a hit; it decides the wording and the alarm. */
import type { DocumentKind, Language, Mention } from '../model/index.js';

const NOTICE_CUES_ZH: readonly [string, RegExp][] = [
  ['project number', /项目编号|采购编号|招标编号|标段编号/u],
  ['buyer', /采购人|招标人|采购单位|招标单位|项目业主/u],
  ['bidder', /供应商|投标人|竞买人|响应人/u],
  ['money', /预算|限价|保证金|合同金额|交易价格|中标价|最高投标/u],
  ['deadline', /截止|开标|提交文件|递交|竞价|报名时间/u],
  ['contact', /联系人|联系方式|联系电话|电话[：:]/u],
  ['method', /公开招标|竞争性磋商|竞争性谈判|询价|单一来源|邀请招标/u],
  ['tender', /招标公告|采购公告|磋商公告|成交公告|中标公告|结果公告|资格预审|谈判公告|更正公告/u],
];
const NOTICE_CUES_OTHER: readonly [string, RegExp][] = [
  ['law of procurement', /44-ФЗ|223-ФЗ/u],
  ['object', /Наименование объекта закупки|предмет (?:договора|контракта|закупки)|предмет закупівлі/iu],
  ['price', /НМЦК|начальная (?:\(максимальная\) )?цена|очікувана вартість|estimated value/iu],
  ['buyer', /заказчик|замовник|contracting authority|buyer:/iu],
  [
    'notice',
    /извещение|электронн\p{L}+ аукцион|закупівл|solicitation|RFQ|invitation to (?:bid|tender)|tender notice/iu,
  ],
  ['codes', /ОКПД2|ДК 021|Prozorro|CPV/u],
  ['deadline', /окончани\p{L} подачи|quotation deadline|deadline for|кінцевий строк/iu],
];
const SEEKING =
  /采购|求购|需求|征集|有意向|商品名|寻找|закупк|потребност|потреба|закупівл|ищ[еу]т|seek|looking for|sought|purchase|procure|buyers? want/iu;

interface Judged {
  kind: DocumentKind;
  why: string[];
}

export function documentKind(
  text: string,
  language: Language,
  goods: readonly Mention[],
  core: ReadonlySet<string>,
): Judged {
  const head = text.slice(0, 2_000);
  const title = text.slice(0, text.indexOf('\n') > 0 ? text.indexOf('\n') : 80);
  const cues = [...(language === 'zh' ? NOTICE_CUES_ZH : NOTICE_CUES_OTHER)]
    .filter(([, pattern]) => pattern.test(text))
    .map(([name]) => name);
  return (
    ruleOrStatement(text, head, title, cues) ??
    newsOrReport(head, title, cues) ??
    noticeKind(text, title, cues) ??
    callForGoods(text, goods, core) ?? { kind: 'unknown', why: cues.map((cue) => `notice cue: ${cue}`) }
  );
}

function ruleOrStatement(text: string, head: string, title: string, cues: readonly string[]): Judged | undefined {
  if (/答记者问|发言人|就.{2,30}发表谈话/u.test(title))
    return { kind: 'statement', why: ['a spokesperson answers, in the title'] };
  const articles = text.match(/第[一二三四五六七八九十百零〇\d]+条/gu)?.length ?? 0;
  const project = /项目编号|采购编号|招标编号/u.test(head);
  if (articles >= 5 && !project) return { kind: 'law', why: [`${articles} numbered articles and no project number`] };
  if (
    /公告\s*[(（〔\[]?20\d\d年?[)）〕\]]?\s*(?:年\s*)?第\s*\d+\s*号|20\d\d\s*年\s*第\s*\d+\s*号|令\s*[(（]?第/u.test(
      text.slice(0, 200),
    ) &&
    cues.length < 3
  ) {
    return { kind: 'policy', why: ['an announcement number at the top'] };
  }
  if (/根据《/u.test(head) && /施行|实施/u.test(text) && cues.length < 3)
    return { kind: 'policy', why: ['made under a law, with a day of entry into force'] };
  return undefined;
}

function newsOrReport(head: string, title: string, cues: readonly string[]): Judged | undefined {
  if (cues.length >= 2) return undefined;
  const found =
    /据[^。]{1,12}(?:报道|消息)|本报讯|\d{1,2}月\d{1,2}日讯|[（(]记者|新华社|сообщает|сообщили|заявил|повідомля|according to|told reporters|told CNN|reported (?:on|that)|said (?:on|in a statement)|spokesperson/iu.exec(
      head,
    );
  if (found) return { kind: 'news', why: [`news wording: ${found[0]}`] };
  if (/课程|实训|教学大纲|论文|摘要[:：]/u.test(title))
    return { kind: 'report', why: ['a course or paper, by its title'] };
  return undefined;
}

function noticeKind(text: string, title: string, cues: readonly string[]): Judged | undefined {
  if (/更正|变更公告|澄清/u.test(title)) return { kind: 'correction', why: ['corrects another notice, by its title'] };
  const named = /公告|采购|招标|项目/u.test(title) ? 1 : 0;
  if (cues.length + named < 2 || cues.length === 0) return undefined;
  const why = cues.map((cue) => `notice cue: ${cue}`);
  if (/中标|成交|结果公告|合同公告|определение поставщика завершено|award/iu.test(title)) return { kind: 'award', why };
  return cues.length >= 2 || /公告|извещение|tender/iu.test(text.slice(0, 300)) ? { kind: 'tender', why } : undefined;
}

/** The story's notice carries none of the usual cues: core goods and a word of seeking are enough (facts/goods §10). */
function callForGoods(text: string, goods: readonly Mention[], core: ReadonlySet<string>): Judged | undefined {
  const named = [...new Set(goods.filter(({ id }) => core.has(id)).map(({ id }) => id))];
  const seeking = SEEKING.exec(text);
  if (named.length === 0 || !seeking) return undefined;
  return { kind: 'call-for-goods', why: [`names ${named.join(', ')}`, `word of seeking: ${seeking[0]}`] };
}
