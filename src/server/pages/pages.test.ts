import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { DELETED, articleOf, openTestParts, pageOf } from '../../watch/testing/parts.js';
import { ROMANISED_BY, askWitnesses, check, recordSource, stampCheckpoint, watchRound } from '../../watch/index.js';
import { serviceCaller } from '../../capture/index.js';
import { skipOrFail } from '../../model/testing/shared.js';
import type { Post } from '../../preserve/index.js';
import { startWitness, witnessLine } from '../../preserve/testing/witness.js';
import { TestTsa, hasOpenssl } from '../../verify/testing/tsa.js';
import { type ListVersionRow, findAddress, findExhibit, listNotices, showNotice } from '../../store/index.js';
import { createApp } from '../index.js';
import { LANGUAGES, MESSAGES, speak } from '../messages/index.js';
import { MARKS, unspoken } from '../messages/testing/unspoken.js';
import type { CaseReport } from '../../case/index.js';
import { casePage } from './cases.js';
import { candidates, rules } from './findings.js';
import { inboxPage } from './inbox.js';
import { markedText } from './marks.js';
import { VIEWS } from './versions.js';

const parts = await openTestParts();
after(() => parts.dispose());
const { database } = parts.store;
const app = createApp(parts);
const CALL = '采购内容：无人机探测器、无人机抑制器、通信频段干扰器，请有供货能力的企业联系我会秘书处。';

async function page(path: string): Promise<string> {
  const response = await app.request(`http://127.0.0.1${path}`, { headers: { host: '127.0.0.1' } });
  assert.equal(response.status, 200, path);
  return response.text();
}

const idOf = async (url: string): Promise<string> => (await findAddress(database, url))!.noticeId;
const marksIn = (text: string): string[] =>
  [...text.matchAll(/<mark class="goods"[^>]*>([^<]*)<\/mark>/g)].map((match) => match[1]!);

test('marks stay on their words when a later capture differs in layout only', async () => {
  const url = 'https://www.example.gov.cn/content/layout.html';
  parts.pages.set(url, pageOf('采购通知', [`各会员企业：现将有关需求转发如下。${CALL}`]));
  await check(parts, { url });
  parts.clock.advance(3_600_000);
  parts.pages.set(url, pageOf('采购通知', ['各会员企业：现将有关需求转发如下。', CALL]));
  await check(parts, { url });
  const notice = (await showNotice(database, await idOf(url)))!;
  assert.deepEqual([notice.revisions, notice.exhibits.length], [1, 2], 'two captures, one revision');
  const goods = notice.mentions.filter(({ kind }) => kind === 'goods').map(({ text }) => text);
  assert.deepEqual(marksIn(await page(`/notices/${notice.id}`)), goods);
});

test('goods that an edit took out are not marked in the text that stands', async () => {
  const url = 'https://www.example.gov.cn/content/edited.html';
  parts.pages.set(url, pageOf('通知', [`请各企业报名。${CALL}`]));
  await check(parts, { url });
  parts.clock.advance(3_600_000);
  parts.pages.set(url, pageOf('通知', ['请各企业报名，欢迎各会员单位踊跃参加本次活动，详情请咨询。']));
  await check(parts, { url });
  const text = await page(`/notices/${await idOf(url)}`);
  assert.deepEqual(marksIn(text), []);
  assert.match(text, /<del><span class="hidden" lang="en">removed: <\/span>/);
  assert.match(text, /Revisions: readings that differ in substance/);
});

