import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type SoughtTerm, compileTerms, unitsOf } from './index.js';
import type { Scan } from './scan.js';
import { hashOfFour } from './tables.js';
import { makeAutomaton } from './testing/automaton.js';
import { makeEngines } from './testing/engines.js';
import { findOneByOne } from './testing/naive.js';

const engines = await makeEngines();
const both = Object.entries(engines);
const RUNS = Number(process.env['ASPOSTED_TERM_RUNS'] ?? 500);

type Hit = [start: number, term: number];

function hitsOf(scan: Scan, text: string): Hit[] {
  const [ofString, ofUnits]: [Hit[], Hit[]] = [[], []];
  scan(text, (start, term) => ofString.push([start, term]));
  scan(unitsOf(text), (start, term) => ofUnits.push([start, term]));
  assert.deepEqual(ofString, ofUnits);
  return ofString;
}

/** A number for a list of hits, where the lists are too long to be kept. */
function digestOf(scan: Scan, text: Uint16Array): { count: number; sum: number } {
  let [count, sum] = [0, 0];
  scan(text, (start, term) => {
    count += 1;
    sum = (sum + Math.imul(Math.imul(start, 0x9e3779b1) ^ term, 0x85ebca6b)) | 0;
  });
  return { count, sum };
}

test('every occurrence is reported, overlapping ones too, by place and then by length', () => {
  const terms = compileTerms([
    '无人机',
    '机',
    '人机抑制器',
    '无人',
    '无人机抑制器',
    { text: 'drone', wordStart: true },
  ]);
  const hits: Hit[] = [];
  terms.scan('无人机抑制器 drones, overdrone', (start, term) => hits.push([start, term]));
  assert.deepEqual(hits, [
    [0, 3],
    [0, 0],
    [0, 4],
    [1, 2],
    [2, 1],
    [7, 5],
  ]);
});

test('a term at the start of a word has no letter or digit below U+2E80 before it; any other may have one', () => {
  const starts = { text: 'дрон', wordStart: true };
  const text = 'дрон квадродрон 5дрон 机дрон (дрон) \u0301дрон';
  for (const [name, make] of both) {
    const at = (terms: (string | SoughtTerm)[]): number[] => hitsOf(make(terms), text).map(([start]) => start);
    assert.deepEqual(at([starts]), [0, 23, 29, 36], name);
    assert.deepEqual(at(['дрон']), [0, 11, 17, 23, 29, 36], name);
    // Another term that begins with the same letter must not take the first one's rule away, nor come under it.
    assert.deepEqual(hitsOf(make([starts, 'др']), 'бдрон'), [[1, 1]], name);
  }
});

test('an empty term and a term that stands there twice are the caller’s mistakes', () => {
  assert.throws(() => compileTerms(['a', '']), { name: 'RangeError', message: 'term 1 is empty' });
  assert.throws(() => compileTerms(['ab', 'a', { text: 'ab', wordStart: true }]), {
    name: 'RangeError',
    message: 'term 2 stands there twice: ab',
  });
});

test('no terms find nothing, and in an empty text nothing is found', () => {
  for (const [name, make] of both) {
    assert.deepEqual(hitsOf(make([]), '\0 abc 无人机'), [], name);
    assert.deepEqual(hitsOf(make(['a', '\0']), ''), [], name);
  }
});

const letters = (alphabet: readonly string[], most: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), maxLength: most });
/** Few letters, so that terms overlap and lie in one another; among them what is easily mistaken. */
const ALPHABETS = [
  ['a', 'b'],
  ['a', 'б', '无', ' '],
  // Long terms of a few words: many begin with the same six units.
  ['abcdef', 'a', '无人机', '无人 机器'],
  ['\0', '\uffff', '\ud83d', '\ude81', '\u0301', '1', 'x'],
];
const cases = fc.constantFrom(...ALPHABETS).chain((alphabet) =>
  fc.record({
    terms: fc.uniqueArray(
      fc.record({ text: letters(alphabet, 7).filter((text) => text !== ''), wordStart: fc.boolean() }),
      { selector: ({ text }) => text, maxLength: 25 },
    ),
    text: letters(alphabet, 80),
  }),
);

test('both engines find what a search term by term finds, in the same order (property)', () => {
  fc.assert(
    fc.property(cases, ({ terms, text }) => {
      const wanted = findOneByOne(terms, text);
      for (const [name, make] of both) assert.deepEqual(hitsOf(make(terms), text), wanted, name);
    }),
    { numRuns: RUNS },
  );
});

