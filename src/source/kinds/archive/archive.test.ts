import assert from 'node:assert/strict';
import test from 'node:test';
import { conformanceSuite } from '../../testing/conformance.js';
import { toolsSaying } from '../../testing/tools.js';
import archive, { parseIndex } from './index.js';

const CDXJ =
  '!meta {"format":"x"}\n' +
  'cn,gov,example)/content/post_1.html 20240522023000 {"url":"https://www.example.gov.cn/content/post_1.html","mime":"text/html","status":"200"}\n' +
  'cn,gov,example)/content/post_2.pdf 20240522023000 {"url":"https://www.example.gov.cn/content/post_2.pdf","mime":"application/pdf","status":200}\n' +
  'cn,gov,example)/a.js 20240522023000 {"url":"https://www.example.gov.cn/a.js","mime":"text/javascript","status":"200"}\n' +
  'cn,gov,example)/gone 20240522023000 {"url":"https://www.example.gov.cn/gone","mime":"text/html","status":"404"}\n';

conformanceSuite(archive, {
  options: (url) => ({ url }),
  path: '/index.cdxj',
  good: { body: CDXJ, type: 'text/x-cdxj', addresses: 2 },
});

const urls = (text: string, ended = false): string[] => parseIndex(text, 'x', { ended }).map(({ url }) => url);

test('page lists, answers of a CDX service, plain lists', () => {
  const pages =
    '{"format": "json-pages-1.0", "id": "pages", "title": "All"}\n{"id":"1","url":"https://x.example/1","ts":"2024-05-22T02:30:00Z","title":"通知"}\n{"url":"urn:x"}\n';
  assert.deepEqual(parseIndex(pages, 'x', { ended: true }), [{ url: 'https://x.example/1', title: '通知' }]);
  const cdx = JSON.stringify([
    ['urlkey', 'timestamp', 'original', 'mimetype', 'statuscode', 'digest', 'length'],
    ['example,x)/1', '20240522023000', 'https://x.example/1', 'text/html', '200', 'A', '1'],
    ['example,x)/2', '20240522023000', 'https://x.example/2', 'warc/revisit', '-', 'A', '1'],
    ['example,x)/3', '20240522023000', 'https://x.example/3', 'text/html', '302', 'A', '1'],
  ]);
  assert.deepEqual(urls(cdx), ['https://x.example/1']);
  assert.deepEqual(urls('[]'), [], 'the service has nothing');
  assert.deepEqual(urls('https://x.example/1, a note\r\n\r\nhttps://x.example/2'), [
    'https://x.example/1',
    'https://x.example/2',
  ]);
});

test('a line that cannot be read, or a list cut off, is an error and never a shorter list', () => {
  for (const bad of [
    'https://x.example/1\nnonsense\n',
    'https://x.example/1\nhttps://[bad\n',
    'a b {"url":"https://x.example/"}\n',
    CDXJ.slice(0, -20),
    '[["original"],["a","b"]]',
    '[["urlkey"],["a"]]',
    '[{"original":"https://x.example/"}]',
    '[["original"],["https://x.e',
    ' \n',
  ])
    assert.throws(() => urls(bad), { code: 'BAD_LIST_PAGE' }, bad);
  assert.throws(() => urls('https://x.example/1\nhttps://x.example/2', true), /cut off in its last line/);
});

test('a file is read at every round; only the wanted path; neither address nor file is a mistake', async () => {
  const tools = { ...toolsSaying({}), readFile: async () => CDXJ };
  const { addresses } = await archive.make({ file: 'index.cdxj', path: '/content/post_1' }, tools).discover();
  assert.deepEqual(addresses, [{ url: 'https://www.example.gov.cn/content/post_1.html' }]);
  await assert.rejects(archive.make({}, tools).discover(), { code: 'USAGE' });
});
