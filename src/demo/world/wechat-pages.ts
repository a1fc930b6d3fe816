/** WeChat's pages in their true structure (facts/watching §2.4 to §2.9): articles, notices, verification. */
import { randomBytes } from 'node:crypto';
import { type Article, MARK } from './texts.js';

const head = (title: string): string =>
  `<!-- ${MARK} -->\n<meta charset="utf-8"><meta name="asposted-reconstruction" content="${MARK}"><meta name="viewport" content="width=device-width">${title}`;

/** As the platform's own pages write strings: hex escapes inside a call, undone by the page. */
function jsDecode(text: string): string {
  const escaped = text.replace(/[\\"&'<>\n]/g, (letter) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `JsDecode('${escaped.replace(/\\/g, '\\\\')}')`;
}

export interface ArticleFacts {
  article: Article;
  /** Words edited since it was posted. */
  edits: readonly { from: string; to: string }[];
  now: Date;
}

export function articlePage({ article, edits, now }: ArticleFacts): string {
  const edited = (text: string): string => edits.reduce((all, { from, to }) => all.replaceAll(from, to), text);
  const title = edited(article.title);
  const body = article.paragraphs.map((text) => `<p><span leaf="">${edited(text)}</span></p>`).join('');
  const { account, published, mid } = article;
  const random = (): string => randomBytes(8).toString('hex');
  const serverTime = Math.floor(now.getTime() / 1000);
  const china = new Date((published + 8 * 3_600) * 1000).toISOString().slice(0, 16).replace('T', ' ');
  return `<!DOCTYPE html><html lang="zh_CN"><head>${head('')}
<meta property="og:title" content="${title}"><meta property="og:url" content="https://mp.weixin.qq.com${article.path}"><title></title></head>
<body id="activity-detail" class="zh_CN"><div class="reconstruction-mark">${MARK}</div>
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
link: ${jsDecode(`https://mp.weixin.qq.com${article.path}`)},
ori_send_time: '${published}' * 1, create_time: '${china}',
svr_time: '${serverTime}' * 1, enterid: '${serverTime}' * 1,
req_id: '${random()}', csp_nonce_str: '${random()}', srcid: '', is_login: '0' * 1, user_uin: '0' * 1, in_mm: '0' * 1,
user_info: { enter_id: '', indentity_id: '' }, item_show_type: '0' * 1, real_item_show_type: '0' * 1,
copyright_info: { copyright_stat: '0' * 1 },
content_noencode: ${jsDecode(body)},
}; } catch (e) {} })();</script></body></html>`;
}

function noticePage(words: string, { detail = '', script = '' } = {}): string {
  return `<!DOCTYPE html><html><head>${head('<title></title>')}</head><body id="activity-detail" class="zh_CN">
<div class="reconstruction-mark">${MARK}</div>
<div class="weui-msg"><div class="weui-msg__icon-area"><i class="weui-icon-warn weui-icon_msg"></i></div>
<div class="weui-msg__text-area"><div class="weui-msg__title warn">
${words}
</div><div class="weui-msg__desc"><p class="tips">${detail}</p></div></div></div>
<script>var biz = '' || '';var sn = '' || '';var mid = '' || '';var idx = '' || '';${script}</script></body></html>`;
}

export const deletedPage = (): string => noticePage('该内容已被发布者删除');

export const violationPage = ({ account }: Article): string =>
  noticePage('此内容因违规无法查看', {
    detail: '由用户投诉并经平台审核，违反相关法律法规和政策，查看<a>对应规则</a>',
    script: `window.cgiData = { del_reason_id: '20004', del_reason: '违反相关法律法规和政策', user_name: '${account.id}', nick_name: '${account.name}' };`,
  });

export const accountBlockedPage = (): string => noticePage('此帐号已被屏蔽, 内容无法查看');

export function verificationPage(): string {
  return `<!DOCTYPE html><html><head>${head('<title></title>')}</head><body><div class="weui-msg"><h2 class="weui-msg__title">环境异常</h2>
<p class="weui-msg__desc">当前环境异常，完成验证后即可继续访问。</p><a id="js_verify" class="weui-btn">去验证</a></div>
<script>var PAGE_MID = 'mmbizwap:secitptpage/verify.html';</script></body></html>`;
}
