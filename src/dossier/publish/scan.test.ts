import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { AsPostedError, CaptureResult } from '../../model/index.js';
import { needShared } from '../../model/testing/shared.js';
import { writeWarc } from '../../preserve/index.js';
import { decodeResponse } from '../../watch/replay.js';
import { type Finding, findingText, refuseLeaks, scanForPublication } from './index.js';
import { encodings } from './own.js';

const WECHAT = 'https://mp.weixin.qq.com/s/abcdefghijklmnopqrstuv';
const AT = '2024-05-22T03:00:00.000Z';

interface Made {
  url?: string;
  request?: string;
  head?: string;
  body?: string | Uint8Array;
  interim?: string;
}

function warcOf({
  url = 'https://www.example.gov.cn/x.html',
  request = '',
  head = '',
  body = '',
  interim,
}: Made): Uint8Array {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const capture: CaptureResult = {
    requestedUrl: url,
    finalUrl: url,
    exchanges: [
      {
        url,
        startedAt: AT,
        requestBytes: Buffer.from(`GET / HTTP/1.1\r\nHost: www.example.gov.cn\r\n${request}\r\n`),
        responseBytes: Buffer.concat([
          Buffer.from(
            `HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n${head}Content-Length: ${bytes.length}\r\n\r\n`,
          ),
          bytes,
        ]),
        ...(interim === undefined ? {} : { interimBytes: Buffer.from(interim) }),
        status: 200,
        headers: [],
        body: bytes,
        durationMs: 1,
      },
    ],
  };
  return writeWarc(capture, { recordedAt: AT, software: 'x', robots: 'classic' }).bytes;
}

const OWN = [
  'Anna Lindqvist',
  '林安娜',
  'anna@newsroom.example',
  '198.51.100.23',
  '2001:db8:77:1::42',
  '203.0.113.0/26',
];

async function scan(
  members: Made | { path: string; bytes: Uint8Array }[],
  own = OWN,
  machine: string[] = [],
): Promise<Finding[]> {
  const list = Array.isArray(members) ? members : [{ path: 'exhibits/a.warc.gz', bytes: warcOf(members) }];
  return scanForPublication(list, { declared: own, machine, decode: decodeResponse });
}

const refused = (findings: readonly Finding[]): Finding[] => findings.filter(({ weight }) => weight === 'refuse');

test('session values are found in scripts, headers, addresses and requests, each with its place', async () => {
  const cases: [Made, RegExp, string][] = [
    [{ url: WECHAT, body: "<script>window.cgiDataNew = { is_login: '1' * 1 }</script>" }, /logged in/, 'body'],
    [{ url: WECHAT, body: "<script>var x = { user_uin: '1234567890' * 1 }</script>" }, /user_uin/, 'body'],
    [{ url: WECHAT, body: '<script>window.uin = "MTIzNDU2Nzg5MA==" || "";</script>' }, /^uin/, 'body'],
    [{ url: WECHAT, body: `<script>var key = "" || "${'9f'.repeat(48)}";</script>` }, /^key/, 'body'],
    [{ body: '{"pass_ticket":"vX3kq9+Zp2/Q7dTq=="}' }, /pass_ticket/, 'body'],
    [{ body: `{\\x22pass_ticket\\x22:\\x22vX3kq9Zp2Q7dTq\\x22}` }, /pass_ticket/, 'body'],
    [
      { url: WECHAT, body: "<script>x = { indentity_id: JsDecode('oX12ab34CD56ef78Gh90') }</script>" },
      /indentity_id/,
      'body',
    ],
    [{ url: WECHAT, body: '<script>var sessionid = "1712345678";</script>' }, /sessionid/, 'body'],
    [{ url: WECHAT, body: "<script>x = { self_nickname: '北京小王' }</script>" }, /self_nickname/, 'body'],
    [{ request: 'Cookie: SESSION=abc\r\n' }, /Cookie sent/, 'header Cookie'],
    [{ request: 'authorization: Bearer abc\r\n' }, /authorization sent/, 'header authorization'],
    [{ head: 'Set-Cookie: wap_sid2=CJf8q9sIElxOc1; Path=/\r\n' }, /session cookie wap_sid2/, 'header Set-Cookie'],
    [{ head: 'set-cookie: remember_user_token=W1s0Nl0; HttpOnly\r\n' }, /remember_user_token/, 'header set-cookie'],
    [
      { request: 'Cookie: a=1\r\n', head: 'Set-Cookie: PHPSESSID=k2j3h4g5f6d7; Path=/\r\n' },
      /session cookie PHPSESSID/,
      'header Set-Cookie',
    ],
    [{ head: 'Location: https://www.example.org/?access_token=k3j4h5g6f7d8\r\n' }, /access_token/, 'header Location'],
    [{ url: `${WECHAT}?key=${'ab12'.repeat(12)}&uin=MTIzNDU2Nzg5MA%3D%3D` }, /^key in an address/, 'WARC head'],
    [
      { body: `<a href="https://mp.weixin.qq.com/s?__biz=MzA&amp;uin=MTIzNDU2Nzg5MA%3D%3D&amp;mid=1">` },
      /^uin in an address/,
      'body',
    ],
    [
      { interim: 'HTTP/1.1 103 Early Hints\r\nSet-Cookie: auth_token=k3j4h5g6f7\r\n\r\n' },
      /auth_token/,
      'header Set-Cookie',
    ],
    [{ url: 'https://anna:geheim@www.example.org/' }, /user name and password/, 'WARC head'],
  ];
  for (const [made, what, part] of cases) {
    const found = refused(await scan(made, []));
    const hit = found.find((each) => what.test(each.what));
    assert.ok(hit, `${JSON.stringify(made)} gave ${JSON.stringify(found)}`);
    assert.equal(hit.part, part);
    assert.equal(hit.kind, 'session');
  }
});

