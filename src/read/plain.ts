/** Reading text that is no page: without the parsers of markup, so that a command over a text file starts at once. */
export { decodeBytes } from './charset.js';
export { languageOf } from './language.js';
export { normaliseText } from './text.js';
