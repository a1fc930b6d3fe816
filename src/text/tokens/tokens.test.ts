import assert from 'node:assert/strict';
import test from 'node:test';
import { TokenSet, askedOf, romanKey, romanised, seek, soughtIn } from './index.js';
import { readAloud } from '../romanise.js';

/** Whether the tokens admit the text and the text then holds it: what a search does. */
function found(text: string, question: string): string | undefined {
  const set = new TokenSet();
  set.addText(text);
  const tokens = set.all();
  const sought = soughtIn(text);
  const spans = askedOf(question).map((asked) => {
    const isAdmitted = asked.tokens.every(({ any, begins }) =>
      any.some((each) => tokens.some((token) => (begins ? token.startsWith(each) : token === each))),
    );
    const span = seek(sought, asked);
    if (span) assert.ok(isAdmitted, `the tokens of ${text} must admit ${question}`);
    return isAdmitted ? span : undefined;
  });
  if (spans.length === 0 || spans.some((span) => span === undefined)) return undefined;
  return text.slice(spans[0]!.start, spans[0]!.end);
}

test('two Chinese characters are found, also in the other script and with marks pushed between them', () => {
  assert.equal(found('采购无人机抑制器的通知', '抑制'), '抑制');
  assert.equal(found('采购無人機抑制器', '无人机'), '無人機');
  assert.equal(found('采购无·人 机', '无人机'), '无·人 机');
  assert.equal(found('采购无人机', '机'), '机', 'a single one at the end of a run');
  assert.equal(found('采购无人机', '无'), '无');
  assert.equal(found('无人 采购 人机对话', '无人机'), undefined, 'both pairs are there, the word is not');
});

test('inflected Russian, Ukrainian and English words are one', () => {
  assert.equal(found('Поставка глушителями сигнала', 'глушитель'), 'глушителями');
  assert.equal(found('обнаружения БПЛА', 'обнаружение'), 'обнаружения');
  assert.equal(found('Закупівля безпілотників для України', 'безпілотник'), 'безпілотників');
  assert.equal(found('зв’язківців немає', 'зв’язківців'), 'зв’язківців');
  assert.equal(found('foreign companies seek detectors', 'company'), 'companies');
  assert.equal(found('foreign companies seek detectors', '"foreign company"'), 'foreign companies');
  assert.equal(
    found('companies that are foreign', '"foreign company"'),
    undefined,
    'quotation marks keep words together',
  );
  assert.equal(found('a jammers’ market', 'jam*'), 'jammers');
  assert.equal(found('модель EB-100М', 'EB-100'), undefined, 'another number');
  assert.equal(found('модель EB-100', 'eb-100'), 'EB-100');
});

test('a question of marks alone asks nothing', () => {
  assert.deepEqual(askedOf(' … — *'), []);
  assert.equal(askedOf('слово '.repeat(50)).length, 20);
});

test('a text of a million different words has as many tokens as a row takes', () => {
  const set = new TokenSet();
  set.addText(Array.from({ length: 200_000 }, (_, at) => `слово${at}`).join(' '));
  const bytes = set.all().reduce((sum, token) => sum + Buffer.byteLength(token), 0);
  assert.ok(bytes < 1_000_000, `${bytes}`);
});

test('names are found as they are read aloud, with tones or without, in one word or several', () => {
  assert.equal(romanised('无人机'), 'wu ren ji');
  assert.equal(romanised('Щит 3МХ'), 'Shchit 3MKH');
  assert.equal(romanised('Згії Київ'), 'Zghii Kyiv');
  assert.equal(romanised('型号EB无人机'), 'xing hao EB wu ren ji');
  const keys = ['wu ren ji', 'Wurenji', romanised('無人机'), readAloud('无人机')].map(romanKey);
  assert.deepEqual(new Set(keys).size, 1, keys.join(' '));
  assert.equal(romanKey('Hlushytel'), romanKey(readAloud('Глушитель', { isUkrainian: true })));
});
