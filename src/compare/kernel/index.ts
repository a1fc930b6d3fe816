/**
 * The kernel of copies: what is done with every text, and with every two that may be copies (facts/copies §4, §5, §9).
 * Nothing here decides; see ../passages.ts.
 */
import { type FoldedUnits, type WasmModule, foldUnits, loadWasmModule } from '../../text/index.js';
import { FINGERPRINT_DEFAULTS, type FingerprintParameters, LONGEST, checkParameters } from './parameters.js';
import { type Chosen, chooseWindows } from './sketch.js';
import { type SpanFinder, findSpans } from './spans.js';
import { makeSketcher, makeSpanFinders } from './wasm.js';
import { KERNEL_MODULE } from './wasm-module.js';

export { isCjkUnit } from './hashes.js';
export {
  type ClassParameters,
  FINGERPRINT_DEFAULTS,
  FINGERPRINT_VERSION,
  type FingerprintParameters,
  LONGEST,
} from './parameters.js';
export type { Chosen, SpanFinder };

/** Folded text, where each of its units stood, and its fingerprints. */
export interface Sketch extends FoldedUnits, Chosen {}

export interface SketchOptions {
  /** `FINGERPRINT_DEFAULTS` where nothing is said. */
  parameters?: FingerprintParameters;
  /** False: `pos` is empty, which saves a third of the work on the way into an index. */
  withPositions?: boolean;
}

/** Texts are cut at `LONGEST` folded units. What comes back is the caller's: no later call changes it. */
export interface Kernel {
  readonly fold: (text: string) => FoldedUnits;
  readonly sketch: (text: string, options?: SketchOptions) => Sketch;
  /** Of text folded already. */
  readonly sketchFolded: (units: Uint16Array, options?: Pick<SketchOptions, 'parameters'>) => Chosen;
  /** A table of the seeds of one text, made once, held against many others. `units` must not be changed while it is used. */
  readonly spans: (units: Uint16Array) => SpanFinder;
}

const cut = (units: Uint16Array): Uint16Array => (units.length > LONGEST ? units.subarray(0, LONGEST) : units);

const cutting = ({ runsIn, hasRunAround }: SpanFinder): SpanFinder => ({
  runsIn: (other) => runsIn(cut(other)),
  hasRunAround: (places, window, other) => hasRunAround(places, window, cut(other)),
});

export const portableKernel: Kernel = {
  fold: (text) => foldUnits(text, LONGEST),
  sketch(text, { parameters = FINGERPRINT_DEFAULTS, withPositions = true } = {}) {
    checkParameters(parameters);
    const { units, pos } = foldUnits(text, LONGEST);
    return { units, pos: withPositions ? pos : pos.subarray(0, 0), ...chooseWindows(units, parameters) };
  },
  sketchFolded(units, { parameters = FINGERPRINT_DEFAULTS } = {}) {
    checkParameters(parameters);
    return chooseWindows(cut(units), parameters);
  },
  spans(units) {
    return cutting(findSpans(cut(units)));
  },
};

/** As `portableKernel`, of a module compiled from wasm/kernel.ts. */
export function wasmKernel(module: WasmModule): Kernel {
  const sketcher = makeSketcher(module);
  const findersOf = makeSpanFinders(module);
  return {
    fold: (text) => sketcher.fold(text, true),
    sketch(text, { parameters = FINGERPRINT_DEFAULTS, withPositions = true } = {}) {
      checkParameters(parameters);
      const { units, pos } = sketcher.fold(text, withPositions);
      return { units, pos, ...sketcher.choose(parameters) };
    },
    sketchFolded(units, { parameters = FINGERPRINT_DEFAULTS } = {}) {
      checkParameters(parameters);
      return sketcher.choose(parameters, cut(units));
    },
    spans(units) {
      return cutting(findersOf(cut(units)));
    },
  };
}

let fastest: Kernel | undefined;

/** The same answers as `portableKernel`, by the fastest means there are. */
export function kernel(): Kernel {
  if (!fastest) {
    const module = KERNEL_MODULE === undefined ? undefined : loadWasmModule(KERNEL_MODULE);
    fastest = module ? wasmKernel(module) : portableKernel;
  }
  return fastest;
}
