import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { Parser } from 'htmlparser2';
import { normaliseText } from './text.js';

export { normaliseText };

/**
 * One streaming pass over a page. A WeChat page is 3 MB and mostly scripts: a full tree costs 0.9 s and 250 MB, this pass
 * 64 ms (facts/watching §2.19). The page is hostile: nothing here recurses with its depth, and what is kept is bounded by
 * the page's own size, which the capture limits bound.
 */
export interface Region {
  name: string;
  /** Whether this element begins the region. */
  match: (tag: string, attributes: Readonly<Record<string, string>>) => boolean;
}

export interface Collected {
  /** Text of the first element of each region: blocks as lines, normalised. */
  regions: Map<string, CollectedRegion>;
  ids: Set<string>;
  metas: { name: string; content: string }[];
  title: string;
  /** Text of inline scripts, in order. */
  scripts: string[];
  base?: string;
  /** True when `</html>` was met. */
  ended: boolean;
  /** How many elements there are, and how deep they lie in one another. */
  elements: number;
  depth: number;
  /** Reading stopped at `MAX_DEPTH`: what stands before it was read, and nothing may be concluded. */
  tooDeep: boolean;
  problems: string[];
}

export interface CollectedRegion {
  text: string;
  images: string[];
  links: { url: string; text: string }[];
}

