/** JSON lists, one record in memory at a time: an array at the top or under one key, or one object a line. */
import type { Told } from './collect.js';
import { type TextOptions, LIMITS, badList, clean, textLines, textPieces, tooLong } from './text.js';

export type JsonObject = Record<string, unknown>;

export interface JsonOptions extends TextOptions {
  told: Told;
  /** Key of the array, at the top of the document; absent when the document is the array. */
  key?: string;
  /** What stands beside the array, after all records. */
  header?: (beside: JsonObject) => void;
}

/** Records of the array. Brackets are counted by hand, so that no more than one record is held; each is JSON.parse's work. */
export function* jsonRecords(bytes: Uint8Array, options: JsonOptions): Generator<JsonObject> {
  const scanner = new Scanner(options);
  for (const piece of textPieces(bytes, options)) yield* scanner.scan(piece);
  scanner.end();
}

class Scanner {
  readonly #options: JsonOptions;
  readonly #arrayAt: number;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #isInArray = false;
  #wasInArray = false;
  /** What stands outside of records. */
  #beside = '';
  #record: string[] | undefined;
  #held = 0;
  #count = 0;

  constructor(options: JsonOptions) {
    this.#options = options;
    this.#arrayAt = options.key === undefined ? 0 : 1;
  }

  *scan(text: string): Generator<JsonObject> {
    const piece = text.replace(/^\ufeff/, '');
    let from = 0;
    for (let at = 0; at < piece.length; at++) {
      const char = piece.charCodeAt(at);
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (char === BACKSLASH) this.#isEscaped = true;
        else if (char === QUOTE) this.#isInString = false;
        continue;
      }
      if (char === QUOTE) this.#isInString = true;
      else if (char === OPEN_BRACE || char === OPEN_BRACKET) {
        if (this.#opens(char, piece.slice(from, at))) from = at;
      } else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) {
        if (!this.#closes(char, piece.slice(from, at + 1))) continue;
        if (this.#record) yield this.#take();
        from = at + 1;
      }
    }
    this.#hold(piece.slice(from));
  }

  end(): void {
    const { file, key, header } = this.#options;
    if (this.#depth > 0 || this.#isInString) throw badList(`${file} is cut: its JSON never ends`);
    if (!this.#wasInArray) {
      throw badList(`${file} is not this list: it has no list of records${key === undefined ? '' : ` under “${key}”`}`);
    }
    const beside = parseJson(this.#beside.replace(/(?<=\[)[\s,]*(?=\])/, ''), file, 'what stands beside its records');
    if (!Array.isArray(beside)) header?.(beside as JsonObject);
  }

  /** True when a record begins here: what stood before it has been put away. */
  #opens(char: number, before: string): boolean {
    const { key } = this.#options;
    const depth = this.#depth++;
    if (this.#depth > DEPTH) throw badList(`${this.#options.file} is nested deeper than any list`);
    if (this.#isInArray && depth === this.#arrayAt + 1 && char === OPEN_BRACE) {
      this.#hold(before);
      this.#record = [];
      this.#held = 0;
      return true;
    }
    if (depth !== this.#arrayAt || char !== OPEN_BRACKET || this.#wasInArray) return false;
    const label = key === undefined ? /^\s*$/ : new RegExp(`"${key}"\\s*:\\s*$`);
    if (label.test(this.#beside + before)) this.#isInArray = this.#wasInArray = true;
    return false;
  }

  /** True when a record, or the array, ends with this bracket. */
  #closes(char: number, upTo: string): boolean {
    this.#depth--;
    if (this.#depth < 0) throw badList(`${this.#options.file} is no JSON: a bracket closes that was never opened`);
    const isEnd = char === CLOSE_BRACKET && this.#isInArray && this.#depth === this.#arrayAt;
    const isRecord = this.#record !== undefined && this.#depth === this.#arrayAt + 1;
    if (!isEnd && !isRecord) return false;
    this.#hold(upTo);
    if (isEnd) this.#isInArray = false;
    return true;
  }

  #hold(text: string): void {
    const { file, limits = LIMITS } = this.#options;
    this.#held += text.length;
    if (this.#held > limits.record) throw tooLong(file, `what stands after record ${this.#count}`, limits);
    if (this.#record) this.#record.push(text);
    else this.#beside += text;
  }

  #take(): JsonObject {
    const text = this.#record!.join('');
    this.#record = undefined;
    this.#held = 0;
    this.#count += 1;
    this.#options.told.met();
    return parseJson(text, this.#options.file, `record ${this.#count}`) as JsonObject;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const DEPTH = 60;

/** One object a line. A line that is no object is rejected; a last one that is none means a cut file. */
export function* jsonLines(bytes: Uint8Array, options: TextOptions & { told: Told }): Generator<JsonObject> {
  const { file, told } = options;
  let read = 0;
  for (const { number, text, ended } of textLines(bytes, options)) {
    const line = text.replace(/^\ufeff/, '').trim();
    if (line === '') continue;
    told.met();
    try {
      const value: unknown = JSON.parse(line);
      if (isObject(value)) {
        read += 1;
        yield value;
      } else told.reject(`line ${number} is no object`);
    } catch (thrown) {
      if (!(thrown instanceof SyntaxError)) throw thrown;
      // Where nothing was read before, this is no list whose end is missing, but something else.
      if (!ended && read > 0) throw badList(`${file} is cut: it stops in the middle of line ${number}`);
      told.reject(`line ${number} is no JSON`);
    }
  }
}

function parseJson(text: string, file: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badList(`${file} is no JSON: ${what} cannot be read`);
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text or a number as text; empty for everything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? clean(String(value)) : '';
}

/** Texts of an array, or one text. */
export function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(textOf).filter((text) => text !== '');
}
