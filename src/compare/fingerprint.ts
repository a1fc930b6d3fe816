/** Fingerprints of a text as numbers to store and look up (facts/copies §5). */
import { unitsOf } from '../text/index.js';
import { type FingerprintParameters, kernel } from './kernel/index.js';

export { FINGERPRINT_DEFAULTS, FINGERPRINT_VERSION, type FingerprintParameters } from './kernel/index.js';

/** Chosen windows of already folded text, with their places. */
export function fingerprintsOfFolded(
  folded: string,
  parameters?: FingerprintParameters,
): { at: number; value: number }[] {
  const { at, values } = kernel().sketchFolded(unitsOf(folded), parameters && { parameters });
  return Array.from(at, (place, index) => ({ at: place, value: values[index]! }));
}

/** Distinct fingerprints of a text, sorted, as signed 32-bit integers (the form PostgreSQL's `int4` keeps). */
export function fingerprints(text: string): number[] {
  const { values } = kernel().sketch(text, { withPositions: false });
  const signed = Int32Array.from(values).sort();
  return Array.from(signed.filter((value, at) => at === 0 || value !== signed[at - 1]));
}