test('a removed notice names the account of its standing copy also when only removals are shown', async () => {
  const long = `各会员企业：我会近日收到国外企业来函，拟通过我会在省内寻找有供货能力的生产厂家。${CALL}供货企业应为在本省注册的生产型企业，能够提供产品说明书。`;
  const [first, second] = ['a', 'b'].map((each) => `https://mp.weixin.qq.com/s/${each.repeat(22)}`);
  parts.pages.set(first!, articleOf('采购无人机设备通知', [long], 1, { account: '某省促进会' }));
  parts.pages.set(second!, articleOf('转发：采购无人机设备通知', [long], 2, { account: '某市促进会' }));
  for (const url of [first!, second!]) await check(parts, { url });
  parts.pages.set(first!, DELETED);
  for (let look = 0; look < 3; look++) {
    parts.clock.advance(86_400_000);
    await check(parts, { url: first! });
  }
  for (const path of ['/?presence=removed', '/notices?presence=removed']) {
    const text = await page(path);
    assert.match(text, /Removed by its publisher<\/strong>: <q lang="zh-Hans">该内容已被发布者删除<\/q>/, path);
    assert.match(text, /A copy stands:\s*<a href="[^"]*" lang="zh-Hans">某市促进会<\/a>\s*\(\d+ % of this notice\)/);
    assert.equal(text.match(/<li class="notice /g)?.length, 1, 'the filter holds under either address');
    assert.match(text, /href="\/api\/v1\/notices\?presence=removed"/, 'the twin in JSON is filtered alike');
  }
});

test('removals say how long what was removed had stood, as a picture, a table and a file', async () => {
  const text = await page('/removals');
  assert.match(text, /1 removal confirmed; it had stood for 2[\d.]+ h at most when it was missed/);
  assert.match(text, /<title>采购无人机设备通知: stood for between [\d.]+ (?:min|h) and 2[\d.]+ h<\/title>/);
  assert.match(text, /by its publisher: <q lang="zh-Hans">该内容已被发布者删除<\/q>[^]*<td>\d stands?<\/td>/);
  const [, row] = (await page('/removals.csv')).trim().split(/\r?\n/);
  assert.match(row!, /^N-[0-9A-Z]+,采购无人机设备通知,某省促进会,publisher,该内容已被发布者删除,/);
  assert.match(
    await page('/notices.csv?presence=removed'),
    /,removed,publisher,该内容已被发布者删除,[^\n]*Drone jammer/,
  );
});

test('"not found" names the lists and their day; where none was held nothing was asked, and the page says that', async () => {
  const notice = (await showNotice(database, await idOf('https://www.example.gov.cn/content/layout.html')))!;
  assert.deepEqual(notice.matches, []);
  const version = (publishedAt: string) =>
    ({ record: { list: 'us_ofac_sdn', publishedAt } }) as unknown as ListVersionRow;
  const said = async (...days: string[]): Promise<string> => (await candidates(notice, days.map(version))).toString();
  assert.match(await said(), /No list of that day or before is held, so no name was asked/);
  assert.match(await said('2099-01-01'), /so no name was asked/, 'a later version cannot speak for that day');
  assert.match(
    await said('2024-01-01', '2024-05-20', '2099-01-01'),
    /found on the lists of 2024-05-22: <span translate="no">us_ofac_sdn<\/span> \(version of 2024-05-20\)/,
  );
});

test('rules name goods in words, and a day without any rule in force is said, not shown as an empty table', async () => {
  const notice = (await showNotice(database, await idOf('https://www.example.gov.cn/content/layout.html')))!;
  const shown = String(await rules(notice, parts.catalogue));
  assert.match(shown, /Drone jammer/);
  const later = { ...notice, rules: notice.rules.map((rule) => ({ ...rule, inForce: false })) };
  assert.match(String(await rules(later, parts.catalogue)), /None of the rules known here was in force on the day/);
});

test('the list of notices comes in pages that keep the filter, and each begins where the one before ended', async () => {
  assert.match(await page('/?search=%22%3Cb%3E'), /value="&quot;&lt;b&gt;"/);
  const [one] = (await database.query<{ columns: string }>(
    `select string_agg(column_name, ', ') as columns from information_schema.columns
     where table_name = 'notice' and column_name not in ('id', 'first_seen', 'known_at', 'presence', 'worth')`,
  )) as [{ columns: string }];
  // More than one page of them, some at one time.
  await database.query(
    `insert into notice (id, first_seen, presence, worth, ${one.columns})
     select 'N-9' || lpad(at::text, 6, '0'), to_char(timestamp '2024-01-01' + (at / 3) * interval '1 hour', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"'), 'moved',
       case when at % 2 = 0 then 'noise' else 'undecided' end, ${one.columns}
     from generate_series(1, 250) at, (select * from notice limit 1) n`,
  );
  const held = (text: string): string[] => [...text.matchAll(/<li class="notice [^]*? id="(N-9\d+)">/g)].map((match) => match[1]!); // prettier-ignore
  const link = (text: string, name: string): string | undefined =>
    new RegExp(`href="([^"]*)">${name}<`).exec(text)?.[1]?.replaceAll('&amp;', '&');
  const first = await page('/?presence=moved');
  assert.match(first, /1–100 of 250 notices/);
  const second = await page(link(first, 'Older notices')!);
  assert.match(second, /101–200 of 250 notices/);
  assert.match(second, /<option value="moved" selected>/);
  const third = await page(link(second, 'Older notices')!);
  assert.equal(link(third, 'Older notices'), undefined);
  const all = [...held(first), ...held(second), ...held(third)];
  const order = await database.query<{ id: string }>("select id from notice where presence = 'moved' order by first_seen desc, id"); // prettier-ignore
  assert.deepEqual(all, order.map(({ id }) => id)); // prettier-ignore
  assert.deepEqual(held(await page(link(third, 'Newer notices')!)), held(second), 'and back again');
  assert.equal(link(second, 'Newer notices'), '/?presence=moved&search=&after=0');
  assert.deepEqual(held(await page('/?presence=moved&search=&after=100')), held(second), 'an address without a place');
  const noise = await page('/?worth=noise');
  assert.deepEqual(held(noise), order.map(({ id }) => id).filter((id) => Number(id.slice(3)) % 2 === 0).slice(0, 100)); // prettier-ignore
  assert.equal(held(await page('/?presence=moved&worth=undecided&after=100')).length, 25);
  assert.match(await page('/?presence=moved&after=1000'), /None here; 250 notices before/);
  await database.query("delete from notice where presence = 'moved'");
});

test('search finds two characters, inflections and names read aloud, says which form, and shows the words around it', async () => {
  const url = 'https://www.example.gov.ua/content/uk.html';
  const ru = 'https://www.example.ru/content/ru.html';
  parts.pages.set(
    url,
    pageOf('Закупівля', ['Оголошено закупівлю безпілотників для потреб громади, подання до кінця місяця.']),
  );
  parts.pages.set(
    ru,
    pageOf('Поставка', ['Требуется поставка глушителей сигнала EB-100 по адресу заказчика, приём заявок открыт.']),
  );
  for (const each of [url, ru]) await check(parts, { url: each });
  const found = async (q: string, more = ''): Promise<string> => page(`/search?q=${encodeURIComponent(q)}${more}`);
  assert.match(
    await found('抑制'),
    /In the text:\s+<span lang="zh-Hans">[^<]*无人机<mark class="form" lang="zh-Hans">抑制<\/mark>器/,
  );
  assert.match(await found('глушитель'), /<mark class="form" lang="ru">глушителей<\/mark> сигнала/);
  assert.match(await found('безпілотник'), /<mark class="form" lang="uk">безпілотників<\/mark>/);
  assert.match(await found('"EB-100"'), /<mark class="form" lang="en">EB-100<\/mark>/);
  assert.match(
    await found('drone jammer'),
    /Recognised as what was asked:[^]*抑制器<\/mark>/,
    'a good in another language',
  );
  assert.match(
    await found('cujinhui'),
    /Read aloud:[^]*促进会<\/mark>\s*\(<span translate="no">mǒu (?:shěng|shì) cù jìn huì<\/span>\)/,
  );
  assert.match(await found('cujinhui'), /Names read aloud count too/);
  const off = await found('cujinhui', '&aids=off');
  assert.match(
    await found('促进会'),
    /as the page says\. Removed\s+<span class="id">/,
    'nobody is said not to be known',
  );
  assert.match(off, /No notice here, newest first\.\s+Only what is written counts/);
  assert.doesNotMatch(off, /促进会/);
  assert.match(await found('drone_jammer'), /<a href="\/goods\/drone_jammer" lang="en">Drone jammer/);
  const id = await idOf(url);
  assert.match(await found(id.slice(0, 6)), new RegExp(`href="/notices/${id}">${id}`));
  assert.match(await found('促进会'), /Name: <a href="\/organisations\/%E6%9F%90[^"]*" lang="zh-Hans">某/);
  assert.match(
    await found("<b>'\\ & | !"),
    /value="&lt;b&gt;&#39;\\ &amp; \| !"/,
    'signs of the query language are text',
  );
});

test('an edited-out word is still found, and pages of a search follow each other without a gap', async () => {
  const api = async (
    query: string,
  ): Promise<{ items: { id: string; excerpt: { exhibit: string } }[]; next: string | null }> =>
    JSON.parse(await page(`/api/v1/search?${query}`)) as never;
  const edited = await idOf('https://www.example.gov.cn/content/edited.html');
  const all = await api('q=%E5%B9%B2%E6%89%B0%E5%99%A8');
  assert.ok(
    all.items.some(({ id }) => id === edited),
    'what an edit took out was there',
  );
  const seen: string[] = [];
  for (let query = 'q=%E5%B9%B2%E6%89%B0%E5%99%A8&limit=1'; ;) {
    const { items, next } = await api(query);
    seen.push(...items.map(({ id }) => id));
    if (next === null) break;
    query = `q=%E5%B9%B2%E6%89%B0%E5%99%A8&limit=1&after=${encodeURIComponent(next)}`;
  }
  assert.deepEqual(
    seen,
    all.items.map(({ id }) => id),
  );
  assert.ok(seen.length >= 3);
});

test('the proof box says which line is missing and why, and what is there once it is there', async (t) => {
  if (!hasOpenssl()) {
    skipOrFail(t, 'openssl is not installed');
    return;
  }
  const { log } = parts.store;
  const [exhibit] = (await showNotice(database, await idOf('https://www.example.gov.cn/content/layout.html')))!
    .exhibits;
  const before = await page(`/exhibits/${exhibit!}`);
  assert.match(before, /As served by <code>[^]* to an anonymous visitor from As\s+Posted\./);
  assert.match(before, /Shown: these bytes are unchanged\.<\/strong>/);
  assert.match(
    before,
    /Not shown yet: they existed before\.<\/strong> No outside stamp[^]*No authority is set: name some in log\.tsa/,
  );
  assert.match(
    before,
    /Not shown yet: they are in the log everybody sees\.<\/strong>[^]*no witness has signed it[^]*No witnesses are set/,
  );
  assert.match(before, /✗<\/span> <strong>screenshot<\/strong> not kept: not asked for/);
  assert.match(before, new RegExp(`npx asposted verify ${exhibit!}\\.zip`));
  const tsa = new TestTsa();
  const witness = await startWitness('one.test/witness', 11, [log.vkey]);
  const dir = mkdtempSync(join(tmpdir(), 'asposted-policy-'));
  t.after(async () => {
    tsa.remove();
    await witness.close();
    rmSync(dir, { recursive: true, force: true });
    parts.settings = settings;
  });
  const { settings } = parts;
  const root = createHash('sha256').update(Buffer.from(tsa.read('root.pem').toString().replace(/-----[^-]+-----|\s/g, ''), 'base64')).digest('hex'); // prettier-ignore
  const policy = `log ${log.vkey}\n${witnessLine('one', witness)}\nquorum one\n`;
  writeFileSync(join(dir, 'policy'), policy);
  const call = serviceCaller({ allow: ['127.0.0.0/8'] });
  const post: Post = async (url, body) => {
    const { status, type, bytes } = await call(url, Buffer.from(body));
    return { status, type, body: Buffer.from(bytes).toString('utf8') };
  };
  parts.clock.advance(Date.now() - parts.clock.now().getTime() + 60_000); // witnesses sign by the true time
  await askWitnesses(log, policy, post);
  const answer = async (_: string, body: Uint8Array | undefined) => ({ status: 200, type: 'application/timestamp-reply', bytes: tsa.reply(Buffer.from(body!)) }); // prettier-ignore
  await stampCheckpoint(log, { urls: ['https://tsa.test/'], anchors: [root], call: answer });
  const untrusted = await page(`/exhibits/${exhibit!}`);
  assert.match(
    untrusted,
    /Not shown yet: they existed before\.<\/strong> Stamped, but not under a root that is trusted/,
  );
  parts.settings = { ...settings, 'log.policy': join(dir, 'policy'), 'log.tsaRoots': [root] };
  const whole = await page(`/exhibits/${exhibit!}`);
  assert.match(whole, /Shown: they existed before\.<\/strong> They existed before: [^]* stamped the checkpoint/);
  assert.match(whole, /Shown: they are in the log everybody sees\.<\/strong>[^]*seen by one at /);
  const { record } = (await findExhibit(database, exhibit!))!;
  const object = join(parts.store.dir, 'vault', 'objects', record.warc.sha256.slice(0, 2), record.warc.sha256.slice(2));
  const bytes = readFileSync(object);
  chmodSync(object, 0o600);
  writeFileSync(object, Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1)! ^ 1])]));
  const broken = await page(`/exhibits/${exhibit!}`);
  writeFileSync(object, bytes);
  assert.match(broken, /Failed: these bytes are unchanged\.<\/strong> These bytes are not what was recorded: /);
});

