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

/** `count` list entries of the product's shape, names dealt out over and over when there are not enough. */
export function listEntries(all) {
  return all.map(({ id, source, schema, names, countries, ids, addresses, remarks }) => ({
    list: source, entry: id, schema: schema === 'Person' ? 'Person' : 'LegalEntity', name: names[0],
    aliases: names.slice(1).map((name) => ({ name, weak: false, kind: 'aka' })),
    identifiers: ids.map((each) => (typeof each === 'string' ? { type: 'number', value: each } : { type: each.type ?? 'number', value: each.value ?? '' })),
    countries, addresses, programs: [], remarks: remarks ?? '', from: '2020-01-01', to: null, fromIsBound: false,
  })); // prettier-ignore
}
