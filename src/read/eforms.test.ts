import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { Reading } from '../model/index.js';
import { needShared } from '../model/testing/shared.js';
import { eisKey } from './eis.js';
import { dateOf } from './eforms.js';
import { readCapture } from './index.js';

const read = (body: string, { url = 'https://data.example/notice.xml', type = 'application/xml' } = {}): Reading =>
  readCapture({
    requestedUrl: url,
    finalUrl: url,
    status: 200,
    headers: [['Content-Type', type]],
    body: Buffer.from(body),
  });

test('the example notices: title, buyer, dates in their zones, identity by id and version', (t) => {
  const folder = needShared(t, 'data/watching/ted');
  if (folder === undefined) return;
  const expected: Record<string, [title: string, published: string, buyer: string, type: string]> = {
    'E1_minimal.xml': ['Procedure Name', '2024-12-05T12:00:00+01:00', 'Buyer Org', 'pmc'],
    'change-cn_24_open_dates.xml': [
      'Term Contract for a Planned Programme of In-service Inspection and Testing of Electrical Equipment',
      '2020-04-17T12:34:56+01:00',
      'Renfrewshire Council',
      'cn-standard',
    ],
  };
  const keys = new Set<string>();
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.xml'))) {
    const reading = read(readFileSync(join(folder, name), 'utf8'));
    assert.equal(reading.verdict.class, 'live', name);
    assert.match(reading.identity.key, /^eforms:[0-9a-f-]{36}-01$/, name);
    keys.add(reading.identity.key);
    assert.ok(reading.title && reading.account?.name && reading.published, name);
    assert.match(reading.text, /Classification: CPV \d{8}/, name);
    assert.ok(reading.fields['type'] && reading.fields['form'], name);
    const [title, published, buyer, type] = expected[name] ?? [];
    if (title !== undefined)
      assert.deepEqual(
        [reading.title, reading.published, reading.account.name, reading.fields['type']],
        [title, published, buyer, type],
      );
  }
  assert.equal(keys.size, 5);
});

test('a change notice is an edit its buyer admits; one that cancels is a status', (t) => {
  const folder = needShared(t, 'data/watching/ted');
  if (folder === undefined) return;
  const xml = readFileSync(join(folder, 'change-cn_24_open_dates.xml'), 'utf8');
  const edit = read(xml);
  assert.equal(edit.modified, '2020-04-17T12:34:56+01:00');
  assert.deepEqual(
    [edit.fields['status'], edit.fields['changes'], edit.fields['changeReason'], edit.fields['changedSections']],
    ['edited by notice (update-add)', 'c4c415ee-ac08-4465-8fa6-57568cf69462-01', 'update-add', 'LOT-0000, LOT-0000'],
  );
  assert.match(edit.text, /^Status: edited by notice \(update-add\)\nThis notice changes notice c4c415ee-/);
  assert.match(edit.text, /Reason: Due to Covid-19/);
  assert.match(edit.text, /Change of LOT-0000: Time limit for receipt of tenders/);
  const cancelled = read(xml.replace('>update-add<', '>cancel<'));
  assert.equal(cancelled.verdict.class, 'live');
  assert.deepEqual([cancelled.fields['status'], cancelled.modified], ['cancelled by notice', undefined]);
  assert.equal(
    read(xml.replace('>update-add<', '>cancel-intent<')).fields['status'],
    'cancellation announced by notice',
  );
});

test('under TED’s number where it is published, leading zeros or not', (t) => {
  const folder = needShared(t, 'data/watching/ted');
  if (folder === undefined) return;
  const xml = readFileSync(join(folder, 'E1_minimal.xml'), 'utf8');
  for (const path of ['en/notice/012345-2024/xml', 'de/notice/12345-2024/xml'])
    assert.equal(read(xml, { url: `https://ted.europa.eu/${path}` }).identity.key, 'ted:12345-2024');
  const published = xml.replace(
    '<efac:NoticeSubType>',
    '<efac:Publication><efbc:NoticePublicationID>00012345-2024</efbc:NoticePublicationID></efac:Publication><efac:NoticeSubType>',
  );
  assert.equal(read(published).identity.key, 'ted:12345-2024');
});

