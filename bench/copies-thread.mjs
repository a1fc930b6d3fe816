// A thread of bench/copies.mjs: asks for every `step`th of the texts from `first` on, over segments and texts it shares with the others.
import { parentPort, workerData } from 'node:worker_threads';
import { kernel } from '../dist/compare/kernel/index.js';
import { createPassageIndex, openSegment } from '../dist/compare/passage-index/index.js';
import { Texts } from './copies-texts.mjs';

const { segments, texts, parameters } = workerData;
const held = new Texts(texts);
const index = createPassageIndex({
  textOf: (document) => held.at(document),
  segments: segments.map((bytes) => openSegment(bytes, { isChecked: true, parameters })),
  parameters,
});

parentPort.on('message', ({ asked }) => {
  let shown = 0;
  const took = new Float64Array(asked.length);
  for (const [at, { text, group }] of asked.entries()) {
    const start = performance.now();
    shown += index.lookup(kernel().sketch(text, { parameters }), { group }).found.length;
    took[at] = performance.now() - start;
  }
  parentPort.postMessage({ shown, took });
});
parentPort.postMessage('ready');
