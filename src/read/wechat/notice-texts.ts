/**
 * What the platform writes in place of an article (facts/watching §2.6). Matched against the notice element's own text
 * only, never the page: live articles quote these very words. 帐 and 账, half- and full-width commas are folded first.
 */
import type { PageVerdict, RemovalActor } from '../../model/index.js';

type Meaning =
  | { as: 'removed'; actor: RemovalActor }
  | { as: 'account'; actor: RemovalActor }
  | { as: 'moved' }
  | { as: 'suspended' }
  | { as: 'malformed' }
  | { as: 'link' }
  | { as: 'verification' }
  | { as: 'rate' }
  | { as: 'access' };

interface NoticeText {
  text: string;
  meaning: Meaning;
  /** May stand anywhere in the element: the words before it vary. */
  anywhere?: true;
}

const removed = (text: string, actor: RemovalActor): NoticeText => ({ text, meaning: { as: 'removed', actor } });
const account = (text: string, actor: RemovalActor): NoticeText => ({ text, meaning: { as: 'account', actor } });
const other = (
  text: string,
  as: 'moved' | 'suspended' | 'link' | 'malformed' | 'verification' | 'rate' | 'access',
): NoticeText => ({
  text,
  meaning: { as },
});

/** Longer texts stand before the shorter ones they begin with. */
const TEXTS: readonly NoticeText[] = [
  removed('该内容已被发布者删除', 'publisher'),
  removed('The content has been deleted by the author', 'publisher'),
  removed('This content has been deleted by the author', 'publisher'),
  removed('该内容已被删除', 'unknown'),
  removed('此内容因违规无法查看', 'platform'),
  removed('此内容因违规已删除', 'platform'),
  removed('Unable to view this content because it violates regulations', 'platform'),
  removed('此内容被投诉且经审核涉嫌侵权', 'complaint'),
  removed('此内容被多人投诉', 'complaint'),
  removed('此内容发送失败无法查看', 'platform'),
  { text: '因涉嫌违反相关法律法规和政策发送失败', meaning: { as: 'removed', actor: 'platform' }, anywhere: true },
  other('该内容暂时无法查看', 'suspended'),
  account('此账号被投诉且经审核涉嫌侵权', 'complaint'),
  account('此账号已自主注销', 'publisher'),
  account('此账号已被屏蔽', 'platform'),
  account('该公众号已被封禁', 'platform'),
  other('此账号处于账号迁移流程中', 'suspended'),
  other('此账号已申请公众号账号迁移流程', 'suspended'),
  other('该公众号已迁移', 'moved'),
  other('链接已过期', 'link'),
  other('参数错误', 'malformed'),
  other('投诉类型', 'link'),
  other('系统出错', 'rate'),
  other('操作频繁', 'rate'),
  other('访问过于频繁', 'rate'),
  other('环境异常', 'verification'),
  other('当前环境异常', 'verification'),
  other('去验证', 'verification'),
  other('请在微信客户端打开链接', 'access'),
  other('根据作者隐私设置', 'access'),
  other('该内容需要权限才可查看', 'access'),
  other('付费后可继续阅读', 'access'),
];

function fold(text: string): string {
  return text.replace(/帐/g, '账').replace(/[,，]/g, ',').replace(/\s+/g, '').toLowerCase();
}

const FOLDED = TEXTS.map((each) => ({ ...each, folded: fold(each.text) }));

export function noticeMeaning(element: string): { meaning: Meaning; text: string } | undefined {
  const folded = fold(element);
  return FOLDED.find((each) => (each.anywhere ? folded.includes(each.folded) : folded.startsWith(each.folded)));
}

export interface NoticeFacts {
  words: string;
  detail?: string;
  reasonId?: string;
  account?: { id?: string; name?: string };
  movedTo?: string;
}

/** The verdict of a notice page, or undefined when the element says nothing we know. */
export function noticeVerdict({ words, movedTo, ...facts }: NoticeFacts): PageVerdict | undefined {
  const found = noticeMeaning(words);
  if (!found) return undefined;
  const rule = `wechat-notice: ${found.text}`;
  switch (found.meaning.as) {
    case 'removed':
      return { class: 'notice', rule, actor: found.meaning.actor, words, scope: 'notice', ...facts };
    case 'account':
      return { class: 'notice', rule, actor: found.meaning.actor, words, scope: 'account', ...facts };
    case 'moved':
      return movedTo === undefined
        ? { class: 'unknown', rule, words, kind: 'other' }
        : { class: 'moved', rule, to: movedTo, words };
    case 'suspended':
      return { class: 'unknown', rule, words, kind: 'suspended' };
    case 'link':
    case 'malformed':
      return { class: 'unknown', rule, words, kind: found.meaning.as };
    case 'verification':
      return { class: 'blocked', rule, words, kind: 'verification' };
    case 'rate':
      return { class: 'blocked', rule, words, kind: 'rate' };
    case 'access':
      return { class: 'blocked', rule, words, kind: 'access' };
  }
}
