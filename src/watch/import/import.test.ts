import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { ExhibitRecord } from '../../model/index.js';
import { writeZip } from '../../preserve/index.js';
import { showNotice } from '../../store/index.js';
import { verifyExhibitBytes } from '../../verify/index.js';
import { check, importFile, rebuild, watchRound } from '../index.js';
import { type TestParts, openTestParts, pageOf } from '../testing/parts.js';
import { savedFrom } from './file-documents.js';
import { documentsOfWarc } from './warc-documents.js';

const HOUR = 3_600_000;
const URL_ = 'https://www.example.gov.cn/content/post_1.html';
const page = (text: string): string =>
  String(pageOf('关于征集企业的通知', [text, '请于六月一日前报名。'.repeat(20)]).body);

interface Given {
  type?: string;
  url?: string;
  date?: string;
  body: string | Uint8Array;
  contentType?: string;
  fields?: readonly string[];
}

/** A WARC as other programs write it. */
function warc(...records: readonly Given[]): Buffer {
  return Buffer.concat(
    records.map(
      ({ type = 'response', url = URL_, date = '2024-05-20T01:02:03Z', body, contentType, fields = [] }, at) => {
        const block = Buffer.from(body);
        const head = [
          'WARC/1.0',
          `WARC-Type: ${type}`,
          `WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-${String(at).padStart(12, '0')}>`,
          `WARC-Date: ${date}`,
          `WARC-Target-URI: ${url}`,
          `Content-Type: ${contentType ?? (type === 'response' ? 'application/http;msgtype=response' : 'application/http;msgtype=request')}`,
          ...fields,
          `Content-Length: ${block.length}`,
        ];
        return gzipSync(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), block, Buffer.from('\r\n\r\n')]));
      },
    ),
  );
}

