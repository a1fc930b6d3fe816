/** What every list must do with good files and bad ones. A list's own test calls this in one line. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { AsPostedError } from '../../model/index.js';
import type { ListKind, ListRow, ParsedList } from '../list-kind.js';
import { checkShrink, foldVersion, laterThan, parseListState, plain } from '../index.js';

/** One form of a list, in parts, so that the suite can put broken files together. Rows are invented, never the publisher's. */
export interface ListFixture {
  /** What `parse` says the form is. */
  form: string;
  head: string;
  /** At least two, each with its own id; the second entry is taken for the one that is there twice. */
  records: readonly string[];
  tail: string;
  /** Between records: `,` in JSON. */
  between?: string;
  /** Ids of the entries, in order. */
  entries: readonly string[];
  /** Files beside it, by role. */
  beside?: Readonly<Record<string, string>>;
  /** The same record with a date that is still to come, where the form has dates. */
  future?: string;
  /** A record in which a letter of another encoding may stand; false where the publisher writes ASCII only. */
  isUtf8?: boolean;
  /** Counts or checksums of the file's own: a file with another number of records is cut. */
  counts?: boolean;
}

const LATER = '2999-01-01';

export function listSuite(kind: ListKind, fixtures: readonly ListFixture[]): void {
  const { list } = kind;
  test(`${list}: describes itself`, () => {
    describesItself(kind);
  });
  for (const fixture of fixtures) {
    const { form } = fixture;
    const say = (what: string): string => `${list} (${form}): ${what}`;
    const read = (text: string | Uint8Array, limit?: number): ParsedList => readText(kind, fixture, text, limit);
    const refused = (text: string | Uint8Array, pattern: RegExp, limit?: number): void => {
      assert.throws(
        () => read(text, limit),
        (thrown: unknown) => {
          assert.ok(thrown instanceof AsPostedError, String(thrown));
          assert.equal(thrown.code, 'BAD_LIST');
          assert.match(thrown.message, pattern);
          assert.doesNotMatch(thrown.message, /\n/, 'one sentence');
          return true;
        },
      );
    };
    const whole = fileOf(fixture, fixture.records);

    test(say('the entries of a good file, with nothing to tell'), () => {
      const parsed = read(whole);
      assert.equal(parsed.form, form);
      assert.deepEqual(parsed.problems, []);
      assert.deepEqual(
        parsed.rows.map(({ entry }) => entry),
        fixture.entries,
      );
      parsed.rows.forEach(isSound);
      assert.deepEqual(read(plain(gzipSync(whole))).rows, parsed.rows);
    });

    test(say('a byte order mark changes nothing'), () => {
      assert.deepEqual(read(`\ufeff${whole}`).rows, read(whole).rows);
    });

    test(say('empty, blank, without records, a web page, another encoding: refused in one sentence'), () => {
      refused('', /empty/);
      refused(' \r\n\n ', /empty|no /);
      if (!fixture.counts) refused(fileOf(fixture, []), /empty|no entry|no record|not this list|is no /);
      refused('<!DOCTYPE html>\n<html><body>429 Too many requests</body></html>', /web page|HTML/);
      refused('<html><head><title>Just a moment…</title></head></html>', /web page|HTML/);
      refused(Buffer.from(`\ufeff${whole}`, 'utf16le'), /UTF-16|UTF-8|binary/);
      if (fixture.isUtf8 !== false)
        refused(Buffer.concat([Buffer.from(whole), Buffer.from([0xd3, 0xd1, 0x0a])]), /UTF-8|cut|JSON/);
    });

    test(say('a file that is cut anywhere is refused, or says that it may be cut'), () => {
      const from = fixture.head.length + 1;
      const end = whole.trimEnd().length - 1;
      for (let at = from; at < end; at += Math.max(1, Math.floor((end - from) / 60)))
        cutIsSeen(read, whole.slice(0, at));
    });

    test(say('an entry that is there twice is one, and told of'), () => {
      if (fixture.counts) return;
      const { rows, problems } = read(fileOf(fixture, [...fixture.records, fixture.records[1]!]));
      assert.deepEqual(
        rows.map(({ entry }) => entry),
        fixture.entries,
      );
      // Where a record is a row of several of one entry, the same row again adds nothing.
      assert.ok(problems.length <= 1);
    });

    test(say('a line without an end is refused before it is held'), () => {
      const longest = Math.max(...fixture.records.map(({ length }) => length), fixture.head.length) + 500;
      const open = `${fixture.head}${fixture.records[0]!.slice(0, -2)}`;
      refused(open + 'x'.repeat(3 * longest + 200_000), /longer than/, longest);
    });

    if (/^\s*</.test(fixture.head)) {
      test(say('a document type is refused: entities of its own are never expanded'), () => {
        const bomb = `<!DOCTYPE lol [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>`;
        const [declaration = ''] = /^\s*<\?xml[^>]*\?>\s*/.exec(whole) ?? [];
        refused(declaration + bomb + whole.slice(declaration.length), /document type/);
      });
    }

    test(say('a date that is still to come is kept, and told of'), () => {
      if (fixture.future === undefined) return;
      const { rows } = read(fileOf(fixture, [...fixture.records.slice(0, -1), fixture.future]));
      assert.ok(rows.some(({ listedOn }) => listedOn === LATER));
      assert.match(laterThan(rows, '2026-01-01').join(), /2999-01-01, after the list’s own day/);
    });

    test(say('a file with half of the entries is refused, and what was held stays in force'), () => {
      const { rows } = read(whole);
      const held = foldVersion([], rows, { list, publishedAt: '2026-01-01' });
      assert.throws(() => {
        checkShrink(list, rows.length * 2, rows.length);
      }, /would shrink/);
      assert.equal(held.filter(({ to }) => to === null).length, rows.length);
      assert.deepEqual(
        foldVersion(held, backFromStore(rows), { list, publishedAt: '2026-01-02' }),
        held,
        'nothing changed',
      );
    });
  }
}

