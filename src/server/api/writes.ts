/** Puts on record what is sent, by the same functions as the commands. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { AsPostedError } from '../../model/index.js';
import { type Parts, addClaim, addStatement, decideMatch, openCase, triage } from '../../watch/index.js';
import { addWhatever } from '../additions.js';
import { authorOf } from '../author.js';
import { fullId } from '../ids.js';
import { additionRoute, claimRoute, decisionRoute, newCaseRoute, statementRoute, triageRoute } from './write-routes.js';

/** Without what was not given: a record has no empty fields. */
export function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

export function addWrites(api: OpenAPIHono, parts: Parts): void {
  const { database } = parts.store;
  const one = (typed: string | undefined, kinds: string): Promise<string | undefined> =>
    typed === undefined ? Promise.resolve(undefined) : fullId(database, typed, kinds);
  const all = (typed: readonly string[] | undefined, kinds: string): Promise<string[]> =>
    Promise.all((typed ?? []).map((each) => fullId(database, each, kinds)));
  api.openapi(newCaseRoute, async (context) => {
    const { title, notices, by } = context.req.valid('json');
    const asked = { title, by: authorOf(context, by), notices: await all(notices, 'N') };
    return context.json({ type: 'case', ...(await openCase(parts, asked)) } as never, 201);
  });
  api.openapi(additionRoute, async (context) => {
    const id = await fullId(database, context.req.valid('param').id, 'K');
    const { what, words, by } = context.req.valid('json');
    const put = await addWhatever(parts, id, { what, words: words ?? '', by: authorOf(context, by) });
    return context.json({ type: 'statement', kind: 'added', ...put } as never, 201);
  });
  api.openapi(claimRoute, async (context) => {
    const id = await fullId(database, context.req.valid('param').id, 'K');
    const { by, exhibit, supports, contradicts, ...claim } = context.req.valid('json');
    const said = {
      ...claim,
      by: authorOf(context, by),
      exhibit: await one(exhibit, 'E'),
      supports: await all(supports, 'CEN'),
      contradicts: await all(contradicts, 'CEN'),
    };
    return context.json({ type: 'claim', ...(await addClaim(parts, id, given(said))) } as never, 201);
  });
  api.openapi(statementRoute, async (context) => {
    const id = await fullId(database, context.req.valid('param').id, 'K');
    const { by, exhibit, ...statement } = context.req.valid('json');
    const said = { ...statement, by: authorOf(context, by), exhibit: await one(exhibit, 'E') };
    return context.json({ type: 'statement', ...(await addStatement(parts, id, given(said))) } as never, 201);
  });
  addJudgements(api, parts);
}

function addJudgements(api: OpenAPIHono, parts: Parts): void {
  const { database } = parts.store;
  api.openapi(triageRoute, async (context) => {
    const notice = await fullId(database, context.req.valid('param').id, 'N');
    const { verdict, by } = context.req.valid('json');
    const { id, logIndex, record } = await triage(parts, { notice, verdict, by: authorOf(context, by) });
    return context.json({ ...record, id, logIndex } as never, 201);
  });
  api.openapi(decisionRoute, async (context) => {
    const { name, notice, by, ...rest } = context.req.valid('json');
    if (name === undefined && notice === undefined)
      throw new AsPostedError({ code: 'USAGE', message: 'a decision wants a name, or a notice' });
    const of =
      notice === undefined ? { name: name! } : given({ notice: await fullId(database, notice, 'N'), only: name });
    const decided = await decideMatch(parts, { of, ...rest, by: authorOf(context, by) });
    const items = decided.map(({ id, logIndex, record }) => ({ ...record, id, logIndex }));
    return context.json({ type: 'decisions', items } as never, 201);
  });
}
