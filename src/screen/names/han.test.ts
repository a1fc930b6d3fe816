import assert from 'node:assert/strict';
import test from 'node:test';
import { nameIndexOf } from '../name-index.js';
import { CANTONESE } from './cantonese-data.js';
import { compareNames } from './compare-names.js';
import { likeBySound, soundsOfSyllables, soundsOfWord } from './han-sound.js';
import { cutHan, isLatinPlace, meaningsOf, readAloud, readInCantonese, saidBy } from './han.js';
import { MEANINGS } from './meanings-data.js';
import { HAN_COUNTIES, HAN_PLACES } from './places-data.js';

const at = (query: string, candidate: string): number => compareNames(query, candidate, 'Company').score;
const why = (query: string, candidate: string): string => compareNames(query, candidate, 'Company').why.join('; ');
const cut = (name: string): string[] => cutHan(name).map(({ kind, text }) => `${kind} ${text}`);
const ear = (han: string, word: string): number => likeBySound(soundsOfSyllables(readAloud(han)), soundsOfWord(word));

test('a name is cut by its cheapest cut: no word is torn out of two others, no place out of a brand', () => {
  for (const [name, pieces] of [
    ['月光电子有限公司', 'brand 月光|term 电子|form 有限公司'],
    ['福安康科技有限公司', 'brand 福安康|term 科技|form 有限公司'],
    ['中钢有限公司', 'brand 中钢|form 有限公司'],
    ['山东省桓台县大力机械厂', 'place 山东|place 桓台|brand 大力|term 机械|term 厂'],
    ['温州市龙湾区宏达管道有限公司', 'place 温州|place 龙湾区|brand 宏达|term 管道|form 有限公司'],
    ['深圳市市政设计院', 'place 深圳|term 市政|term 设计院'],
  ] as const)
    assert.deepEqual(cut(name), pieces.split('|'), name);
});

test('the tables of places, meanings and Cantonese say each thing once', () => {
  const places = `${HAN_PLACES} ${HAN_COUNTIES}`.split(/\s+/);
  for (const place of places) assert.match(place, /^\p{Script=Han}{2,}[a-z]+(?:\/[a-z]+)*$/u, place);
  for (const words of [
    places.map((place) => place.replace(/[a-z/]/g, '')),
    MEANINGS.split(/[|\n]/).map((row) => row.split(' ')[0]!),
    CANTONESE.split(/\s+/).map((row) => row[0]!),
  ])
    assert.deepEqual(words.filter((word, i) => words.indexOf(word) !== i), [], 'twice'); // prettier-ignore
});

test('a Chinese city in a Latin name is a place, unless its letters are more often another word', () => {
  assert.deepEqual(['wenzhou', 'harbin', 'yiwu', 'mile', 'dali', 'xinghua'].map(isLatinPlace), [
    ...[true, true, true, false, false, false],
  ]);
  assert.ok(at('温州飞龙阀门有限公司', 'Wenzhou Feilong Valve Co., Ltd.') >= 0.9, 'a place agrees');
  const elsewhere = at('Wenzhou Feilong Valve Co', 'Ningbo Feilong Valve Co');
  assert.ok(elsewhere < 0.9, `two cities: ${elsewhere}`);
  assert.ok(at('Wenzhou Co., Ltd.', 'Wenzhou Limited') >= 0.9, 'a city that is the whole name is the name');
});

test('a foreign word written by sound is heard, and one that only shares letters is not', () => {
  for (const [han, word] of [
    ['史密斯', 'smith'],
    ['阿尔法', 'alpha'],
    ['维克多', 'victor'],
    ['法比奥', 'fabio'],
    ['邓肯', 'duncan'],
  ] as const)
    assert.ok(ear(han, word) >= 0.7, `${han} ${word} ${ear(han, word)}`);
  for (const [han, word] of [
    ['月光', 'magnet'],
    ['史密斯', 'samara'],
    ['维克多', 'bakery'],
    ['邓肯', 'sakura'],
  ] as const)
    assert.ok(ear(han, word) < 0.65, `${han} ${word} ${ear(han, word)}`);
});

test('a brand may be translated, spelt in parts, by its initials or in Cantonese', () => {
  assert.equal(meaningsOf('金星').get('goldstar'), 1, 'as one word');
  assert.equal(meaningsOf('金星').get('gold'), 0.5, 'half of it');
  assert.ok(saidBy('天鹰', ['sky', 'eagle']) > 0.8, 'word by word');
  assert.ok(saidBy('美鹰', ['m', 'eagle']) > 0.6, 'an initial and a word');
  assert.ok(saidBy('博鲁泰', ['boston', 'lumen', 'target']) > 0.5, 'by how each word begins');
  assert.equal(saidBy('博鲁泰', ['boston', 'lumen', 'silver']), 0, 'and every word begins so');
  assert.equal(saidBy('天鹰', ['sky', 'dragon']), 0, 'every word must be said');
  assert.deepEqual(readInCantonese('永利'), ['wing', 'lee']);
  for (const [query, candidate] of [
    ['天鹰无人机科技有限公司', 'Sky Eagle UAV Technology Co., Ltd'],
    ['香港永利貿易有限公司', 'Wing Lee Trading (HK) Limited'],
    ['宁波阿尔法轴承有限公司', 'Ningbo Alpha Bearing Co., Ltd.'],
    ['宏达远洋船务（大连）有限公司', 'Dalian Hongda Yuanyang Shipping Co Ltd'],
    ['三一重工股份有限公司', 'Sany Heavy Industry Co., Ltd.'],
    ['温州宏达伟业阀门有限公司', 'Wenzhou Hongda Valve Co Ltd'],
  ] as const)
    assert.ok(at(query, candidate) >= 0.7, `${query} ~ ${candidate}: ${why(query, candidate)}`);
});

test('what is guessed stands or falls with the place and the trade around it, and Slavic folding says nothing', () => {
  const query = '宁波维纳斯轴承有限公司';
  const [near, far] = [at(query, 'Ningbo Venus Bearing Co Ltd'), at(query, 'Venus Shipping Agency')];
  assert.ok(near >= 0.7 && far < 0.7, `${near} ${far}`);
  assert.ok(at('娜达集团有限公司', 'NADIA') < 0.7, why('娜达集团有限公司', 'NADIA'));
  assert.ok(at('哈尔滨工业大学', 'Harbin Engineering University') < 0.85, 'another university');
});

test('a search finds the firm among others of its city and trade', () => {
  const names = [
    'Ningbo Hongda Bearing Co., Ltd.',
    'Ningbo Venus Bearing Co., Ltd.',
    'Shenzhen Venus Electronics',
    'Great Wall Motor Company Limited',
    'New Wave Technology',
    'Chinese Academy of Sciences, Institute of Optics',
    'Research Institute of Metals',
  ];
  const index = nameIndexOf(names, false);
  for (const [query, name] of [
    ['宁波维纳斯轴承有限公司', 1],
    ['深圳维纳斯电子有限公司', 2],
    ['长城汽车股份有限公司', 3],
    ['中国科学院光学研究所', 5],
  ] as const)
    assert.equal(index.search(query, 0.1, 3)[0]?.name, name, query);
});
