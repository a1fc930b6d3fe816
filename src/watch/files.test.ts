import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type Fetcher, type NoticeId, instant } from '../model/index.js';
import { jpegOf, scene } from '../read/testing/pictures.js';
import { exhibitsOf, findAddress, findExhibitByHash } from '../store/index.js';
import { check, fullNotice, importFile, sameFilesOf } from './index.js';
import { type FakePage, captureOf, openTestParts, pageOf, sameAsRebuilt } from './testing/parts.js';

const parts = await openTestParts({ settings: { 'capture.files': 'all', 'capture.files.most': 8 } });
after(() => parts.dispose());
const { pages, fetched, store, clock } = parts;

/** Bytes that look like nothing else, of a PDF as far as anybody asks. */
const pdf = (seed: number, length = 3_000): Uint8Array =>
  Buffer.from(`%PDF-1.4\n${String(seed).repeat(length)}`.slice(0, length), 'latin1');
const gif = (width: number, height: number, seed: number): Uint8Array =>
  Buffer.concat([Buffer.from('GIF89a', 'latin1'), Buffer.from([width & 255, width >> 8, height & 255, height >> 8, 0, 0, 0]), pdf(seed)]); // prettier-ignore
const PDF = { type: 'application/pdf' };
const GIF = { type: 'image/gif' };

let count = 0;
const at = (host: string, name: string): string => `https://${host}/content/${name}`;
/** A page of a site of its own, with links to files and with pictures, by their names beside it. */
async function posted(files: Record<string, FakePage>, host = `h${++count}.example.gov.cn`): Promise<NoticeId> {
  const url = at(host, `post_${++count}.html`);
  for (const [name, file] of Object.entries(files)) pages.set(at(host, name), file);
  const inPage = Object.keys(files).map((name) =>
    /\.(?:gif|jpg)$/.test(name) ? `<img src="${name}">` : `<a href="${name}">附件：${name}</a>`,
  );
  pages.set(
    url,
    pageOf(`关于第${count}次征集的通知`, [`第${count}次征集的内容各不相同，请见附件${count}。`, ...inPage]),
  );
  await check(parts, { url });
  return (await findAddress(store.database, url))!.noticeId;
}
const partnersOf = async (id: NoticeId): Promise<[string, string, number][]> =>
  (await sameFilesOf(store.database, id)).map(({ other, relation, files }) => [other, relation, files.length]);

test('attached files and pictures are kept with the page, and name the notices that hold the same bytes', async () => {
  const photo = gif(400, 300, 7);
  const one = await posted({ 'a.pdf': { ...PDF, body: pdf(1) }, 'photo.gif': { ...GIF, body: photo } });
  const two = await posted({ 'b.pdf': { ...PDF, body: pdf(1) } });
  const three = await posted({ 'c.pdf': { ...PDF, body: pdf(2) }, 'other.gif': { ...GIF, body: photo } });
  assert.deepEqual((await partnersOf(one)).sort(), [[two, 'same-attachment', 1], [three, 'same-image', 1]].sort()); // prettier-ignore
  assert.deepEqual(await partnersOf(two), [[one, 'same-attachment', 1]], 'from either side');
  const [exhibit] = await exhibitsOf(store.database, one);
  const { files, mediaType, payload } = exhibit!.record;
  assert.deepEqual([files?.kept, files?.failed, files?.left, mediaType], [2, 0, 0, 'text/html']);
  assert.ok(payload.length < 3_000, 'the payload is that of the page');
  const [shown] = (await fullNotice(store.database, one))!.sameFiles.filter(({ other }) => other === two);
  const { name, otherName, sources } = shown!.files[0]!;
  assert.deepEqual([name, otherName, sources], ['附件：a.pdf', '附件：b.pdf', 2]);
  assert.deepEqual((await fullNotice(store.database, one))!.copies, [], 'a file makes no copy');
});

test('a picture that was made smaller or saved again is nearly the same; another one, and a plain one, is not', async () => {
  const JPEG = { type: 'image/jpeg' };
  const one = await posted({ 'a.jpg': { ...JPEG, body: jpegOf(scene(1), 240, 180, 90) } });
  const smaller = await posted({ 'b.jpg': { ...JPEG, body: jpegOf(scene(1), 160, 125, 50) } });
  const same = await posted({ 'c.jpg': { ...JPEG, body: jpegOf(scene(1), 240, 180, 90) } });
  await posted({ 'd.jpg': { ...JPEG, body: jpegOf(scene(2), 240, 180, 90) } });
  const plain = await posted({ 'e.jpg': { ...JPEG, body: jpegOf(() => [255, 255, 255], 240, 180, 90) } });
  const rows = await sameFilesOf(store.database, one);
  const found = new Map(rows.map(({ other, relation, files: [file] }) => [other, [relation, file!.difference]]));
  assert.deepEqual(new Set(found.keys()), new Set([smaller, same]));
  assert.deepEqual(found.get(same), ['same-image', undefined], 'the same bytes');
  const [relation, difference] = found.get(smaller)!;
  assert.ok(relation === 'same-image' && Number(difference) <= 16 / 256, `${String(difference)} of its places differ`);
  assert.deepEqual(await partnersOf(plain), []);
});