function fileOf({ head, tail, between = '' }: ListFixture, records: readonly string[]): string {
  return head + records.join(between) + tail;
}

function readText(kind: ListKind, fixture: ListFixture, text: string | Uint8Array, record?: number): ParsedList {
  const beside = Object.entries(fixture.beside ?? {}).map(([role, each]) => [role, Buffer.from(each)]);
  const files = { ...(Object.fromEntries(beside) as Record<string, Uint8Array>), main: Buffer.from(text as string) };
  return parseListState(kind, files, new Map(), record === undefined ? undefined : { record });
}

/** At the end of a line nothing shows the cut but the number of entries, which is guarded elsewhere. */
function cutIsSeen(read: (text: string) => ParsedList, cut: string): void {
  if (/[\n\x1a]$/.test(cut)) return;
  let parsed: ParsedList;
  try {
    parsed = read(cut);
  } catch (thrown) {
    assert.ok(thrown instanceof AsPostedError && thrown.code === 'BAD_LIST', String(thrown));
    return;
  }
  assert.notDeepEqual(parsed.problems, [], `read as a whole list: …${cut.slice(-40)}`);
}

/** Keys in another order, as the database gives them back. */
function backFromStore(rows: readonly ListRow[]): ListRow[] {
  const turned = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(turned)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, each]) => [key, turned(each)]),
          )
        : value;
  return turned(rows) as ListRow[];
}

const SCHEMAS = ['Person', 'Company', 'LegalEntity', 'Vessel', 'Airplane', 'Organization'];

function isSound(row: ListRow): void {
  const { entry, name, aliases, identifiers, countries } = row;
  assert.notEqual(entry, '');
  assert.match(name, /[\p{L}\p{N}]/u);
  assert.ok(SCHEMAS.includes(row.schema), row.schema);
  for (const alias of aliases) {
    assert.match(alias.name, /[\p{L}\p{N}]/u);
    assert.equal(alias.weak, alias.kind === 'weak');
    assert.notEqual(alias.name, name);
  }
  for (const { type, value } of identifiers) assert.ok(type !== '' && /[0-9A-Za-z]/.test(value), `${type} ${value}`);
  for (const country of countries) assert.match(country, /^[a-z]{2}$/);
  assert.doesNotThrow(() => JSON.stringify(row));
  for (const [field, value] of Object.entries(row)) assert.notEqual(value, undefined, `${field} is there or not there`);
}

function describesItself(kind: ListKind): void {
  assert.match(kind.list, /^[a-z][a-z0-9_]+$/);
  for (const text of [kind.title, kind.authority, kind.licence]) assert.ok(text.length > 3 && !text.includes('\n'));
  assert.match(kind.entryUrl('1'), /^https:\/\//);
  assert.ok(kind.files['main'], 'a version is named by its main file');
  const addresses = [kind.addresses, ...Object.values(kind.forms ?? {}), kind.named?.addresses(`${kind.list}_x`) ?? {}];
  for (const each of addresses)
    for (const address of Object.values(each)) assert.equal(new URL(address).protocol, 'https:');
  for (const role of Object.keys(kind.addresses)) assert.ok(kind.files[role], `${role} is no role of its files`);
  if (/NC\b/.test(kind.licence))
    assert.match(kind.use ?? '', /commercial.*ships none/, 'a licence that forbids is told');
}
