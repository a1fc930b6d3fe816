/** Names, numbers and goods against dated lists. Pure: the lists are handed in. */
export { applyListDiff, gitBlobId, plain, readListHistory, type HistoryStep } from './history.js';
export {
  defineList,
  listKind,
  listKinds,
  type ListKind,
  type ListLimits,
  type ListRow,
  type ParsedList,
} from './list-kind.js';
export { decided, isHidden, nameKey, newestState, printedOf, type Decided, type PlacedDecision } from './decisions.js';
export { groupBy } from './group-by.js';
export { LinkGraph, type LinkEdge, type LinkParty } from './links.js';
export { linksOf, type EntryLinks } from './ownership.js';
export { countryCode } from './names/countries.js';
export {
  THRESHOLD,
  createScreener,
  openPacked,
  openScreener,
  packScreener,
  type PackedScreener,
  type Screener,
} from './screener.js';
export { canonical, isCut, screenStates, touchedStates, type FoundStates, type Touched } from './touched.js';
export { basisWords, saidSince } from './as-of.js';
export { matchTurns, type Arrival, type Hits, type Turn, type Turns } from './turns.js';
export {
  checkKept,
  checkParts,
  checkShrink,
  entriesOn,
  foldVersion,
  isListedOn,
  laterThan,
  parseListState,
} from './versions.js';
export { foldedWord as foldText } from '../text/index.js';
