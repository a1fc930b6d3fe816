/** Every route of the API, once: the handlers and the OpenAPI document are both made from these. */
import { createRoute, z } from '@hono/zod-openapi';
import { WRITE_ROUTES } from './write-routes.js';
import { BODY_PROBLEMS, Day, Document, Id, type Narrowing, PROBLEMS, Page, SearchPage, SearchQuestion, answers, questionWith } from './schemas.js'; // prettier-ignore

const ALL: readonly Narrowing[] = ['since', 'source', 'presence', 'notice'];

/** Name of each list, and the filters its rows obey. */
const FILTERS = {
  notices: ALL,
  changes: ALL,
  removals: ['since', 'source', 'notice'],
  copies: ALL,
  follows: ALL,
  projects: ALL,
  mentions: ALL,
  matches: ALL,
  flags: ALL,
  events: ['since', 'notice'],
  claims: [],
  sources: [],
  cases: [],
  triage: [],
} as const satisfies Record<string, readonly Narrowing[]>;

export type ListName = keyof typeof FILTERS;
export const LIST_NAMES = Object.keys(FILTERS) as readonly ListName[];

export const listRoute = (name: ListName) =>
  createRoute({
    method: 'get',
    path: `/${name}`,
    summary: `List ${name}`,
    request: { query: questionWith(FILTERS[name]) as never as z.ZodObject },
    responses: answers(Page, `A page of ${name}`),
  });

/** Of what is named by its hash (`ETag`). */
const HELD = { 304: { description: 'The asker holds it already (`If-None-Match`)' } } as const;

/** What there is of one id. */
const documentRoute = <P extends string>(path: P, { summary, answer }: { summary: string; answer: string }) =>
  createRoute({ method: 'get', path, summary, request: { params: Id }, responses: answers(Document, answer) });

export const noticeRoute = documentRoute('/notices/{id}', {
  summary: 'One notice with its evidence',
  answer: 'The notice',
});

export const lineageRoute = documentRoute('/notices/{id}/lineage', {
  summary: 'A notice and its copies in the order of what the pages claim, and what was changed on the way',
  answer: 'The lineage; `coverage` says how many partners it leaves out',
});

export const sourceRoute = documentRoute('/sources/{id}', {
  summary: 'One source: its health, what it brought by day, when it was asked',
  answer: 'The source',
});

export const caseRoute = documentRoute('/cases/{id}', {
  summary: 'One case with its timeline and contradictions',
  answer: 'The case',
});

export const exhibitRoute = createRoute({
  method: 'get',
  path: '/exhibits/{id}',
  summary: 'One exhibit: its record and reading',
  request: { params: Id },
  responses: { ...answers(Document, 'The exhibit'), ...HELD },
});

export const warcRoute = createRoute({
  method: 'get',
  path: '/exhibits/{id}/warc',
  summary: 'The capture as a WARC file',
  request: { params: Id },
  responses: {
    200: {
      description: 'The WARC, gzip a record',
      content: { 'application/warc+gzip': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...HELD,
    404: PROBLEMS[404],
  },
});

export const bodyRoute = createRoute({
  method: 'get',
  path: '/exhibits/{id}/body',
  summary: 'The body of the final answer as a file: transfer encoding removed, content encoding kept',
  request: { params: Id },
  responses: {
    200: {
      description: 'The bytes; never shown in a browser',
      content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...HELD,
    404: PROBLEMS[404],
  },
});

const zipOf = (description: string) => ({
  200: { description, content: { 'application/zip': { schema: z.string().openapi({ format: 'binary' }) } } },
  ...PROBLEMS,
});

export const exhibitBundleRoute = createRoute({
  method: 'get',
  path: '/exhibits/{id}/bundle',
  summary: 'One exhibit with its proofs; refused (400) when it would tell who made it',
  request: { params: Id },
  responses: zipOf('The bundle `asposted verify` checks'),
});

export const dossierRoute = createRoute({
  method: 'get',
  path: '/cases/{id}/dossier',
  summary: 'A case packed for publication; refused (400) when it would tell who made it',
  request: { params: Id },
  responses: zipOf('The bundle `asposted verify` checks'),
});

export const screenRoute = createRoute({
  method: 'get',
  path: '/screen',
  summary: 'Hold a name or number against the lists as of a day',
  request: {
    query: z.strictObject({
      name: z.string().min(1).max(400),
      on: Day.optional().openapi({ description: 'The day asked for; today when absent.' }),
      list: z.string().optional().openapi({ description: 'Names of lists, separated by commas.' }),
    }),
  },
  responses: answers(Document, 'Candidates, and which lists were asked'),
});

export const recogniseRoute = createRoute({
  method: 'post',
  path: '/recognise',
  summary: 'Read goods, names and candidate rules out of a text',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            text: z.string().max(1_000_000),
            on: Day.optional().openapi({ description: 'The day the rules are asked for; today when absent.' }),
            language: z
              .enum(['zh', 'ru', 'uk', 'en'])
              .optional()
              .openapi({ description: 'Told from the letters when absent.' }),
          }),
        },
      },
    },
  },
  responses: { ...answers(Document, 'What was recognised'), ...BODY_PROBLEMS },
});

export const searchRoute = createRoute({
  method: 'get',
  path: '/search',
  summary: 'Search notices, names, goods and ids',
  request: { query: SearchQuestion },
  responses: answers(SearchPage, 'What was found'),
});

export const listVersionsRoute = createRoute({
  method: 'get',
  path: '/lists',
  summary: 'Every version of every list held',
  responses: { 200: answers(Page, 'Versions by list, in order of publication')[200], ...HELD },
});

export const checkpointRoute = createRoute({
  method: 'get',
  path: '/log/checkpoint',
  summary: 'The newest signed checkpoint of the log',
  responses: { 200: { description: 'A C2SP checkpoint', content: { 'text/plain': { schema: z.string() } } } },
});

export const ROUTES = [
  ...LIST_NAMES.map(listRoute),
  noticeRoute,
  lineageRoute,
  sourceRoute,
  caseRoute,
  exhibitRoute,
  warcRoute,
  bodyRoute,
  exhibitBundleRoute,
  dossierRoute,
  screenRoute,
  recogniseRoute,
  searchRoute,
  listVersionsRoute,
  checkpointRoute,
  ...WRITE_ROUTES,
];