test('a body is searched decoded: gzip, brotli, chunked, another charset', async () => {
  const page = '<p>登录用户：林安娜</p><script>var a = {"pass_ticket":"vX3kq9Zp2Q7dTq"}</script>';
  const forms: Made[] = [
    { head: 'Content-Encoding: gzip\r\n', body: gzipSync(page) },
    { head: 'Content-Encoding: br\r\n', body: brotliCompressSync(page) },
    { body: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(page, 'utf16le')]) },
  ];
  for (const made of forms) {
    const kinds = refused(await scan(made)).map(({ kind }) => kind);
    assert.ok(kinds.includes('session') && kinds.includes('identity'), JSON.stringify(made.head));
  }
});

test('a body that cannot be decoded is not called safe', async () => {
  const [found] = refused(await scan({ head: 'Content-Encoding: gzip\r\n', body: Buffer.from('no gzip at all') }));
  assert.equal(found!.kind, 'unreadable');
});

test('what is declared as ours is found in any case and encoding, and addresses by their range or line', async () => {
  const written = [
    'ANNA   lindqvist',
    'Anna%20Lindqvist',
    '\\u0041nna Lindqvist',
    '&#65;nna&#x20;Lindqvist',
    '%E6%9E%97%E5%AE%89%E5%A8%9C',
    '\\u6797\\u5b89\\u5a1c',
    'anna%40newsroom.example',
    '"clientIp":"198.51.100.23"',
    'host-198-51-100-23.isp.example',
    '::ffff:198.51.100.23',
    '2001:DB8:77:1:aaaa::1',
    '2001%3Adb8%3A77%3A1%3A%3A42',
    '203.0.113.63',
    ...['', 'x', 'xy'].map((before) => Buffer.from(`${before}Anna Lindqvist, reporter`).toString('base64')),
    Buffer.from('198.51.100.23 ').toString('base64'),
    Buffer.from('anna@newsroom.example').toString('hex'),
  ];
  for (const text of written) assert.ok(refused(await scan({ body: `<p>x ${text} y</p>` })).length > 0, text);
  for (const text of [
    'Joanna Lindqvistson',
    '198.51.100.234',
    '1.198.51.100.23',
    '203.0.113.64',
    '2001:db8:77:2::1',
    '12:30:45',
  ])
    assert.deepEqual(await scan({ body: `<p>x ${text} y</p>` }), [], text);
});

test('the machine itself: its addresses and a telling name; loopback and a name everybody has are not looked for', async () => {
  const machine = [
    'annas-notebook.lan',
    'ubuntu',
    'localhost',
    '127.0.0.1',
    '::1',
    '192.168.7.44',
    'fe80::1c2d:3eff:fe4f:5a6b',
  ];
  const body = (text: string): Made => ({ body: `<p>${text}</p>` });
  for (const text of ['via annas-notebook.lan (proxy)', 'seen from 192.168.7.44', 'fe80::1c2d:3eff:fe4f:5a6b'])
    assert.equal(refused(await scan(body(text), [], machine))[0]?.kind, 'address', text);
  for (const text of ['an ubuntu server', 'http://localhost/', '127.0.0.1', '::1', 'fe80::1'])
    assert.deepEqual(await scan(body(text), [], machine), [], text);
});

test('the client’s address that a site sends back is found without being declared', async () => {
  const echoes: Made[] = [
    { head: 'X-Client-IP: 198.18.4.5\r\n' },
    { head: 'Set-Cookie: Apache=198.18.4.5_1716345000.1; path=/\r\n' },
    { body: 'var returnCitySN = {"cip": "198.18.4.5", "cid": "440000"};' },
    { body: '{"clientIp":"198.18.4.5"}' },
    { body: 'fl=1\nip=198.18.4.5\nts=1716345000' },
    { body: '<p>您的IP地址：198.18.4.5 已被限制访问</p>' },
    { body: '<p>Your IP address is 2a00:1450:4001:81b::200e</p>' },
  ];
  for (const made of echoes) assert.equal(refused(await scan(made, []))[0]?.kind, 'address', JSON.stringify(made));
  for (const body of ['{"clientIp":"127.0.0.1"}', '<p>Version 4.5.6.7</p>', '{"ip":"198.18.4.5"}'])
    assert.deepEqual(await scan({ body }, []), []);
});

