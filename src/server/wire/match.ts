/** `/match`, `/search`, `/entities`, `/catalog`, `/algorithms`: the tongue of yente's clients (facts/screening §10). */
import { z } from '@hono/zod-openapi';
import type { Context, Hono } from 'hono';
import type { Day } from '../../model/index.js';
import { THRESHOLD } from '../../screen/index.js';
import { type Parts, loadListedRecently } from '../../watch/index.js';
import { ADJACENT, type Surroundings, adjacentTo, nested, pageOf } from './adjacent.js';
import { datasetOf, entriesOf, entryById, listNames, newestOf, surroundingsOn } from './datasets.js';
import { entityOf } from './entities.js';
import { WireError } from './errors.js';
import { Example, answer, cleaned, matchable, questionOf } from './query.js';
import { search } from './search.js';

const ALGORITHM = 'as-posted';
const ALGORITHMS: readonly string[] = [ALGORITHM, 'best'];
/** As the service it stands in for. */
const MOST_QUERIES = 100;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const whole = (most: number, given: number) => z.coerce.number().int().min(0).max(most).default(given);

const MatchQuestion = z.object({
  limit: whole(500, 5),
  threshold: z.coerce.number().min(0).max(1).default(THRESHOLD),
  algorithm: z.string().default('best'),
  /** Ours: the lists as they stood on a day. */
  as_of: z.string().regex(DAY).optional(),
});
const OnDay = z.object({ as_of: z.string().regex(DAY).optional() });
const MatchBody = z.object({ queries: z.record(z.string(), Example) });

const SearchQuestion = z.object({
  q: z.string().default(''),
  schema: z.string().default('Thing'),
  countries: z.array(z.string()).default([]),
  topics: z.array(z.string()).default([]),
  datasets: z.array(z.string()).default([]),
  limit: whole(500, 10),
  offset: whole(9_499, 0),
  as_of: z.string().regex(DAY).optional(),
});

/** Ill-typed fields are 422, as they are there. */
export function read<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new WireError(422, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not well formed'}`);
}

export async function bodyOf(context: Context): Promise<unknown> {
  try {
    return await context.req.json();
  } catch {
    throw new WireError(400, 'The body is not well-formed JSON.');
  }
}

export const today = ({ clock }: Pick<Parts, 'clock'>): Day => clock.now().toISOString().slice(0, 10);

export function addMatch(app: Hono, parts: Parts): void {
  app.post('/match/:dataset', async (context) => {
    const { limit, threshold, algorithm, as_of } = read(MatchQuestion, context.req.query());
    if (!ALGORITHMS.includes(algorithm)) throw new WireError(400, `Unknown algorithm: ${algorithm}`);
    const dataset = await datasetOf(parts, context.req.param('dataset'));
    const { queries } = read(MatchBody, await bodyOf(context));
    const asked = Object.entries(queries);
    if (asked.length === 0) throw new WireError(400, 'No queries provided.');
    if (asked.length > MOST_QUERIES)
      throw new WireError(400, `Too many queries in one batch (limit: ${MOST_QUERIES}).`);
    const unmatched = asked.find(([, { schema }]) => !matchable(schema));
    if (unmatched) throw new WireError(400, `Non-matchable schema: ${unmatched[1].schema}`);
    const on = as_of ?? today(parts);
    const responses = Object.fromEntries(
      asked.map(([key, example]) => {
        const properties = cleaned(example);
        const { results, mentions, lists } = answer(questionOf(example.schema, properties), {
          dataset,
          on,
          threshold,
          limit,
        });
        const total = { value: results.filter(({ match }) => match).length, relation: 'eq' };
        const query = { id: example.id ?? null, schema: example.schema, properties };
        return [key, { status: 200, results, total, query, mentions, lists, as_of: on }];
      }),
    );
    context.header('x-batch-size', String(asked.length));
    return context.json({ responses, limit });
  });
  app.get('/algorithms', (context) => context.json(algorithms()));
  addSearch(app, parts);
  addEntities(app, parts);
  addCatalog(app, parts);
}

function addSearch(app: Hono, parts: Parts): void {
  app.get('/search/:dataset', async (context) => {
    const given = context.req.queries();
    const one = Object.fromEntries(Object.entries(given).map(([name, values]) => [name, values[0]]));
    const many = {
      countries: given['countries'] ?? [],
      topics: given['topics'] ?? [],
      datasets: given['datasets'] ?? [],
    };
    const question = read(SearchQuestion, { ...one, ...many });
    const dataset = await datasetOf(parts, context.req.param('dataset'));
    const entities = entriesOf(dataset, question.as_of ?? today(parts)).map(entityOf);
    return context.json(search(entities, question));
  });
}

