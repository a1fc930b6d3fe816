// Who still holds a notice: what it takes to index notices with the copy check, to ask who holds one, and to open what was frozen;
// what of thirty kinds of planted copies is found and how exactly, of a notice that was copied a thousand times too; and what
// is said of pairs that are no copies. Notices are made of words of our own (src/compare/testing), so nothing is downloaded.
// One JSON line a claim. Rates are per second of this process's own time. A figure to publish is one of a seed that nothing
// was tuned on. Run: npm run build && node --import tsx bench/copies.mjs      (DOCUMENTS=n SEED=n PAIRS=n MASS=n NEGATIVES=n LETTERS=20/13)
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { kernel } from '../dist/compare/kernel/index.js';
import { createPassageIndex, openSegment } from '../dist/compare/passage-index/index.js';
import { Texts } from './copies-texts.mjs';
import { EDIT_KINDS, KINDS, makeCorpus, makeRandom } from '../src/compare/testing/corpus.ts';
import { NEGATIVE_KINDS, negativePairs, plantedPairs } from './copies-planted.mjs';
import { ownTime, percent, printer, round } from './copies-shelves.mjs';

const DOCUMENTS = Number(process.env.DOCUMENTS ?? 50_000);
const SEED = Number(process.env.SEED ?? 1);
const PAIRS = Number(process.env.PAIRS ?? 30);
const MASS = Number(process.env.MASS ?? 1_000);
const NEGATIVES = Number(process.env.NEGATIVES ?? 1_000);
const [window, gram] = (process.env.LETTERS ?? '12/5').split('/').map(Number);
const parameters = { cjk: { window: 8, gram: 1 }, letters: { window, gram } };
/** Accounts that publish the background; what is planted comes from accounts of its own. */
const SOURCES = 2_000;

const print = printer('copies');

const corpus = makeCorpus({ seed: SEED });
const { sketch } = kernel();
const sketchOf = (text) => sketch(text, { parameters });
const held = new Texts();
const open = (segments, textOf = (document) => held.at(document)) =>
  createPassageIndex({ textOf, segments, parameters });

/** `text` under the next number of this index. */
function insert(index, { units, ...rest }, source) {
  const document = held.add(units);
  index.insert({ document, source, group: document, sketch: { units, ...rest } });
  return document;
}

/** Only the index's own time is counted; where it stands at the end of each fifth says how it grows. */
function fill() {
  const index = open([]);
  const fifths = [];
  let [own, sketching, units, postings, references] = [0, 0, 0, 0, 0];
  for (let from = 0; from < DOCUMENTS;) {
    const to = Math.min(DOCUMENTS, from + Math.max(1, Math.ceil(DOCUMENTS / 50)));
    const texts = Array.from({ length: to - from }, (_, at) => corpus.notice(from + at).text);
    const began = ownTime();
    const sketches = texts.map(sketchOf);
    const sketched = ownTime();
    for (let document = from; document < to; document++) {
      const sketch = sketches[document - from];
      const source = makeRandom(SEED, document)() * SOURCES;
      held.add(sketch.units);
      const inserted = index.insert({ document, source: Math.floor(source), group: document, sketch });
      units += sketch.units.length;
      postings += inserted.postings;
      references += inserted.references;
    }
    own += ownTime() - sketched;
    sketching += sketched - began;
    if (Math.floor((5 * to) / DOCUMENTS) > fifths.length)
      fifths.push({ documents: to, insertsPerSecond: round((1_000 * to) / own, 0) });
    from = to;
  }
  print('fingerprints', { documents: DOCUMENTS, perSecond: round((1_000 * DOCUMENTS) / sketching, 0) });
  print('inserted, with the copy check', {
    documents: DOCUMENTS,
    meanUnits: round(units / DOCUMENTS, 0),
    insertsPerSecond: round((1_000 * DOCUMENTS) / own, 0),
    grows: fifths,
    postingsPerDocument: round(postings / DOCUMENTS),
    referencesPerDocument: round(references / DOCUMENTS, 2),
  });
  const began = ownTime();
  const segments = index.compact();
  const compacted = ownTime();
  const opened = segments.map(({ bytes }) => openSegment(bytes, { parameters }));
  const bytes = segments.reduce((sum, segment) => sum + segment.bytes.byteLength, 0);
  print('frozen and opened', {
    bytesPerDocument: round(bytes / DOCUMENTS, 0),
    compactMs: round(compacted - began, 0),
    openMs: round(ownTime() - compacted, 1),
    countedKeysPerDocument: round(opened.reduce((sum, { counters }) => sum + counters.length, 0) / DOCUMENTS),
  });
  return { index, segments: [...segments] };
}

