import assert from 'node:assert/strict';
import test from 'node:test';
import { compareNames } from './compare-names.js';
import { fromPalladius } from './palladius.js';
import { partsOf } from './parts.js';

const at = (query: string, candidate: string, schema = 'Company'): number =>
  compareNames(query, candidate, schema).score;
const why = (query: string, candidate: string): string => compareNames(query, candidate, 'Company').why.join('; ');
const tokens = (name: string): string[] =>
  partsOf(name)
    .parts.filter(({ class: kind }) => kind !== 'form')
    .map(({ token }) => token);

test('an adjective of a place is the place', () => {
  for (const [query, candidate] of [
    ['АО «Ступинский литейный завод»', 'JSC Stupino Foundry'],
    ['Тульский приборостроительный завод', 'Tula Instrument Plant'],
    ['Марксский завод «Луч»', 'Marks Plant Luch'],
    ['Мытищинский механический завод', 'Mytishchi Mechanical Plant'],
  ] as const)
    assert.ok(at(query, candidate) >= 0.7, `${query} ~ ${candidate}: ${why(query, candidate)}`);
  assert.ok(at('Марийский завод', 'Maria Plant') < 0.85, why('Марийский завод', 'Maria Plant'));
});

test('initials are looked for though another word of the name agrees, and a name does not count its own', () => {
  assert.ok(at('АО «ТАП «Прибой»', 'JSC Tula Aggregate Enterprise Priboy') >= 0.7, 'beside a brand that agrees');
  assert.deepEqual(tokens('FSE „VGP“, Federal State Enterprise Vyborg Gunpowder Plant'), [
    ...['vyborg', 'gunpowder', 'plant'],
  ]);
  assert.deepEqual(tokens('VGP Trading House'), ['vgp', 'trading', 'house'], 'initials of nothing in the name');
});

test('the ending of a number names nothing', () => {
  assert.deepEqual(tokens('35-я ремонтная база'), ['35', 'ремонтная', 'база']);
  assert.ok(at('35-я бригада', '35 Machine Plant') < 0.7, why('35-я бригада', '35 Machine Plant'));
});

test('two names of a person that lost their blank say as much as two', () => {
  assert.ok(at('СОКОЛОВОЛЕГ Анатольевич', 'SOKOLOV Oleg', 'Person') >= 0.7, 'a patronymic left out');
});

test('a Chinese name in Cyrillic is read back to pinyin, with and without its soft signs', () => {
  assert.deepEqual(fromPalladius('цзянь'), ['jian']);
  assert.deepEqual(fromPalladius('шэньчжэнь'), ['shenzhen']);
  assert.deepEqual(fromPalladius('дунфан'), ['dongfang', 'donfang']);
  assert.deepEqual(['роман', 'петров', 'анна', 'соколов'].flatMap(fromPalladius), []);
  assert.ok(at('ЧЖАН Сюэ', 'ZHANG Xue', 'Person') >= 0.7, 'a person');
});
