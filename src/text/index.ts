/** What recognise, screen and compare share about letters. Imports nothing of the product. */
export {
  FOLD_VERSION,
  PAIR_STAYS,
  fold,
  foldPair,
  foldTable,
  foldUnits,
  foldedWord,
  originalSpan,
  skeleton,
  skeletonWord,
  type Folded,
  type FoldedUnits,
} from './fold.js';
export { onWordBoundaries } from './segment.js';
export { validBin, validEdrpou, validInn, validLei, validOgrn, validUscc } from './identifiers.js';
export { type Found, type SoughtTerm, type Terms, compileTerms, isWordUnit, unitsOf } from './terms/index.js';
export { type WasmMemory, type WasmModule, instantiate, loadWasmModule, makeRoom } from './web-assembly.js';