function timed(claim, texts, ask) {
  for (const text of texts.slice(0, 50)) ask(text);
  const took = new Float64Array(texts.length);
  const answers = [];
  const began = ownTime();
  for (const [at, text] of texts.entries()) {
    const start = performance.now();
    answers.push(ask(text, at));
    took[at] = performance.now() - start;
  }
  const own = ownTime() - began;
  took.sort();
  print(claim, {
    lookups: texts.length,
    perSecond: round((1_000 * texts.length) / own, 0),
    p50Ms: round(took[Math.floor(took.length / 2)], 2),
    p99Ms: round(took[Math.floor(took.length * 0.99)], 2),
    shown: round(answers.reduce((sum, { found }) => sum + found.length, 0) / texts.length, 2),
    calledCopy: round(
      answers.reduce((sum, { found }) => sum + found.filter(({ relation }) => relation.ofThis === 'copy').length, 0) /
        texts.length,
      3,
    ),
  });
  return answers;
}

/** Units of the copy that are of the original, by what was planted and by the runs that were found. */
function spansOf({ spans }, copy, runs) {
  const truth = new Uint8Array(copy.units.length);
  let span = 0;
  const sorted = [...spans].sort((a, b) => a.bStart - b.bStart);
  for (let unit = 0; unit < truth.length; unit++) {
    while (span < sorted.length && sorted[span].bEnd <= copy.pos[unit]) span += 1;
    if (span < sorted.length && sorted[span].bStart <= copy.pos[unit]) truth[unit] = 1;
  }
  let [both, found] = [0, 0];
  for (let run = 0; run < runs.length; run += 3)
    for (let unit = runs[run + 1]; unit < runs[run + 1] + runs[run + 2]; unit++) {
      found += 1;
      both += truth[unit];
    }
  return { both, found, planted: truth.reduce((sum, one) => sum + one, 0) };
}

function plantAll(index) {
  const plants = [];
  for (const plant of plantedPairs({ corpus, documents: DOCUMENTS, pairs: PAIRS, seed: SEED })) {
    const copy = sketchOf(plant.planted.text);
    const document = insert(index, copy, SOURCES + plants.length);
    plants.push({ ...plant, document, copy });
  }
  return plants;
}

function tableOf(plants, answers) {
  const all = { pairs: 0, found: 0, said: 0 };
  for (const kind of EDIT_KINDS) {
    const sum = { pairs: 0, found: 0, asked: 0, copy: 0, formula: 0, zh: 0, ru: 0, both: 0, units: 0, planted: 0 };
    const missed = { zh: 0, ru: 0 };
    for (const [at, plant] of plants.entries()) {
      if (plant.kind !== kind) continue;
      sum.pairs += 1;
      sum[plant.language] += 1;
      const found = answers[at].found.find(({ document }) => document === plant.document);
      if (!found) {
        // What of it stands there are formulae: named when asked for.
        const asked = { group: plant.id, limit: 5_000, throughBoilerplate: true };
        const all = index.lookup(sketchOf(corpus.notice(plant.id).text), asked).found;
        if (all.some(({ document }) => document === plant.document)) sum.asked += 1;
        else missed[plant.language] += 1;
        continue;
      }
      sum.found += 1;
      if (found.relation.ofThis === 'copy') sum.copy += 1;
      if (found.isOnlyBoilerplate) sum.formula += 1;
      const { both, found: units, planted } = spansOf(plant.planted, plant.copy, found.runs);
      sum.both += both;
      sum.units += units;
      sum.planted += planted;
    }
    all.pairs += sum.pairs;
    all.found += sum.found;
    all.said += sum.found + sum.asked;
    print('found, by kind', {
      kind,
      label: KINDS[kind].label,
      pairs: sum.pairs,
      found: percent(sum.found, sum.pairs),
      withFormulae: percent(sum.found + sum.asked, sum.pairs),
      missed,
      calledCopy: percent(sum.copy, sum.pairs),
      onlyFormulae: percent(sum.formula, sum.pairs),
      spanRecall: percent(sum.both, sum.planted),
      spanPrecision: percent(sum.both, sum.units),
    });
  }
  print('found, all kinds', { pairs: all.pairs, found: all.found, withFormulae: all.said });
}

function negatives(index) {
  for (const kind of NEGATIVE_KINDS) {
    const said = { copy: 0, passage: 0, formula: 0 };
    const pairs = Math.ceil(NEGATIVES / 3);
    for (const { a, b } of negativePairs({ corpus, kind, pairs, seed: SEED })) {
      const document = insert(index, sketchOf(b.text), SOURCES * 2 + index.documents);
      const { found } = index.lookup(sketchOf(a.text), { limit: 200 });
      const there = found.find((each) => each.document === document);
      if (!there) continue;
      if (there.relation.ofThis === 'copy' || there.relation.ofOther === 'copy') said.copy += 1;
      else if (there.isOnlyBoilerplate) said.formula += 1;
      else said.passage += 1;
    }
    print('said of what is no copy', { kind, pairs, ...said });
  }
}

