import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { collect } from './html.js';

/** What the parser alone makes of a page, letter by letter: titles, scripts, ids, texts of the whole. */
function plainly(html: string): { scripts: string[]; ids: string[]; text: string[] } {
  const made = { scripts: [] as string[], ids: [] as string[], text: [] as string[] };
  const stack: string[] = [];
  const parser = new Parser(
    {
      onopentag: (tag, { id }) => {
        stack.push(tag);
        if (tag === 'script') made.scripts.push('');
        if (id !== undefined && id !== '') made.ids.push(id);
      },
      ontext: (text) => {
        if (stack.at(-1) === 'script') made.scripts.push(`${made.scripts.pop() ?? ''}${text}`);
        else if (stack[0] === 'p' && stack.length === 1) made.text.push(text);
      },
      onclosetag: () => stack.pop(),
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.end(html);
  return made;
}

const PIECES = [
  ...[
    '<script',
    '<SCRIPT',
    '<script>',
    '</script',
    '</script>',
    '</SCRIPT ',
    '</scriptx>',
    '<style>',
    '</style>',
    '<style id="b">',
  ],
  ...['>', '/', ' ', '"', "'", '=', '<!--', '-->', '<!', '<', '&amp;', '&lt;script>', '&#x3c;', '&notin', '&'],
  ...['<svg>', '</svg>', '<math>', '</math>', '<foreignObject>', '<title>', '</title>', '<textarea>', '</textarea>'],
  ...[
    '<iframe>',
    '</iframe>',
    '<xmp>',
    '</xmp>',
    '<noembed>',
    '<plaintext>',
    '<p>',
    '</p>',
    '<div id="a&amp;b">',
    ' id=c&lt ',
    '文',
    'x\n',
  ],
];

test('pages with scripts handed over whole read as the parser reads them letter by letter', () => {
  const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(soup, (begun) => {
      // What is left open at the very end the parser reads differently by how it was fed: pages that are cut are told as such.
      const html = `${begun}'">--></script ></style >]]><p>`;
      const [made, wanted] = [collect(html), plainly(html)];
      assert.deepEqual(made.scripts, wanted.scripts);
      assert.deepEqual([...made.ids], [...new Set(wanted.ids)]);
    }),
    { numRuns: Number(process.env['ASPOSTED_TEST_RUNS'] ?? 20_000) },
  );
});

test('text is decoded once, and not where markup has no meaning', () => {
  const text = (html: string): string =>
    collect(html, [{ name: 'all', match: (tag) => tag === 'p' }]).regions.get('all')?.text ?? '';
  assert.equal(text('<p>a &amp;lt; b &lt;i&gt; &copy;</p>'), 'a &lt; b <i> ©');
  assert.equal(text('<p>a<xmp>&amp;</xmp></p>'), 'a&amp;');
  assert.equal(collect('<title>a &amp; b</title>').title, 'a & b');
  assert.deepEqual(collect('<script>a &amp;&amp; b</script>').scripts, ['a &amp;&amp; b']);
  assert.deepEqual(
    collect('<p><a href="/a?b=1&amp;c=2&copy=3">x</a></p>', [{ name: 'p', match: (tag) => tag === 'p' }]).regions.get(
      'p',
    )?.links,
    [{ url: '/a?b=1&c=2&copy=3', text: 'x' }],
  );
});

test('a page full of false beginnings takes no longer than another', () => {
  for (const piece of ['<!-- <script> ', '<script', '<style>', '<script></script>', '<p title="<script>">'])
    assert.ok(collect(piece.repeat(200_000)).elements >= 0);
});
