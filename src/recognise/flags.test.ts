import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { explanation } from '../cli/explanation.js';
import type { Flag, Language, Recognition } from '../model/index.js';
import { needShared } from '../model/testing/shared.js';
import { loadCatalogue, recognise } from './index.js';

const catalogue = await loadCatalogue();

const read = (
  text: string,
  language: Language = 'zh',
  more: { on?: string; account?: { name: string } } = {},
): Recognition => recognise({ text, language, on: '2024-05-22', ...more }, catalogue);
const flag = (id: string, ...of: Parameters<typeof read>): Flag | undefined =>
  read(...of).flags.find((each) => each.id === id);
const words = (id: string, ...of: Parameters<typeof read>): string[] | undefined =>
  flag(id, ...of)?.words.map(({ text }) => text);

test('every flag that fires carries its words or what it saw, its source and the day it was added', () => {
  const text =
    '部队采购无人机及干扰距离大于6公里的无人机抑制器、探测器、通信频段干扰器（商品名Bulat）或其它类似，国产同类亦可，买方为国外企业，出口至哈萨克斯坦，经第三国转口贸易，经香港，HS编码854231，现金支付，无需安装，交货地点待定，用途保密，通过中间商，第三方付款，WRJ装备，加微信13800138000';
  const { flags } = read(text, 'zh', { account: { name: '云浮市国际贸易促进会' } });
  const ids = flags.map(({ id }) => id).sort();
  assert.deepEqual(ids, [
    'BIS-02',
    'BIS-05',
    'BIS-08',
    'BIS-09',
    'CN-01',
    'CN-02',
    'EU-01',
    'EU-03',
    'EU-05',
    'EU-06',
    'FIN-23-4',
    'N-03',
    'N-04',
    'N-05',
    'N-06',
    'N-07',
    'N-08',
    'N-09',
    'N-11',
    'N-12',
    'N-14',
    'TS-01',
    'TS-01-HK',
  ]);
  for (const { id, words: fired, source, added, detail } of flags) {
    assert.ok(fired.length > 0 || detail !== undefined, id);
    for (const each of fired) assert.equal(text.slice(each.start, each.end), each.text, id);
    assert.ok(source !== '' && /^\d{4}-\d{2}-\d{2}$/.test(added ?? ''), id);
  }
});

test('a trade name “or similar”: a local equivalent near it, and no performance asked for', () => {
  const seed = '无人机探测器（商品名BoriTone、AsselLabs、Bulat）或其它类似技术产品、无人机抑制器';
  assert.deepEqual(words('N-04', seed), ['或其它类似']);
  assert.deepEqual(words('BIS-07', seed), ['BoriTone', 'AsselLabs', 'Bulat', '或其它类似']);
  assert.equal(words('N-12', seed), undefined, 'similar is not local');
  assert.deepEqual(words('N-12', '2 детектора БПЛА (эквивалент "Булат")', 'ru'), ['эквивалент']);
  assert.deepEqual(words('N-12', 'drone detectors, a locally made equivalent of Bulat', 'en'), [
    'locally made',
    'equivalent',
  ]);
  const far = `детектор БПЛА "Булат". ${'Иные условия. '.repeat(6)}аналог`;
  assert.equal(words('N-12', far, 'ru'), undefined);
  assert.equal(
    words('BIS-07', '无人机探测器（商品名Bulat）或其它类似，干扰距离2公里'),
    undefined,
    'performance is asked for',
  );
});

test('code words in capitals with nothing beside them', () => {
  assert.deepEqual(words('N-07', '银川市公安局WRJGZ装备项目'), ['WRJGZ']);
  assert.equal(words('N-07', '无人机反制设备AWRJGZ2'), undefined);
});

test('contact by a person’s telephone, messenger or free mailbox, and by nothing else', () => {
  assert.deepEqual(words('N-09', '采购无人机抑制器，手机13800138000，加微信'), ['13800138000', '加微信']);
  assert.deepEqual(words('N-09', 'Нужны подавители БПЛА, тел. +7 911 123-45-67', 'ru'), ['+7 911 123-45-67']);
  assert.deepEqual(words('N-09', 'drone jammers wanted, buyer77@gmail.com', 'en'), ['buyer77@gmail.com']);
  assert.equal(words('N-09', '采购无人机抑制器，手机13800138000，邮箱office@gd-trade.org.cn'), undefined);
  assert.equal(words('N-09', '采购无人机抑制器，电话：020-83812345，加微信'), undefined, 'a line of its own');
});

test('three families; a go-between; a buyer without a name', () => {
  assert.equal(flag('N-08', '采购无人机抑制器和无人机探测器'), undefined);
  assert.equal(
    flag('N-08', '采购无人机抑制器、无人机探测器、通信频段干扰器')?.detail,
    'drone_jammer, drone_detector, comms_jammer',
  );
  assert.equal(
    flag('N-06', '采购无人机抑制器', 'zh', { account: { name: '广东省对俄贸易促进会' } })?.detail,
    'account: 广东省对俄贸易促进会',
  );
  assert.equal(flag('N-06', '采购无人机抑制器', 'zh', { account: { name: '广东省公安厅' } }), undefined);
  assert.deepEqual(words('N-03', 'Зарубежная компания ищет подавители БПЛА', 'ru'), ['Зарубежная компания']);
});

