import type { Catalogue } from './catalogue.js';

/** What is made of a catalogue once: it does not change while it is in use. */
export function perCatalogue<Made>(make: (catalogue: Catalogue) => Made): (catalogue: Catalogue) => Made {
  const made = new WeakMap<Catalogue, { value: Made }>();
  return (catalogue) => {
    let known = made.get(catalogue);
    if (!known) made.set(catalogue, (known = { value: make(catalogue) }));
    return known.value;
  };
}