test('terms whose first six units have one hash, or the hash 0, are told apart', () => {
  const six = (four: string, wanted: number): string => {
    const [first, second, third, fourth] = Array.from(four, (unit) => unit.charCodeAt(0));
    const rest = hashOfFour((first! << 16) | second!, third!, fourth!) ^ wanted;
    return four + String.fromCharCode(rest >>> 16, rest & 0xffff);
  };
  const fours = ['abcd', 'abce', '无人机器', 'дрон'];
  for (const hash of [0, 77, -1]) {
    const all = fours.map((four) => six(four, hash));
    const terms = [...all.slice(1), `${all[1]}tail`, `${all[2]}无人`, `${all[2]}无人机抑制器通信`];
    const text = terms.map((term) => `${term}无人机抑制器${all[0]}`).join('x');
    for (const [name, make] of both) assert.deepEqual(hitsOf(make(terms), text), findOneByOne(terms, text), name);
  }
});

test('the automaton finds the same, whatever the order (property)', () => {
  fc.assert(
    fc.property(cases, ({ terms, text }) => {
      const plain = terms.map((term) => term.text);
      const found = hitsOf(makeAutomaton(plain), text);
      found.sort((a, b) => a[0] - b[0] || plain[a[1]]!.length - plain[b[1]]!.length);
      assert.deepEqual(found, findOneByOne(plain, text));
    }),
    { numRuns: RUNS },
  );
});

test('terms across the borders of blocks, and longer than a block, are found whole', () => {
  const noise = '，。'.repeat(20_000);
  const long = 'ab无'.repeat(6_000);
  const terms = ['无人机', long, { text: 'drone', wordStart: true }, '器'];
  for (const [name, make] of both) {
    const scan = make(terms);
    for (let at = 8_185; at < 8_200; at++) {
      const text = `${noise.slice(0, at)}无人机drone器 drone${noise}`;
      assert.deepEqual(hitsOf(scan, text), findOneByOne(terms, text), `${name} at ${at}`);
      // Nothing of the text before is left behind the end of a shorter one.
      assert.deepEqual(hitsOf(scan, text.slice(0, at + 2)), [], name);
    }
    const text = `${noise}${long}${long}${long.slice(0, -1)}`;
    assert.deepEqual(hitsOf(scan, text), findOneByOne(terms, text), name);
  }
});

/** Numbers from a seed (xorshift), for inputs too large to be drawn by fast-check. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

for (const count of [3_000, 20_000, 60_000]) {
  test(`${count} terms: both engines find what the automaton finds`, () => {
    const random = seeded(count);
    const word = (length: number): string =>
      String.fromCharCode(...Array.from({ length }, () => 0x4e00 + Math.min(random(400), random(400))));
    const terms = [...new Set(Array.from({ length: count }, () => word(1 + random(6))))];
    const text = unitsOf(word(100_000) + terms.join(' '));
    const wanted = digestOf(makeAutomaton(terms), text);
    assert.ok(wanted.count > terms.length);
    for (const [name, make] of both) assert.deepEqual(digestOf(make(terms), text), wanted, name);
  });
}

test('a thousand terms that are prefixes of one another: every one at every place, more than fit the room for hits', () => {
  const terms = Array.from({ length: 1_000 }, (_, at) => 'a'.repeat(at + 1));
  const text = 'a'.repeat(5_000);
  for (const [name, make] of both) {
    const scan = make(terms);
    let [count, ordered] = [0, true];
    let last: Hit = [-1, 0];
    scan(unitsOf(text), (start, term) => {
      count += 1;
      ordered &&= start === last[0] ? term === last[1] + 1 : start === last[0] + 1 && term === 0;
      last = [start, term];
    });
    assert.ok(ordered, name);
    assert.equal(count, (5_000 - 999) * 1_000 + (999 * 1_000) / 2, name);
  }
});

test('lines of 200,000 units that nearly match everywhere', () => {
  const terms = ['\u0301'.repeat(30) + 'x', 'a'.repeat(40) + 'b', '无人机', '\u0301\u0302'];
  const wanted = makeAutomaton(terms);
  for (const line of ['\u0301', 'a', '无人', '\u0301\u0302', '\ud83d', '\0']) {
    const text = unitsOf(line.repeat(200_000 / line.length));
    for (const [name, make] of both) assert.deepEqual(digestOf(make(terms), text), digestOf(wanted, text), name);
  }
});
