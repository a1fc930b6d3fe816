import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { Reading } from '../model/index.js';
import { needShared } from '../model/testing/shared.js';
import { type JsonObject, compareRecordStates, parseJson, readCapture } from './index.js';

const read = (body: string, { url = 'https://data.example/api/release.json', status = 200 } = {}): Reading =>
  readCapture({
    requestedUrl: url,
    finalUrl: url,
    status,
    headers: [['Content-Type', 'application/json']],
    body: Buffer.from(body),
  });

const release = (more: JsonObject): JsonObject => ({
  releases: [{ ocid: 'ocds-x-1', id: 'r1', date: '2024-05-01T00:00:00Z', tag: ['tender'], ...more }],
});

/** Release packages of the standard's own worked example, in the order of the process. */
const OFFICIAL = [
  '01-planning',
  '02-tender',
  '03-tenderAmendment',
  '04-award',
  '05-contract',
  '06-implementation',
] as const;

test('the official release packages: title, buyer, items, status and amendments in words', (t) => {
  const folder = needShared(t, 'data/watching/ocds');
  if (folder === undefined) return;
  const readings = OFFICIAL.map((name) => read(readFileSync(join(folder, `${name}.json`), 'utf8')));
  for (const reading of readings) {
    assert.equal(reading.verdict.class, 'live');
    assert.equal(reading.identity.key, 'ocds:ocds-213czf-000-00001');
    assert.equal(reading.account?.name, 'London Borough of Barnet');
    assert.ok(reading.title);
    assert.match(reading.published ?? '', /^20(?:09|1\d)-\d\d-\d\dT.*\+00:00$/);
    assert.equal(reading.fields['publisher'], 'Open Data Services Co-operative Limited');
  }
  const amended = readings[2]!;
  assert.equal(amended.title, 'Planned cycle lane improvements');
  assert.equal(amended.fields['status'], 'active');
  assert.equal(amended.fields['tags'], 'tenderAmendment');
  assert.match(amended.fields['amendments']!, /extended in accordance with council guidelines/);
  assert.match(amended.text, /^Status: active\n/);
  assert.match(
    amended.text,
    /Item: Cycle lane improvements — 8 Miles — CPV 45233130\.0 Construction work for highways/,
  );
  assert.equal(amended.text.match(/Cycle lane improvements/g)!.length, 1, 'nothing is told twice');
  assert.match(
    amended.text,
    /Organisation: London Borough of Barnet — GB-LAC E09000003 — London, United Kingdom — buyer, procuringEntity/,
  );
  assert.match(amended.text, /Amendment 1\.0: 2010-03-20T09:45:00Z — The tender period has been extended/);
  assert.equal(amended.links.attachments.length, 2);
});

test('a record reads as its compiled release, and names its releases', (t) => {
  const folder = needShared(t, 'data/watching/ocds');
  if (folder === undefined) return;
  const reading = read(readFileSync(join(folder, 'record-withversions.json'), 'utf8'));
  assert.equal(reading.identity.key, 'ocds:ocds-213czf-000-00001');
  assert.equal(reading.fields['releases']!.split('\n').length, 6);
  assert.match(reading.text, /Contract /);
});

test('a record cut anywhere is unknown, never a shorter notice', (t) => {
  const folder = needShared(t, 'data/watching/ocds');
  if (folder === undefined) return;
  const whole = readFileSync(join(folder, '02-tender.json'), 'utf8').trimEnd();
  for (let n = 8; n < 40; n++)
    assert.equal(read(whole.slice(0, Math.floor((whole.length * n) / 40))).verdict.class, 'unknown', String(n));
});

const bodyOf = (folder: string, name: string): string => {
  const text = readFileSync(join(folder, name), 'utf8');
  return text.slice(text.indexOf('\n{', text.search(/^HTTP\/1\.\d 20/m)));
};
const PROZORRO = 'https://public-api.prozorro.gov.ua/api/2.5';

