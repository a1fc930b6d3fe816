import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { AsPostedError, type Reading } from '../model/index.js';
import { needShared } from '../model/testing/shared.js';
import { decodeBytes, languageOf, normaliseText, normaliseUrl, parseDate, readCapture } from './index.js';

interface Page {
  url?: string;
  finalUrl?: string;
  status?: number;
  type?: string;
  truncated?: string;
}

function read(body: Uint8Array | string, page: Page = {}): Reading {
  const url = page.url ?? 'https://www.yunfu.gov.cn/zwgk/content/post_1.html';
  return readCapture({
    requestedUrl: url,
    finalUrl: page.finalUrl ?? url,
    status: page.status ?? 200,
    headers: [['Content-Type', page.type ?? 'text/html']],
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    ...(page.truncated === undefined ? {} : { truncated: page.truncated }),
  });
}

test('Chinese government and news pages: title, date and body as expected', (t) => {
  const folder = needShared(t, 'data/watching/gov-cn');
  if (folder === undefined) return;
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
    pages: Record<
      string,
      { title: string; meta: Record<string, string>; body: { startsWithoutSpace: string; endsWithoutSpace: string } }
    >;
  };
  for (const [name, want] of Object.entries(expected.pages)) {
    const reading = read(gunzipSync(readFileSync(join(folder, name))));
    assert.equal(reading.verdict.class, 'live', name);
    assert.equal(reading.language, 'zh', name);
    const text = reading.text.replace(/\s/g, '');
    assert.ok(text.includes(want.body.startsWithoutSpace.slice(0, 25)), `${name} lacks its beginning`);
    assert.ok(text.includes(want.body.endsWithoutSpace.slice(-12)), `${name} lacks its end: ${text.slice(-60)}`);
    const title = want.meta['articletitle'] ?? want.title;
    assert.equal(reading.title, normaliseText(title), name);
    if (want.meta['pubdate'] !== undefined) assert.equal(reading.published, '2019-09-18T06:23:00+08:00', name);
  }
});

test('what says it is UTF-8 is decoded as a TextDecoder does it, valid or not', () => {
  const valid = fc.string({ unit: 'binary', maxLength: 60 }).map((text) => new TextEncoder().encode(text));
  const marked = valid.map((bytes) => Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes]));
  fc.assert(
    fc.property(fc.oneof(valid, marked), (bytes) => {
      assert.equal(decodeBytes(bytes, 'text/html; charset=utf-8').text, new TextDecoder().decode(bytes));
    }),
    { numRuns: 2_000 },
  );
  const broken = Uint8Array.from([...new TextEncoder().encode('通知'.repeat(200)), 0xff]);
  assert.equal(decodeBytes(broken, 'text/html; charset=utf-8').text, new TextDecoder().decode(broken));
});

test('the same page in GBK, with four-byte characters, reads as in UTF-8', () => {
  const html = (charset: string): string =>
    `<html><head><meta charset="${charset}"><meta name="ArticleTitle" content="关于䶮字的通知"></head><body><div id="zoom"><p>${'云浮市对外贸易促进会发布采购通知。'.repeat(5)}</p></div></body></html>`;
  const gbk = read(iconv.encode(html('gb2312'), 'gb18030'));
  const utf = read(html('utf-8'));
  assert.deepEqual([gbk.title, gbk.text, gbk.charset.name], ['关于䶮字的通知', utf.text, 'gb18030']);
});

test('a page that declares nothing is read by its letters, in four alphabets', () => {
  const cases: [string, string][] = [
    ['通知公告：国外企业采购设备，有意向的企业请与秘书处联系，报名截止到本月底。', 'gb18030'],
    ['Извещение о проведении электронного аукциона на поставку оборудования для нужд заказчика', 'win1251'],
    ['Оголошення про закупівлю обладнання для потреб замовника та його підрозділів', 'win1251'],
    ['Извещение о проведении электронного аукциона на поставку оборудования', 'koi8-u'],
    ['Извещение о проведении электронного аукциона на поставку оборудования', 'cp866'],
  ];
  for (const [text, charset] of cases) assert.equal(decodeBytes(iconv.encode(text, charset)).text, text, charset);
});

