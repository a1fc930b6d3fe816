/** Reconciliation for OpenRefine, versions 0.2 and 1.0-draft (facts/screening §11). */
import { z } from '@hono/zod-openapi';
import type { Context, Hono } from 'hono';
import { THRESHOLD } from '../../screen/index.js';
import { type Parts, loadListedRecently } from '../../watch/index.js';
import { type Dataset, datasetOf, entriesOf, entryById } from './datasets.js';
import { ASKED_BY, entityOf } from './entities.js';
import { WireError } from './errors.js';
import { bodyOf, read, today } from './match.js';
import { type ScoredEntity, answer, cleaned, matchable, questionOf } from './query.js';
import { search } from './search.js';

const Cell = z.union([z.string(), z.number(), z.boolean(), z.object({ id: z.string(), name: z.string().optional() })]);
const Cells = z.union([Cell, z.array(Cell)]);
const Query = z.object({
  query: z.string().default(''),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  limit: z.number().int().min(0).max(500).default(5),
  properties: z.array(z.object({ pid: z.string(), v: Cells })).default([]),
});
const Batch = z.record(z.string(), Query);

const Condition = z.object({ matchType: z.string(), propertyId: z.string().optional(), propertyValue: Cells });
const DraftQuery = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  limit: z.number().int().min(0).max(500).default(5),
  conditions: z.array(Condition).default([]),
});
const DraftBatch = z.object({ queries: z.array(DraftQuery) });
const Extension = z.object({ ids: z.array(z.string()).max(100), properties: z.array(z.object({ id: z.string() })) });

/** One cell each: a table of any length comes in batches. */
const MOST_QUERIES = 500;

const TYPES: readonly (readonly [id: string, name: string])[] = [
  ['LegalEntity', 'People and organisations'],
  ['Person', 'People'],
  ['Company', 'Companies'],
  ['Organization', 'Organisations'],
  ['Vessel', 'Vessels'],
  ['Airplane', 'Aircraft'],
];
const PROPERTIES: readonly (readonly [id: string, name: string])[] = [
  ['name', 'Name'],
  ['alias', 'Other name'],
  ['country', 'Country'],
  ['address', 'Address'],
  ['programId', 'Programme'],
  ['notes', 'Reason and notes'],
  ...Object.keys(ASKED_BY).map((id) => [id, id] as const),
];

const typeRef = (schema: string): { id: string; name: string } => ({
  id: schema,
  name: TYPES.find(([id]) => id === schema)?.[1] ?? schema,
});

export function addReconcile(app: Hono, parts: Parts): void {
  app.get('/reconcile/:dataset', async (context) => {
    const dataset = await datasetOf(parts, context.req.param('dataset'));
    const queries = context.req.query('queries');
    return context.json(queries === undefined ? manifest(context) : batch(queries, dataset, parts));
  });
  app.post('/reconcile/:dataset', async (context) => {
    const dataset = await datasetOf(parts, context.req.param('dataset'));
    if ((context.req.header('content-type') ?? '').startsWith('application/json'))
      return context.json(draft(await bodyOf(context), dataset, parts));
    const form = await context.req.parseBody();
    const { queries, extend } = form;
    if (typeof extend === 'string') return context.json(await extended(extend, parts));
    if (typeof queries !== 'string') throw new WireError(400, 'No queries provided.');
    return context.json(batch(queries, dataset, parts));
  });
  addSuggest(app, parts);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new WireError(400, 'The queries are not well-formed JSON.');
  }
}

function batch(text: string, dataset: Dataset, parts: Parts): object {
  const queries = Object.entries(read(Batch, parsed(text)));
  if (queries.length === 0) throw new WireError(400, 'No queries provided.');
  if (queries.length > MOST_QUERIES)
    throw new WireError(400, `Too many queries in one batch (limit: ${MOST_QUERIES}).`);
  return Object.fromEntries(
    queries.map(([key, { query, type, limit, properties }]) => {
      const given = properties.map(({ pid, v }) => ({ id: pid, values: [v].flat() }));
      return [key, { result: candidates({ names: query === '' ? [] : [query], type, limit, given }, dataset, parts) }];
    }),
  );
}

function draft(body: unknown, dataset: Dataset, parts: Parts): object {
  const { queries } = read(DraftBatch, body);
  if (queries.length > MOST_QUERIES)
    throw new WireError(400, `Too many queries in one batch (limit: ${MOST_QUERIES}).`);
  const results = queries.map(({ type, limit, conditions }) => {
    const names = conditions
      .filter(({ matchType }) => matchType === 'name')
      .flatMap(({ propertyValue }) => [propertyValue].flat().map(text));
    const given = conditions
      .filter(({ matchType, propertyId }) => matchType === 'property' && propertyId !== undefined)
      .map(({ propertyId, propertyValue }) => ({ id: propertyId!, values: [propertyValue].flat() }));
    return { candidates: candidates({ names, type, limit, given }, dataset, parts) };
  });
  return { results };
}

type CellValue = z.infer<typeof Cell>;
const text = (cell: CellValue): string => (typeof cell === 'object' ? (cell.name ?? cell.id) : String(cell));

