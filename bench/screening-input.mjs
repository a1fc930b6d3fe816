// Names and pairs for the benches of screening: the development half of the labelled pairs, invented people, and the names of
// the lists. They are read where ASPOSTED_SHARED says (or ../shared) and never shipped.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

export const shared = join(
  process.env.ASPOSTED_SHARED ?? join(import.meta.dirname, '..', '..', 'shared'),
  'data',
  'screening',
);

const read = (path) => {
  const bytes = readFileSync(join(shared, path));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

export const pairs = () => parse(read('name-pairs-dev.csv'), { columns: true });
export const parity = () => parse(read('names/ofac-parity-dev.csv'), { columns: true });

export function negatives() {
  return ['global', 'us'].flatMap((part) =>
    parse(read(`names/negatives_${part}_dev.csv.gz`), { columns: true }).map((row) => row.full_name),
  );
}

/** Entities of all lists in one shape. `latin` drops names in other scripts, which a search across scripts must not lean on. */
export function entities({ latin = false } = {}) {
  return read('entities.jsonl.gz')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map((entity) => ({
      ...entity,
      names: latin
        ? entity.names.filter((name) => !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(name))
        : entity.names,
    }))
    .filter(({ names }) => names.length > 0);
}

/** Entities as list entries of the product's shape. */
export function listEntries(all) {
  return all.map(({ id, source, schema, names, countries, ids, addresses, remarks }) => ({
    list: source, entry: id, schema: schema === 'Person' ? 'Person' : 'LegalEntity', name: names[0],
    aliases: names.slice(1).map((name) => ({ name, weak: false, kind: 'aka' })),
    identifiers: ids.map((each) => (typeof each === 'string' ? { type: 'number', value: each } : { type: each.type ?? 'number', value: each.value ?? '' })),
    countries, addresses, programs: [], remarks: remarks ?? '', from: '2020-01-01', to: null, fromIsBound: false,
  })); // prettier-ignore
}

/** Padded to so many names: the first half of one real name and the second of another, of the same kind. */
export function dealtOut(entries, count) {
  const words = (isPerson) =>
    entries
      .filter(({ schema }) => (schema === 'Person') === isPerson)
      .flatMap(({ name, aliases }) => [name, ...aliases.map((each) => each.name)])
      .map((name) => name.split(/\s+/));
  const kinds = [words(true), words(false)];
  let seed = 1;
  const below = (most) => Math.floor(((seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32) * most);
  const dealt = (from) => {
    const [a, b] = [from[below(from.length)], from[below(from.length)]];
    return [...a.slice(0, Math.max(1, Math.ceil(a.length / 2))), ...b.slice(b.length >> 1)].join(' ');
  };
  const all = [...entries];
  let held = entries.reduce((sum, { aliases }) => sum + 1 + aliases.length, 0);
  for (let at = 0; held < count; at++, held += 2) {
    const kind = below(2);
    all.push({
      ...entries[0],
      entry: `dealt-${at}`,
      schema: kind === 0 ? 'Person' : 'LegalEntity',
      name: dealt(kinds[kind]),
      aliases: [{ name: dealt(kinds[kind]), weak: false, kind: 'aka' }],
      identifiers: [],
      addresses: [],
      remarks: '',
    });
  }
  return all;
}
