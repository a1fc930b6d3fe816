/** A pattern that is compiled when a text first needs it: of two thousand terms a notice meets a dozen (and a cold start stays short). */
export type LazyPattern = () => RegExp;

export function lazyPattern(source: () => string, flags = 'gu'): LazyPattern {
  let pattern: RegExp | undefined;
  return () => (pattern ??= new RegExp(source(), flags));
}