test('Prozorro’s objects: the buyer, the items, and cancellation as a status', (t) => {
  const folder = needShared(t, 'data/watching/prozorro');
  if (folder === undefined) return;
  const tender = read(bodyOf(folder, 'blank-tender-view.http'));
  assert.equal(tender.identity.key, 'prozorro:tenders/896f80313bfc43d2aa3f0f44fc56a513');
  assert.equal(tender.title, 'футляри до державних нагород');
  assert.equal(tender.account?.name, 'ЗОСШ #10 м.Вінниці');
  assert.equal(tender.published, '2027-01-01T00:00:00+02:00');
  assert.equal(tender.language, 'uk');
  assert.equal(tender.fields['number'], 'UA-2027-01-01-000001-a');
  assert.match(
    tender.text,
    /Item: Послуги шкільних їдалень — 1 папір — ДК021 55523100-3 Послуги з харчування у школах/,
  );
  assert.doesNotMatch(tender.text, /Test Testovich/, 'who signed is no part of the notice');
  const contract = read(bodyOf(folder, 'contract-cancelled.http'));
  assert.equal(contract.verdict.class, 'live');
  assert.equal(contract.fields['status'], 'cancelled');
  assert.ok(contract.links.attachments.length >= 2);
  for (const name of ['active', 'pending']) {
    const id = '896f80313bfc43d2aa3f0f44fc56a513/cancellations/e2f602d1d8bb4d56afbe3b05eb613ac0';
    const reading = read(bodyOf(folder, `${name}-cancellation.http`), { url: `${PROZORRO}/tenders/${id}` });
    assert.equal(reading.verdict.class, 'live');
    assert.equal(reading.identity.key, `prozorro:tenders/${id}`);
    assert.equal(reading.fields['cancellations'], `${name} tender: cancellation reason`);
    for (const { url } of reading.links.attachments) assert.doesNotMatch(url, /Signature|KeyID/);
    assert.ok(reading.links.attachments.length >= 2, 'versions with one id stay listed');
  }
  assert.notEqual(read(bodyOf(folder, 'contracts-listing-1.http')).identity.key.slice(0, 8), 'prozorro');
});

test('a cancelled tender is live, with the cancellation among its words', () => {
  const { verdict, fields, text } = read(
    JSON.stringify(release({ tag: ['tenderCancellation'], tender: { title: 'Drones', status: 'cancelled' } })),
  );
  assert.equal(verdict.class, 'live');
  assert.deepEqual([fields['status'], fields['tags']], ['cancelled', 'tenderCancellation']);
  assert.match(text, /^Status: cancelled\nTags: tenderCancellation\nDrones/);
});

test('broken numbers: nothing is concluded, the number is named, the words are read', () => {
  for (const [written, shown] of [
    ['1e9999', '1e9999'],
    [' 000', '000'],
    ['120 000', '120 000'],
    ['-', '-'],
  ] as const) {
    const body = `{"releases":[{"ocid":"ocds-x-1","id":"r","tender":{"title":"Jammers, 3 pieces","value":{"amount":${written},"currency":"GBP"}}}]}`;
    const reading = read(body);
    assert.deepEqual(reading.verdict, { class: 'unknown', rule: 'ocds-broken-number', kind: 'unreadable' }, written);
    assert.equal(reading.title, 'Jammers, 3 pieces');
    assert.ok(reading.problems.join().includes(`"${shown}"`), reading.problems.join());
  }
  assert.deepEqual(parseJson('{"a":"1e9999, 000","b":1e3}'), { value: { a: '1e9999, 000', b: 1000 }, broken: [] });
  assert.equal(parseJson('{"a":1,000}'), undefined, 'what cannot be told apart is refused');
});

test('Find a Tender’s own 404 is definite; anybody else’s is not', () => {
  const body = '{"status":404,"error":"Not found","message":"no such process"}';
  const url = 'https://www.find-tender.service.gov.uk/api/1.0/ocdsRecordPackages/ocds-h6vhtk-012345';
  assert.deepEqual(read(body, { url, status: 404 }).verdict, {
    class: 'gone',
    rule: 'api-404',
    definite: true,
    words: 'Not found: no such process',
  });
  const other = read(body, { status: 404 }).verdict;
  assert.ok(other.class === 'gone' && !other.definite);
});

