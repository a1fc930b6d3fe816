/** What every list must do with good files and bad ones. A list's own test calls this in one line. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { AsPostedError } from '../../model/index.js';
import type { ListKind, ListRow, ParsedList } from '../list-kind.js';
import { checkKept, checkShrink, foldVersion, laterThan, parseListState, plain } from '../index.js';
import { hostileSuite } from './hostile.js';

/** One form of a list, in parts, so that the suite can put broken files together. Rows are invented, never the publisher's. */
export interface ListFixture {
  /** What `parse` says the form is. */
  form: string;
  /** `%COUNT%`: the number of records the file says it holds, where the form says it. */
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
  /** A record with a date that is still to come (2999-01-01); null where the form has no dates of listing. */
  future: string | null;
  /** A record that cannot be used: without its id, or not of the form. */
  broken: string;
  /** A record that comes again is another row of one entry, and nothing to tell of. */
  isSpread?: true;
  /** The publisher writes ASCII only: nothing shows another encoding but a letter. */
  isAscii?: true;
}

const LATER = '2999-01-01';

/** A fixture with what reads it. */
export interface Subject {
  fixture: ListFixture;
  kind: ListKind;
  whole: string;
  read: (text: string | Uint8Array, limit?: number) => ParsedList;
  /** Refused, with BAD_LIST and one sentence. */
  refused: (text: string | Uint8Array, pattern: RegExp, limit?: number) => void;
  say: (what: string) => string;
}

/** `also`: forms that are no text, which a list tests by itself. */
export function listSuite(kind: ListKind, fixtures: readonly ListFixture[], also: readonly string[] = []): void {
  test(`${kind.list}: describes itself`, () => {
    describesItself(kind, [...fixtures.map(({ form }) => form), ...also]);
  });
  for (const fixture of fixtures) {
    const subject = subjectOf(kind, fixture);
    goodFiles(subject);
    badFiles(subject);
    versions(subject);
    hostileSuite(subject);
  }
}

function subjectOf(kind: ListKind, fixture: ListFixture): Subject {
  const read = (text: string | Uint8Array, limit?: number): ParsedList => readText(kind, fixture, text, limit);
  return {
    fixture,
    kind,
    read,
    whole: fileOf(fixture, fixture.records),
    say: (what) => `${kind.list} (${fixture.form}): ${what}`,
    refused: (text, pattern, limit) => {
      assert.throws(
        () => read(text, limit),
        (thrown: unknown) => {
          assert.ok(thrown instanceof AsPostedError, `not one of ours: ${String(thrown)}`);
          assert.equal(thrown.code, 'BAD_LIST');
          assert.match(thrown.message, pattern);
          assert.doesNotMatch(thrown.message, /\n/, 'one sentence');
          return true;
        },
      );
    },
  };
}

function goodFiles({ fixture, read, whole, say }: Subject): void {
  test(say('the entries of a good file, with nothing to tell, and every record accounted for'), () => {
    const parsed = read(whole);
    assert.equal(parsed.form, fixture.form);
    assert.deepEqual(parsed.problems, []);
    assert.deepEqual(idsOf(parsed), fixture.entries);
    assert.deepEqual(parsed.counts, { records: fixture.records.length, rejected: 0 });
    parsed.rows.forEach(isSound);
    assert.deepEqual(read(plain(gzipSync(whole))).rows, parsed.rows);
  });

  test(say('a byte order mark changes nothing'), () => {
    assert.deepEqual(read(`\ufeff${whole}`).rows, read(whole).rows);
  });

  test(say('a date that is still to come is kept, and told of'), () => {
    if (fixture.future === null) {
      assert.ok(
        read(whole).rows.every(({ listedOn }) => listedOn === undefined),
        'the form has dates: give a record with one that is still to come',
      );
      return;
    }
    const { rows } = read(fileOf(fixture, [...fixture.records.slice(0, -1), fixture.future]));
    assert.ok(
      rows.some(({ listedOn }) => listedOn === LATER),
      'kept as printed',
    );
    assert.match(laterThan(rows, '2026-01-01').join(), /2999-01-01, after the list’s own day/);
  });

  test(say('an entry that is there twice is one, and told of'), () => {
    const parsed = read(fileOf(fixture, [...fixture.records, fixture.records[1]!]));
    assert.deepEqual(idsOf(parsed), fixture.entries);
    if (fixture.isSpread) assert.deepEqual(parsed.problems, [], 'the same row again adds nothing');
    else assert.match(parsed.problems.join(), /twice/);
    assert.equal(parsed.counts?.records, fixture.records.length + 1);
  });
}

