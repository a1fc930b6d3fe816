/** Documents that are data or bytes: each format has a file of its own, and becomes text a person can read. */
import type { Reading } from '../model/index.js';
import { baseReading } from './data-reading.js';
import { htmlToText, normaliseText } from './html.js';
import type { ReadInput } from './input.js';
import { languageOf } from './language.js';
import { readOcds } from './ocds.js';
import { readSam } from './sam.js';

export { contentTypeOf } from './data-reading.js';

/** Formats of data in the order they are asked; each answers undefined for what is not its own. */
export function readData(input: ReadInput): Reading | undefined {
  return readOcds(input) ?? readSam(input);
}

/** Plain text, CSV, XML that is no feed: read as it stands. */
export function readText(input: ReadInput): Reading {
  const { text: raw, reading } = baseReading(input, 'text/1');
  const text = /^\s*<\?xml|^\s*<[a-z!]/i.test(raw) ? htmlToText(raw) : normaliseText(raw);
  const title = text.split('\n', 1)[0]?.slice(0, 200);
  return { ...reading, text, language: languageOf(text), ...(title ? { title } : {}) };
}

/** Bytes that are not text (PDF, images, archives) are kept as evidence; their words are not read yet, and that is said. */
export function readBinary(input: ReadInput): Reading {
  const { reading } = baseReading({ ...input, body: new Uint8Array(), partial: false }, 'binary/1');
  return {
    ...reading,
    charset: { name: 'none', reason: 'not text' },
    problems: ['the text of this document type is not read'],
  };
}
