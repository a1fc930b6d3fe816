/** What can be asked without a notice: a name against the lists, a text against the catalogue, words against all that is kept. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Clock } from '../../model/index.js';
import { languageOf } from '../../read/index.js';
import { recognise } from '../../recognise/index.js';
import { type Parts, decidedScreening, loadScreener } from '../../watch/index.js';
import { searchEverything } from '../search.js';
import { recogniseRoute, screenRoute, searchRoute } from './routes.js';

export function addQuestions(api: OpenAPIHono, parts: Parts): void {
  const { catalogue, clock } = parts;
  api.openapi(screenRoute, async (context) => {
    const { name, on = today(clock), list } = context.req.valid('query');
    const screener = await loadScreener(parts);
    const screening = await decidedScreening(parts, screener.screen({ name }, on, list?.split(',')));
    return context.json({ type: 'screening', ...screening } as never, 200);
  });
  api.openapi(searchRoute, async (context) => {
    const { q, aids, ...rest } = context.req.valid('query');
    const question = { ...rest, text: q, aids: aids === 'on', on: today(clock) };
    return context.json((await searchEverything(parts, question)) as never, 200);
  });
  api.openapi(recogniseRoute, (context) => {
    const { text, on = today(clock), language = languageOf(text) } = context.req.valid('json');
    return context.json({ type: 'recognition', ...recognise({ text, language, on }, catalogue) } as never, 200);
  });
}

function today(clock: Clock): string {
  return clock.now().toISOString().slice(0, 10);
}
