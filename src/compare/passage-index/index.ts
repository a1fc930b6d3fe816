/** Who else holds passages of a text: each passage indexed once, later holders kept as references (facts/copies §7). */
export {
  type Answer,
  type Inserted,
  type LookupOptions,
  type PassageIndex,
  type PassageIndexOptions,
  type Sketched,
  type Stretch,
  createPassageIndex,
} from './passage-index.js';
export { type Found, mergeFound } from './found.js';
export { type BoilerplateRange } from './boilerplate.js';
export { type Segment, openSegment } from './segment.js';