const Neighbours = OnDay.extend({ limit: whole(500, 10), offset: whole(9_499, 0), sort: z.string().optional() });
const Nested = OnDay.extend({ nested: z.enum(['true', 'false', '1', '0']).default('true') });

function addEntities(app: Hono, parts: Parts): void {
  const found = async (context: Context, asOf: Day | undefined): Promise<Surroundings> => {
    const on = asOf ?? today(parts);
    const listed = await loadListedRecently(parts);
    const entry = entryById(listed, context.req.param('id') ?? '', on);
    if (!entry) throw new WireError(404, 'No such entity!');
    return surroundingsOn(listed, entry, on);
  };
  app.get('/entities/:id', async (context) => {
    const asked = read(Nested, context.req.query());
    const around = await found(context, asked.as_of);
    const entity = entityOf(around.entry);
    const isNested = asked.nested === 'true' || asked.nested === '1';
    return context.json(isNested ? nested(entity, adjacentTo(around)) : entity);
  });
  app.get('/entities/:id/adjacent', async (context) => {
    const page = read(Neighbours, context.req.query());
    const around = await found(context, page.as_of);
    const adjacent = Object.fromEntries([...adjacentTo(around)].map(([name, all]) => [name, pageOf(all, page)]));
    return context.json({ entity: entityOf(around.entry), adjacent });
  });
  app.get('/entities/:id/adjacent/:property', async (context) => {
    const page = read(Neighbours, context.req.query());
    const around = await found(context, page.as_of);
    const property = context.req.param('property');
    if (!ADJACENT.has(property)) throw new WireError(404, `No such property: ${property.slice(0, 60)}`);
    return context.json(pageOf(adjacentTo(around).get(property) ?? [], page));
  });
}

function addCatalog(app: Hono, parts: Parts): void {
  const catalog = async (context: Context): Promise<Response> => {
    const { versions, key } = await loadListedRecently(parts);
    const tag = `"${Buffer.from(key).toString('base64url').slice(-40)}"`;
    context.header('etag', tag);
    context.header('cache-control', 'public, max-age=300');
    if (context.req.header('if-none-match') === tag) return context.body(null, 304);
    const datasets = listNames({ versions }).map((list) => {
      const { publishedAt, sha256, entries } = newestOf(versions, list);
      const version = `${publishedAt.replaceAll('-', '')}-${sha256.slice(0, 8)}`;
      const loaded = { load: true, index_version: version, index_current: true };
      return {
        name: list,
        title: list,
        version,
        children: [],
        ...loaded,
        updated_at: `${publishedAt}T00:00:00`,
        entity_count: entries,
        sha256,
      };
    });
    const all = {
      name: 'default',
      title: 'All lists of this store',
      version: '',
      children: datasets.map(({ name }) => name),
    };
    const current = datasets.map(({ name }) => name);
    return context.json({
      datasets: [...datasets, { ...all, load: false }],
      current,
      outdated: [],
      index_stale: false,
    });
  };
  app.get('/catalog', catalog);
  app.get('/manifest', catalog);
}

function algorithms(): object {
  const features = {
    name_evidence: {
      description: 'How well the names agree, token by token; the reason stands in its detail.',
      coefficient: 1,
      url: 'https://www.npmjs.com/package/asposted',
    },
    corroboration: {
      description: 'What agrees besides the name: numbers whose check digits hold, countries.',
      coefficient: 1,
      url: 'https://www.npmjs.com/package/asposted',
    },
  };
  const ofac = {
    description:
      'About what the search page of the US Treasury would show for the two names (Jaro-Winkler); shown beside ours, not counted.',
    coefficient: 0,
    url: 'https://sanctionssearch.ofac.treas.gov/',
  };
  const description =
    'Names across scripts, and numbers, against lists as they stood on a day. The score is the better of the two.';
  const all = { ...features, ofac_score: ofac };
  const own = {
    name: ALGORITHM,
    description,
    features: all,
    docs: { name: ALGORITHM, description, config: {}, features: all },
  };
  return { algorithms: [own], default: ALGORITHM, best: ALGORITHM };
}
