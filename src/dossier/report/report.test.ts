import assert from 'node:assert/strict';
import test from 'node:test';
import { XSS_SHAPES, xssAttempt } from '../../model/testing/xss.js';
import { html, listed, mixed, said } from './markup.js';
import { romanise } from '../../text/romanise.js';
import { dated, onDay, timed } from './view.js';

test('text never becomes markup, in an element or in an attribute, and what is markup stays', () => {
  for (let at = 0; at < XSS_SHAPES; at++) {
    const { text } = html`<p title="${xssAttempt(at)}">${xssAttempt(at)}${[xssAttempt(at)]}</p>`;
    assert.match(text, /^<p title="[^"<>]*">[^<>]*<\/p>$/, xssAttempt(at));
  }
  assert.equal(
    mixed('notice: ru, «对俄，对乌» <b>').text,
    'notice: ru, «<span lang="zh-Hans">对俄，对乌</span>» &lt;b&gt;',
  );
  assert.equal(
    html`<b>${listed(['a', said('б'), '<i>'])}</b>`.text,
    '<b>a, <span lang="ru">б</span> and &lt;i&gt;</b>',
  );
});

test('names are read by the rules of their language; family names and some places are read as such', () => {
  const read = (text: string, language = '', isPerson = false): string | undefined =>
    romanise(text, language, isPerson)?.text;
  assert.equal(read('单建国', 'zh', true), 'shàn jiàn guó');
  assert.equal(read('委员会', 'zh'), 'wěi yuán huì');
  assert.equal(read('浙江乐清'), 'zhè jiāng Yuèqīng');
  assert.equal(read('无人机'), 'wú rén jī');
  assert.equal(read('型号EB无人机'), 'xíng hào EB wú rén jī');
  assert.equal(read('Щит 3МХ', 'ru'), 'Shchit 3MKh');
  assert.equal(read('Київ', 'uk'), 'Kyiv');
  assert.equal(read('Згурський Євген', 'uk'), 'Zghurskyi Yevhen');
  assert.equal(read('Ельцин Съезд Объект', 'ru'), 'Yel’tsin S”yezd Ob”yekt');
  assert.deepEqual([read('plain'), read('长'.repeat(200))], [undefined, undefined]);
});

test('times keep their zone; what is no time is shown as it stands', () => {
  assert.equal(dated('2024-05-22T10:30:15+08:00'), '22 May 2024, 10:30 (UTC+08:00)');
  assert.equal(timed('2024-05-22T03:00:15.123Z'), '22 May 2024, 03:00:15 (UTC)');
  assert.deepEqual([onDay('2024-06-05'), onDay(null)], ['on 5 June 2024', 'on a day that is not stated']);
  assert.deepEqual([dated('soon'), dated('2024-19-01')], ['soon', '2024-19-01']);
});