test('transshipment points of the alert; Hong Kong with the source that names it; the poster’s own country never', () => {
  const found = flag('TS-01', '无人机抑制器，买家在哈萨克斯坦，供应商在中国广州')!;
  assert.deepEqual([found.words.map(({ text }) => text), found.detail], [['哈萨克斯坦'], 'kz']);
  assert.match(found.source, /FIN-2022-Alert003/);
  const hongKong = flag('TS-01-HK', '无人机抑制器，经香港交货')!;
  assert.match(hongKong.source, /KSE Institute .* not in the list/);
  assert.equal(flag('TS-01', '无人机抑制器，经香港交货'), undefined);
  assert.equal(flag('TS-01', '无人机抑制器，深圳交货'), undefined);
});

test('one of the nine codes with a destination outside the allied group', () => {
  assert.deepEqual(words('FIN-23-4', 'HS编码：854231，出口至哈萨克斯坦'), ['854231', '哈萨克斯坦']);
  assert.equal(flag('FIN-23-4', 'HS编码：8542 31 9010，出口至哈萨克斯坦')?.detail, 'destination: kz');
  assert.match(
    flag('FIN-23-4', 'HS code 851762. Buyers from Belarus', 'en')!.detail!,
    /no destination is stated; named: by/,
  );
  assert.equal(flag('FIN-23-4', 'HS编码：854231，出口至德国'), undefined, 'inside the group');
  assert.equal(
    flag('FIN-23-4', 'HS编码：854231，出口至德国，韩国，哈萨克斯坦企业参会'),
    undefined,
    'the stated destination goes before',
  );
  assert.equal(flag('FIN-23-4', 'HS编码：854370，出口至哈萨克斯坦'), undefined, 'not one of the nine');
  assert.deepEqual(words('EU-06', 'HS编码：903020'), ['903020']);
  assert.equal(flag('EU-06', 'HS编码：903020', 'zh', { on: '2024-02-22' }), undefined, 'the list was not there yet');
});

test('a stated range above the Chinese number, while an entry is in force, and only when it is wholly above', () => {
  assert.deepEqual(words('CN-02', '无人机抑制器，干扰距离6公里'), ['6公里']);
  assert.match(
    flag('CN-02', '无人机抑制器，干扰距离6公里')!.detail!,
    /claimed 6 km; the entry asks for more than 5 km/,
  );
  assert.equal(flag('CN-02', '无人机抑制器，干扰距离≥5公里'), undefined);
  assert.equal(flag('CN-02', '无人机抑制器，干扰距离6公里', 'zh', { on: '2023-08-31' }), undefined);
});

test('a rule changed after the day; on a later day none did', () => {
  assert.match(
    flag('N-14', '采购无人机抑制器')!.detail!,
    /^after 2024-05-22: CN-2024-31-cuas-jammer since 2024-09-01, CN-UL-0A903\.a since 2024-12-01$/,
  );
  assert.equal(flag('N-14', '采购无人机抑制器', 'zh', { on: '2024-12-02' }), undefined);
});

test('an unmanned aircraft with a military word; words for other goods fire nothing', () => {
  assert.deepEqual(words('CN-01', '部队采购无人机'), ['部队']);
  assert.equal(flag('CN-01', '部队采购电池'), undefined);
  assert.deepEqual(
    read('国外企业现金支付，加微信，经第三国', 'zh').flags,
    [],
    'without goods these words are ordinary',
  );
  assert.deepEqual(
    read('采购儿童玩具无人机抑制器').flags.filter(({ id }) => id === 'N-10'),
    [],
    'that is for claims',
  );
});

test('no output about any of the known positives draws a conclusion', (t) => {
  const path = needShared(t, 'data/goods/positives.json');
  if (path === undefined) return;
  const positives = JSON.parse(readFileSync(path, 'utf8')) as { id: string; lang: Language; text: string }[];
  assert.equal(positives.length, 18);
  for (const { id, lang, text } of positives) {
    for (const on of ['2023-08-31', '2024-05-22', '2024-12-02', '2026-11-27']) {
      const found = read(text, lang, { on });
      const said = `${explanation(found, catalogue).join('\n')}\n${JSON.stringify(found)}`;
      for (const word of [
        'controlled',
        'illegal',
        'violation',
        'violates',
        'cleared',
        'compliant',
        'prohibited',
        'verdict',
        'risk score',
      ])
        assert.doesNotMatch(said, new RegExp(`\\b${word}\\b`, 'i'), `${id} on ${on}: ${word}`);
    }
  }
});
