/**
 * Stored-XSS attempts of many shapes, for tests of whatever shows words of others. Each calls `alert` with its own number or asks
 * for an address that carries it, so that a test sees which one ran; none does harm.
 */
type Shape = (call: string, url: string) => string;

/** By the place they are made for: a template is wrong in a way of its own for each. */
const SHAPES: readonly Shape[] = [
  // text
  (call) => `<script>${call}</script>`,
  (call) => `<SCRIPT>${call}</SCRIPT >`,
  (call) => `<scr<script>ipt>${call}</scr</script>ipt>`,
  (call) => `<script\u000d\u000a>${call}//</script\u000b>`,
  (_, url) => `<script src=${url}></script>`,
  (_, url) => `<script type=module src='${url}'></script>`,
  (call) => `<img src=x onerror=${call}>`,
  (call) => `<img src=x onerror="${call}"`,
  (call) => `<IMG """><SCRIPT>${call}</SCRIPT>">`,
  (call) => `<img/src/onerror=${call}>`,
  (call) => `<svg onload=${call}>`,
  (call) => `<svg/onload=${call}//`,
  (call) => `<svg><script>${call}</script></svg>`,
  (call) => `<svg><animate onbegin=${call} attributeName=x dur=1s>`,
  (_, url) => `<svg><image href="${url}"/></svg>`,
  (_, url) => `<svg><use href="${url}#x"/></svg>`,
  (call) => `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${call}&gt;">`,
  (call) => `<math href="javascript:${call}">x</math>`,
  (call) => `<body onload=${call}>`,
  (call) => `<details open ontoggle=${call}>`,
  (call) => `<input autofocus onfocus=${call}>`,
  (call) => `<select autofocus onfocus=${call}>`,
  (call) => `<textarea autofocus onfocus=${call}></textarea>`,
  (call) => `<video><source onerror=${call}></video>`,
  (call) => `<audio src=x onerror=${call}></audio>`,
  (call) => `<object data="javascript:${call}"></object>`,
  (_, url) => `<object data="${url}"></object>`,
  (_, url) => `<embed src="${url}">`,
  (call) => `<iframe srcdoc="<script>parent.${call}</script>"></iframe>`,
  (call) => `<iframe src="javascript:parent.${call}"></iframe>`,
  (_, url) => `<iframe src="${url}"></iframe>`,
  (call) => `<marquee onstart=${call}>x</marquee>`,
  (call) => `<a href="javascript:${call}" id=x autofocus onfocus=${call}>x</a>`,
  (_, url) => `<link rel=stylesheet href="${url}">`,
  (_, url) => `<link rel=prefetch href="${url}">`,
  (_, url) => `<style>@import '${url}';</style>`,
  (_, url) => `<style>*{background:url(${url})}</style>`,
  (_, url) => `<div style="background:url(${url})">x</div>`,
  (_, url) => `<meta http-equiv=refresh content="0;url=${url}">`,
  (_, url) => `<base href="${url}">`,
  (_, url) => `<form action="${url}"><button autofocus>x</button></form>`,
  (_, url) => `<img srcset="${url} 1x">`,
  (_, url) => `<table background="${url}"><tr><td>x</td></tr></table>`,
  // out of an attribute
  (call) => `" onmouseover="${call}" onfocus="${call}" autofocus="`,
  (call) => `' onfocus='${call}' autofocus='`,
  (call) => `"><img src=x onerror=${call}>`,
  (call) => `'><img src=x onerror=${call}>`,
  (call) => `x onfocus=${call} autofocus`,
  (call) => `\`><img src=x onerror=${call}>`,
  (call) => `javascript:${call}`,
  (call) => `java\u0000script:${call}`,
  (call) => ` \u0001javascript:${call}`,
  (call) => `data:text/html,<script>parent.${call}</script>`,
  // out of what surrounds
  (call) => `</title><script>${call}</script>`,
  (call) => `</style><script>${call}</script>`,
  (call) => `</textarea><script>${call}</script>`,
  (call) => `</script><script>${call}</script>`,
  (call) => `--><script>${call}</script><!--`,
  (call) => `]]><script>${call}</script>`,
  (call) => `</blockquote></table></main><script>${call}</script>`,
  // written so that something undoes it
  (call) => `&lt;script&gt;${call}&lt;/script&gt;`,
  (call) => `&#60;script&#62;${call}&#60;/script&#62;`,
  (call) => `%3Cscript%3E${call}%3C/script%3E`,
  (call) => `\\u003cscript\\u003e${call}\\u003c/script\\u003e`,
  (call) => `\uff1cscript\uff1e${call}\uff1c/script\uff1e`,
  (call) => `<\u200bscript>${call}</script>`,
  (call) => `\u202e<script>${call}</script>`,
  (call) => `\ud800<script>${call}</script>`,
  (call) => `{{constructor.constructor('${call}')()}}`,
  (call) => '${' + call + '}',
];

/** How many shapes there are; more attempts repeat them under other numbers. */
export const XSS_SHAPES = SHAPES.length;

/** Attempt number `at`. Beacons go to `xss.invalid`, which leads nowhere. */
export const xssAttempt = (at: number): string =>
  SHAPES[at % SHAPES.length]!(`alert(${at})`, `https://xss.invalid/${at}`);

/**
 * A copy whose texts are attempts, numbered on from `from`, each behind a word of the old text. `keep` names the keys under which
 * values stay: ids, hashes and times, without which nothing would be shown.
 */
export function withXss<T>(value: T, keep: ReadonlySet<string>, from = 0): { value: T; attempts: number } {
  let next = from;
  const change = (each: unknown): unknown => {
    if (typeof each === 'string') return `${each.slice(0, 8).toWellFormed()} ${xssAttempt(next++)}`;
    if (Array.isArray(each)) return each.map(change);
    if (each === null || typeof each !== 'object') return each;
    return Object.fromEntries(Object.entries(each).map(([key, of]) => [key, keep.has(key) ? of : change(of)]));
  };
  return { value: change(value) as T, attempts: next - from };
}
