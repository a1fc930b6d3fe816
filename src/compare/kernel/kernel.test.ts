/**
 * The two engines of the kernel held against each other and against the definitions.
 * A million texts take some minutes: KERNEL_FUZZ=1000000 node --import tsx --test src/compare/kernel/kernel.test.ts
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import { needShared } from '../../model/testing/shared.js';
import { unitsOf } from '../../text/index.js';
import { compileModule } from '../../text/testing/compile.js';
import {
  FINGERPRINT_DEFAULTS,
  type Kernel,
  LONGEST,
  type Sketch,
  type SpanFinder,
  portableKernel,
  wasmKernel,
} from './index.js';
import { isAround, runsOf, unitsOfFold, windowsOf } from './testing/reference.js';
import { edited, makeText, seeded } from './testing/texts.js';

const TEXTS = Number(process.env['KERNEL_FUZZ'] ?? 5_000);
const VERSION_1 = { cjk: { window: 8, gram: 1 }, letters: { window: 20, gram: 13 } };
const WIDE = { cjk: { window: 64, gram: 57 }, letters: { window: 31, gram: 24 } };

const module = await compileModule('copies');
const compiled = wasmKernel(module);
const both: [string, Kernel][] = [
  ['javascript', portableKernel],
  ['webAssembly', compiled],
];

const areSame = (a: Uint16Array | Uint32Array, b: Uint16Array | Uint32Array): boolean =>
  a.length === b.length && Buffer.compare(asBytes(a), asBytes(b)) === 0;
const asBytes = ({ buffer, byteOffset, byteLength }: Uint16Array | Uint32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

function assertSame(got: Partial<Sketch>, wanted: Partial<Sketch>, what: () => string): void {
  for (const part of ['units', 'pos', 'at', 'values'] as const)
    if (wanted[part] && !areSame(got[part]!, wanted[part]))
      assert.deepEqual(got[part], wanted[part], `${part}: ${what()}`);
}

const inSource = (text: string): string => JSON.stringify(text).replace(/[^\x20-\x7e]/g, escaped);
const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Units of any value, surrogates in any order. */
const anyUnits = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.integer({ min: 0xd800, max: 0xdfff }),
      fc.constantFrom(0x61, 0x430, 0x65e0, 0x0301, 0xff21),
    ),
    { maxLength: 120, size: 'max' },
  )
  .map((units) => String.fromCharCode(...units));

test('both engines fold as the rest of the product does, and choose and find what the definitions say (property)', () => {
  fc.assert(
    fc.property(anyUnits, anyUnits, (text, around) => {
      const folded = unitsOfFold(text);
      for (const [name, { fold, sketch, sketchFolded, spans }] of both) {
        const { units, pos } = fold(text);
        assert.deepEqual([Array.from(units), Array.from(pos)], [folded.units, folded.pos], name);
        for (const parameters of [FINGERPRINT_DEFAULTS, VERSION_1, WIDE]) {
          const { at, values } = sketchFolded(units, { parameters });
          assert.deepEqual(
            Array.from(at, (place, index) => [place, values[index]]),
            windowsOf(units, parameters),
            name,
          );
          assertSame(sketch(text, { parameters }), { units, pos, at, values }, () => name);
        }
        const { units: other } = fold(around + text.slice(7) + around);
        const runs = spans(units).runsIn(other);
        assert.deepEqual(Array.from(runs), runsOf(units, other).flat(), name);
      }
    }),
    { numRuns: 300 },
  );
});

