/** What may be put on record over the API: each is appended to the log with who and when, and nothing is ever changed. */
import { createRoute, z } from '@hono/zod-openapi';
import { TRIAGE, VERDICTS } from '../../case/index.js';
import { BODY_PROBLEMS, Day, Document, Id } from './schemas.js';

const Words = z.string().min(1).max(20_000);
const Name = z.string().min(1).max(400);
const By = Name.optional().openapi({
  description: 'Who says so, where there are no accounts; with accounts it is the account, and this is refused.',
});
const IdText = z.string().min(1).max(40);
const Ids = z.array(IdText).max(200);

const made = (description: string) => ({
  201: { description, content: { 'application/json': { schema: Document } } },
  ...BODY_PROBLEMS,
});

const body = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { 'application/json': { schema } },
});

export const newCaseRoute = createRoute({
  method: 'post',
  path: '/cases',
  summary: 'Open a case',
  request: { body: body(z.strictObject({ title: Words, notices: Ids.optional(), by: By })) },
  responses: made('The case'),
});

export const additionRoute = createRoute({
  method: 'post',
  path: '/cases/{id}/additions',
  summary: 'Add a notice, an exhibit or an address to a case; an address is captured now, which can take a minute',
  request: {
    params: Id,
    body: body(
      z.strictObject({
        what: z.string().min(1).max(4_000).openapi({ description: 'N-…, E-… or an address (http, https).' }),
        words: Words.optional().openapi({ description: 'Why it belongs to the case.' }),
        by: By,
      }),
    ),
  },
  responses: made('The statement that adds it, and under `about` what it adds'),
});

export const claimRoute = createRoute({
  method: 'post',
  path: '/cases/{id}/claims',
  summary: 'Record who said what, through whom, when',
  request: {
    params: Id,
    body: body(
      z.strictObject({
        speaker: Name,
        words: Words,
        speaksFor: Name.optional(),
        outlet: Name.optional(),
        said: Day.optional(),
        about: Name.optional().openapi({
          description: 'What the words are about, one word: posting, buyers, product …',
        }),
        exhibit: IdText.optional(),
        supports: Ids.optional(),
        contradicts: Ids.optional(),
        by: By,
      }),
    ),
  },
  responses: made('The claim; `wordsInExhibit` says whether the words stand in the exhibit letter for letter'),
});

export const statementRoute = createRoute({
  method: 'post',
  path: '/cases/{id}/statements',
  summary: 'Record a note, a decision, or whom you asked and what came back',
  request: {
    params: Id,
    body: body(
      z.strictObject({
        kind: z.enum(['note', 'decision', 'outreach']),
        words: Words,
        asked: Name.optional().openapi({ description: 'outreach: who was asked.' }),
        askedBy: Name.optional(),
        answer: Words.optional().openapi({ description: 'outreach: what came back; absent: nothing so far.' }),
        exhibit: IdText.optional(),
        by: By,
      }),
    ),
  },
  responses: made('The statement'),
});

export const triageRoute = createRoute({
  method: 'post',
  path: '/notices/{id}/triage',
  summary: 'Say what a finding is worth; `undone` takes back what was said',
  request: { params: Id, body: body(z.strictObject({ verdict: z.enum(TRIAGE), by: By })) },
  responses: made('What was put on record, with what is known of the notice now'),
});

export const decisionRoute = createRoute({
  method: 'post',
  path: '/decisions',
  summary: 'Say whether a name is that of an entry of a list',
  request: {
    body: body(
      z.strictObject({
        name: z.string().min(1).max(2_000).optional().openapi({ description: 'The name; of a notice, only this one.' }),
        notice: IdText.optional().openapi({ description: 'A notice: each of its names that finds the entry.' }),
        list: Name,
        entry: Name,
        verdict: z.enum(VERDICTS),
        why: Words,
        by: By,
      }),
    ),
  },
  responses: made('The decisions, under `items`'),
});

export const WRITE_ROUTES = [newCaseRoute, additionRoute, claimRoute, statementRoute, triageRoute, decisionRoute];
