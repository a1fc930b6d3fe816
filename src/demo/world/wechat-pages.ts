/** WeChat's pages in their true structure (facts/watching §2.4 to §2.9): articles, notices, verification. */
import { randomBytes } from 'node:crypto';
import { type Edit, applyEdits, escapeHtml, markBanner, markComment, markMeta } from './page-parts.js';
import type { Article } from './texts.js';

/** From the doctype to the end of the head; `<title>` is empty on the platform's own pages too. */
const top = (more = ''): string => `<!DOCTYPE html>\n${markComment()}
<html lang="zh_CN"><head><meta charset="utf-8">${markMeta()}<meta name="viewport" content="width=device-width">${more}<title></title></head>`;

/** As the platform's own pages write strings: hex escapes inside a call, undone by the page. */
function jsDecode(text: string): string {
  const escaped = text.replace(/[\\"&'<>\n]/g, (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `JsDecode('${escaped.replace(/\\/g, '\\\\')}')`;
}

export interface ArticleFacts {
  article: Article;
  /** Words edited since it was posted. */
  edits: readonly Edit[];
  now: Date;
}

export function articlePage({ article, edits, now }: ArticleFacts): string {
  const edited = (text: string): string => escapeHtml(applyEdits(text, edits));
  const title = edited(article.title);
  const body = article.paragraphs.map((text) => `<p><span leaf="">${edited(text)}</span></p>`).join('');
  const { account, published, mid } = article;
  const random = (): string => randomBytes(8).toString('hex');
  const serverTime = Math.floor(now.getTime() / 1000);
  const china = new Date((published + 8 * 3_600) * 1000).toISOString().slice(0, 16).replace('T', ' ');
  const link = `https://mp.weixin.qq.com${article.path}`;
  return `${top(`<meta property="og:title" content="${title}"><meta property="og:url" content="${link}">`)}
<body id="activity-detail" class="zh_CN">${markBanner()}
<div id="js_article" class="rich_media"><h1 class="rich_media_title" id="activity-name">${title}</h1>
<a id="js_name">${account.name}</a><em id="publish_time"></em>
<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0; ">${body}</div></div>
<script type="text/javascript" nonce="${random()}">var PAGE_MID = 'mmbizwap:appmsg/newindex.html';</script>
<script type="text/javascript" h5only nonce="${random()}">(function () { try { window.cgiDataNew = {
base_resp: { ret: '0' * 1, sessionid: 'svr_${random()}' },
title: ${jsDecode(title)},
nick_name: ${jsDecode(account.name)},
user_name: '${account.id}',
alias: '${account.alias}',
signature: ${jsDecode(account.bio)},
bizuin: '${Buffer.from(String(account.biz)).toString('base64')}',
mid: '${mid}' * 1, idx: '1' * 1, sn: '${mid.toString(16).padStart(32, '0')}',
link: ${jsDecode(link)},
ori_send_time: '${published}' * 1, create_time: '${china}',
svr_time: '${serverTime}' * 1, enterid: '${serverTime}' * 1,
req_id: '${random()}', csp_nonce_str: '${random()}', srcid: '', is_login: '0' * 1, user_uin: '0' * 1, in_mm: '0' * 1,
user_info: { enter_id: '', indentity_id: '' }, item_show_type: '0' * 1, real_item_show_type: '0' * 1,
copyright_info: { copyright_stat: '0' * 1 },
content_noencode: ${jsDecode(body)},
}; } catch (e) {} })();</script></body></html>`;
}

interface Notice {
  words: string;
  /** The takedown notice has an element, an empty body id and a script of its own (facts/watching §2.4, §2.5). */
  takedown?: { detail: string; script: string };
}

/** The words stand between line breaks, as on the platform's pages. */
function noticePage({ words, takedown }: Notice): string {
  const element = takedown
    ? `<h2 class="weui-msg__title title">\n${words}\n</h2><div class="weui-msg__desc"><p class="tips">${takedown.detail}</p></div>`
    : `<div class="weui-msg__title warn">\n${words}\n</div>`;
  const script =
    takedown?.script ?? `var biz = '' || '';var sn = '' || '';var mid = '' || '';var idx = '' || '';var is_rumor = '';`;
  return `${top()}
<body id="${takedown ? '' : 'activity-detail'}" class="zh_CN">${markBanner()}
<div class="weui-msg"><div class="weui-msg__icon-area"><i class="weui-icon-warn weui-icon_msg"></i></div>
<div class="weui-msg__text-area">${element}</div></div>
<script type="text/javascript">${script}</script></body></html>`;
}

export const deletedPage = (): string => noticePage({ words: '该内容已被发布者删除' });

export function violationPage({ account: { id, name } }: Article): string {
  const reason = '违反相关法律法规和政策';
  return noticePage({
    words: '此内容因违规无法查看',
    takedown: {
      detail: `由用户投诉并经平台审核，${reason}，查看<a>对应规则</a>`,
      script: `window.cgiData = { del_reason_id: '20004', del_reason: '${reason}', user_name: '${id}', nick_name: '${name}' };`,
    },
  });
}

/** No capture of a blocked account's page is known (facts/watching §16): its words, in the layout of a deleted page. */
export const accountBlockedPage = (): string => noticePage({ words: '此帐号已被屏蔽, 内容无法查看' });

export function verificationPage(): string {
  return `${top()}<body>${markBanner()}<div class="weui-msg"><h2 class="weui-msg__title">环境异常</h2>
<p class="weui-msg__desc">当前环境异常，完成验证后即可继续访问。</p><a id="js_verify" class="weui-btn">去验证</a></div>
<script type="text/javascript">var PAGE_MID = 'mmbizwap:secitptpage/verify.html';</script></body></html>`;
}