test(`${TEXTS} texts: both engines give the same, byte for byte, and runs are equal text`, () => {
  const random = seeded(20_240_522);
  let before: Uint16Array = new Uint16Array();
  let [runs, windows] = [0, 0];
  const around = { stands: 0, stray: 0 };
  for (let count = 0; count < TEXTS; count++) {
    const text = makeText(random);
    const sketch = compiled.sketch(text);
    assertSame(sketch, portableKernel.sketch(text), () => inSource(text));
    const parameters = count % 2 === 0 ? VERSION_1 : WIDE;
    const folded = compiled.sketchFolded(sketch.units, { parameters });
    assertSame(folded, portableKernel.sketchFolded(sketch.units, { parameters }), () => inSource(text));
    windows += sketch.at.length;

    const { units } = compiled.sketch(edited(text, random), { withPositions: false });
    const finder = compiled.spans(sketch.units);
    const portable = portableKernel.spans(sketch.units);
    for (const other of [units, before]) {
      const found = finder.runsIn(other);
      const what = (): string => `${inSource(text)} in ${Array.from(other).join()}`;
      if (!areSame(found, portable.runsIn(other))) assert.fail(`runs: ${what()}`);
      assertSameAround({ sketch, finder, portable, withReference: count % 20 === 0, around }, other, what);
      let end = 0;
      for (let at = 0; at < found.length; at += 3) {
        const [a, b, length] = [found[at]!, found[at + 1]!, found[at + 2]!];
        assert.ok(b >= end && a + length <= sketch.units.length && (end = b + length) <= other.length, what());
        assert.ok(areSame(sketch.units.slice(a, a + length), other.slice(b, b + length)), what());
        runs += 1;
      }
    }
    before = units;
  }
  assert.ok(windows > TEXTS && runs > TEXTS / 2, `too little was compared: ${windows} windows, ${runs} runs`);
  assert.ok(
    Math.min(around.stands, around.stray) > TEXTS / 10,
    `one answer was hardly ever given: ${inSource(JSON.stringify(around))}`,
  );
});

interface Around {
  sketch: Sketch;
  finder: SpanFinder;
  portable: SpanFinder;
  withReference: boolean;
  /** How often either was said. */
  around: { stands: number; stray: number };
}

/** Of the first three windows, and of the last. */
function assertSameAround(
  { sketch: { units, at }, finder, portable, withReference, around }: Around,
  other: Uint16Array,
  what: () => string,
): void {
  const window = { cjk: FINGERPRINT_DEFAULTS.cjk.window, letters: FINGERPRINT_DEFAULTS.letters.window };
  for (const places of [at.slice(0, 3), at.slice(-1)]) {
    const wanted = portable.hasRunAround(places, window, other);
    assert.equal(finder.hasRunAround(places, window, other), wanted, what());
    around[wanted ? 'stands' : 'stray'] += 1;
    if (withReference) assert.equal(wanted, isAround(units, places, other), what());
  }
}

test('pairs of the field fold to the same or to different units in both engines', (t) => {
  const file = needShared(t, 'data/copies/fold-pairs.tsv');
  if (file === undefined) return;
  const read = (text: string): string =>
    text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  assert.ok(lines.length >= 40);
  for (const line of lines) {
    const [a, b, expected] = line.split('\t');
    for (const [name, { fold }] of both)
      assert.equal(areSame(fold(read(a!)).units, fold(read(b!)).units), expected === 'same', `${name}: ${line}`);
  }
});

test('every pair of surrogates folds alike in both engines', () => {
  for (let plane = 1; plane <= 16; plane++) {
    const all: number[] = [];
    for (let code = plane << 16; code < (plane + 1) << 16; code++) all.push(code);
    let text = '';
    for (let at = 0; at < all.length; at += 4_096) text += String.fromCodePoint(...all.slice(at, at + 4_096));
    assertSame(compiled.sketch(text), portableKernel.sketch(text), () => `plane ${plane}`);
  }
});

test('a pair across the border of what is taken in at once is read as one; at the end half of one is nothing', () => {
  for (const tail of ['\u{20bb7}林', '\u{1d403}rone', '\ud842', '\ud842\ud842\udfb7', '\udfb7\ud842x', '🚁']) {
    for (let before = 16_378; before < 16_388; before++) {
      const text = '无'.repeat(before) + tail;
      assertSame(compiled.sketch(text), portableKernel.sketch(text), () => `${inSource(tail)} after ${before}`);
      assert.equal(compiled.sketch(text).units.length, unitsOfFold(text).units.length);
    }
  }
});

test('what stands before and after a passage does not change the fingerprints inside it (property)', () => {
  const texts = fc.integer({ min: 1 }).map((seed) => unitsOf(makeText(seeded(seed))));
  fc.assert(
    fc.property(texts, texts, texts, (before, passage, after) => {
      const whole = Uint16Array.of(...before, ...passage, ...after);
      for (const [name, { sketchFolded }] of both) {
        const alone = sketchFolded(passage);
        const inside = sketchFolded(whole);
        const seen = new Map(Array.from(inside.at, (at, index) => [at - before.length, inside.values[index]]));
        // A window is chosen by what stands up to seven places and an s-gram behind its first unit.
        const far = passage.length - FINGERPRINT_DEFAULTS.letters.window - FINGERPRINT_DEFAULTS.letters.gram;
        const wanted = Array.from(alone.at, (at, index) => [at, alone.values[index]] as const).filter(
          ([at]) => at < far,
        );
        for (const [at, value] of wanted) assert.equal(seen.get(at), value, name);
        assert.equal([...seen.keys()].filter((at) => at >= 0 && at < far).length, wanted.length, name);
      }
    }),
    { numRuns: 300 },
  );
});