test('hostile documents: names of the language, depth, sizes', () => {
  const body =
    '{"__proto__":{"polluted":1},"releases":[{"ocid":"ocds-x-1","__proto__":{"title":"x"},"constructor":{"name":"y"}}]}';
  assert.equal(read(body).identity.key, 'ocds:ocds-x-1');
  assert.equal(({} as { polluted?: number }).polluted, undefined);
  const deep = `{"ocid":"ocds-x-1","tender":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`;
  assert.equal(read(deep).identity.key, 'ocds:ocds-x-1');
  assert.ok(read(`{"ocid":"ocds-x-1","n":[${'1e999,'.repeat(50_000)}1]}`).problems.join().length < 500);
});

test('two states: a status is told as such, a lost or altered release as what it is', () => {
  const r1: JsonObject = {
    ocid: 'o',
    id: 'r1',
    date: '2024-05-01',
    tag: ['tender'],
    tender: { status: 'active', title: 'a' },
  };
  const r2: JsonObject = {
    ocid: 'o',
    id: 'r2',
    date: '2024-05-02',
    tag: ['tenderCancellation'],
    tender: { status: 'cancelled' },
  };
  const [before, after] = [{ releases: [r1] }, { releases: [r1, r2] }];
  assert.deepEqual(compareRecordStates(before, before), []);
  assert.deepEqual(compareRecordStates(before, after), [
    { kind: 'status', ocid: 'o', before: 'active', after: 'cancelled' },
    { kind: 'release-added', ocid: 'o', release: 'r2', tags: ['tenderCancellation'] },
  ]);
  assert.deepEqual(
    compareRecordStates(after, before).map(({ kind }) => kind),
    ['release-missing', 'status'],
  );
  const altered = { releases: [{ ...r1, tender: { status: 'active', title: 'b' } }] };
  assert.deepEqual(compareRecordStates(before, altered), [
    { kind: 'release-changed', ocid: 'o', release: 'r1', paths: ['tender.title'] },
  ]);
  assert.deepEqual(compareRecordStates(before, { releases: [] }), [{ kind: 'process-missing', ocid: 'o' }]);
  const link = {
    records: [{ ocid: 'o', releases: [{ url: 'https://x.example/r1', date: '2024-05-01', tag: ['tender'] }] }],
  };
  assert.deepEqual(compareRecordStates(link, link), []);
});

test('the official packages in order: each step is reported, one that is dropped or altered is an anomaly', (t) => {
  const folder = needShared(t, 'data/watching/ocds');
  if (folder === undefined) return;
  const releases = OFFICIAL.flatMap(
    (name) => (JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as { releases: JsonObject[] }).releases,
  );
  const added = releases
    .slice(1)
    .map((_, at) =>
      compareRecordStates({ releases: releases.slice(0, at + 1) }, { releases: releases.slice(0, at + 2) }).map(
        ({ kind }) => kind,
      ),
    );
  for (const kinds of added) {
    assert.ok(kinds.includes('release-added'));
    assert.ok(!kinds.includes('release-missing') && !kinds.includes('release-changed'));
  }
  const all = { releases };
  assert.deepEqual(
    compareRecordStates(all, { releases: releases.filter((_, at) => at !== 2) }).filter(
      ({ kind }) => kind !== 'status',
    ),
    [{ kind: 'release-missing', ocid: 'ocds-213czf-000-00001', release: 'ocds-213czf-000-00001-03-tenderAmendment' }],
  );
  const altered = structuredClone(all);
  (altered.releases[1]!['tender'] as JsonObject)['description'] = 'Something else.';
  const [first] = compareRecordStates(all, altered);
  assert.ok(first?.kind === 'release-changed' && first.paths.join() === 'tender.description');
});
