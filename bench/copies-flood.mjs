// A flood: so many notices of one form, by as many accounts as the background or by one, among a background. What inserts and
// lookups cost before, on the way and after, of notices of the flood and of others; what it takes in memory and files; and whether
// copies that were planted before the flood, in it and of its own notices are found. One JSON line a claim; rates are per second of
// this process's own time, and ratios are after / before.
// Run: npm run build && node --import tsx bench/copies-flood.mjs      (FLOOD=n DOCUMENTS=n SEED=n FROM=background,many,one,long)
// `background`: as many more notices of the background instead, which is what any growth costs; hold the others against it.
// `many`, `one`: a form of the generator, by 2,000 accounts or by one.
// `long`: each notice of the flood has a text of its own, and a form of ten lines that all carry, by many accounts.
import { kernel } from '../dist/compare/kernel/index.js';
import { makeCorpus, makeRandom } from '../src/compare/testing/corpus.ts';
import { makeShelves, ownTime, percent, printer, round } from './copies-shelves.mjs';

const FLOOD = Number(process.env.FLOOD ?? 100_000);
const DOCUMENTS = Number(process.env.DOCUMENTS ?? 20_000);
const SEED = Number(process.env.SEED ?? 1);
const FROM = (process.env.FROM ?? 'background,many,one,long').split(',');
const SOURCES = 2_000;
const ASKED = Math.min(500, DOCUMENTS);
const PLANTS = 50;
const FORM = { language: 'zh', template: 3 };

const print = printer('copies-flood');
const corpus = makeCorpus({ seed: SEED });
const lines = Array.from({ length: 10 }, (_, at) =>
  corpus.notice(at, { stream: 7, language: 'zh' }).text.slice(60, 140),
);
/** The generator's forms are a few sentences; a long one is worse. */
const longForm = (text) => [...lines.slice(0, 6), text.slice(0, 500), ...lines.slice(6)].join('\n');

function memory(segments) {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const files = segments.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  return {
    heapMB: round(heapUsed / 2 ** 20, 0),
    buffersMB: round(arrayBuffers / 2 ** 20, 0),
    segmentsMB: round(files / 2 ** 20),
  };
}

for (const from of FROM) {
  const shelf = makeShelves();
  const sourceOf = makeRandom(SEED, 5);
  const many = () => Math.floor(sourceOf() * SOURCES);
  const flood = (id) => {
    if (from === 'background') return corpus.notice(4_000_000 + id).text;
    const { text } = corpus.sibling(id, FORM);
    return from === 'long' ? longForm(text) : text;
  };
  const floodSource = () => (from === 'one' ? SOURCES + 1 : many());

  const insert = (texts, source) => {
    const sketches = texts.map((text) => kernel().sketch(text));
    const began = ownTime();
    for (const sketch of sketches) shelf.addSketch(sketch, { source: source() });
    return ownTime() - began;
  };
  const background = (start, count) => Array.from({ length: count }, (_, at) => corpus.notice(start + at).text);
  const asked = background(0, ASKED).map((text) => kernel().sketch(text));
  const lookups = (sketches, ofGroup) => {
    const took = [];
    const began = ownTime();
    let shown = 0;
    for (const [at, sketch] of sketches.entries()) {
      const start = performance.now();
      shown += shelf.index.lookup(sketch, ofGroup === undefined ? {} : { group: ofGroup + at }).found.length;
      took.push(performance.now() - start);
    }
    const own = ownTime() - began;
    took.sort((a, b) => a - b);
    return {
      perSecond: round((1_000 * sketches.length) / own, 0),
      p50Ms: round(took[took.length >> 1], 2),
      p99Ms: round(took[Math.floor(took.length * 0.99)], 2),
      shown: round(shown / sketches.length, 2),
    };
  };

  for (let at = 0; at < DOCUMENTS; at += 500) insert(background(at, Math.min(500, DOCUMENTS - at)), many);
  const random = makeRandom(SEED, 6);
  const plant = (originals) =>
    originals.map(({ id, notice }) => ({
      id,
      document: shelf.add(corpus.plant('edit10', notice, random).text, { source: SOURCES + 2 + id }),
    }));
  const planted = plant(
    Array.from({ length: PLANTS }, (_, at) => ({
      id: at * Math.floor(DOCUMENTS / PLANTS),
      notice: corpus.notice(at * Math.floor(DOCUMENTS / PLANTS)),
    })),
  );
  const foundOf = (plants, textOf) =>
    plants.filter(({ id, document }) =>
      shelf.index.lookup(kernel().sketch(textOf(id)), {}).found.some((each) => each.document === document),
    ).length;
  const ofBackground = (id) => corpus.notice(id).text;

  const probe = Math.min(500, Math.ceil(FLOOD / 10));
  const before = { insert: (1_000 * probe) / insert(background(2_000_000, probe), many), lookup: lookups(asked, 0) };
  const memoryBefore = memory(shelf.index.segments);
  print('before', {
    from,
    documents: shelf.index.documents,
    insertsPerSecond: round(before.insert, 0),
    lookups: before.lookup,
    found: `${foundOf(planted, ofBackground)} of ${PLANTS}`,
    ...memoryBefore,
  });

  let done = 0;
  let inFlood = [];
  let firstFifth;
  for (let fifth = 1; fifth <= 5; fifth++) {
    const end = Math.floor((FLOOD * fifth) / 5);
    let own = 0;
    const count = end - done;
    while (done < end) {
      const to = Math.min(end, done + 500);
      own += insert(
        Array.from({ length: to - done }, (_, at) => flood(done + at)),
        floodSource,
      );
      done = to;
    }
    if (fifth === 2)
      inFlood = plant(
        Array.from({ length: PLANTS }, (_, at) => ({ id: at, notice: { text: flood(at), language: 'zh' } })),
      );
    const perSecond = (1_000 * count) / own;
    firstFifth ??= perSecond;
    print('the flood comes in', {
      from,
      flood: done,
      insertsPerSecond: round(perSecond, 0),
      ratioToFirstFifth: round(perSecond / firstFifth, 2),
      ratioToBackgroundBefore: round(perSecond / before.insert, 2),
    });
  }

  const after = { insert: (1_000 * probe) / insert(background(3_000_000, probe), many), lookup: lookups(asked, 0) };
  print('after', {
    from,
    documents: shelf.index.documents,
    insertsPerSecond: round(after.insert, 0),
    insertRatio: round(after.insert / before.insert, 2),
    lookups: after.lookup,
    lookupRatio: round(after.lookup.perSecond / before.lookup.perSecond, 2),
    found: `${foundOf(planted, ofBackground)} of ${PLANTS}`,
    ...memory(shelf.index.segments),
  });
  print('asked, notices of the flood', {
    from,
    ...lookups(
      Array.from({ length: Math.min(200, FLOOD) }, (_, at) => kernel().sketch(flood(Math.floor((at * FLOOD) / 200)))),
    ),
    copiesInTheFloodFound: `${foundOf(inFlood, flood)} of ${PLANTS}`,
    share: percent(foundOf(inFlood, flood), PLANTS),
  });
}
