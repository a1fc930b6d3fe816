/** The one style sheet of the page: screen, phone, dark and print; its hash stands in the page's policy. */
import { sha256Bytes, toBase64, utf8 } from '../../verify/index.js';

export const STYLE = `:root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--line:#c8c8c8;--quiet:#565656;--link:#0b4f9e;--box:#f4f4f2;--mark:#fff0b8}
@media(prefers-color-scheme:dark){:root{--ink:#ececec;--paper:#15171a;--line:#4a4d52;--quiet:#b3b3b3;--link:#8ab8f5;--box:#1f2226;--mark:#4d4215}}
*{box-sizing:border-box}body{font:1rem/1.55 system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif;max-width:58rem;margin:0 auto;padding:1rem;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
:lang(zh-Hans){font-family:"Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei","Noto Serif CJK SC",sans-serif}
:lang(zh-Hant){font-family:"Noto Sans CJK TC","PingFang TC","Microsoft JhengHei",sans-serif}
h1{font-size:1.7rem;line-height:1.25}h2{margin-top:2.8rem;font-size:1.3rem;border-bottom:2px solid var(--line);padding-bottom:.2rem}h3{margin-top:1.8rem;font-size:1.08rem}h4{margin:1.3rem 0 .3rem;font-size:1rem}
a{color:var(--link)}a:focus-visible{outline:3px solid var(--link);outline-offset:2px}.skip{position:absolute;left:-99rem}.skip:focus{left:1rem}
.meta,.aid,.basis,.ref,.count{color:var(--quiet);font-size:.88em}.ref a{white-space:nowrap}td .ref{display:inline-block;min-width:8.6rem}.basis{border:1px solid var(--line);border-radius:.6em;padding:0 .45em;white-space:nowrap}
.made>.basis,.made td .basis{border-style:dashed}.aid{font-style:italic}
nav ul{padding-left:1.2rem;columns:2 16rem}.scroll{overflow-x:auto;margin:.8rem 0}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;padding:.3rem 0}td,th{text-align:left;vertical-align:top;padding:.35rem .7rem .35rem 0;border-bottom:1px solid var(--line);min-width:5rem}
blockquote{margin:.4rem 0;padding:.2rem 0 .2rem 1rem;border-left:3px solid var(--line)}.reading{white-space:pre-wrap}mark{background:var(--mark);color:inherit}
code{font-size:.86em}.box{border:1px solid var(--line);background:var(--box);padding:.2rem 1rem;margin:1rem 0}.sides{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem}dt{color:var(--quiet)}dd{margin:0}ins{text-decoration:underline}del{text-decoration:line-through}
@media(max-width:40rem){.sides,dl{grid-template-columns:1fr}body{padding:.6rem}dd{margin-bottom:.4rem}}
@media print{@page{size:A4;margin:18mm 15mm 20mm}:root{color-scheme:light;--ink:#000;--paper:#fff;--line:#999;--quiet:#333;--link:#000;--box:#fff;--mark:#eee}body{max-width:none;padding:0;font-size:10pt}.skip{display:none}
h2,h3,h4,caption{break-after:avoid}h2.part{break-before:page}tr,blockquote.short,.says,.box,.exhibit dl{break-inside:avoid}thead{display:table-header-group}.scroll{overflow:visible}table{font-size:9pt}
a.named::after{content:" (" attr(href) ")";font-size:.85em}a{text-decoration:none}.ref a{text-decoration:underline}}`;

/** No script, nothing from elsewhere, no other style than this one. */
export const POLICY = `default-src 'none'; style-src 'sha256-${toBase64(sha256Bytes(utf8(STYLE)))}'; base-uri 'none'; form-action 'none'`;