test('what every anonymous visitor gets is not refused; a session of the visit is told', async () => {
  const anonymous = `<script>window.uin = "" || ""; var wxtoken = "777"; user_uin: '0' * 1, is_login: '0', key = "", pass_ticket = '' , sessionid = "svr_763b91bd211"; pass_ticket: encodeURIComponent(x), appmsg_token: "${'0'.repeat(40)}"</script>`;
  assert.deepEqual(
    await scan(
      { url: WECHAT, head: 'Set-Cookie: wxtokenkey=777; Path=/\r\nSet-Cookie: rewardsn=; Path=/\r\n', body: anonymous },
      [],
    ),
    [],
  );
  const [visit] = await scan({ head: 'Set-Cookie: JSESSIONID=F2A9C1D0B3E4; Path=/\r\n' }, []);
  assert.deepEqual([visit!.weight, visit!.what], ['tell', 'the cookie JSESSIONID of an anonymous visit']);
});

test('files of the bundle are searched too: addresses in records, names in pages and tables', async () => {
  const file = (path: string, text: string): { path: string; bytes: Uint8Array } => ({
    path,
    bytes: Buffer.from(text),
  });
  const url = '{"type":"exhibit","url":"https://mp.weixin.qq.com/s/x?pass_ticket=vX3kq9Zp2Q7dTq"}';
  assert.match(refused(await scan([file('records/ab.json', url)]))[0]!.what, /pass_ticket in an address/);
  const [name] = refused(await scan([file('index.html', '<p>Opened by Anna&#32;Lindqvist</p>')]));
  assert.deepEqual([name!.kind, name!.member], ['identity', 'index.html']);
});

test('no finding repeats what it found', async () => {
  const secret = 'vX3kq9Zp2Q7dTq8w';
  const findings = await scan({ body: `{"pass_ticket":"${secret}"} Anna Lindqvist` });
  const text = findings.map((each) => findingText(each, () => 'E-1')).join('\n');
  assert.match(text, /E-1:2 \(response\), body at 16: pass_ticket in the page, vX… \(16 characters\)/);
  assert.doesNotMatch(text, /vX3|Anna|Lindqvist/);
  assert.throws(
    () => refuseLeaks(findings, () => 'E-1'),
    (error: AsPostedError) => error.code === 'BAD_INPUT' && error.hint !== undefined && !error.message.includes(secret),
  );
});

test('every real WeChat page: the logged-in ones are refused, the anonymous ones give no alarm at all', async (t) => {
  const folder = needShared(t, 'data/watching/wechat');
  if (folder === undefined) return;
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<
    string,
    { loggedInCapture?: boolean }
  >;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.html(?:\.gz)?$/.test(name),
  );
  assert.ok(names.length >= 19);
  for (const name of names) {
    const bytes = readFileSync(join(folder, name));
    const page = name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
    const findings = await scan({ url: WECHAT, body: page });
    assert.deepEqual(
      findings.map(({ what }) => what),
      expected[name]?.loggedInCapture ? ['the page was captured while logged in (is_login)'] : [],
      name,
    );
  }
});

test('a real logged-in page, its masked values filled again: each is found where it stands', async (t) => {
  const folder = needShared(t, 'data/watching/wechat');
  if (folder === undefined) return;
  const page = gunzipSync(readFileSync(join(folder, 'live/text-post-01-captureB.html.gz'))).toString();
  const filled = page.replace(
    /(user_uin|srcid|enter_id|indentity_id|appmsg_token)(["']?\s*[:=]\s*(?:JsDecode\()?["'])(0{6,})/g,
    (_, name: string, between: string, zeros: string) =>
      `${name}${between}${'1234567890'.repeat(30).slice(0, zeros.length)}`,
  );
  const found = (await scan({ url: WECHAT, body: filled })).map(({ what }) => what.split(' ')[0]);
  for (const name of ['user_uin', 'srcid', 'enter_id', 'indentity_id', 'appmsg_token'])
    assert.ok(found.includes(name), `${name} in ${found.join()}`);
});

test('other real pages and answers give no alarm', async (t) => {
  const folder = needShared(t, 'data/watching');
  if (folder === undefined) return;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^(?:gov-cn|eis|ted|sam|ocds|prozorro|made)\/.*\.(?:html|gz|xml|json|http)$/.test(name),
  );
  assert.ok(names.length >= 30);
  for (const name of names) {
    const bytes: Uint8Array = readFileSync(join(folder, name));
    assert.deepEqual(await scan({ body: name.endsWith('.gz') ? gunzipSync(bytes) : bytes }), [], name);
  }
});

test('base64 of a value is found whatever stands around it', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 8, maxLength: 40 }),
      fc.string({ maxLength: 9 }),
      fc.string({ maxLength: 9 }),
      (value, before, after) => {
        const text = Buffer.from(before + value + after).toString('base64');
        assert.ok(encodings(value).some((each) => text.includes(each)));
      },
    ),
  );
});