function badFiles({ fixture, read, refused, whole, say }: Subject): void {
  test(say('empty, blank, without records, a web page: refused in one sentence'), () => {
    refused('', /empty/);
    refused(' \r\n\n ', /empty|no /);
    refused(fileOf(fixture, []), /empty|no entry|no record|not this list|is no /);
    refused('<!DOCTYPE html>\n<html><body>429 Too many requests</body></html>', /web page|HTML/);
    refused('<html><head><title>Just a moment…</title></head></html>', /web page|HTML/);
  });

  test(say('a file that is cut anywhere is refused, or says that it may be cut'), () => {
    const from = fixture.head.length + 1;
    const end = whole.trimEnd().length - 1;
    for (let at = from; at < end; at += Math.max(1, Math.floor((end - from) / 60))) cutIsSeen(read, whole.slice(0, at));
  });

  if (fixture.head.includes('%COUNT%'))
    test(say('a file that says it holds more or fewer records than it does is refused'), () => {
      const { records } = fixture;
      refused(fileOf(fixture, records.slice(0, -1), records.length), /says that it holds \d+ records, and \d+ are/);
      refused(fileOf(fixture, records, records.length - 1), /says that it holds/);
    });

  test(say('a record that cannot be used is counted and told of; many of them are another file'), () => {
    const one = read(fileOf(fixture, [...fixture.records, fixture.broken]));
    assert.deepEqual(one.counts, { records: fixture.records.length + 1, rejected: 1 });
    assert.deepEqual(idsOf(one), fixture.entries);
    assert.equal(one.problems.length, 1, one.problems.join('\n'));
    const broken = Array.from({ length: 5 }, () => fixture.broken);
    refused(fileOf(fixture, [...fixture.records, ...broken]), /5 of \d+ records cannot be read/);
  });

  test(say('a line without an end is refused before it is held'), () => {
    const longest = Math.max(...fixture.records.map(({ length }) => length), fixture.head.length) + 500;
    const open = `${headOf(fixture, 2)}${fixture.records[0]!.slice(0, -2)}`;
    refused(open + 'x'.repeat(3 * longest + 200_000), /longer than/, longest);
  });
}

function versions({ fixture, kind: { list }, read, whole, say }: Subject): void {
  test(say('a file without half of the entries, or with others in their place, is no next version'), () => {
    const { rows } = read(whole);
    const [first] = read(fileOf(fixture, fixture.records.slice(0, 1))).rows;
    assert.ok(first && rows.some(({ entry }) => entry === first.entry), 'an entry has the same id in a shorter file');
    assert.throws(() => {
      checkShrink(list, rows.length, rows.length > 2 ? 2 : 1);
    }, /would shrink/);
    const others = rows.map((row, at) => (at === 0 ? row : { ...row, entry: `another/${row.entry}` }));
    const inForce = [...rows, { ...first, entry: 'third' }];
    assert.throws(
      () => {
        checkKept(list, inForce, others, { before: fixture.form, after: 'another' });
      },
      new RegExp(`would keep 1 of its ${inForce.length} entries.*${fixture.form}`),
    );
    checkKept(list, rows, rows);
  });

  test(say('the same file again changes nothing of what is in force'), () => {
    const { rows } = read(whole);
    const held = foldVersion([], rows, { list, publishedAt: '2026-01-01' });
    assert.equal(held.filter(({ to }) => to === null).length, rows.length);
    const again = foldVersion(held, backFromStore(rows), { list, publishedAt: '2026-01-02' });
    assert.deepEqual(again, held, 'nothing changed');
  });
}

const idsOf = ({ rows }: ParsedList): string[] => rows.map(({ entry }) => entry);

const headOf = ({ head }: ListFixture, count: number): string => head.replace('%COUNT%', String(count));

export function fileOf(fixture: ListFixture, records: readonly string[], says = records.length): string {
  return headOf(fixture, says) + records.join(fixture.between ?? '') + fixture.tail;
}

function readText(kind: ListKind, fixture: ListFixture, text: string | Uint8Array, record?: number): ParsedList {
  const beside = Object.entries(fixture.beside ?? {}).map(([role, each]) => [role, Buffer.from(each)]);
  const main = typeof text === 'string' ? Buffer.from(text) : text;
  const files = { ...(Object.fromEntries(beside) as Record<string, Uint8Array>), main };
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
  const { entry, name, aliases, identifiers, countries, links = [] } = row;
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
  for (const link of links) assert.ok(link.name !== '' || link.entry !== undefined, `a ${link.role} who is nobody`);
  // What is stored is JSON: it must come back as it was.
  assert.deepEqual(JSON.parse(JSON.stringify(row)), row);
}

function describesItself(kind: ListKind, forms: readonly string[]): void {
  assert.match(kind.list, /^[a-z][a-z0-9_]+$/);
  for (const text of [kind.title, kind.authority, kind.licence])
    assert.ok(text.length > 3 && !text.includes('\n'), `one line of words: ${text}`);
  assert.match(kind.entryUrl('1'), /^https:\/\//);
  assert.ok(kind.files['main'], 'a version is named by its main file');
  const addresses = [kind.addresses, ...Object.values(kind.forms ?? {}), kind.named?.addresses(`${kind.list}_x`) ?? {}];
  for (const each of addresses)
    for (const address of Object.values(each)) assert.equal(new URL(address).protocol, 'https:');
  for (const role of Object.keys(kind.addresses)) assert.ok(kind.files[role], `${role} is no role of its files`);
  // `lists update` goes on in the form that is held, by its name.
  const named = [
    ...Object.keys(kind.forms ?? {}),
    ...(kind.addresses['main'] === undefined ? [] : [kind.form ?? 'csv']),
  ];
  for (const form of named) assert.ok(forms.includes(form), `no fixture of the form ${form}, which has an address`);
  if (/NC\b/.test(kind.licence))
    assert.match(kind.use ?? '', /commercial.*ships none/, 'a licence that forbids is told');
}