test('a file that was captured as such, one behind a redirect, one that was imported, and one that was sent packed are known by their bytes', async () => {
  const body = pdf(3);
  const linked = await posted({ 'd.pdf': { ...PDF, body } });
  const packed = await posted({ 'e.pdf': { ...PDF, headers: [['Content-Encoding', 'gzip']], body: gzipSync(body) } });
  const url = 'https://files.example.gov.cn/content/f.pdf';
  pages.set(url, { ...PDF, body });
  await check(parts, { url });
  const alone = (await findAddress(store.database, url))!.noticeId;
  const own = parts.fetcher;
  const target = 'https://store.example.gov.cn/content/0001';
  const fetch: Fetcher['fetch'] = async (asked, options) => {
    if (!asked.endsWith('/moved.pdf')) return own.fetch(asked, options);
    const [now, headers] = [instant(clock.now()), [['Location', target] as const]];
    const away = captureOf(asked, { status: 302, headers, body: '' }, now);
    const there = captureOf(target, { ...PDF, body }, now);
    return { ...there, requestedUrl: asked, exchanges: [...away.exchanges, ...there.exchanges] };
  };
  parts.fetcher = { ...own, fetch };
  const moved = await posted({ 'moved.pdf': { ...PDF, body } });
  parts.fetcher = own;
  const { logged } = await importFile(parts, body, { name: 'saved.pdf' });
  const exhibit = logged.find(({ record }) => record.type === 'exhibit')!;
  const { noticeId: imported } = (await findExhibitByHash(store.database, exhibit.hash))!;
  const partners = (await partnersOf(linked)).map(([other]) => other).sort();
  assert.deepEqual(partners, [packed, alone, moved, imported].sort());
});

test('icons, empty files, a page in place of a file, and what a site hangs on everything join nothing', async () => {
  const same = {
    'icon.gif': { ...GIF, body: gif(40, 40, 4) },
    'line.gif': { ...GIF, body: gif(900, 10, 4) },
    'gone.pdf': { body: `<html><body>${'请先登录后再下载。'.repeat(200)}</body></html>` },
    'tiny.pdf': { ...PDF, body: '' },
    'lost.pdf': { status: 404, body: 'not found' },
  };
  const one = await posted(same);
  await posted(same);
  assert.deepEqual(await partnersOf(one), []);
  const [exhibit] = await exhibitsOf(store.database, one);
  assert.deepEqual([exhibit!.record.files?.kept, exhibit!.record.files?.failed], [4, 1], 'what is no file is not kept');
  const logo = { 'logo.gif': { ...GIF, body: gif(300, 200, 5) } };
  const notices: NoticeId[] = [];
  for (let n = 0; n < 6; n++) notices.push(await posted(logo, 'site.example.gov.cn'));
  assert.deepEqual(await partnersOf(notices[0]!), []);
});

test('no more files than the settings say, none of a host that wants to be left alone, and the rest is told', async () => {
  const from = fetched.length;
  const names = Array.from({ length: 12 }, (_, n) => `n${n}.pdf`);
  const host = 'busy.example.gov.cn';
  const files = Object.fromEntries(names.map((name, n) => [name, { ...PDF, body: pdf(20 + n) }]));
  const many = await posted(files, host);
  const asked = fetched.slice(from).filter((url) => url.endsWith('.pdf'));
  const [exhibit] = await exhibitsOf(store.database, many);
  assert.deepEqual([asked.length, exhibit!.record.files?.kept, exhibit!.record.files?.left], [8, 8, 4]);
  const refusing = await posted({ ...files, 'n0.pdf': { status: 429, body: 'slow down' } }, 'refuses.example.gov.cn');
  const [other] = await exhibitsOf(store.database, refusing);
  assert.deepEqual(other!.record.files, { kept: 0, bytes: 0, failed: 1, left: 11 });
});

test('a page that is known is not asked for its files again; rows are those the log makes', async () => {
  const url = at('again.example.gov.cn', 'post.html');
  pages.set(at('again.example.gov.cn', 'g.pdf'), { ...PDF, body: pdf(6) });
  pages.set(url, pageOf('关于再次征集的通知', ['再次征集的内容见附件。', '<a href="g.pdf">附件</a>']));
  await check(parts, { url });
  clock.advance(3_600_000);
  const from = fetched.length;
  await check(parts, { url });
  assert.deepEqual(fetched.slice(from), [url], 'the page alone');
  await sameAsRebuilt(parts);
});

test('a store that keeps no files asks for none', async () => {
  const url = at('off.example.gov.cn', 'post.html');
  pages.set(url, pageOf('关于征集的通知', ['征集的内容见附件。', '<a href="h.pdf">附件</a><img src="i.gif">']));
  for (const [policy, asked] of [
    ['off', []],
    ['attachments', [at('off.example.gov.cn', 'h.pdf')]],
  ] as const) {
    const from = fetched.length;
    const settings = { ...parts.settings, 'capture.files': policy };
    await check({ ...parts, settings }, { url, context: { keepAlways: true } });
    assert.deepEqual(fetched.slice(from), [url, ...asked], policy);
  }
  const [without] = await exhibitsOf(store.database, (await findAddress(store.database, url))!.noticeId);
  assert.equal(without!.record.files, undefined, 'nothing is said of files');
});
