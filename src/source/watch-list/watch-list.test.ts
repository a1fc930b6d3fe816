import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type WatchedSource, readWatchList, writeWatchList } from './index.js';

const OPML = `<?xml version="1.0"?>
<opml version="1.0"><head><title>x</title></head><body>
<outline text="News" title="News">
  <outline text="Inner">
    <outline type="rss" text="A &amp; B" title="A &amp; B" xmlUrl="https://x.example/a.xml?x=1&amp;y=2" htmlUrl="https://x.example/"/>
  </outline>
  <outline text="no feed here"/>
</outline>
<outline text="" xmlurl="https://x.example/b.xml"></outline>
</body></opml>`;

test('OPML as feed readers write it: folders are passed over, what names no feed is told with its line', async () => {
  const { entries, bad } = await readWatchList(OPML);
  assert.deepEqual(entries, [
    { line: 5, kind: 'feed', name: 'A & B', url: 'https://x.example/a.xml?x=1&y=2', options: {} },
    { line: 9, kind: 'feed', name: 'https://x.example/b.xml', url: 'https://x.example/b.xml', options: {} },
  ]);
  assert.deepEqual(bad, [{ line: 7, why: 'the outline names no feed' }]);
});

test('OPML that is cut, too deep, too long or something else is refused whole', { timeout: 60_000 }, async () => {
  const whole = OPML.trim();
  for (let end = 1; end < whole.length; end += 11)
    await assert.rejects(readWatchList(whole.slice(0, end)), { code: 'BAD_INPUT' }, String(end));
  const outline = '<outline xmlUrl="https://x.example/">';
  for (const text of [
    `<opml><body>${outline.repeat(100_000)}`,
    `<opml><body>${'<outline>'.repeat(100_000)}`,
    `<opml><body>${`${outline}</outline>`.repeat(10_001)}</body></opml>`,
    '<html><body></body></html>',
    `<opml>${'x'.repeat(16_000_001)}</opml>`,
  ])
    await assert.rejects(readWatchList(text), { code: 'BAD_INPUT' });
  const bomb = '<!DOCTYPE o [<!ENTITY a "aaaa">]><opml><outline text="&a;" xmlUrl="https://x.example/"/></opml>';
  assert.equal((await readWatchList(bomb)).entries[0]!.name, '&a;');
});

test('tables: columns in any order, bad rows by their line, the others taken', async () => {
  const { entries, bad } = await readWatchList(
    `\ufeffurl;Name;every;options\nhttps://x.example/a;"A;\nB\u001b[31m";2h;{"path":"/x"}\nhttps://x.example/b;B;soon;\nhttps://x.example/c;C;;[1]\nhttps://x.example/d\n`,
  );
  assert.deepEqual(entries, [
    { line: 3, name: 'A; B [31m', url: 'https://x.example/a', options: { path: '/x' }, everyMs: 7_200_000 },
    { line: 6, name: 'https://x.example/d', url: 'https://x.example/d', options: {} },
  ]);
  assert.deepEqual(
    bad.map(({ line }) => line),
    [4, 5],
  );
  assert.deepEqual((await readWatchList('a,b\n1,2\n')).bad.length, 1, 'no column of ours');
});

test('JSON lines as `source list --json` prints them; what was removed there is left', async () => {
  const source = {
    type: 'source',
    id: 'S-1',
    kind: 'feed',
    name: 'x',
    options: { url: 'https://x.example/' },
    everyMs: 60_000,
  };
  const lines = [
    JSON.stringify({ ...source, state: 'paused' }),
    JSON.stringify({ ...source, state: 'removed' }),
    '{"type":"notice"}',
    '',
    '{"kind":"feed","options":[]}',
    '{"kind":"feed","options":{},"everyMs":"1"}',
    '{"kind":"fe',
    '{"__proto__":{"kind":"feed"},"options":{}}',
  ];
  const { entries, bad } = await readWatchList(lines.join('\n'));
  assert.deepEqual(entries, [
    { line: 1, kind: 'feed', name: 'x', options: { url: 'https://x.example/' }, everyMs: 60_000, state: 'paused' },
  ]);
  assert.deepEqual(
    bad.map(({ line }) => line),
    [3, 5, 6, 7, 8],
  );
});

test('what is written is read again, whatever stands in it', async () => {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 40 })
    .filter((each) => !/[\s\p{Cc}\p{Cf}\p{Cs}\ufffe\uffff]/u.test(each) && each !== '');
  const plain = { noNullPrototype: true };
  const options = fc.record(
    { url: text.map((path) => `https://x.example/${encodeURIComponent(path)}`), path: text },
    plain,
  );
  const sources = fc.array(
    fc.record(
      {
        kind: fc.constantFrom('feed', 'website', 'wechat'),
        name: text,
        options,
        everyMs: fc.integer({ min: 1, max: 1e9 }),
        state: fc.constantFrom<WatchedSource['state']>('active', 'paused'),
      },
      plain,
    ),
    { maxLength: 5 },
  );
  await fc.assert(
    fc.asyncProperty(sources, async (given) => {
      for (const format of ['opml', 'csv', 'json'] as const) {
        if (given.length === 0 && format === 'json') continue;
        const { entries, bad } = await readWatchList(writeWatchList(given, format));
        assert.deepEqual(bad, [], format);
        assert.deepEqual(
          entries.map(({ kind, name, url, options, everyMs, state = 'active' }) => ({
            kind,
            name,
            options: url === undefined ? options : { url, ...options },
            everyMs,
            state,
          })),
          given,
          format,
        );
      }
    }),
    { numRuns: 60 },
  );
  const removed: WatchedSource = { kind: 'feed', name: 'x', options: {}, everyMs: 1, state: 'removed' };
  assert.doesNotMatch(writeWatchList([removed], 'opml'), /outline/);
});