test('invalid UTF-8 is read with the damage said, not thrown', () => {
  const reading = read(
    Buffer.concat([
      Buffer.from('<html><head><meta charset="utf-8"></head><body><p>通知'),
      Buffer.from([0xff, 0xfe, 0x80]),
      Buffer.from(`${'正文内容'.repeat(200)}</p></body></html>`),
    ]),
  );
  assert.equal(reading.verdict.class, 'live');
  assert.match(reading.problems.join(), /not valid utf-8/i);
});

test('statuses: 404 is gone but not definite, 410 and 451 are definite, refusals and outages never count', () => {
  const classes = [404, 410, 451, 403, 412, 429, 521, 500, 503, 401].map((status) => {
    const { verdict } = read('<html><body>x</body></html>', { status });
    return [status, verdict.class, verdict.class === 'gone' ? verdict.definite : null];
  });
  assert.deepEqual(classes, [
    [404, 'gone', false],
    [410, 'gone', true],
    [451, 'gone', true],
    [403, 'blocked', null],
    [412, 'blocked', null],
    [429, 'blocked', null],
    [521, 'blocked', null],
    [500, 'down', null],
    [503, 'down', null],
    [401, 'blocked', null],
  ]);
});

test('a soft 404 counts only on a short page; a long article that quotes it is live', () => {
  const soft = '<html><head><title>提示</title></head><body>您访问的页面不存在或已被删除</body></html>';
  assert.deepEqual([read(soft).verdict.class, read(soft).verdict.rule], ['gone', 'soft-404: 您访问的页面不存在']);
  assert.equal(
    read(`<html><body><p>${'网站运维说明：'.repeat(100)}您访问的页面不存在</p></body></html>`).verdict.class,
    'live',
  );
});

test('challenges, maintenance pages, cut bodies and redirects home are told apart', () => {
  assert.equal(
    read('<html><script>document.cookie="__jsl_clearance=1"</script><body></body></html>').verdict.class,
    'blocked',
  );
  assert.equal(read('<html><body>请输入验证码</body></html>').verdict.class, 'blocked');
  assert.equal(read('<html><body><h1>Технические работы</h1></body></html>').verdict.class, 'down');
  const cut = read('<html><body>половина', { truncated: 'disconnect' });
  assert.deepEqual([cut.verdict.class, cut.verdict.rule], ['unknown', 'truncated-disconnect']);
  const home = read('<html><head><title>云浮市政府</title></head><body>欢迎访问</body></html>', {
    finalUrl: 'https://www.yunfu.gov.cn/',
  });
  assert.deepEqual([home.verdict.class, home.verdict.rule], ['gone', 'redirect-home']);
});

test('the JSON inside a Guangdong disclosure page is its body', () => {
  const detail = JSON.stringify({
    title: '关于征集企业的通知',
    content: '<p>各有关企业：</p><p>请于本月底前报名。</p>',
  }).replace(/</g, '\\u003C');
  const reading = read(`<html><body><div>导航</div><script>window._CONFIG.DETAIL = ${detail};</script></body></html>`);
  assert.equal(reading.text, '各有关企业：\n请于本月底前报名。');
});

test('an OCDS package reads as the process it is about, its cancellation as a status', (t) => {
  const folder = needShared(t, 'data/watching/ocds');
  if (folder === undefined) return;
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.json'))) {
    const reading = read(readFileSync(join(folder, name)), {
      url: `https://example.org/${name}`,
      type: 'application/json',
    });
    assert.equal(reading.verdict.class, 'live', name);
    assert.equal(reading.identity.key, 'ocds:ocds-213czf-000-00001', name);
    assert.ok(reading.text.length > 100, name);
    assert.ok((reading.title ?? reading.fields['tags']) !== undefined, name);
  }
});

test('a PDF is kept and said to be unread', () => {
  const reading = read('%PDF-1.7 …', { type: 'application/pdf' });
  assert.deepEqual([reading.verdict.class, reading.text, reading.problems.length], ['live', '', 1]);
});

