// What the benches of copies share: an index with its texts, the process's own time, and how a claim is printed.
import { kernel } from '../dist/compare/kernel/index.js';
import { createPassageIndex } from '../dist/compare/passage-index/index.js';

export const printer = (bench) => (claim, values) => console.log(JSON.stringify({ bench, claim, ...values }));
export const round = (value, digits = 1) => Number(value.toFixed(digits));
export const percent = (part, whole) => (whole === 0 ? null : round((100 * part) / whole, 1));

/** Milliseconds of processor time of this process and its threads. */
export const ownTime = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** A passage index and the folded texts it asks for. */
export function makeShelves(options = {}) {
  const units = [];
  const index = createPassageIndex({ textOf: (document) => units[document], ...options });
  const addSketch = (sketch, { source, group } = {}) => {
    const document = index.documents;
    units[document] = sketch.units;
    index.insert({ document, source: source ?? document, group: group ?? document, sketch });
    return document;
  };
  return { index, units, addSketch, add: (text, of) => addSketch(kernel().sketch(text), of) };
}