/** Each in an index of its own, over the first documents frozen anew. */
function mass() {
  const background = Math.min(DOCUMENTS, 10_000);
  const base = open([]);
  for (let document = 0; document < background; document++) {
    const units = held.at(document);
    const sketched = { units, ...kernel().sketchFolded(units, { parameters }) };
    base.insert({ document, source: document % SOURCES, group: document, sketch: sketched });
  }
  const segments = [...base.compact()];
  const original = corpus.notice(1, { language: 'zh', stream: 9, quote: false });
  const mixture = [
    'exact',
    'edit5',
    'scatter5',
    'trad',
    'tradTW',
    'fullwidth',
    'obfusc',
    'reorder',
    'tablecut',
    'punct_edit10',
  ];
  const rows = [
    ...['edit2', 'edit10', 'edit15', 'edit30', 'excerpt50', 'excerpt25', 'excerpt120c', 'excerpt60c'].map((kind) => [
      kind,
    ]),
    mixture,
  ];
  for (const kinds of rows) {
    const own = [];
    const index = open(segments, (document) =>
      document < background ? held.at(document) : own[document - background],
    );
    const add = (text) => {
      const document = index.documents;
      const sketch = sketchOf(text);
      own.push(sketch.units);
      index.insert({ document, source: document, group: document, sketch });
      return document;
    };
    const first = add(original.text);
    const planted = corpus.mass(original, kinds, MASS);
    const began = ownTime();
    const copies = planted.map(({ text }) => add(text));
    const inserted = ownTime();
    const asked = { group: first, limit: Math.max(1_000, 2 * MASS), throughBoilerplate: true };
    const answer = index.lookup(sketchOf(original.text), asked);
    const listed = ownTime();
    const named = new Set(answer.found.map(({ document }) => document));
    const plain = index.lookup(sketchOf(original.text), { group: first });
    const looked = ownTime();
    print('one notice, copied so often', {
      kinds: kinds.length === 1 ? kinds[0] : 'ten kinds',
      copies: copies.length,
      found: copies.filter((copy) => named.has(copy)).length,
      insertsPerSecond: round((1_000 * copies.length) / (inserted - began), 0),
      allListedMs: round(listed - inserted),
      firstTwentyMs: round(looked - listed),
      shown: plain.found.length,
      more: plain.more,
    });
  }
}

/** All threads share one copy of segments and texts; each is asked so much before that its code is warm. */
async function inThreads(segments, ids) {
  const asked = ids.map((id) => ({ text: corpus.notice(id).text, group: id }));
  for (let count = 1; count <= Math.min(4, availableParallelism()); count *= 2) {
    const workerData = { segments: segments.map(({ bytes }) => bytes), texts: held.shared(), parameters };
    const threads = Array.from(
      { length: count },
      () => new Worker(new URL('copies-thread.mjs', import.meta.url), { workerData }),
    );
    const answers = () =>
      Promise.all(threads.map((thread) => new Promise((resolve) => void thread.once('message', resolve))));
    await answers();
    const turn = async (from, to) => {
      const done = answers();
      for (const [at, thread] of threads.entries())
        thread.postMessage({ asked: asked.slice(from, to).filter((_, each) => each % count === at) });
      return done;
    };
    await turn(0, 300 * count);
    const began = performance.now();
    const all = await turn(0, asked.length);
    const seconds = (performance.now() - began) / 1_000;
    const took = Float64Array.from(all.flatMap((each) => [...each.took])).sort();
    print('asked, by threads over the same segments', {
      threads: count,
      lookups: asked.length,
      perSecond: round(asked.length / seconds, 0),
      p50Ms: round(took[Math.floor(took.length / 2)], 2),
      p99Ms: round(took[Math.floor(took.length * 0.99)], 2),
      shown: round(all.reduce((sum, { shown }) => sum + shown, 0) / asked.length, 2),
    });
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

const { index } = fill();
const every = (count) =>
  Array.from({ length: Math.min(count, DOCUMENTS) }, (_, at) =>
    Math.floor((at * DOCUMENTS) / Math.min(count, DOCUMENTS)),
  );
await inThreads(index.segments, every(10_000));
const background = every(2_000);
timed(
  'asked, notices of the background',
  background.map((id) => corpus.notice(id).text),
  (text, at) => index.lookup(sketchOf(text), { group: background[at] }),
);
const plants = plantAll(index);
index.compact();
const answers = timed(
  'asked, notices with a copy',
  plants.map(({ id }) => corpus.notice(id).text),
  (text, at) => index.lookup(sketchOf(text), { group: plants[at]?.id }),
);
tableOf(plants, answers);
negatives(index);
mass();
