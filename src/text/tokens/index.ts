/**
 * Our own tokens of texts, so that every database gives the same answer (DESIGN §5): pairs of Chinese characters, folded stems of words.
 * A token says that a text may hold something; whether it does is looked up in the text (`seek`).
 */
import { fold, originalSpan } from '../fold.js';
import { romanKey, romanised } from './roman.js';
import { stemsOf, wordsOf } from './words.js';

export { romanKey, romanised } from './roman.js';

/** Rows of an index made under another version are made again. */
export const TOKENS_VERSION = '1';

const HAN_RUN = /\p{sc=Han}+/gu;

/** A pair of each two neighbours, and the last character alone: with it a single one is found as the beginning of a token. */
function hanTokens(run: string, add: (token: string) => void): void {
  const characters = Array.from(run);
  for (let at = 0; at + 1 < characters.length; at++) add(characters[at]! + characters[at + 1]!);
  add(characters.at(-1)!);
}

/** PostgreSQL takes a megabyte of them in one row; past this a text is found by its beginning only. */
const MOST_BYTES = 900_000;

export class TokenSet {
  private readonly tokens = new Set<string>();
  private bytes = 0;

  add(token: string): void {
    const cost = Buffer.byteLength(token) + 8;
    if (this.tokens.has(token) || this.bytes + cost > MOST_BYTES) return;
    this.bytes += cost;
    this.tokens.add(token);
  }

  /** What the text is found by; `field` sets those of one field apart. */
  addText(text: string, field = ''): void {
    for (const [run] of fold(text).text.matchAll(HAN_RUN)) hanTokens(run, (token) => { this.add(field + token); }); // prettier-ignore
    for (const word of wordsOf(text)) for (const stem of stemsOf(word.text)) this.add(field + stem);
  }

  /** Three letters each of the name read aloud. */
  addRoman(name: string): void {
    for (const token of romanTokens(romanKey(romanised(name)))) this.add(token);
  }

  /** In one order, whatever came first. */
  all(): string[] {
    return [...this.tokens].sort();
  }
}

const ROMAN = 'r:';

export const romanTokens = (key: string): string[] =>
  Array.from({ length: Math.max(0, key.length - 2) }, (_, at) => ROMAN + key.slice(at, at + 3));

/** One word of a question, or several between quotation marks. */
export interface Asked {
  typed: string;
  /** All must be there; of each any of the alternatives. `begins`: a token that begins so will do. */
  tokens: readonly { any: readonly string[]; begins: boolean }[];
  pieces: readonly Piece[];
}

interface Piece {
  han?: string;
  stems?: readonly string[];
  begins: boolean;
}

const MOST_ASKED = 20;

/** Blanks part words; quotation marks keep them together; `*` after a word asks for what begins so. */
export function askedOf(question: string): Asked[] {
  const typed = [...question.normalize('NFKC').matchAll(/["“”„«]([^"“”„»]+)["“”»]|(\S+)/gu)].map(
    ([whole, quoted]) => quoted ?? whole,
  );
  return typed.slice(0, MOST_ASKED).flatMap((each) => {
    const pieces = piecesOf(each);
    return pieces.length === 0 ? [] : [{ typed: each, pieces, tokens: pieces.flatMap(tokensOfPiece) }];
  }); // prettier-ignore
}

function piecesOf(typed: string): Piece[] {
  const found: (Piece & { at: number })[] = [];
  for (const { 0: run, index } of typed.matchAll(HAN_RUN)) {
    const han = fold(run).text;
    if (han !== '') found.push({ at: index, han, begins: false });
  }
  for (const { text, start, end } of wordsOf(typed)) {
    const stems = stemsOf(text);
    if (stems.length > 0) found.push({ at: start, stems, begins: typed.startsWith('*', end) });
  }
  return found.sort((a, b) => a.at - b.at).map(({ at: _, ...piece }) => piece);
}

function tokensOfPiece({ han, stems, begins }: Piece): Asked['tokens'][number][] {
  if (han === undefined) return [{ any: stems!, begins }];
  const characters = Array.from(han);
  if (characters.length === 1) return [{ any: characters, begins: true }];
  const any: Asked['tokens'][number][] = [];
  for (let at = 0; at + 1 < characters.length; at++)
    any.push({ any: [characters[at]! + characters[at + 1]!], begins: false });
  return any;
}

export interface Span {
  start: number;
  end: number;
}

interface SoughtWord {
  stems: readonly string[];
  end: number;
  next: number | undefined;
}

/** A text made ready for several questions. */
export interface Sought {
  text: string;
  /** Made when a question has Chinese characters. */
  folded(): ReturnType<typeof fold>;
  /** By where they begin; made when a question has several words together. */
  words(): ReadonlyMap<number, SoughtWord>;
}

export function soughtIn(text: string): Sought {
  let words: ReadonlyMap<number, SoughtWord> | undefined;
  let folded: ReturnType<typeof fold> | undefined;
  return { text, folded: () => (folded ??= fold(text)), words: () => (words ??= wordsIn(text)) };
}

function wordsIn(text: string): ReadonlyMap<number, SoughtWord> {
  const words = new Map<number, SoughtWord>();
  let before: SoughtWord | undefined;
  for (const { text: word, start, end } of wordsOf(text)) {
    const one: SoughtWord = { stems: stemsOf(word), end, next: undefined };
    words.set(start, one);
    if (before) before.next = start;
    before = one;
  }
  return words;
}

/** Where the text first holds what was asked, in its own letters; undefined when its tokens only looked like it. */
export function seek(sought: Sought, { pieces }: Asked): Span | undefined {
  const [first] = pieces;
  if (first?.han !== undefined && pieces.length === 1) return seekHan(sought, first.han, 0);
  if (pieces.every(({ han }) => han === undefined)) return seekWords(sought, pieces);
  // Both kinds in one word (3MX公司): each somewhere, shown where the first is.
  const spans = pieces.map((piece) => (piece.han === undefined ? seekWords(sought, [piece]) : seekHan(sought, piece.han, 0)));
  return spans.every((span) => span !== undefined) ? spans[0] : undefined;
} // prettier-ignore

function seekHan({ text, ...sought }: Sought, han: string, from: number): Span | undefined {
  const folded = sought.folded();
  const at = folded.text.indexOf(han, from);
  return at < 0 ? undefined : originalSpan(text, folded, at, at + han.length);
}

/** One after the other, as typed. A single word is looked for up to where it first stands. */
function seekWords(sought: Sought, pieces: readonly Piece[]): Span | undefined {
  const [only, ...more] = pieces;
  if (only && more.length === 0) {
    for (const { text, start, end } of wordsOf(sought.text)) if (isWord(stemsOf(text), only)) return { start, end };
    return undefined;
  }
  const words = sought.words();
  for (const start of words.keys()) {
    let at: number | undefined = start;
    let end = start;
    let held = 0;
    while (at !== undefined && held < pieces.length) {
      const word: SoughtWord = words.get(at)!;
      if (!isWord(word.stems, pieces[held]!)) break;
      held += 1;
      end = word.end;
      at = word.next;
    }
    if (held === pieces.length) return { start, end };
  }
  return undefined;
}

const isWord = (stems: readonly string[], { stems: wanted, begins }: Piece): boolean =>
  stems.some((stem) => wanted!.some((each) => (begins ? stem.startsWith(each) : stem === each)));