test('a source says how it is, since when, what comes next, and what it brought by day', async () => {
  const list = 'https://list.example.gov.cn/list.html';
  parts.pages.set(list, { body: `<!doctype html><html><head><title>通知公告</title></head><body><ul><li><a href="https://list.example.gov.cn/content/post_1.html">关于征集企业参加对接会的通知</a></li></ul><p>${'栏目说明文字。'.repeat(60)}</p></body></html>` }); // prettier-ignore
  const options = { url: list, mode: 'list' };
  const id = await recordSource(parts, { kind: 'website', name: 'The <list>', options, everyMs: 3_600_000 });
  assert.match(await page('/sources'), /The &lt;list&gt;[^]*not asked yet/);
  await watchRound(parts);
  const well = await page(`/sources/${id}`);
  assert.match(well, /answered, named 1, 1 of them new/);
  assert.match(
    well,
    /<title>20\d\d-\d\d-\d\d: 1 new, 0 edits, 0 removals<\/title>[^]*<caption>\s*Days \(UTC\)/,
    'the picture has its table',
  );
  assert.match(await page('/sources'), /aria-label="1 new in 30 days, 1 on the busiest"/);
  parts.pages.set(list, { status: 429, body: 'slow down' });
  for (let round = 0; round < 2; round++) {
    parts.clock.advance(40 * 3_600_000);
    await watchRound(parts);
  }
  const failing = await page('/sources?show=failing');
  assert.match(failing, /1 source; 1 fails\./);
  assert.match(failing, /(?:failing|blocked) \d × since 20\d\d-[^<]*<span lang="en">[^<]*429/);
  assert.match(failing, /last answer 20/);
  assert.match(await page('/sources?show=removed'), /None of them/);
  parts.pages.set(list, { status: 401, body: 'who are you' });
  parts.clock.advance(40 * 3_600_000);
  await watchRound(parts);
  assert.match(
    await page(`/sources/${id}`),
    /needs a login, which we do not do: <span lang="en">list\.example\.gov\.cn answered 401/,
  );
  const csv = await page('/sources.csv?show=failing');
  assert.match(csv, new RegExp(`^\ufeff?source,name,[^]*${id},The <list>,website,login,\\d,`));
  const api = JSON.parse(await page('/api/v1/sources')) as { items: { health: { failures: number; state: string } }[] };
  assert.ok(api.items[0]!.health.failures >= 1);
  assert.equal(
    (JSON.parse(await page(`/api/v1/sources/${id}`)) as { days: { notices: number }[] }).days[0]!.notices,
    1,
  );
});

