/**
 * An archived page without anything that acts (facts/evidence §21). Not a filter over the page's own markup but a new
 * document: what is on the list is written anew, with quoted attributes and escaped text; what is not has no way into
 * it. So it does not matter where a browser would read the page's markup otherwise than this parser (mXSS): no element
 * in which text is anything but text (script, style, svg, math, noscript, template, textarea, title …) is ever written.
 */
import { escapeUTF8 } from 'entities';
import { Parser } from 'htmlparser2';
import { AsPostedError, visible } from '../../model/index.js';
import { cleanStyle } from './style.js';

export interface Sanitised {
  html: string;
  /** Elements left out, by name, most frequent first. */
  dropped: { name: string; count: number }[];
  /** The page was longer than what is shown. */
  cut: boolean;
}

const ALLOWED = new Set(
  'abbr address article aside b bdi blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strong sub sup table tbody td tfoot th thead time tr u ul var wbr'.split(
    ' ',
  ),
);
const VOID = new Set(['br', 'hr', 'col', 'wbr']);
/** What stands in them is not the page's text. */
const SILENT = new Set(
  'script style noscript template iframe frame frameset noframes noembed object embed applet svg math select datalist textarea title audio video canvas map portal'.split(
    ' ',
  ),
);
/** Known, harmless, and only a box around text: their tags go without being counted. */
const SHELL = new Set('html head body a font form label fieldset legend button tt big strike'.split(' '));

/** Deeper pages are shown as text only: closing tags are looked up in the open ones, so depth times length is time. */
const MAX_DEPTH = 1_000;
const MAX_NESTED = 256;
const MAX_OUTPUT = 6_000_000;

export function sanitise(page: string, imageOf: (address: string) => string | undefined): Sanitised {
  const writer = new Writer(imageOf);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        writer.open(name, attributes);
      },
      ontext: (text) => {
        writer.text(text);
      },
      onclosetag: () => {
        writer.close();
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: false },
  );
  parser.end(page);
  return writer.end();
}

class Writer {
  private readonly parts: string[] = [];
  /** For each open element, what is written when it closes. */
  private readonly stack: { end: string; silent: boolean }[] = [];
  private readonly counts = new Map<string, number>();
  private readonly imageOf: (address: string) => string | undefined;
  private silent = 0;
  private nested = 0;
  private length = 0;
  private cut = false;

  constructor(imageOf: (address: string) => string | undefined) {
    this.imageOf = imageOf;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.stack.length >= MAX_DEPTH)
      throw new AsPostedError({ code: 'UNREADABLE', message: `the page nests elements more than ${MAX_DEPTH} deep` });
    const silent = SILENT.has(name);
    const written = silent || this.silent > 0 ? '' : this.begin(name, attributes);
    this.stack.push({ end: written, silent });
    if (silent) this.silent += 1;
    if (silent || !(ALLOWED.has(name) || SHELL.has(name) || name === 'img'))
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** Writes the start tag; gives what closes it. */
  private begin(name: string, attributes: Readonly<Record<string, string>>): string {
    if (name === 'img') this.write(this.image(attributes));
    if (name === 'a') return address(attributes['href']);
    if (!ALLOWED.has(name) || this.nested >= MAX_NESTED) return '';
    this.write(`<${name}${attributesOf(attributes)}>`);
    if (VOID.has(name)) return '';
    this.nested += 1;
    return `</${name}>`;
  }

  private image(attributes: Readonly<Record<string, string>>): string {
    const candidates = [attributes['data-src'], attributes['src'], attributes['data-original']];
    const source = candidates
      .map((each) => (each === undefined ? undefined : this.imageOf(each)))
      .find((each) => each !== undefined);
    const alt = visible(attributes['alt'] ?? '').slice(0, 500);
    if (source !== undefined) return `<img src="${source}" alt="${escapeUTF8(alt)}"${attributesOf(attributes)}>`;
    return `<span class="missing">[picture not in the capture${alt === '' ? '' : `: ${escapeUTF8(alt)}`}]</span>`;
  }

  text(text: string): void {
    if (this.silent === 0) this.write(escapeUTF8(visible(text)));
  }

  close(): void {
    const open = this.stack.pop();
    if (!open) return;
    if (open.silent) this.silent -= 1;
    if (open.end.startsWith('</')) this.nested -= 1;
    // Ends are written also behind the cut: the document stays whole.
    this.parts.push(open.end);
  }

  private write(text: string): void {
    if (this.length + text.length > MAX_OUTPUT) this.cut = true;
    if (this.cut) return;
    this.length += text.length;
    this.parts.push(text);
  }

  end(): Sanitised {
    while (this.stack.length > 0) this.close();
    const dropped = [...this.counts]
      .map(([name, count]) => ({ name: visible(name).slice(0, 40), count }))
      .sort((a, b) => b.count - a.count);
    return { html: this.parts.join(''), dropped, cut: this.cut };
  }
}

/** A link is text with its address: in a frame without rights a click would still lead the frame away, and tell the site. */
function address(href: string | undefined): string {
  const shown = visible((href ?? '').trim()).slice(0, 300);
  return shown === '' || shown.startsWith('#') ? '' : ` <span class="address">[${escapeUTF8(shown)}]</span>`;
}

const FORMS: Readonly<Record<string, RegExp>> = {
  lang: /^[a-z\d-]{1,20}$/i,
  dir: /^(?:ltr|rtl|auto)$/i,
  colspan: /^\d{1,3}$/,
  rowspan: /^\d{1,3}$/,
  width: /^\d{1,4}%?$/,
  height: /^\d{1,4}%?$/,
  align: /^(?:left|right|center|justify)$/i,
  start: /^-?\d{1,6}$/,
};

/** Values that fit a form of ours; `title` as text; `style` declaration by declaration. No name of an attribute comes from the page. */
function attributesOf(attributes: Readonly<Record<string, string>>): string {
  const made = Object.entries(FORMS).flatMap(([name, form]) => {
    const value = Object.hasOwn(attributes, name) ? attributes[name]!.trim() : '';
    return form.test(value) ? [` ${name}="${value}"`] : [];
  });
  const style = cleanStyle(attributes['style'] ?? '');
  const title = visible(attributes['title'] ?? '').slice(0, 500);
  if (title !== '') made.push(` title="${escapeUTF8(title)}"`);
  if (style !== '') made.push(` style="${escapeUTF8(style)}"`);
  return made.join('');
}