test('addresses that differ in tracking only are one page', () => {
  assert.equal(normaliseUrl('https://a.gov.cn/x;jsessionid=9?utm_source=y&id=5#top'), 'https://a.gov.cn/x?id=5');
  assert.equal(
    normaliseUrl('https://www.npc.gov.cn/WZWSREL25wYy9jMi9hLnNodG1s'),
    'https://www.npc.gov.cn/npc/c2/a.shtml',
  );
  const real = Buffer.from('/npc/c2/c30834/202108/t20210820_313088.html?ref=imb').toString('base64');
  assert.equal(
    normaliseUrl(`https://www.npc.gov.cn/WZWSRE${real}?wzwschallenge=V1pXU1RS`),
    'https://www.npc.gov.cn/npc/c2/c30834/202108/t20210820_313088.html?ref=imb',
  );
  for (const other of ['//victim.gov.cn/notice.html', '/\\victim.gov.cn/', 'https://victim.gov.cn/']) {
    const wrapped = `https://a.gov.cn/WZWSRE${Buffer.from(other).toString('base64')}`;
    assert.equal(new URL(normaliseUrl(wrapped)).host, 'a.gov.cn', 'a shield speaks for its own host only');
  }
  assert.equal(normaliseUrl('https://a.gov.cn/(S(abc123))/x.aspx?PHPSESSID=1&SID=2'), 'https://a.gov.cn/x.aspx');
});

test('dates keep the zone of their source; impossible ones are no dates', () => {
  assert.equal(parseDate('2024年5月22日 10:30', '+08:00'), '2024-05-22T10:30:00+08:00');
  assert.equal(parseDate('2024-05-22 10:30:00', '+08:00'), '2024-05-22T10:30:00+08:00');
  assert.equal(parseDate('2024-05-22T10:30:00Z', '+08:00'), '2024-05-22T10:30:00+00:00');
  assert.equal(parseDate('2024-02-31', '+08:00'), undefined);
  assert.equal(parseDate('昨天', '+08:00'), undefined);
});

test('languages by letters alone', () => {
  assert.deepEqual(
    ['国外企业采购无人机设备通知', 'подавитель дронов', 'засіб детекції дронів її', 'drone detectors', '12345'].map(
      languageOf,
    ),
    ['zh', 'ru', 'uk', 'en', 'unknown'],
  );
});

test('whatever the bytes, a reading comes out or our own error (property)', () => {
  const types = fc.constantFrom('text/html', 'application/json', 'text/plain', 'application/xml', '', 'image/png');
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      types,
      fc.constantFrom('', '<html><body>', '{"releases":[', '<div id="zoom">'),
      (bytes, type, head) => {
        try {
          const reading = read(Buffer.concat([Buffer.from(head), bytes]), { type });
          assert.ok(reading.text.isWellFormed());
        } catch (error) {
          assert.ok(error instanceof AsPostedError, String(error));
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('no nesting stalls the reader, and of a page read in part nothing is concluded', () => {
  // Readability leaves out what is hidden: that it is there says that Readability was not asked.
  const lines = '<p>Foreign companies seek drone detectors, and jammers, and more of them.</p>'.repeat(20);
  const words = `<div hidden>put away</div><article>${lines}</article>`;
  assert.doesNotMatch(read(`<body>${words}`).text, /put away/, 'of a page as people write them it is');
  for (const [name, html] of Object.entries({
    'nested deep': `<body>${'<div>'.repeat(2_000)}${words}`,
    'closed without being opened': `<body>${words}${'</div></p>'.repeat(20_000)}`,
    'very many elements': `<body>${words}${'<p>x</p>'.repeat(50_000)}`,
  })) {
    const { verdict, text } = read(html);
    assert.equal(verdict.class, 'live', name);
    assert.match(text, /put away[^]*seek drone detectors/, name);
  }
  const bottomless = read(`<body>页面不存在 ${'<div>'.repeat(1_000_000)}`);
  assert.deepEqual([bottomless.verdict.class, bottomless.verdict.rule], ['unknown', 'page-too-deep']);
  assert.match(bottomless.problems.join(), /nests elements more than 10000 deep/);
});
