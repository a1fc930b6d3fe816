import assert from 'node:assert/strict';
import test from 'node:test';
import type { NoticeId } from '../model/index.js';
import { EVERYBODYS, FURNITURE, type FileInNotice, sharedFiles } from './same-files.js';

const file = (name: string, source: string, kind: FileInNotice['kind'] = 'attachment', sha256 = 'x'): FileInNotice => ({
  notice: `N-${name}` as NoticeId,
  source,
  kind,
  sha256,
});
const named = (own: FileInNotice[], others: FileInNotice[]): [string, number][] =>
  sharedFiles(own, others).map(({ other, sources }) => [other.notice, sources]);
const many = (count: number, of: (at: number) => FileInNotice): FileInNotice[] =>
  Array.from({ length: count }, (_, at) => of(at));

test('who holds the same bytes, and how many accounts and sites do', () => {
  const others = [file('c', 'third'), file('b', 'second'), file('d', 'third', 'attachment', 'other')];
  assert.deepEqual(named([file('a', 'first')], others), [['N-b', 3], ['N-c', 3]]); // prettier-ignore
  assert.deepEqual(named([file('a', 'first', 'attachment', 'y')], others), []);
});

test('a picture that looks like it counts with those of its bytes; where a notice holds both, the bytes are named', () => {
  const own = file('a', 'first', 'image');
  const like = (name: string, source: string): FileInNotice => ({ ...file(name, source, 'image', 'y'), like: 'x' });
  const found = sharedFiles([own], [like('b', 'second'), like('c', 'third'), file('c', 'third', 'image')]);
  assert.deepEqual(found.map(({ other, sources }) => [other.notice, other.sha256, sources]), [['N-b', 'y', 3], ['N-c', 'x', 3]]); // prettier-ignore
  const everybody = many(EVERYBODYS - 1, (at) => like(`e${at}`, `s${at}`));
  assert.deepEqual(sharedFiles([own], everybody), [], 'a logo that each saved for itself');
});

test('what a site hangs on everything it posts joins none of its notices, nor anybody to it', () => {
  const furniture = many(FURNITURE, (at) => file(`f${at}`, 'first'));
  assert.deepEqual(named([file('a', 'first')], furniture), [], 'one more notice than may hold it');
  assert.equal(named([file('a', 'first')], furniture.slice(1)).length, FURNITURE - 1, 'so many may');
  const site = many(FURNITURE + 1, (at) => file(`s${at}`, 'site'));
  assert.deepEqual(named([file('a', 'first')], [...site, file('b', 'second')]), [['N-b', 3]], 'others are named');
});

test('a picture of everybody’s joins none, a letter attached everywhere does', () => {
  const of = (kind: FileInNotice['kind']): FileInNotice[] =>
    many(EVERYBODYS - 1, (at) => file(`e${at}`, `s${at}`, kind));
  assert.deepEqual(named([file('a', 'first', 'image')], of('image')), []);
  assert.equal(named([file('a', 'first', 'image')], of('image').slice(1)).length, EVERYBODYS - 2, 'one source fewer');
  assert.equal(named([file('a', 'first')], of('attachment')).length, EVERYBODYS - 1);
});