interface Wanted {
  names: readonly string[];
  type: string | readonly string[] | undefined;
  limit: number;
  given: readonly { id: string; values: readonly CellValue[] }[];
}

function candidates({ names, type, limit, given }: Wanted, dataset: Dataset, parts: Parts): object[] {
  const schema = [type ?? 'LegalEntity'].flat()[0] ?? 'LegalEntity';
  if (!matchable(schema)) throw new WireError(400, `Unknown type: ${schema}`);
  // Ids of properties may be qualified with their schema.
  const properties = Object.fromEntries(given.map(({ id, values }) => [id.split(':').at(-1)!, values.map(text)]));
  const clean = cleaned({ schema, properties: { ...properties, name: [...names, ...(properties['name'] ?? [])] } });
  const asked = { dataset, on: today(parts), threshold: THRESHOLD, limit };
  return answer(questionOf(schema, clean), asked).results.map(candidate);
}

function candidate({ id, caption, score, match, schema, properties, datasets, explanations }: ScoredEntity): object {
  return {
    id,
    name: caption,
    score,
    match,
    type: [typeRef(schema)],
    description: [datasets.join(', '), ...(properties['country'] ?? [])].join('; '),
    features: Object.entries(explanations).map(([feature, { score: value }]) => ({
      ...{ id: feature, name: feature.replace('_', ' ') },
      value,
    })),
  };
}

/** `?version=1.0-draft` or the same word in `Accept` asks for the draft's, in which what is suggested is yes or no. */
const isDraft = (context: Context): boolean =>
  context.req.query('version') === '1.0-draft' || (context.req.header('accept') ?? '').includes('1.0-draft');

function manifest(context: Context): object {
  const { origin, pathname } = new URL(context.req.url);
  const service = `${origin}${pathname}`;
  const suggest = (what: string): object => ({ service_url: service, service_path: `/suggest/${what}` });
  return {
    versions: ['0.2', '1.0-draft'],
    name: 'As Posted: sanctions and control lists as they stand',
    identifierSpace: 'https://www.opensanctions.org/docs/identifiers/',
    schemaSpace: 'https://followthemoney.tech/explorer/schemata/',
    view: { url: `${origin}/entities/{{id}}` },
    defaultTypes: TYPES.map(([id, name]) => ({ id, name })),
    suggest: isDraft(context)
      ? { entity: true, property: true, type: true }
      : { entity: suggest('entity'), property: suggest('property'), type: suggest('type') },
    extend: { propose_properties: { service_url: service, service_path: '/extend/property' }, property_settings: [] },
    batchSize: 50,
  };
}

function addSuggest(app: Hono, parts: Parts): void {
  const MOST = 20;
  const starting = (all: readonly (readonly [string, string])[], prefix: string): object[] =>
    all
      .filter(([id, name]) => prefix !== '' && `${id}\n${name}`.toLowerCase().includes(prefix.toLowerCase()))
      .map(([id, name]) => ({ id, name }));
  app.get('/reconcile/:dataset/suggest/:what', async (context) => {
    const dataset = await datasetOf(parts, context.req.param('dataset'));
    const prefix = context.req.query('prefix') ?? '';
    const what = context.req.param('what');
    if (what === 'type') return context.json({ prefix, result: starting(TYPES, prefix) });
    if (what === 'property') return context.json({ prefix, result: starting(PROPERTIES, prefix) });
    if (what !== 'entity') throw new WireError(404, `There is no suggestion of ${what}.`);
    if (prefix === '') return context.json({ prefix, result: [] });
    const question = { q: prefix, schema: 'Thing', countries: [], topics: [], datasets: [], limit: MOST, offset: 0 };
    const found = search(entriesOf(dataset, today(parts)).map(entityOf), question) as { results: ScoredEntity[] };
    const result = found.results.map(({ id, caption, schema, datasets }) => ({
      ...{ id, name: caption, description: datasets.join(', ') },
      notable: [typeRef(schema)],
    }));
    return context.json({ prefix, result });
  });
  app.get('/reconcile/:dataset/extend/property', async (context) => {
    await datasetOf(parts, context.req.param('dataset'));
    const type = context.req.query('type') ?? 'Thing';
    const limit = Number(context.req.query('limit') ?? PROPERTIES.length) || PROPERTIES.length;
    return context.json({ type, limit, properties: PROPERTIES.slice(0, limit).map(([id, name]) => ({ id, name })) });
  });
}

async function extended(text_: string, parts: Parts): Promise<object> {
  const { ids, properties } = read(Extension, parsed(text_));
  const listed = await loadListedRecently(parts);
  const rows = Object.fromEntries(
    ids.map((id) => {
      const entry = entryById(listed, id, today(parts));
      if (!entry) return [id, {}];
      const values = entityOf(entry).properties;
      const cells = properties.map(({ id: property }) => [
        property,
        (values[property.split(':').at(-1)!] ?? []).map((str) => ({ str })),
      ]);
      return [id, Object.fromEntries(cells) as object];
    }),
  );
  const meta = properties.map(({ id }) => ({
    id,
    name: PROPERTIES.find(([each]) => each === id.split(':').at(-1))?.[1] ?? id,
  }));
  return { meta, rows };
}
