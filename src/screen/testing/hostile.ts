/**
 * Files made to do harm, or of somebody else. Whoever can write the file, or stand between us and its publisher, controls every byte:
 * each is refused in one sentence, or told of, and none may cost more memory than one record.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { AsPostedError } from '../../model/index.js';
import { plain } from '../index.js';
import type { Subject } from './conformance.js';
import { FOREIGN } from './fixtures.js';

export function hostileSuite(subject: Subject): void {
  encodings(subject);
  if (/^\s*</.test(subject.fixture.head)) entities(subject);
  endless(subject);
  strangers(subject);
  names(subject);
}

function encodings(subject: Subject): void {
  const { fixture, whole, read, refused, say } = subject;
  test(say('UTF-16, windows-1251 and GB 18030 are refused, with or without a mark'), () => {
    const utf16 = Buffer.from(whole, 'utf16le');
    refused(Buffer.from(`\ufeff${whole}`, 'utf16le'), /UTF-16/);
    refused(Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]), /UTF-16/);
    refused(utf16, /UTF-16/);
    // Words of a list in the other encodings, as bytes: Пример and 示例公司.
    for (const word of ['cff0e8ece5f0', 'cabec0fdb9abcbbe']) {
      const [before, after] = splitAtName(subject);
      const bytes = Buffer.concat([Buffer.from(before), Buffer.from(word, 'hex'), Buffer.from(after)]);
      if (fixture.isAscii) assert.match(read(bytes).problems.join(), /letters beyond ASCII/);
      else refused(bytes, /UTF-8/);
    }
  });
}

/** In the middle of the first name, where a letter changes nothing else. */
function splitAtName({ fixture, whole }: Pick<Subject, 'fixture' | 'whole'>): [string, string] {
  const from = fixture.head.replace('%COUNT%', '').length;
  const at = from + whole.slice(from).search(/xample|RIMEROV|XAMPLE|rimerov/);
  return [whole.slice(0, at), whole.slice(at)];
}

/** The ways in which a document says that it is of another kind, and what is meant to come of it. */
const DOCTYPES: readonly (readonly [string, string])[] = [
  ['a billion laughs', '<!DOCTYPE lol [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'],
  ['a file of ours', '<!DOCTYPE x [<!ENTITY own SYSTEM "file:///etc/passwd">]>'],
  ['an address of ours', '<!DOCTYPE x SYSTEM "http://127.0.0.1:4270/api/v1/notices">'],
  ['a parameter entity', '<!DOCTYPE x [<!ENTITY % p SYSTEM "https://example.org/x.dtd"> %p;]>'],
];

function entities(subject: Subject): void {
  const { fixture, whole, read, refused, say } = subject;
  test(say('a document type is refused: entities of its own are never expanded, nothing outside is fetched'), () => {
    const [declaration = ''] = /^\s*<\?xml[^>]*\?>\s*/.exec(whole) ?? [];
    const rest = whole.slice(declaration.length);
    for (const [, doctype] of DOCTYPES) {
      refused(declaration + doctype + rest, /document type/);
      refused(`${declaration}<!-- -->\n${doctype}${rest}`, /document type/);
    }
    // Too late for a document type, but a parser that is not strict would take it.
    const [root = ''] = /^<[^>]*>/.exec(rest) ?? [];
    refused(declaration + root + DOCTYPES[0]![1] + rest.slice(root.length), /document type/);
  });

  test(say('an entity that nobody declared is text, and nesting has an end'), () => {
    const [before, after] = splitAtName(subject);
    assert.deepEqual(read(`${before}&own;${after}`).problems, []);
    const { length } = fixture.head.replace('%COUNT%', String(fixture.records.length));
    refused(whole.slice(0, length) + '<a>'.repeat(500) + whole.slice(length), /nested deeper/);
  });
}

/** A file of a gigabyte of which only what is asked for exists. */
class Endless extends Uint8Array {
  /** How many bytes were looked at. */
  asked = 0;
  readonly #head: Buffer;
  readonly #filler = Buffer.alloc(65_536, 'x');

  constructor(head: Buffer) {
    super(Buffer.concat([head, Buffer.alloc(Math.max(65_536 - head.length, 0), 'x')]));
    this.#head = Buffer.from(this.buffer);
  }

  override get length(): number {
    return 1_000_000_000;
  }

  override at(): number {
    return 0x78;
  }

  override subarray(from = 0, to = this.length): Uint8Array<ArrayBuffer> {
    this.asked += to - from;
    const bytes = Buffer.concat([this.#head.subarray(from, to), this.#filler]);
    return new Uint8Array(bytes.subarray(0, to - from));
  }
}

function endless(subject: Subject): void {
  const { fixture, whole, refused, say } = subject;
  test(say('a line of a gigabyte is refused when it is longer than a record, not when all of it was read'), () => {
    const limit = 300_000;
    const [before] = splitAtName(subject);
    const file = new Endless(Buffer.from(before));
    refused(file, /longer than/, limit);
    assert.ok(file.asked < 5 * limit, `${file.asked} bytes were read of a record of ${limit}`);
    // Nothing that begins like this list: not even a first record.
    const blank = new Endless(Buffer.from(fixture.head.slice(0, 1)));
    refused(blank, /longer than|not|no /, limit);
    assert.ok(blank.asked < 5 * limit, `${blank.asked} bytes were read`);
  });

  test(say('a packed file that is cut is refused'), () => {
    const cut = gzipSync(whole).subarray(0, -12);
    const isRefused = (thrown: unknown): boolean => thrown instanceof AsPostedError && thrown.code === 'BAD_LIST';
    assert.throws(() => plain(cut), isRefused);
  });
}

function strangers({ kind, refused, say }: Subject): void {
  test(say('a file of another publisher is refused, never read as an empty list'), () => {
    const others = FOREIGN.filter(({ of }) => !of.test(kind.list));
    assert.ok(others.length >= FOREIGN.length - 5, 'nearly all files are of somebody else');
    for (const { text } of others) refused(text, /not|no |missing|empty|cannot be read/);
  });
}

/** Names that every object has: a table that is looked up with them answers with a function. */
const INHERITED = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];

function names({ whole, read, say }: Subject): void {
  test(say('words that every object knows are words like others'), () => {
    for (const word of INHERITED) {
      const text = whole.replaceAll(
        /Individual|Entity(?=["<,])|"individual"|Russian Federation|Russia(?=["<,;])|fiscalcode|"Company"|LegalEntity|firm|person(?=["<;])/g,
        (found) => (found.startsWith('"') ? `"${word}"` : word),
      );
      const { rows } = read(text);
      assert.ok(rows.length >= 1, 'entries of a kind or country nobody knows are entries');
      for (const { schema, countries, identifiers } of rows) {
        assert.match(schema, /^[A-Z][A-Za-z]+$/);
        for (const each of [...countries, ...identifiers.map(({ type }) => type)]) assert.match(each, /^[a-z]+$/);
      }
    }
  });
}