const http = (body: string, { status = 200, type = 'text/html; charset=utf-8' } = {}): string =>
  `HTTP/1.1 ${status} X\r\nx-Odd:  b\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

async function parts(t: TestContext): Promise<TestParts> {
  const opened = await openTestParts();
  t.after(() => opened.dispose());
  return opened;
}

async function noticeOf(p: TestParts, hash: string): Promise<NonNullable<Awaited<ReturnType<typeof showNotice>>>> {
  const [row] = await p.store.database.query<{ notice_id: string }>('select notice_id from exhibit where hash = $1', [
    hash,
  ]);
  return (await showNotice(p.store.database, row!.notice_id))!;
}

test('a WARC of another program: its pages, byte for byte, under the archive’s date as a claim and our time of import', async (t) => {
  const p = await parts(t);
  const answer = http(page('一'));
  const bytes = warc(
    { type: 'request', body: 'GET / HTTP/1.1\r\nCookie: session=secret\r\n\r\n' },
    { body: answer },
    { url: 'https://www.example.gov.cn/a.js', body: http('x', { type: 'text/javascript' }) },
    { url: 'https://www.example.gov.cn/old', body: http('', { status: 301 }) },
    { url: 'https://www.example.gov.cn/gone', body: http('no', { status: 404 }) },
  );
  const { logged, skipped } = await importFile(p, bytes, { name: 'crawl.warc.gz' });
  assert.deepEqual(skipped, { 'parts of pages': 1, redirects: 1, 'answers other than 200': 1 });
  assert.equal(logged.length, 1);
  const record = logged[0]!.record as ExhibitRecord;
  assert.deepEqual(record.imported, {
    from: 'crawl.warc.gz',
    form: 'warc',
    address: 'archive',
    claimed: '2024-05-20T01:02:03.000Z',
  });
  assert.equal(record.at.slice(0, 10), '2024-05-22');
  const kept = await p.store.vault.get(record.warc.sha256);
  const { documents } = await documentsOfWarc(kept, { all: false });
  assert.equal(Buffer.from(documents[0]!.response!).toString(), answer);
  assert.equal(documents[0]!.claimed, '2024-05-20T01:02:03.000Z');
  assert.ok(!JSON.stringify(record).includes('secret'), 'nobody’s request is kept');
  const claim = await verifyExhibitBytes(kept, record);
  assert.match(claim.claim, /was handed these bytes in crawl\.warc\.gz, said to be from https:.* at 2024-05-20/);
  assert.match(claim.detail, /imported at 2024-05-22/);
  const notice = await noticeOf(p, logged[0]!.hash);
  assert.equal(notice.title, '关于征集企业的通知');
  assert.deepEqual(
    [notice.presence, notice.lastSeen, notice.nextCheck, notice.exhibitList[0]!.class],
    ['unreachable', null, null, 'imported'],
  );
  assert.match(notice.why[0]!.text, /never looked at the page itself/);
  const again = await importFile(p, bytes, { name: 'copy.warc.gz' });
  assert.deepEqual([again.logged.length, again.known], [0, 1]);
});

test('an import proves no presence and no absence: a removal rests on our own looks, and says when we last saw it', async (t) => {
  const p = await parts(t);
  const deleted = http(
    '<!doctype html><html><head><title></title></head><body id="activity-detail"><div class="weui-msg"><div class="weui-msg__title warn">该内容已被发布者删除</div></div></body></html>',
  );
  const url = 'https://mp.weixin.qq.com/s/aaaaaaaaaaaaaaaaaaaaaa';
  for (const date of ['2024-05-20T00:00:00Z', '2024-05-21T00:00:00Z', '2024-05-22T00:00:00Z'])
    await importFile(p, warc({ url, date, body: deleted }), { name: 'x.warc.gz' });
  const [{ id }] = (await p.store.database.query<{ id: string }>('select id from notice')) as [{ id: string }];
  const before = (await showNotice(p.store.database, id))!;
  assert.deepEqual([before.presence, before.removal ?? null, before.exhibitList.length], ['unreachable', null, 3]);
  await importFile(p, warc({ body: http(page('一')) }), { name: 'y.warc.gz' });
  const round = await watchRound(p);
  assert.equal(round.checked, 0, 'what was only handed in is not due');
  const { logged } = await check(p, { url: URL_ });
  assert.equal(logged.length > 0, true);
  const notice = (await showNotice(p.store.database, (await noticeOfUrl(p)).id))!;
  assert.deepEqual([notice.presence, notice.lastSeen], ['suspected', null], 'gone at our first look; never seen by us');
});

async function noticeOfUrl(p: TestParts): Promise<{ id: string }> {
  const [row] = await p.store.database.query<{ id: string }>('select notice_id as id from address where url = $1', [
    URL_,
  ]);
  return row!;
}

test('our own look stands on its own bytes, even when they are those of the import; edits since the import are seen', async (t) => {
  const p = await parts(t);
  await importFile(
    p,
    warc(
      { date: '2024-05-21T00:00:00Z', body: http(page('二')) },
      { date: '2024-05-20T00:00:00Z', body: http(page('一')) },
    ),
    { name: 'x.warc.gz' },
  );
  p.pages.set(URL_, { body: page('二') });
  const same = await check(p, { url: URL_ });
  assert.ok(
    same.logged.some(({ record }) => record.type === 'exhibit'),
    'a capture of our own is kept',
  );
  p.clock.advance(HOUR);
  p.pages.set(URL_, { body: page('三') });
  await check(p, { url: URL_ });
  const notice = (await showNotice(p.store.database, (await noticeOfUrl(p)).id))!;
  assert.deepEqual(notice.revisionList.length, 3, 'by the archive’s dates: 一, 二 (which we saw too), 三');
  assert.equal(notice.presence, 'standing');
  assert.deepEqual(
    notice.changes.map(({ revision, before, after }) => [revision, before.slice(0, 1), after.slice(0, 1)]),
    [
      [2, '一', '二'],
      [3, '二', '三'],
    ],
  );
  const seen = notice.firstSeen;
  await importFile(p, warc({ date: '2024-01-01T00:00:00Z', body: http(page('零')) }), { name: 'late.warc.gz' });
  const later = (await showNotice(p.store.database, notice.id))!;
  assert.deepEqual(
    [later.revisionList.length, later.firstSeen, later.exhibitList.length],
    [3, seen, 5],
    'no edit is told afterwards',
  );
  await rebuild(p);
  assert.deepEqual(await showNotice(p.store.database, notice.id), later);
});

test('a damaged archive is refused whole, with the place', async (t) => {
  const p = await parts(t);
  const good = warc({ body: http(page('一')) }, { url: `${URL_}?2`, body: http(page('二')) });
  const size = await p.store.log.size();
  for (const bad of [good.subarray(0, good.length - 9), Buffer.concat([good, Buffer.from('rest')])])
    await assert.rejects(importFile(p, bad, { name: 'x.warc.gz' }), { code: 'VERIFY_FAILED' });
  const lying = warc({ body: http(page('一')), fields: ['WARC-Block-Digest: sha256:' + '0'.repeat(64)] });
  await assert.rejects(importFile(p, lying, { name: 'x.warc.gz' }), {
    code: 'VERIFY_FAILED',
    message: /does not have its digest/,
  });
  await assert.rejects(importFile(p, warc({ url: 'dns:x', body: 'x' }), { name: 'x.warc' }), {
    code: 'BAD_INPUT',
    message: /1 records of no web address/,
  });
  await assert.rejects(importFile(p, new Uint8Array(), { name: 'x' }), { code: 'BAD_INPUT' });
  assert.equal(await p.store.log.size(), size);
});

test('a WACZ: the pages it names, and no other', async (t) => {
  const p = await parts(t);
  const archive = warc({ body: http(page('一')) }, { url: 'https://ads.example/frame.html', body: http(page('广告')) });
  const pages = `{"format":"json-pages-1.0","id":"pages","title":"All"}\n${JSON.stringify({ url: URL_, ts: '2024-05-20T01:02:03Z' })}\n`;
  const zip = writeZip(
    [
      { path: 'archive/data.warc.gz', bytes: archive },
      { path: 'pages/pages.jsonl', bytes: Buffer.from(pages) },
      { path: 'datapackage.json', bytes: Buffer.from('{}') },
    ],
    new Date('2024-05-20T00:00:00Z'),
  );
  const { logged, skipped } = await importFile(p, zip, { name: 'a.wacz' });
  assert.deepEqual(
    logged.map(({ record }) => (record as ExhibitRecord).url),
    [URL_],
  );
  assert.deepEqual(skipped, { 'parts of pages': 1 });
  assert.equal((logged[0]!.record as ExhibitRecord).imported!.form, 'wacz');
  const broken = Buffer.from(zip);
  broken[broken.indexOf('data.warc.gz') + 40]! ^= 1;
  await assert.rejects(importFile(p, broken, { name: 'a.wacz' }), { code: 'VERIFY_FAILED' });
});

test('saved pages, MHTML, PDFs and strange files: kept as they are, under the address they claim or none', async (t) => {
  const p = await parts(t);
  const html = page('一');
  const one = async (name: string, body: string | Uint8Array): Promise<ExhibitRecord> =>
    (await importFile(p, Buffer.from(body), { name })).logged[0]!.record as ExhibitRecord;
  const saved = await one('saved.html', `<!DOCTYPE html>\r\n<!-- saved from url=(0047)${URL_} -->\r\n${html}`);
  assert.deepEqual(
    [saved.url, saved.status, saved.imported],
    [URL_, 0, { from: 'saved.html', form: 'html', address: 'saved-from' }],
  );
  const mhtml = [
    'From: <Saved by Blink>',
    `Snapshot-Content-Location: ${URL_}?m`,
    'Date: Wed, 22 May 2024 02:30:00 -0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b0"',
    '',
    '',
    '----b0',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    Buffer.from(html)
      .toString('latin1')
      .replace(/[^ -<>-~]/g, (letter) => `=${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`),
    '----b0--',
    '',
  ].join('\r\n');
  const file = await one('page.mhtml', mhtml);
  assert.deepEqual(
    [file.url, file.imported!.form, file.imported!.claimed],
    [`${URL_}?m`, 'mhtml', '2024-05-22T02:30:00.000Z'],
  );
  const notice = (await showNotice(p.store.database, await idOf(p, file)))!;
  assert.equal(notice.title, '关于征集企业的通知');
  const pdf = await one('通知.pdf', '%PDF-1.7\n\0\x01');
  assert.match(pdf.url, /^urn:sha256:[0-9a-f]{64}$/);
  assert.deepEqual([pdf.mediaType, pdf.imported!.address], ['application/pdf', 'none']);
  assert.equal(pdf.payload.length, 11);
  await one('strange', Buffer.from([0, 1, 2, 3]));
  const round = await watchRound(p, { all: true });
  assert.deepEqual(
    round.failures.filter(({ what }) => what.startsWith('urn:')),
    [],
    'files are nothing to fetch',
  );
  for (const record of [saved, file, pdf])
    await verifyExhibitBytes(await p.store.vault.get(record.warc.sha256), record);
});

async function idOf(p: TestParts, record: ExhibitRecord): Promise<string> {
  const [row] = await p.store.database.query<{ id: string }>(
    'select notice_id as id from exhibit where body ->> $1 = $2',
    ['url', record.url],
  );
  return row!.id;
}

test(
  'what saved pages say of their address: browsers, SingleFile, the page; nonsense says nothing',
  { timeout: 30_000 },
  () => {
    const single =
      '<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://x.example/a?b=1&c=2 \n saved date: Wed May 22 2024 10:30:00 GMT+0800 (China Standard Time)\n-->';
    assert.deepEqual(savedFrom(single), {
      address: 'saved-from',
      url: 'https://x.example/a?b=1&c=2',
      date: '2024-05-22T02:30:00.000Z',
    });
    assert.deepEqual(savedFrom('<link rel="canonical" href="https://x.example/?a=1&amp;b=2">'), {
      address: 'page',
      url: 'https://x.example/?a=1&b=2',
    });
    assert.deepEqual(savedFrom('<meta property="og:url" content="javascript:alert(1)">'), { address: 'page' });
    assert.deepEqual(savedFrom('<!-- saved from url=(0014)about:internet -->'), { address: 'page' });
    assert.deepEqual(savedFrom('<!-- saved from url=(0020)https://u:p@x.example/ -->'), { address: 'saved-from' });
    savedFrom('<link '.repeat(30_000) + '<!-- Page saved with SingleFile '.repeat(3_000));
  },
);
