// What the kernel of copies costs: fold and fingerprint a notice of 1,265 units, and hold a text against a candidate for copies,
// edited ones and unrelated ones, in WebAssembly and in plain JavaScript. One JSON line a claim; both must give the same answers,
// or it ends with an error. Against npm's minhash (128 permutations of 5-grams) where it is installed beside, for the bench only.
// Run: npm run build
//      npm install --prefix peers minhash@0.0.9
//      PEERS=peers node bench/copies-kernel.mjs
// Time is processor time of this process, the round least disturbed of ROUNDS. DOCUMENTS=N: other than 2,000.
// Seen, two busy cores: 109,000 documents/s in WebAssembly (92,000 with the places in the original), 10,000 in JavaScript, 220 by
// minhash; a candidate 4 µs (identical), 6 µs (edited), 7 µs (unrelated), and about 10 µs more for a table of seeds made for it alone.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { portableKernel, wasmKernel } from '../dist/compare/kernel/index.js';
import { KERNEL_MODULE } from '../dist/compare/kernel/wasm-module.js';
import { loadWasmModule } from '../dist/text/index.js';

const ROUNDS = 15;
const DOCUMENTS = Number(process.env.DOCUMENTS ?? 2_000);
const UNITS = 1_265;
/** A peer that makes a hundred documents a second gets so many. */
const PEER_DOCUMENTS = 50;

if (KERNEL_MODULE === undefined) throw new Error('dist/ holds no WebAssembly: npm run build');
const engines = { webAssembly: wasmKernel(loadWasmModule(KERNEL_MODULE)), javascript: portableKernel };

const print = (claim, values) => console.log(JSON.stringify({ bench: 'copies-kernel', claim, ...values }));
const round = (value, digits = 1) => Number(value.toFixed(digits));
/** Milliseconds of the best round. */
function best(work) {
  let least = Infinity;
  for (let at = 0; at < ROUNDS; at++) {
    const began = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(began);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

let state = 20_240_522;
const random = (below) => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
};
const han = () => 0x4e00 + Math.min(random(3_000), random(3_000));
/** Four in five Chinese, with numbers and marks; the others Russian. */
function makeNotice(index) {
  let text = '';
  while (text.length < UNITS) {
    if (index % 5 === 4)
      text += `${String.fromCharCode(...Array.from({ length: 3 + random(8) }, () => 0x430 + random(32)))} `;
    else text += String.fromCharCode(...Array.from({ length: 2 + random(4) }, han)) + (random(5) === 0 ? '，' : '');
    if (random(20) === 0) text += `${random(2_000)}。\n`;
  }
  return text.slice(0, UNITS);
}
/** A twentieth of it taken out and other text put in, in twenty places. */
function edit(units) {
  const made = [...units];
  for (let at = 0; at < 20; at++)
    made.splice(random(made.length), random(6), ...Array.from({ length: random(6) }, han));
  return Uint16Array.from(made);
}

const notices = Array.from({ length: DOCUMENTS }, (_, index) => makeNotice(index));
const folded = notices.map((text) => engines.javascript.fold(text).units);
const candidates = {
  identical: folded.map(() => folded[0]),
  edited: folded.map(() => edit(folded[0])),
  unrelated: folded.filter((_, index) => index % 5 !== 4 && index > 0),
};
print('input', {
  documents: DOCUMENTS,
  units: UNITS,
  foldedUnits: round(folded.reduce((sum, { length }) => sum + length, 0) / DOCUMENTS, 0),
});

function same(answers, what) {
  const [ours, theirs] = answers.map((answer) => JSON.stringify(answer));
  if (ours !== theirs) throw new Error(`the engines differ: ${what}`);
}
for (const text of notices.slice(0, 200))
  same(
    Object.values(engines).map((kernel) => kernel.sketch(text)),
    text,
  );
for (const [kind, others] of Object.entries(candidates))
  for (const other of others.slice(0, 200))
    same(
      Object.values(engines).map((kernel) => kernel.spans(folded[0]).runsIn(other)),
      kind,
    );

const perSecond = {};
for (const [engine, kernel] of Object.entries(engines)) {
  const forms = {
    fingerprints: (text) => kernel.sketch(text, { withPositions: false }),
    withPositions: (text) => kernel.sketch(text),
  };
  for (const [form, sketch] of Object.entries(forms)) {
    const ms = best(() => notices.forEach(sketch));
    if (form === 'fingerprints') perSecond[engine] = (DOCUMENTS / ms) * 1_000;
    print('fold+fingerprint', { engine, form, documentsPerSecond: round((DOCUMENTS / ms) * 1_000, 0) });
  }
}
for (const [engine, kernel] of Object.entries(engines)) {
  const finder = kernel.spans(folded[0]);
  for (const [kind, others] of Object.entries(candidates))
    print('spans', {
      engine,
      candidates: kind,
      microsecondsEach: round((best(() => others.forEach((other) => finder.runsIn(other))) / others.length) * 1_000),
      withTableOfItsOwn: round(
        (best(() => others.forEach((other) => kernel.spans(folded[0]).runsIn(other))) / others.length) * 1_000,
      ),
    });
}

const peers = process.env.PEERS === undefined ? undefined : createRequire(join(resolve(process.env.PEERS), 'x.js'));
if (!peers) print('peer', { peer: 'minhash', result: 'not installed' });
else {
  const { Minhash } = peers('minhash');
  const some = notices.slice(0, PEER_DOCUMENTS);
  const began = process.cpuUsage();
  for (const text of some) {
    const hash = new Minhash({ numPerm: 128 });
    for (let at = 0; at + 5 <= text.length; at++) hash.update(text.slice(at, at + 5));
  }
  const { user, system } = process.cpuUsage(began);
  const theirs = (some.length / (user + system)) * 1e6;
  print('peer', {
    peer: 'minhash',
    documentsPerSecond: round(theirs, 0),
    webAssemblyIsTimesFaster: round(perSecond.webAssembly / theirs, 0),
  });
}
