/** Adds to the list that stands under a key. */
export function collect<Key, Each>(into: Map<Key, Each[]>, key: Key, each: Each): void {
  const known = into.get(key);
  if (known) known.push(each);
  else into.set(key, [each]);
}