test('two revisions are held beside each other in several ways, and a strip shows what was seen when', async () => {
  const id = await idOf('https://www.example.gov.cn/content/edited.html');
  const text = await page(`/notices/${id}`);
  assert.match(text, /<title>2024-05-22 [^<]*: revision 2, edited: 1 change<\/title>[^]*●<\/span>\s*revision/);
  const side = await page(`/notices/${id}?view=side`);
  assert.match(
    side,
    /<td>edited<\/td>[^]*<del><span class="hidden" lang="en">removed: <\/span>[^]*<ins><span class="hidden" lang="en">added: <\/span>/,
  );
  assert.match(await page(`/notices/${id}?view=inline`), /class="reading" lang="zh-Hans">[^]*<ins>/);
  assert.match(await page(`/notices/${id}?view=changes&from=1&to=2`), /1 change: 1 text\./);
  assert.match(await page(`/notices/${id}?view=links`), /Neither names a file/);
  const old = await page(`/notices/${id}?to=1&view=%3Cb%3E&from=99`);
  assert.ok(marksIn(old).includes('无人机抑制器'), 'the first revision has its own marks, and bad choices are none');
  assert.match(old, /Marked: <span class="sample goods">goods<\/span>/);
  assert.match(old, /<a data-key="ArrowRight" href="\?view=text&amp;from=1&amp;to=2/);
  const spoken = await page(`/notices/${id}?script=romanised&to=1`);
  assert.match(spoken, /<p class="aid" lang="zh-Latn-pinyin">[^<]*wú rén jī yì zhì qì/);
  assert.match(
    await page(`/notices/${id}?script=glossed&to=1`),
    /无人机抑制器<span class="gloss" lang="en"> \(Drone jammer/,
  );
});

test('bodies, goods and trade names have pages with their notices, what lists say, and a graph with its table', async () => {
  const name = encodeURIComponent('某省促进会');
  const body = await page(`/organisations/${name}`);
  assert.match(body, /Read aloud: <span translate="no">mǒu (?:shěng|xǐng) cù jìn huì/);
  assert.match(body, /1 notice carry this\s+name, 1 of them posted under it|1 notice carries this/);
  assert.match(body, /No list is held, so the name was not asked/);
  assert.match(body, /<svg class="chart"[^]*The same as a table \(\d+ lines\)[^]*shares passages with a notice of/);
  const goods = await page('/goods/drone_jammer');
  assert.match(goods, /Control entries that may concern it[^]*jamming_range_km/);
  assert.match(goods, /无人机抑制器<\/span>[^]*First seen|First seen[^]*无人机抑制器/);
  assert.match(await page('/goods/drone_jammer/notices.csv'), /notice,title,posted by/);
  assert.match(await page('/trade-names/bulat'), /Public sources name/);
  for (const path of ['/goods/nothing', `/organisations/${encodeURIComponent('无此人')}`, '/trade-names/x']) {
    const response = await app.request(`http://127.0.0.1${path}`, { headers: { host: '127.0.0.1' } });
    assert.equal(response.status, 404, path);
  }
});

test('an empty store says what to do next', async () => {
  const text = String(await inboxPage({ notices: [], found: 0, isMore: false, hasOlder: false, isEmpty: true, triage: new Map() }, parts.catalogue, { presence: '', search: '', after: 0 })); // prettier-ignore
  assert.match(text, /asposted source add/);
  assert.match(text, /asposted demo/);
});

test('inside a mark, too, markup is text and control characters are shown; marks never nest or run over the end', async () => {
  const text = 'a<b>\u202Ec</b> d';
  const mention = (start: number, end: number) => ({ kind: 'goods', id: 'x"y', text: '', start, end }) as const;
  const shown = String(await markedText(text, [mention(1, 6), mention(2, 3), mention(11, 99)], ({ id }) => id));
  assert.equal(shown, 'a<mark class="goods" title="goods: x&quot;y">&lt;b&gt;\\u202ec</mark>&lt;/b&gt; d');
});

test('a case sets both sides beside each other by name, links real exhibits only, and shows what people typed as text', async () => {
  const [one] = await listNotices(database);
  const claim = { id: 'C-1', at: '2024-06-05T00:00:00.000Z', speaker: 'an official', logIndex: 7 };
  const report = {
    ...{
      id: 'K-1',
      title: '<b>case</b>',
      by: 'me',
      at: '2024-06-06T00:00:00.000Z',
      statements: [],
      timeline: [],
      exhibits: [],
    },
    claims: [
      { ...claim, words: 'buyers are elsewhere \u202E<script>', exhibit: 'E-ABC' },
      { ...claim, id: 'C-2', words: 'improper', exhibit: 'javascript:x' },
    ],
    contradictions: [{ rule: 'TS-02', title: 'another country', between: ['C-1', one!.id], detail: 'claim: kz' }],
    noticeList: [one!],
  } as unknown as CaseReport;
  const text = String(await casePage(report));
  assert.match(text, /<blockquote>\s*<span lang="en">an official: “buyers are elsewhere \\u202e&lt;script&gt;”/);
  assert.match(text, new RegExp(`<a href="/notices/${one!.id}"><span lang="zh-Hans">${one!.title!}</span></a>`));
  assert.match(text, /<a class="id" href="\/exhibits\/E-ABC">E-ABC<\/a>/);
  assert.match(text, /<span class="id">javascript:x<\/span>/);
  assert.doesNotMatch(text.replace('<script src="/keys.js" defer></script>', ''), /<script|<b>case|\u202e/);
  assert.equal(text.match(/<h1[ >]/g)?.length, 1);
});

/** Every page that is made of messages. */
const SPOKEN_PAGES = [
  ...['/', '/?presence=removed', '/?search=nothing-has-this'],
  // Cases and lists.
  ...['/cases', '/lists'],
  // Search: by goods, by name, read aloud, for nothing.
  ...['/search', '/search?q=drone+jammer', '/search?q=%E4%BF%83%E8%BF%9B%E4%BC%9A', '/search?q=cujinhui'],
  ...['/search?q=bulat', '/search?q=N-&presence=removed', '/search?q=nothing-has-this&aids=off'],
  '/removals',
  // Profiles: of a body, of goods with and without rules, of a trade name with and without a maker.
  ...[`/organisations/${encodeURIComponent('某省促进会')}`, '/goods/drone_jammer', '/trade-names/bulat'],
  ...['/sources', '/sources?show=failing', '/sources?show=changed'],
];

async function spokenPages(): Promise<string[]> {
  const { items } = JSON.parse(await page('/api/v1/sources')) as { items: { id: string }[] };
  return [...SPOKEN_PAGES, ...items.map(({ id }) => `/sources/${id}`)];
}

test('every word of a page comes from a message, or is somebody’s and marked as such', async () => {
  for (const path of await spokenPages()) {
    const text = await speak({ language: 'en', marks: MARKS }, () => page(path));
    assert.deepEqual(unspoken(text), [], path);
  }
  assert.deepEqual(unspoken('<html><body><p>⟦a ⟦b⟧ c⟧ UTC <b lang="ru">его</b> <i title="left">over</i>'), [
    'over',
    'left',
  ]);
});

/** A notice in every way to look at it, with goods, copies, edits, a removal and a language of its own. */
async function pagesOfNotices(): Promise<string[]> {
  const urls = ['https://www.example.gov.cn/content/layout.html', 'https://www.example.gov.ua/content/uk.html'];
  const [layout, other] = await Promise.all(urls.map(idOf));
  const edited = `/notices/${await idOf('https://www.example.gov.cn/content/edited.html')}`;
  const removed = await idOf(`https://mp.weixin.qq.com/s/${'a'.repeat(22)}`);
  const choices = ['to=1', 'to=1&script=romanised', 'to=1&script=glossed', ...VIEWS.map((view) => `view=${view}`)];
  return [
    ...[layout!, other!, removed].map((id) => `/notices/${id}`),
    ...choices.map((choice) => `${edited}?${choice}`),
  ];
}

test('a notice is spoken whole in every language: its words are the page’s, its source’s, or a list’s', async () => {
  for (const path of await pagesOfNotices()) {
    const text = await speak({ language: 'en', marks: MARKS }, () => page(path));
    assert.deepEqual(unspoken(text), [], path);
    for (const language of Object.keys(LANGUAGES)) {
      const headers = { host: '127.0.0.1', cookie: `asposted-language=${language}` };
      const response = await app.request(`http://127.0.0.1${path}`, { headers });
      assert.equal(response.status, 200, `${path} in ${language}`);
      assert.match(await response.text(), new RegExp(`<html lang="${language}">`));
    }
  }
  assert.ok(MESSAGES.en.notice.romanisedBy.includes(ROMANISED_BY), 'the page names what the text was read with');
});

test('every page is there in every language: each message has all of its values', async () => {
  for (const language of Object.keys(LANGUAGES))
    for (const path of await spokenPages()) {
      const asked = { headers: { host: '127.0.0.1', 'accept-language': language } };
      const response = await app.request(`http://127.0.0.1${path}`, asked);
      assert.equal(response.status, 200, `${language} ${path}`);
      assert.match(await response.text(), new RegExp(`<html lang="${language}">`), path);
    }
});

test('pages are in the language that is asked for, else chosen, and say which', async () => {
  const ask = (headers: Record<string, string>): Response | Promise<Response> =>
    app.request('http://127.0.0.1/', { headers: { host: '127.0.0.1', ...headers } });
  const chinese = await ask({ 'accept-language': 'zh-HK, en;q=0.5' });
  assert.equal(chinese.headers.get('content-language'), 'zh-Hant');
  assert.match(chinese.headers.get('vary') ?? '', /accept-language, cookie/);
  assert.match(await chinese.text(), /<html lang="zh-Hant">[^]*<h1>公告<\/h1>[^]*已被發布者刪除/);
  const chosen = await ask({ 'accept-language': 'zh-HK', cookie: 'asposted-language=uk' });
  assert.match(await chosen.text(), /<html lang="uk">[^]*Вилучено тим, хто опублікував/);
  assert.match(await (await ask({ cookie: 'asposted-language=tlh' })).text(), /<html lang="en">/);
  const api = await app.request('http://127.0.0.1/api/v1/notices', {
    headers: { host: '127.0.0.1', 'accept-language': 'ru' },
  });
  assert.equal(api.headers.get('content-language'), null, 'data has no language of ours');
});
