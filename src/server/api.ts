/** The JSON API: the documents of the command line's `--json`, under /api/v1. The OpenAPI document comes from these routes. */
import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi';
import { AsPostedError, type SeenRecord } from '../model/index.js';
import { caseReport } from '../case/index.js';
import { languageOf } from '../read/index.js';
import { recognise } from '../recognise/index.js';
import * as store from '../store/index.js';
import { type Parts, loadScreener } from '../watch/index.js';
import { fullId } from './ids.js';
import { problem } from './problems.js';

const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    retry: z.enum(['never', 'later', 'now']),
  })
  .openapi('Problem');
const Document = z.looseObject({ type: z.string() }).openapi('Document');
const Page = z.object({ items: z.array(Document), next: z.number().nullable() }).openapi('Page');
const DAY = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const Filter = z.object({
  since: z.string().optional().openapi({ description: 'Only what was seen since then: RFC 3339.' }),
  source: z.string().optional(),
  presence: z.enum(['standing', 'unreachable', 'suspected', 'removed', 'moved']).optional(),
  notice: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
  after: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .openapi({ description: 'How many to leave out: the `next` of the page before.' }),
});

const answers = (schema: z.ZodType, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
  400: { description: 'The question is not well formed', content: { 'application/problem+json': { schema: Problem } } },
  404: { description: 'Not held', content: { 'application/problem+json': { schema: Problem } } },
});

type Lister = (db: store.Queryable, filter: store.ListFilter) => Promise<readonly object[]>;

/** Name of the list, and where its rows come from. */
const LISTS: Readonly<Record<string, Lister>> = {
  notices: store.listNotices,
  changes: store.listChanges,
  removals: store.listRemovals,
  copies: store.listCopies,
  mentions: store.listMentions,
  matches: store.listMatches,
  flags: store.listFlags,
  events: store.listEvents,
  claims: (db) => store.listClaims(db),
  sources: (db) => store.listSources(db),
  cases: (db) => store.listCases(db),
};

export function createApi(parts: Parts): OpenAPIHono {
  const api = new OpenAPIHono({
    defaultHook: (result, context) => {
      if (result.success) return undefined;
      const [issue] = result.error.issues;
      return problem(
        context,
        new AsPostedError({
          code: 'USAGE',
          message: `${issue?.path.join('.') ?? 'the question'}: ${issue?.message ?? 'not well formed'}`,
        }),
      );
    },
  });
  addLists(api, parts);
  addNotice(api, parts);
  addCase(api, parts);
  addExhibit(api, parts);
  addWarc(api, parts);
  addScreen(api, parts);
  addRecognise(api, parts);
  addListStatus(api, parts);
  addCheckpoint(api, parts);
  return api;
}

function addLists(api: OpenAPIHono, { store: { database } }: Parts): void {
  for (const [name, rows] of Object.entries(LISTS)) {
    const route = createRoute({
      method: 'get',
      path: `/${name}`,
      summary: `List ${name}`,
      request: { query: Filter },
      responses: answers(Page, `A page of ${name}`),
    });
    api.openapi(route, async (context) => {
      const { limit, after, since, source, presence, notice } = context.req.valid('query');
      const filter: store.ListFilter = {
        ...(since === undefined ? {} : { since }),
        ...(presence === undefined ? {} : { presence }),
        ...(source === undefined ? {} : { source: await fullId(database, source, 'S') }),
        ...(notice === undefined ? {} : { notice: await fullId(database, notice, 'N') }),
      };
      const all = await rows(database, filter);
      const items = all.slice(after, after + limit) as z.infer<typeof Document>[];
      return context.json({ items, next: after + limit < all.length ? after + limit : null }, 200);
    });
  }
}

const Id = z.object({
  id: z.string().openapi({ example: 'N-7F3K2QX9TB', description: 'May be shortened as long as it stays unique.' }),
});

function addNotice(api: OpenAPIHono, { store: { database } }: Parts): void {
  const route = createRoute({
    method: 'get',
    path: '/notices/{id}',
    summary: 'One notice with its evidence',
    request: { params: Id },
    responses: answers(Document, 'The notice'),
  });
  api.openapi(route, async (context) => {
    const id = await fullId(database, context.req.valid('param').id, 'N');
    return context.json((await store.showNotice(database, id)) as never, 200);
  });
}

function addCase(api: OpenAPIHono, { store: { database }, catalogue }: Parts): void {
  const route = createRoute({
    method: 'get',
    path: '/cases/{id}',
    summary: 'One case with its timeline and contradictions',
    request: { params: Id },
    responses: answers(Document, 'The case'),
  });
  api.openapi(route, async (context) => {
    const id = await fullId(database, context.req.valid('param').id, 'K');
    return context.json((await caseReport({ database, catalogue }, id)) as never, 200);
  });
}

