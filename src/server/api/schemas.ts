/** What questions and answers look like. Documents are loose: fields are added, never renamed (DESIGN §4). */
import { z } from '@hono/zod-openapi';

export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    code: z.string(),
    status: z.number(),
    detail: z.string(),
    retry: z.enum(['never', 'later', 'now']),
  })
  .openapi('Problem');
export const Document = z.looseObject({ type: z.string() }).openapi('Document');
export const Page = z
  .object({
    items: z.array(Document),
    next: z.number().nullable().openapi({ description: 'What to give as `after` for the next page; null at the end.' }),
  })
  .openapi('Page');
export const Id = z.object({
  id: z.string().openapi({ example: 'N-7F3K2QX9TB', description: 'May be shortened as long as it stays unique.' }),
});
export const Day = z.iso.date();

/** Stored times are UTC and compared as text, so an offset must be gone before it reaches the rows. */
const Since = z
  .union([z.iso.datetime({ offset: true }), Day], { error: 'wants a day or an RFC 3339 time (write + as %2B)' })
  .transform((text) => new Date(text).toISOString())
  .openapi({ type: 'string', description: 'Only what was seen since then: a day (UTC) or an RFC 3339 time.' });

/** Unknown names are refused: a filter that was mistyped and ignored would answer another question. */
export const Question = z.strictObject({
  since: Since.optional(),
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
export type Question = z.infer<typeof Question>;
export type Narrowing = 'since' | 'source' | 'presence' | 'notice';

/** The question with only those filters that this list obeys. */
export function questionWith(narrowings: readonly Narrowing[]): z.ZodType<Question, z.input<typeof Question>> {
  const all: readonly Narrowing[] = ['since', 'source', 'presence', 'notice'];
  const none: Partial<Record<Narrowing, true>> = {};
  for (const each of all) if (!narrowings.includes(each)) none[each] = true;
  return Question.omit(none);
}

const problemOf = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

export const PROBLEMS = {
  400: problemOf('The question is not well formed'),
  404: problemOf('Not held'),
} as const;

/** What any route may answer where there are accounts. */
export const ACCESS_PROBLEMS = {
  401: problemOf('No token, or one that does not hold: unknown, revoked, past its day'),
  403: problemOf('The role of the account does not allow it'),
  429: {
    ...problemOf('More was asked than `serve.api.most` allows'),
    headers: z.object({ 'retry-after': z.string().openapi({ description: 'Seconds to wait.' }) }),
  },
} as const;

export const BODY_PROBLEMS = {
  ...PROBLEMS,
  413: problemOf('The body is too large'),
  415: problemOf('The body is not JSON'),
} as const;

export const answers = <S extends z.ZodType>(schema: S, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
  ...PROBLEMS,
});

export const SearchQuestion = z.strictObject({
  q: z.string().min(1).max(400).openapi({
    description:
      'Words, all of which must stand in one notice, inflected or not; quotation marks keep several together, `*` asks for what begins so.',
  }),
  presence: Question.shape.presence,
  since: Question.shape.since,
  aids: z.enum(['on', 'off']).default('on').openapi({
    description: 'Whether names read aloud in Latin letters count too: pinyin without tones, transliteration.',
  }),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  after: z.string().max(80).optional().openapi({ description: 'The `next` of the page before.' }),
});

export const SearchPage = z
  .looseObject({
    items: z
      .array(Document)
      .openapi({ description: 'Notices, newest first, with the form that was found and the words around it.' }),
    next: z.string().nullable(),
    looked: z.number().openapi({ description: 'Notices that were read for this page.' }),
    aids: z.boolean(),
    names: z.array(Document).openapi({ description: 'Accounts, organisations and persons; on the first page.' }),
    goods: z.array(Document).openapi({ description: 'Goods and trade names of the catalogue; on the first page.' }),
    ids: z.array(z.string()).openapi({ description: 'Ids that begin so; on the first page.' }),
  })
  .openapi('SearchPage');
