import assert from 'node:assert/strict';
import test from 'node:test';
import { GIVEN_NAMES, givenGroup } from './given.js';
import { wadeGiles } from './han.js';
import { partsOf } from './parts.js';
import { ACRONYMS, TERMS } from './terms-data.js';
import { termOf } from './terms.js';
import { plain } from './tokens.js';

const repeated = (words: readonly string[]): string[] => words.filter((word, at) => words.indexOf(word) !== at);
const wordsIn = (text: string): string[] => text.split(' ').filter((word) => word !== '');
const columns = TERMS.split('\n').map((line) => line.split('|').map((column) => wordsIn(column)));

test('a term stands in one line only, in each language, and an acronym means terms that exist', () => {
  for (const column of [0, 1, 2])
    assert.deepEqual(repeated(columns.flatMap((line) => line[column] ?? [])), [], `column ${column}`);
  const known = new Set(columns.map(([latin]) => latin?.[0]));
  const acronyms = ACRONYMS.split('\n').map((line) => line.split(':'));
  assert.deepEqual(repeated(acronyms.flatMap(([spellings]) => wordsIn(spellings!))), [], 'an acronym twice');
  assert.deepEqual(
    acronyms.flatMap(([, meanings]) => wordsIn(meanings!).filter((meaning) => !known.has(meaning))),
    [],
    'an acronym of an unknown term',
  );
  for (const word of columns.flat(2)) assert.equal(plain(word), word, 'as the words of a name are folded');
});

test('a given name stands in one line only, and is met as names are folded', () => {
  const names = GIVEN_NAMES.split(/\s+/);
  assert.deepEqual(repeated(names.map(plain)), []);
  assert.equal(givenGroup(plain('أسامة')), givenGroup('osama'));
  assert.equal(givenGroup(plain("Дар'я")), givenGroup('daria'));
});

test('family names and brands are no trades, the trades in their endings are', () => {
  for (const name of [
    ...['чернов', 'чернова', 'черняков', 'лесков', 'газель', 'белов', 'семенов', 'золотов', 'буров', 'маслов'],
    ...['ветров', 'часов', 'минин', 'партнер', 'людмила', 'геннадий', 'стеклов', 'мостов', 'думин', 'рухин'],
  ])
    assert.equal(termOf(name), undefined, name);
  for (const [words, meaning] of [
    ['черный черные', 'black'],
    ['газ газовый газовая газового', 'gas'],
    ['лес лесной лесная', 'wood'],
    ['металлов металла металлический', 'metal'],
    ['нефтяная нефтяной', 'oil'],
    ['водный вода', 'water'],
    ['комбинат комбінат комбината', 'combine'],
    ['флот флота', 'vessel'],
  ] as const)
    for (const word of words.split(' ')) assert.equal(termOf(word), meaning, word);
  assert.equal(termOf('fleet'), termOf('флот'), 'fleet');
  assert.notEqual(termOf('черных'), termOf('металлов'), 'ferrous metals are two words');
});

test('only words of number are read together', () => {
  const numbers = (name: string): (number | undefined)[] => partsOf(name).parts.map(({ number }) => number);
  assert.deepEqual(numbers('Brigade Forty four'), [undefined, 44]);
  assert.deepEqual(numbers('Brigade Forty 4'), [undefined, 44]);
  assert.deepEqual(numbers('Workshop 20 5'), [undefined, 20, 5]);
});

test('Wade-Giles writes -uo as -o but after k, h and sh', () => {
  assert.deepEqual(['luo', 'zhuo', 'zuo', 'suo', 'guo', 'huo', 'shuo'].map(wadeGiles), [
    ...['lo', 'cho', 'tso', 'so', 'kuo', 'huo', 'shuo'],
  ]);
});
