/**
 * XML lists, one record in memory at a time. A document type is refused: entities of its own are how a small file becomes a
 * large one, and no publisher here uses them.
 */
import { Parser } from 'htmlparser2';
import { type TextOptions, LIMITS, badList, clean, textPieces, tooLong } from './text.js';

export interface XmlNode {
  /** Without its prefix. */
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlNode[];
  /** Its own text, as it stands. */
  text: string;
}

/** What a piece of text is called among the children, where their order is asked for. */
export const TEXT = '#text';

export interface XmlOptions extends TextOptions {
  /** Local name of the root, and of the elements that are handed over whole. */
  root: string;
  records: readonly string[];
  record: (node: XmlNode) => void;
  /** Text stands among the children, in its place (`TEXT`), as documents for people have it; else in `text`, as data has it. */
  isMixed?: boolean;
  /** The root's attributes, and small elements outside records, with their text. */
  other?: (name: string, text: string, attributes: Readonly<Record<string, string>>) => void;
}

const DEPTH = 60;

export function readXml(bytes: Uint8Array, options: XmlOptions): void {
  const reader = new Reader(options);
  let fed = 0;
  for (const piece of textPieces(bytes, options)) {
    reader.write(piece);
    fed += piece.length;
    // A comment or a tag that never ends makes no event, and would be held whole.
    if (fed - reader.lastEvent > Math.max(piece.length, 1) + (options.limits ?? LIMITS).record)
      throw tooLong(options.file, 'one piece of markup', options.limits ?? LIMITS);
  }
  reader.end();
}

class Reader {
  lastEvent = 0;
  readonly #options: XmlOptions;
  readonly #parser: Parser;
  readonly #records: Set<string>;
  /** Names outside of a record, nodes inside of one. */
  readonly #path: string[] = [];
  readonly #open: XmlNode[] = [];
  #start = 0;
  #openedAt = -1;
  #leaf: { attributes: Readonly<Record<string, string>>; text: string } | undefined;

  constructor(options: XmlOptions) {
    this.#options = options;
    this.#records = new Set(options.records);
    this.#parser = new Parser(
      {
        onopentag: (tag, attributes) => {
          this.#onOpen(local(tag), attributes);
        },
        ontext: (piece) => {
          this.#onText(piece);
        },
        onclosetag: (tag, implied) => {
          this.#onClose(local(tag), implied);
        },
        onprocessinginstruction: (name) => {
          this.#event();
          if (name.startsWith('!'))
            throw badList(`${options.file} has a document type (DTD), which no list needs: refused`);
        },
        oncomment: () => {
          this.#event();
        },
      },
      { xmlMode: true, decodeEntities: true },
    );
  }

  write(piece: string): void {
    this.#parser.write(piece);
  }

  end(): void {
    this.#parser.end();
    if (this.#openedAt < 0) throw badList(`${this.#options.file} is not XML: it has no element`);
  }

  #event(): void {
    this.lastEvent = this.#parser.endIndex;
    const { file, limits = LIMITS } = this.#options;
    if (this.#open.length > 0 && this.lastEvent - this.#start > limits.record)
      throw tooLong(file, `the ${this.#open[0]!.name} that starts at character ${this.#start}`, limits);
  }

  #onOpen(name: string, attributes: Readonly<Record<string, string>>): void {
    const { file, root } = this.#options;
    if (this.#openedAt < 0 && name !== root) throw wrongRoot(file, name, root);
    this.#openedAt = this.#parser.endIndex;
    if (this.#path.length === 0) this.#options.other?.(name, '', attributes);
    if (this.#path.length + this.#open.length >= DEPTH) throw badList(`${file} is nested deeper than any list`);
    const parent = this.#open.at(-1);
    if (parent || (this.#path.length > 0 && this.#records.has(name))) {
      if (!parent) this.#start = this.#parser.startIndex;
      const node: XmlNode = { name, attributes, children: [], text: '' };
      parent?.children.push(node);
      this.#open.push(node);
    } else {
      this.#path.push(name);
      this.#leaf = { attributes, text: '' };
    }
    this.#event();
  }

  #onText(piece: string): void {
    this.#event();
    const node = this.#open.at(-1);
    if (node && this.#options.isMixed) node.children.push({ name: TEXT, attributes: {}, children: [], text: piece });
    else if (node) node.text += piece;
    // Text between records is white space; of anything else the first of it is enough.
    else if (this.#leaf && this.#leaf.text.length < 1_000) this.#leaf.text += piece;
  }

  #onClose(name: string, implied: boolean): void {
    // `<x/>` closes where it was opened; any other implied end means that the document stops or is damaged.
    if (implied && this.#parser.endIndex !== this.#openedAt)
      throw badList(`${this.#options.file} is cut: the element ${name} never ends`);
    this.#event();
    const node = this.#open.pop();
    if (node) {
      if (this.#open.length === 0) this.#options.record(node);
      return;
    }
    this.#path.pop();
    if (this.#leaf) this.#options.other?.(name, clean(this.#leaf.text), this.#leaf.attributes);
    this.#leaf = undefined;
  }
}

/** What the roots of other publishers' files are called, to name what somebody gave. */
const ROOTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    sdnList: 'OFAC’s standard XML',
    Sanctions: 'OFAC’s advanced XML',
    sanctionsData: 'OFAC’s enhanced XML',
    CONSOLIDATED_LIST: 'the UN list',
    export: 'the EU’s consolidated list',
    Designations: 'the UK sanctions list',
    'swiss-sanctions-list': 'the Swiss list',
    'document-content': 'a spreadsheet',
  }),
);

function wrongRoot(file: string, got: string, wanted: string): Error {
  const what = (root: string): string => {
    const known = ROOTS.get(root);
    return known === undefined ? `XML with the root ${root.slice(0, 40)}` : `${known} (${root})`;
  };
  return badList(
    `${file} is ${what(got)}, not ${what(wanted)}`,
    'Give the file to the list it is of; nothing was kept.',
  );
}

/** Local name of the first element, as far as it can be seen in the beginning; undefined for what is no XML. */
export function xmlRoot(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 65_536)).toString('utf8');
  const text = head.replace(/<!--[^]*?-->|<\?[^]*?\?>|<![^>[]*(?:\[[^]*?\]\s*)?>/g, '').replace(/^\ufeff/, '');
  const tag = /^\s*<([^\s/>]{1,100})/.exec(text)?.[1];
  return tag === undefined ? undefined : local(tag);
}

function local(tag: string): string {
  return tag.slice(tag.indexOf(':') + 1);
}

/** Nodes at `a/b/c` below this one, in order. */
export function nodesAt(node: XmlNode, path: string): XmlNode[] {
  let found = [node];
  for (const step of path.split('/'))
    found = found.flatMap(({ children }) => children.filter(({ name }) => name === step));
  return found;
}

/** Texts at `a/b/c` that are not empty. */
export function textsAt(node: XmlNode, path: string): string[] {
  return nodesAt(node, path)
    .map(({ text }) => clean(text))
    .filter((text) => text !== '');
}

/** The first text there, or empty. */
export function textAt(node: XmlNode, path: string): string {
  return textsAt(node, path)[0] ?? '';
}
