import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { CaptureResult, ExhibitRecord, Sha256 } from '../../model/index.js';
import { writeImportedWarc, writeWarc } from '../../preserve/index.js';
import type { ExhibitRow } from '../../store/index.js';
import { readArchive } from './archive.js';
import { imageSource, imageType } from './images.js';
import { replayPage } from './page.js';
import { sanitise } from './sanitise.js';
import { cleanStyle } from './style.js';

const PNG = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');
const AT = '2024-05-22T03:00:00.000Z';
const none = (): undefined => undefined;

/** An exchange for each address: the pictures first, the page last. */
function archiveOf(answers: readonly (readonly [url: string, type: string, body: Uint8Array])[]): {
  warc: Uint8Array;
  record: ExhibitRecord;
} {
  const capture: CaptureResult = {
    requestedUrl: 'https://example.org/a/page.html',
    finalUrl: 'https://example.org/a/page.html',
    exchanges: answers.map(([url, type, body]) => ({
      ...{ url, startedAt: AT, status: 200, headers: [], body, durationMs: 1 },
      requestBytes: Buffer.from('GET / HTTP/1.1\r\n\r\n'),
      responseBytes: Buffer.concat([
        Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`),
        body,
      ]),
    })),
  };
  const { bytes, payload } = writeWarc(capture, { recordedAt: AT, software: 'x', robots: 'x' });
  const { requestedUrl: url, finalUrl } = capture;
  const facts = { type: 'exhibit', v: 1, at: AT, status: 200, mediaType: 'text/html', software: 'x' } as const;
  return {
    warc: bytes,
    record: { ...facts, url, finalUrl, payload, warc: { sha256: 'ab'.repeat(32) as Sha256, length: bytes.length } },
  };
}

async function shown(answers: Parameters<typeof archiveOf>[0]): Promise<string> {
  const { warc, record } = archiveOf(answers);
  const row = { id: 'E-TEST', record, reading: { text: 'what was read <b>' } } as unknown as ExhibitRow;
  return replayPage(row, await readArchive(warc, record));
}

test('pictures that lie in the same WARC are shown, by what their bytes are and not by what a header says', async () => {
  const page =
    '<p>通知</p><img src="../i/a.png" alt="stamp"><img data-src="//example.org/i/b.png"><img src="https://elsewhere.example/c.png" alt="gone &lt;">';
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>');
  const html = await shown([
    ['https://example.org/i/a.png', 'image/png', PNG],
    ['https://example.org/i/b.png', 'image/png', svg],
    ['https://example.org/a/page.html', 'text/html; charset=utf-8', Buffer.from(page)],
  ]);
  assert.match(html, new RegExp(`<img src="data:image/png;base64,${PNG.toString('base64')}" alt="stamp">`));
  assert.equal(html.match(/<img /g)?.length, 1);
  assert.match(html, /\[picture not in the capture: gone &lt;\]/);
});

test('a screenshot made at the capture is shown first; one that is no PNG, JPEG, GIF or WebP is not', async () => {
  const { warc, record } = archiveOf([['https://example.org/a/page.html', 'text/html', Buffer.from('<p>x</p>')]]);
  const shot = (block: Uint8Array): Uint8Array =>
    Buffer.concat([
      warc,
      Buffer.from(
        `WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: ${AT}\r\nWARC-Target-URI: urn:fullPage:https://example.org/a/page.html\r\nContent-Type: image/png\r\nContent-Length: ${block.length}\r\n\r\n`,
      ),
      block,
      Buffer.from('\r\n\r\n'),
    ]);
  assert.match((await readArchive(shot(PNG), record)).screenshot!, /^data:image\/png;base64,/);
  assert.equal((await readArchive(shot(Buffer.from('<svg onload="x"/>')), record)).screenshot, undefined);
});

test('what is no page is shown as text or as what was read, never as itself', async () => {
  const at = 'https://example.org/a/page.html';
  assert.match(
    await shown([[at, 'application/json', Buffer.from('{"a":"<script>"}')]]),
    /<pre>\{&quot;a&quot;:&quot;&lt;script&gt;&quot;\}<\/pre>/,
  );
  assert.match(
    await shown([[at, 'application/pdf', Buffer.from('%PDF-1.7 <script>')]]),
    /<pre>what was read &lt;b&gt;<\/pre>/,
  );
  assert.match(await shown([[at, 'image/png', PNG]]), /<img src="data:image\/png/);
  assert.match(await shown([[at, 'text/html', Buffer.from('<div>'.repeat(1_200))]]), /Shown as text: the page nests/);
});

test('the page’s own shape stays: headings, tables, emphasis, language; links are text with their address', () => {
  const { html, dropped } = sanitise(
    '<h2 lang="zh">通知</h2><table border=1><tr><td colspan=2 onclick=x>甲<b>乙</b></td></tr></table><a href="javascript:x">丙</a><a href="#top">丁</a><script>1</script><script>2</script>',
    none,
  );
  assert.equal(
    html,
    '<h2 lang="zh">通知</h2><table><tr><td colspan="2">甲<b>乙</b></td></tr></table>丙 <span class="address">[javascript:x]</span>丁',
  );
  assert.deepEqual(dropped, [{ name: 'script', count: 2 }]);
});

test('styles: what only looks stays, what fetches, runs or moves goes', () => {
  assert.equal(
    cleanStyle('color: #c00; font-family: "微软雅黑", sans-serif; margin:0 auto !important; width:calc(100% - 2px)'),
    'color:#c00;font-family:微软雅黑, sans-serif;margin:0 auto !important;width:calc(100% - 2px)',
  );
  for (const style of [
    'background:url(x)',
    'color:u\\72l(x)',
    'background-color:image-set(x)',
    'width:expression(1)',
    '-moz-binding:x',
    'behavior:x',
    'position:fixed',
    'color:red/*',
    'color:var(--x)',
    'content:"x"',
    '--x:1',
    'color:attr(x)',
    'color:re"d',
    '@import x',
    'visibility:hidden',
  ])
    assert.equal(cleanStyle(style), '', style);
});

test('a page longer than what is shown is cut, and the document stays whole', () => {
  const { html, cut } = sanitise(`<div><p>${'字'.repeat(7_000_000)}</p></div>`, none);
  assert.ok(cut && html.length < 6_100_000);
  assert.match(html, /<\/p><\/div>$/);
});

test('pictures in the page itself are written anew, and all together only so many', () => {
  const of = imageSource(new Map(), 'https://example.org/');
  assert.equal(
    of(`data:image/svg+xml;x="y";base64,${PNG.toString('base64')}`),
    `data:image/png;base64,${PNG.toString('base64')}`,
  );
  assert.equal(of(`data:image/png;base64,${Buffer.from('<svg/>').toString('base64')}`), undefined);
  const large = `data:image/png;base64,${Buffer.concat([PNG, Buffer.alloc(4_000_000)]).toString('base64')}`;
  assert.equal(Array.from({ length: 10 }, () => of(large)).filter((each) => each !== undefined).length, 5);
  assert.equal(imageType(Buffer.from('GIF89a')), 'image/gif');
});

test('whatever goes in, only our elements and attributes come out', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '/',
    '=',
    ' ',
    '<script>',
    '</script>',
    '<!--',
    '-->',
    '<svg ',
    '<style>',
    '</style>',
    '<p ',
    '<img ',
    'onerror=',
    'src=',
    'style="',
    'a',
    '\0',
    '<![CDATA[',
    ']]>',
    '<template>',
    '<b title=',
    '</p>',
    '&lt;',
    '&#60;',
    '`',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const { html } = sanitise(pieces.join(''), none);
      for (const [tag] of html.matchAll(/<[^>]*>?/g))
        assert.match(tag.replaceAll(/"[^"]*"/g, '""'), /^<\/?(?:p|b|span)(?: (?:title|style|class)="")*>$/, tag);
    }),
    { numRuns: 2_000 },
  );
});

test('a page that was handed in as a file is shown like any other, and as imported', async () => {
  const body = Buffer.from('<!doctype html><title>t</title><h1>通知</h1><script>alert(1)</script>');
  const { record } = archiveOf([['https://example.org/a/page.html', 'text/html', body]]);
  const resource = { type: 'text/html', bytes: body };
  const { bytes, payload } = writeImportedWarc(
    { url: record.url, resource },
    { importedAt: AT, software: 'x', from: 'page.html' },
  );
  const handedIn: ExhibitRecord = {
    ...record,
    status: 0,
    payload,
    imported: { from: 'page.html', form: 'html', address: 'saved-from' },
  };
  const row = { id: 'E-1', record: handedIn, reading: { text: '' } } as unknown as ExhibitRow;
  const html = replayPage(row, await readArchive(bytes, handedIn));
  assert.match(html, /<h1>通知<\/h1>/);
  assert.match(html, /, imported 2024-05-22/);
  assert.doesNotMatch(html, /<script|alert\(1\)/);
});
