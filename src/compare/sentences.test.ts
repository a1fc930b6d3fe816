import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { changedRuns, sentences, words } from './sentences.js';

const same = (text: string): string => text;

test('sentences end where each language ends them, and nothing of a text is lost but space alone', () => {
  assert.deepEqual(sentences('收到来函。“拟采购设备！”请报名；谢谢\n第二行'), [
    '收到来函。',
    '“拟采购设备！”',
    '请报名；',
    '谢谢\n',
    '第二行',
  ]);
  assert.deepEqual(sentences('Куплю 3.5 шт. Срочно! Звоните.'), ['Куплю 3.5 шт. ', 'Срочно! ', 'Звоните.']);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const squeezed = (parts: string): string => parts.replace(/\s+/gu, '');
      assert.equal(squeezed(sentences(text).join('')), squeezed(text));
      assert.equal(words(text, 'zh').join(''), text);
    }),
  );
});

test('what agrees is what both hold, what differs makes the one into the other, and one change is one run', () => {
  const list = fc.array(fc.constantFrom('甲', '乙', '丙', '丁', 'a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 30 });
  fc.assert(
    fc.property(list, list, (before, after) => {
      const runs = changedRuns(before, after, same);
      const gone = runs.flatMap((run) => run.gone);
      const come = runs.flatMap((run) => run.come);
      assert.deepEqual(without(before, gone).sort(), without(after, come).sort());
      assert.equal(isWithin(gone, before) && isWithin(come, after), true, 'each in its order');
      assert.equal(
        runs.every((run) => run.gone.length + run.come.length > 0),
        true,
      );
    }),
  );
  const long = Array.from({ length: 50 }, (_, n) => `第${n}句。`);
  const changed = long.with(20, '改了。').toSpliced(40, 1);
  assert.deepEqual(changedRuns(long, changed, same), [
    { gone: ['第20句。'], come: ['改了。'] },
    { gone: ['第40句。'], come: [] },
  ]);
  assert.deepEqual(changedRuns(long, long, same), []);
});

/** Whether a list is another with some left out. */
function isWithin(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const each of whole) if (each === part[at]) at += 1;
  return at === part.length;
}

function without(list: readonly string[], taken: readonly string[]): string[] {
  const left = [...taken];
  return list.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

test(
  '200,000 characters, alike, rewritten, in one line or full of repeats, fit into little memory',
  { timeout: 120_000 },
  () => {
    const script = `
    import { compareReadings } from ${JSON.stringify(new URL('./diff.ts', import.meta.url).href)};
    const of = (text) => ({ reader: 't', verdict: { class: 'live', rule: 't' }, identity: { key: 'k' }, charset: { name: 'utf-8', reason: 't' }, language: 'zh', text, links: { attachments: [], images: [] }, fields: {}, problems: [] });
    const pick = (n, seed) => Array.from({ length: n }, (_, at) => String.fromCharCode(0x4e00 + (at * 7919 + seed * 104729 + at * at) % 9000)).join('');
    const cut = (text, every, end) => text.replace(new RegExp('(.{' + every + '})', 'gs'), '$1' + end);
    const text = cut(pick(200000, 1), 25, '。');
    const edited = text.replace(/(.{800})./gs, '$1改');
    const cases = [[text, edited], [text, cut(pick(200000, 2), 25, '。')], [pick(200000, 1), pick(200000, 2)], ['重复。'.repeat(66000), '重复！'.repeat(66000)], [text, ''], ['俄罗斯。' + text, '哈萨克斯坦。' + text]];
    const counts = cases.map(([a, b]) => compareReadings(of(a), of(b)).length);
    console.log(JSON.stringify(counts));
  `;
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--max-old-space-size=160', '--import', 'tsx', '--input-type=module', '-e', script],
      { encoding: 'utf8', cwd: fileURLToPath(new URL('../..', import.meta.url)) },
    );
    assert.equal(status, 0, stderr.slice(-2_000));
    const counts = JSON.parse(stdout) as number[];
    assert.ok(counts[0]! > 200, `${counts[0]} of 250 edits`);
    assert.deepEqual(counts.slice(1), [1, 1, 1, 1, 1]);
  },
);
