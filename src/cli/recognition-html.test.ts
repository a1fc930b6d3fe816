import assert from 'node:assert/strict';
import test from 'node:test';
import { decodeHTML } from 'entities';
import fc from 'fast-check';
import { loadCatalogue, recognise } from '../recognise/index.js';
import { explanation } from './explanation.js';
import { recognitionHtml } from './recognition-html.js';

const catalogue = await loadCatalogue();
const SEED =
  '国外企业采购无人机设备通知\n探测器、干扰发生器、无人机探测器（商品名BoriTone、AsselLabs、Bulat）或其它类似技术产品，干扰距离大于6公里';
const read = (text: string): ReturnType<typeof recognise> =>
  recognise({ text, language: 'zh', on: '2024-05-22' }, catalogue);
const bodyOf = (html: string): string => /<div class="text"[^>]*>([\s\S]*?)<\/div>/.exec(html)![1]!;

test('the page marks words where they stand, loses none of the text and lets none of it act', () => {
  const text = `${SEED}\n<script>alert(1)</script><img src=x onerror=alert(1)> "&amp;" \u202e`;
  const html = recognitionHtml(text, read(text), catalogue);
  assert.match(html, /<mark class="goods" title="goods drone_jammer">干扰发生器<\/mark>/);
  assert.match(html, /<mark class="tradeName" title="tradeName bulat">Bulat<\/mark>/);
  assert.doesNotMatch(html, /<script|<img|\u202e/);
  assert.match(html, /default-src 'none'/);
});

test('whatever the text, the page without its marks is the text (property)', () => {
  const piece = fc.constantFrom(
    '无人机探测器',
    '干扰发生器',
    'Bulat',
    '<b>',
    '&amp;',
    '"',
    '2024-05-22',
    'ООО «Ромашка»',
    '5 公里',
    '\n',
    '😀',
    'x',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      const body = bodyOf(recognitionHtml(text, read(text), catalogue));
      assert.equal(decodeHTML(body.replace(/<\/?mark[^>]*>/g, '')), text);
    }),
    { numRuns: 300 },
  );
});

test('in sentences: what is named, by which word and source, what an entry asks for, and never a verdict', () => {
  const said = explanation(read(SEED), catalogue).join('\n');
  assert.match(
    said,
    /The text names «干扰发生器»\. In the catalogue this is Drone jammer \/ suppressor \(zh, strong term «干扰发生器»; source: notice text as quoted in Chinese/,
  );
  assert.match(said, /«Bulat» is named as a trade name\..*That they are the same is not established\./);
  assert.match(
    said,
    /may fall under CN-2023-27-cuas-jammer \(.*; in force from 2023-09-01 until 2024-09-01\).*The text gives jamming_range_km: «/,
  );
  assert.match(said, /Later: Drone jammer .* may fall under CN-2024-31-cuas-jammer/);
  assert.match(said, /Text of another day: .*US-5A001\.b\.5 \(Commerce Control List.*; text as read on 2026-07-23\)/);
  assert.doesNotMatch(said, /in force from 2026-07-23/);
  assert.match(said, /Flag N-03: Buyer unnamed: «国外企业»/);
  // What an entry is about is said in its own words ("digitally controlled receiver").
  const own = read(SEED).rules.reduce((text, { title }) => text.replaceAll(title, ''), said);
  for (const word of ['controlled', 'illegal', 'violation', 'cleared', 'compliant', 'verdict', 'score'])
    assert.doesNotMatch(own, new RegExp(`\\b${word}\\b`, 'i'), word);
  const nothing = explanation(read('关于放假的通知'), catalogue).join('\n');
  assert.match(
    nothing,
    /names no goods or trade names.*\nNo candidate entry was found in the rules loaded for 2024-05-22 \(.*\)\. This is not a clearance\./,
  );
});
