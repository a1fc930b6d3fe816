/** A passage index in a process of its own, asked by messages. */
import { kernel } from '../kernel/index.js';
import { type LookupOptions, type Sketched, createPassageIndex } from '../passage-index/index.js';

export interface ShardMessage {
  id: number;
  text: string;
  /** To insert; left out, it is looked up. */
  document?: { document: number; source: number; group: number };
  options?: LookupOptions;
}

const texts: Uint16Array[] = [];
const index = createPassageIndex({ textOf: (document) => texts[document] });

process.on('message', ({ id, text, document, options = {} }: ShardMessage) => {
  const sketch: Sketched = kernel().sketch(text);
  if (document) texts[document.document] = sketch.units;
  process.send!({ id, answer: document ? index.insert({ ...document, sketch }) : index.lookup(sketch, options) });
});
