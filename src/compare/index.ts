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
/** Of folded texts that others keep. */
export { FOLD_VERSION } from '../text/index.js';
export { type Chosen, type Kernel, type Sketch, type SketchOptions, type SpanFinder, kernel } from './kernel/index.js';
export { type Shared, judgeCopy, sharedPassages } from './passages.js';
export { type Anchor, type AnchorKind, type AnchorMention, ANCHOR_KINDS, anchorsOf } from './anchors.js';
export { type AnchorFrequencies, type SharedAnchor, type TranslationScore, translationScore } from './translation.js';
export { type AnchorCandidate, type AnchorIndex, type AnchorQuery, createAnchorIndex } from './anchor-index.js';
export {
  type Altered,
  type AlteredSide,
  type Alteration,
  type Named,
  ALTERED,
  alterationsBetween,
} from './alterations.js';
export { type Lineage, type LineageEntry, type LineageFacts, type Posting, lineageOf } from './lineage.js';
export { type Follows, type SourcePair, sourcePairs } from './source-pairs.js';
export { type FileInNotice, type SharedFile, EVERYBODYS, FURNITURE, sharedFiles } from './same-files.js';
export {
  type Project,
  type ProjectKey,
  type ProjectMember,
  type ProjectNotice,
  type ProjectStage,
  MOST_PROJECT_HOLDERS,
  projectKeysOf,
  projectName,
  projectNumbersOf,
  projectsOf,
  projectsUnder,
  projectStage,
} from './same-project.js';
export {
  type Answer,
  type Found,
  type Inserted,
  type LookupOptions,
  type PassageIndex,
  type Segment,
  type Sketched,
  createPassageIndex,
  mergeFound,
  openSegment,
} from './passage-index/index.js';
export { type Shard, type Shards, createShards } from './shards.js';
export { besideControls } from './absence.js';
export {
  PRESENCE_DEFAULTS,
  PresenceFold,
  type HeldSuspicion,
  type PresenceTransition,
  judgePresence,
} from './presence.js';