async function exhibitOf({ store: { database } }: Parts, typed: string): Promise<store.ExhibitRow> {
  return (await store.findExhibit(database, await fullId(database, typed, 'E')))!;
}

function addExhibit(api: OpenAPIHono, parts: Parts): void {
  const route = createRoute({
    method: 'get',
    path: '/exhibits/{id}',
    summary: 'One exhibit: its record and reading',
    request: { params: Id },
    responses: answers(Document, 'The exhibit'),
  });
  api.openapi(route, async (context) => {
    const { id, record, reading, noticeId, logIndex, hash } = await exhibitOf(parts, context.req.valid('param').id);
    const plain: SeenRecord = record;
    return context.json({ ...plain, id, notice: noticeId, logIndex, recordHash: hash, reading } as never, 200);
  });
}

/** Archived bytes are handed over as a file and never shown in our origin. */
function addWarc(api: OpenAPIHono, parts: Parts): void {
  const route = createRoute({
    method: 'get',
    path: '/exhibits/{id}/warc',
    summary: 'The capture as a WARC file',
    request: { params: Id },
    responses: {
      200: {
        description: 'The WARC, gzip a record',
        content: { 'application/warc+gzip': { schema: z.string().openapi({ format: 'binary' }) } },
      },
    },
  });
  api.openapi(route, async (context) => {
    const { id, record } = await exhibitOf(parts, context.req.valid('param').id);
    const bytes = await parts.store.vault.get(record.warc.sha256);
    return context.body(new Uint8Array(bytes), 200, {
      'content-type': 'application/warc+gzip',
      'content-disposition': `attachment; filename="${id}.warc.gz"`,
      etag: `"${record.warc.sha256}"`,
    });
  });
}

function addScreen(api: OpenAPIHono, parts: Parts): void {
  const query = z.object({
    name: z.string().min(1).max(400),
    on: DAY.optional(),
    list: z.string().optional().openapi({ description: 'Names of lists, separated by commas.' }),
  });
  const route = createRoute({
    method: 'get',
    path: '/screen',
    summary: 'Hold a name or number against the lists as of a day',
    request: { query },
    responses: answers(Document, 'Candidates, and which lists were asked'),
  });
  api.openapi(route, async (context) => {
    const { name, on, list } = context.req.valid('query');
    const screener = await loadScreener(parts);
    const day = on ?? parts.clock.now().toISOString().slice(0, 10);
    return context.json({ type: 'screening', ...screener.screen({ name }, day, list?.split(',')) } as never, 200);
  });
}

function addRecognise(api: OpenAPIHono, { catalogue, clock }: Parts): void {
  const schema = z.object({ text: z.string().max(1_000_000), on: DAY.optional() });
  const route = createRoute({
    method: 'post',
    path: '/recognise',
    summary: 'Read goods, names and candidate rules out of a text',
    request: { body: { required: true, content: { 'application/json': { schema } } } },
    responses: answers(Document, 'What was recognised'),
  });
  api.openapi(route, (context) => {
    const { text, on } = context.req.valid('json');
    const result = recognise(
      { text, language: languageOf(text), on: on ?? clock.now().toISOString().slice(0, 10) },
      catalogue,
    );
    return context.json({ type: 'recognition', ...result } as never, 200);
  });
}

function addListStatus(api: OpenAPIHono, { store: { database } }: Parts): void {
  const route = createRoute({
    method: 'get',
    path: '/lists',
    summary: 'Every version of every list held',
    responses: answers(Page, 'Versions in order of publication'),
  });
  api.openapi(route, async (context) => {
    const items = (await store.listVersions(database)).map(({ id, logIndex, record }) => ({ ...record, id, logIndex }));
    return context.json({ items: items as never[], next: null }, 200);
  });
}

function addCheckpoint(api: OpenAPIHono, { store: { log } }: Parts): void {
  const route = createRoute({
    method: 'get',
    path: '/log/checkpoint',
    summary: 'The newest signed checkpoint of the log',
    responses: { 200: { description: 'A C2SP checkpoint', content: { 'text/plain': { schema: z.string() } } } },
  });
  api.openapi(route, async (context) => context.text(await log.checkpoint(), 200));
}

/** The same object the server answers with: code and document are one source. */
export function openApiDocument(api: OpenAPIHono, version: string): object {
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'As Posted',
      version,
      description: 'Public notices as posted. A candidate is not an identification, and no match is no clearance.',
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
  });
}
