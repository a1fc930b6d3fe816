/** Markup of the reader's page: what a template is given as text is escaped; nothing else can make markup. */
import { escapeUTF8 } from 'entities';
import { visible } from '../../model/index.js';

/** Page text is hostile: markup is escaped, control and direction characters become visible. */
export function escapeHtml(text: string): string {
  return escapeUTF8(visible(text));
}

export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = Markup | string | number | readonly Piece[] | undefined;

/** Strings and numbers are text; `undefined` is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  return new Markup(parts.map((part, at) => part + (at < values.length ? markupOf(values[at]) : '')).join(''));
}

function markupOf(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Markup) return piece.text;
  return typeof piece === 'string' || typeof piece === 'number'
    ? escapeHtml(String(piece))
    : piece.map(markupOf).join('');
}

export const nothing = new Markup('');
export const isEmpty = ({ text }: Markup): boolean => text.trim() === '';

export function join(parts: readonly (Markup | string)[], between: string): Markup {
  return html`${parts.map((part, at) => html`${at === 0 ? '' : between}${part}`)}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly (Markup | string)[]): Markup {
  const last = parts.at(-1);
  if (last === undefined) return nothing;
  return parts.length === 1 ? html`${last}` : html`${join(parts.slice(0, -1), ', ')} and ${last}`;
}

/** BCP 47 tag of one short text by its letters: voices, hyphenation and glyphs depend on it. */
export function langOf(text: string, language?: string): string {
  if (/\p{Script=Han}/u.test(text)) return 'zh-Hans';
  if (/\p{Script=Cyrillic}/u.test(text)) return language === 'uk' || /[іїєґ]/i.test(text) ? 'uk' : 'ru';
  return /\p{Script=Latin}/u.test(text) ? 'en' : 'und';
}

/** Words as they stand somewhere, with their language. */
export const said = (text: string, language?: string): Markup =>
  html`<span lang="${langOf(text, language)}">${text}</span>`;
/** A sentence of ours with words of others in it: these have their language, the rest is English. */
export const mixed = (text: string): Markup =>
  html`${text.split(FOREIGN).map((part, at) => (at % 2 === 0 ? part : said(part)))}`;
const FOREIGN =
  /(\p{Script=Han}+(?:[\u3000-\u303f\uff00-\uffef]+\p{Script=Han}+)*|\p{Script=Cyrillic}+(?:[ .,-]+\p{Script=Cyrillic}+)*)/u;

export const quoted = (text: string, language?: string): Markup =>
  html`<q lang="${langOf(text, language)}">${text}</q>`;

export interface Table {
  caption: string;
  header: readonly string[];
  rows: readonly Row[];
}

export interface Row {
  cells: readonly (Markup | string)[];
  /** How it is known: see `basis.ts`. */
  basis: string;
}

/** Nothing for no rows: the caller says in words what that means. */
export function table({ caption, header, rows }: Table): Markup {
  if (rows.length === 0) return nothing;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table><caption>${caption}</caption>
<thead><tr>${header.map((each) => html`<th scope="col">${each}</th>`)}</tr></thead><tbody>
${rows.map(({ cells, basis }) => html`<tr class="says ${basis}">${cells.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody></table></div>\n`;
}