const BLOCK = new Set(
  'address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
const SILENT = new Set(['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object', 'select', 'textarea']);
/** Deeper than any page a person wrote; the parser's own stack makes each further element dearer than the one before. */
const MAX_DEPTH = 10_000;

/** What stands in these is text as it is, entities too, up to their own end tag; but in SVG and MathML they are markup like any other. */
const RAW = new Set(['script', 'style', 'xmp', 'iframe', 'noembed', 'plaintext']);

class TooDeep extends Error {}

interface Open {
  tag: string;
  regions: string[];
  silent: boolean;
  raw: boolean;
}

class Collector {
  readonly result: Collected = {
    ...{ regions: new Map(), ids: new Set(), metas: [], title: '', scripts: [], ended: false },
    ...{ elements: 0, depth: 0, tooDeep: false, problems: [] },
  };
  private readonly stack: Open[] = [];
  private readonly active = new Map<
    string,
    { parts: string[]; images: string[]; links: { url: string; parts: string[] }[]; anchor: number }
  >();
  private readonly wanted: readonly Region[];
  private silentDepth = 0;
  private inTitle = false;
  private justBegun: Open | undefined;

  constructor(wanted: readonly Region[]) {
    this.wanted = wanted;
  }

  open(tag: string, attributes: Record<string, string>, foreign: boolean): void {
    for (const name in attributes)
      if (attributes[name]!.includes('&')) attributes[name] = decodeHTMLAttribute(attributes[name]!);
    if (this.stack.length >= MAX_DEPTH) throw new TooDeep();
    const regions = this.wanted.filter(
      ({ name, match }) => !this.result.regions.has(name) && !this.active.has(name) && match(tag, attributes),
    );
    for (const { name } of regions) this.active.set(name, { parts: [], images: [], links: [], anchor: -1 });
    const silent = SILENT.has(tag) || (attributes['class'] ?? '').includes('code-snippet__line-index');
    this.justBegun = { tag, regions: regions.map(({ name }) => name), silent, raw: !foreign && RAW.has(tag) };
    this.stack.push(this.justBegun);
    if (silent) this.silentDepth += 1;
    this.result.elements += 1;
    this.result.depth = Math.max(this.result.depth, this.stack.length);
    this.note(tag, attributes);
    if (BLOCK.has(tag)) this.append('\n');
  }

  private note(tag: string, attributes: Readonly<Record<string, string>>): void {
    const id = attributes['id'];
    if (id !== undefined && id !== '') this.result.ids.add(id);
    if (tag === 'meta') {
      const name = attributes['name'] ?? attributes['property'] ?? attributes['itemprop'];
      if (name !== undefined) this.result.metas.push({ name: name.trim(), content: attributes['content'] ?? '' });
    } else if (tag === 'base' && attributes['href'] !== undefined) this.result.base ??= attributes['href'];
    else if (tag === 'script') this.result.scripts.push('');
    else if (tag === 'title') this.inTitle = this.silentDepth === 0;
    else if (tag === 'img') {
      const url = attributes['data-src'] ?? attributes['src'];
      if (url !== undefined && url !== '') for (const region of this.active.values()) region.images.push(url);
    } else if (tag === 'a' && attributes['href'] !== undefined) {
      for (const region of this.active.values()) {
        region.links.push({ url: attributes['href'], parts: [] });
        region.anchor = region.links.length - 1;
      }
    }
  }

  /** The element that was just begun, if nothing in it is markup. */
  get rawText(): string | undefined {
    return this.justBegun?.raw === true ? this.justBegun.tag : undefined;
  }

  text(given: string): void {
    this.justBegun = undefined;
    const inside = this.stack.at(-1);
    const text = inside?.raw === true || !given.includes('&') ? given : decodeHTML(given);
    if (this.inTitle) this.result.title += text;
    if (inside?.tag === 'script') {
      const scripts = this.result.scripts;
      scripts[scripts.length - 1] = (scripts.at(-1) ?? '') + text;
    } else if (this.silentDepth === 0 && !this.inTitle) this.append(text);
  }

  private append(text: string): void {
    for (const region of this.active.values()) {
      region.parts.push(text);
      if (region.anchor >= 0) region.links[region.anchor]!.parts.push(text);
    }
  }

  close(tag: string): void {
    this.justBegun = undefined;
    if (tag === 'html') this.result.ended = true;
    if (tag === 'title') this.inTitle = false;
    if (tag === 'a') for (const region of this.active.values()) region.anchor = -1;
    if (BLOCK.has(tag) && tag !== 'br') this.append('\n');
    const open = this.stack.pop();
    if (!open) return;
    if (open.silent) this.silentDepth -= 1;
    for (const name of open.regions) this.finish(name);
  }

  finish(name: string): void {
    const region = this.active.get(name);
    if (!region) return;
    this.active.delete(name);
    const links = region.links.map(({ url, parts }) => ({ url, text: normaliseText(parts.join('')) }));
    this.result.regions.set(name, { text: normaliseText(region.parts.join('')), images: region.images, links });
  }

  end(): Collected {
    for (const name of [...this.active.keys()]) this.finish(name);
    this.result.title = normaliseText(this.result.title);
    return this.result;
  }
}

export function collect(html: string, regions: readonly Region[] = []): Collected {
  const collector = new Collector(regions);
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => {
        collector.open(tag, attributes, parser.isInForeignContext());
      },
      ontext: (text) => {
        collector.text(text);
      },
      onclosetag: (tag) => {
        collector.close(tag);
      },
    },
    // Decoded by the collector: the parser would go through every style letter by letter for them. (So are they, wrongly, in CDATA sections of MathML.)
    { decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  try {
    feed(parser, collector, html);
    parser.end();
  } catch (thrown) {
    if (!(thrown instanceof TooDeep)) throw thrown;
    collector.result.tooDeep = true;
    collector.result.problems.push(`the page nests elements more than ${MAX_DEPTH} deep; it was read up to there`);
  }
  return collector.end();
}

/** In comments and attributes `<script` begins none; a page full of such is left to the parser. */
const MOST_FALSE = 1_000;
const ENDS: Readonly<Record<string, RegExp>> = {
  script: /<\/script[ \n\t\f\r/>]/gi,
  style: /<\/style[ \n\t\f\r/>]/gi,
};

/**
 * Scripts and style sheets are handed over whole: the parser would walk them letter by letter, and a WeChat page is mostly those.
 * Where one begins is the parser's word, and where it ends its rule: at `</script` before a space, a slash or `>`.
 */
function feed(parser: Parser, collector: Collector, html: string): void {
  const begin = /<s(?:cript|tyle)/g;
  let at = 0;
  for (let wrong = 0; wrong < MOST_FALSE;) {
    begin.lastIndex = at;
    const begins = begin.exec(html)?.index;
    const to = begins === undefined ? -1 : html.indexOf('>', begins);
    if (to < 0) break;
    parser.write(html.slice(at, to + 1));
    at = to + 1;
    const end = ENDS[collector.rawText ?? ''];
    if (!end) {
      wrong += 1;
      continue;
    }
    end.lastIndex = at;
    const ends = end.exec(html)?.index;
    if (ends === undefined) break;
    if (ends > at) collector.text(html.slice(at, ends));
    at = ends;
  }
  parser.write(html.slice(at));
}

export const byId = (name: string, id: string): Region => ({ name, match: (_, attributes) => attributes['id'] === id });

export const byClass = (name: string, ...classes: readonly string[]): Region => ({
  name,
  match: (_, attributes) => {
    const own = (attributes['class'] ?? '').split(/\s+/);
    return classes.every((each) => own.includes(each));
  },
});

/** Visible text of a piece of HTML: block elements as line breaks, no scripts, normalised. */
export function htmlToText(html: string): string {
  return collect(`<div>${html}</div>`, [{ name: 'all', match: () => true }]).regions.get('all')?.text ?? '';
}
