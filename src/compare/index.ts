/** What changed, is it gone, who else still has it: pure functions over readings and observations. */
export { type Salience, compareReadings, revisionChanges } from './diff.js';
export { countingSentences, sentences, shapeOf } from './sentences.js';
export {
  FINGERPRINT_DEFAULTS,
  FINGERPRINT_VERSION,
  type FingerprintParameters,
  fingerprints,
  fingerprintsOfFolded,
} from './fingerprint.js';
export { type Chosen, type Kernel, type Sketch, type SketchOptions, type SpanFinder, kernel } from './kernel/index.js';
export { type Shared, judgeCopy, sharedPassages } from './passages.js';
export { besideControls } from './absence.js';
export {
  PRESENCE_DEFAULTS,
  PresenceFold,
  type HeldSuspicion,
  type PresenceTransition,
  judgePresence,
} from './presence.js';
