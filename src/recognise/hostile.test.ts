/** Texts that are made to be slow: each is read to its end, and what stands where is exact. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { loadCatalogue, recognise } from './index.js';

const catalogue = await loadCatalogue();
const LENGTH = 100_000;
const filled = (piece: string): string => piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);

const PIECES = [
  ...[
    '无人机',
    '无 人 机 ',
    '探测器',
    '有限公司',
    '中国科学院大学',
    '中',
    '采购人：',
    '联系人：张三、',
    '出口至俄罗斯',
    '第一条',
  ],
  ...['подавитель ', 'подавитель дрон ', 'ООО «', 'Министерство обороны ', 'дальность 5 км ', 'тыс. 5 тыс. '],
  ...['Association ', 'Company of ', 'A ', 'overseen by the ', 'B u l a t ', 'B o r i s T o n e', 'drone '],
  ...[
    '1',
    '1 ',
    '1,1,',
    '111 ',
    '1-1-',
    '1/1/',
    '$5 ',
    '2024年5月22日',
    '月',
    '十二',
    '+7 (812) 123-45-67 ',
    'a@',
    'a@b.c ',
  ],
  ...[
    '91350100M000100Y43',
    'HS 8543709960 ',
    'HS ',
    '5A001.b.5 ',
    '\u0301',
    'e\u0301',
    '\ud800',
    '🚁',
    '𝐁𝐮𝐥𝐚𝐭',
    '\u200b',
    '\n',
    ' ',
    '«»',
  ],
  '采购人：广东省商务厅，无人机抑制器5台，2024年5月22日，Bulat，电话：020-1234567；',
];

test('100,000 characters of anything, 10,000 nested brackets, and text of nothing but marks come to an end', () => {
  const nested = '('.repeat(10_000) + ')'.repeat(10_000);
  for (const text of [nested, '（'.repeat(10_000) + '）'.repeat(10_000), ...PIECES.map(filled)])
    for (const { start, end, text: words } of recognise(
      { text, language: 'zh', on: '2024-05-22', published: '2024-05-22' },
      catalogue,
    ).mentions)
      assert.equal(text.slice(start, end), words);
});