test('two texts held against others by turns do not disturb each other, nor do sketches, nor does what came back', () => {
  const random = seeded(7);
  const texts = Array.from({ length: 40 }, () => portableKernel.fold(makeText(random) + makeText(random)).units);
  const finders = texts.map((units) => ({ ours: compiled.spans(units), theirs: portableKernel.spans(units) }));
  const kept: { got: Uint32Array; wanted: Uint32Array }[] = [];
  for (let round = 0; round < 2_000; round++) {
    const { ours, theirs } = finders[random(finders.length)]!;
    const other = random(200) === 0 ? unitsOf('请'.repeat(70_000)) : texts[random(texts.length)]!;
    kept.push({ got: ours.runsIn(other), wanted: theirs.runsIn(other) });
    if (round % 3 === 0) compiled.sketch('无人机探测器'.repeat(random(4_000)));
  }
  for (const { got, wanted } of kept) assert.deepEqual(got, wanted);
});

test('an empty text has nothing and shares nothing, also where it is the first of all', () => {
  for (const { sketch, spans } of [portableKernel, wasmKernel(module)]) {
    const { units, pos, at, values } = sketch('');
    assert.deepEqual([units.length, pos.length, at.length, values.length], [0, 0, 0, 0]);
    for (const other of ['', 'aaaᬝa', '无人机探测器'.repeat(20)])
      assert.equal(spans(units).runsIn(unitsOf(other)).length + spans(unitsOf(other)).runsIn(units).length, 0);
  }
});

test('windows that do not hold eight grams are the caller’s mistake', () => {
  for (const [window, gram] of [
    [8, 2],
    [7, 0],
    [65, 58],
    [8.5, 1.5],
  ] as const) {
    const parameters = { ...FINGERPRINT_DEFAULTS, letters: { window, gram } };
    for (const [, { sketch, sketchFolded }] of both) {
      assert.throws(() => sketch('', { parameters }), RangeError);
      assert.throws(() => sketchFolded(new Uint16Array(), { parameters }), RangeError);
    }
  }
});

/** Texts made to be long, or to be found everywhere. */
const HARD: Record<string, () => string> = {
  'a million equal characters': () => '啊'.repeat(1_000_000),
  'a page of one repeated clause': () => '欢迎有意向的企业踊跃报名参加。'.repeat(3_000),
  'ten million units of words': () => 'просим сообщить о наличии 无人机 '.repeat(310_000),
  'a character beyond the first plane cut by the limit': () => `无${'\u{20bb7}'.repeat(LONGEST)}`,
  'halves of pairs': () => '\ud83d'.repeat(200_001),
  'nothing that counts': () => '， '.repeat(200_000),
};

for (const [what, make] of Object.entries(HARD)) {
  test(`${what}: the same from both engines, cut at ${LONGEST} units, in bounded time`, { timeout: 60_000 }, () => {
    const text = make();
    const sketch = compiled.sketch(text);
    assertSame(sketch, portableKernel.sketch(text), () => what);
    assert.ok(sketch.units.length <= LONGEST);
    const folded = unitsOf(text);
    assertSame(compiled.sketchFolded(folded), portableKernel.sketchFolded(folded), () => what);
    const [a, b] = [sketch.units, Uint16Array.of(...unitsOf('另有通知'), ...sketch.units.subarray(5, 40_000))];
    for (const [here, there] of [
      [a, b],
      [b, a],
    ] as const)
      assert.ok(areSame(compiled.spans(here).runsIn(there), portableKernel.spans(here).runsIn(there)));
    const [finder, portable] = [compiled.spans(a), portableKernel.spans(a)];
    assertSameAround(
      { sketch, finder, portable, withReference: false, around: { stands: 0, stray: 0 } },
      b,
      () => what,
    );
  });
}