test('a notice cut at any place is unknown; hostile documents are read in bounds', (t) => {
  const folder = needShared(t, 'data/watching/ted');
  if (folder === undefined) return;
  const xml = readFileSync(join(folder, 'can_24_minimal.xml'), 'utf8').trimEnd();
  for (let n = 4; n < 40; n++)
    assert.equal(read(xml.slice(0, Math.floor((xml.length * n) / 40))).verdict.class, 'unknown', String(n));
  const root = '<ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2">';
  const deep = read(root + '<a>'.repeat(100_000));
  assert.deepEqual(deep.verdict, { class: 'unknown', rule: 'eforms-damaged', kind: 'unreadable' });
  const bomb = `<!DOCTYPE x [<!ENTITY a "${'x'.repeat(1000)}">]>${root}<ID schemeName="notice-id">${'&a;'.repeat(1000)}</ID></ContractNotice>`;
  assert.ok(read(bomb).text.length < 10_000);
});

test('dates carry their zones; what is none is none', () => {
  assert.equal(dateOf('2023-05-26Z', '11:00:00Z'), '2023-05-26T11:00:00+00:00');
  assert.equal(dateOf('2019-10-23+01:00', undefined), '2019-10-23T00:00:00+01:00');
  assert.equal(dateOf('2019-13-45+01:00', '12:00:00'), undefined);
  assert.equal(dateOf(undefined, '12:00:00'), undefined);
});

test('SAM’s saved answers: padded texts, the word null, archiving as a status', (t) => {
  const folder = needShared(t, 'data/watching/sam');
  if (folder === undefined) return;
  const json = { url: 'https://api.sam.gov/prod/x.json', type: 'application/json' };
  const first = read(readFileSync(join(folder, 'search-response.json'), 'utf8'), json);
  assert.equal(first.identity.key, 'sam:5b345bbb7127b91a3ad577b203fc6f68');
  assert.deepEqual(
    [first.title, first.fields['solicitation'], first.fields['status']],
    ['Historic Office Renovation', '47PF0018R0023', 'active'],
  );
  assert.equal(first.account?.name, 'GENERAL SERVICES ADMINISTRATION. PUBLIC BUILDINGS SERVICE. PBS R5');
  assert.match(first.text, /Award: 47PF0018C0066, 800620, 2018-05-04\nAwardee: D\.G\. Beyer, Inc\., 025114695AST/);
  assert.doesNotMatch(first.text, /Name Withheld|0000000000/, 'contacts are evidence, not text');
  const item = readFileSync(join(folder, 'search-item-with-null-strings.json'), 'utf8');
  const second = read(item, json);
  assert.equal(second.identity.key, 'sam:ff826a59eac743c4a1a07ff5e0cf3e3a');
  assert.doesNotMatch(second.text + Object.values(second.fields).join(), /null/);
  assert.equal(read(item.replace('"Yes"', '"No"'), json).fields['status'], 'archived');
});

test('a Russian purchase is told by its number; its other tabs are other pages', () => {
  const base = 'https://zakupki.gov.ru/epz/order/notice';
  assert.equal(eisKey(`${base}/ea20/view/common-info.html?regNumber=0373200215526000664`), 'eis:0373200215526000664');
  assert.equal(eisKey(`${base}/notice223/common-info.html?noticeInfoId=1&regNumber=32413600001`), 'eis:32413600001');
  assert.equal(eisKey(`${base}/ea20/view/documents.html?regNumber=0373200215526000664`), undefined);
  assert.equal(
    eisKey('https://zakupki.example/epz/order/notice/ea20/view/common-info.html?regNumber=0373200215526000664'),
    undefined,
  );
});
