/** The JSON API: the documents of the command line's `--json`, under /api/v1. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { AsPostedError } from '../../model/index.js';
import type { Parts } from '../../watch/index.js';
import { jsonOnly, limitedBody } from '../guards.js';
import { problem } from '../problems.js';
import { addBundles } from './bundles.js';
import { addLists } from './lists.js';
import { addQuestions } from './questions.js';
import { addRecords } from './records.js';
import { addWrites } from './writes.js';

export function createApi(parts: Parts): OpenAPIHono {
  const api = new OpenAPIHono({
    defaultHook: (result, context) => {
      if (result.success) return undefined;
      const [issue] = result.error.issues;
      const place = issue === undefined || issue.path.length === 0 ? 'the question' : issue.path.join('.');
      const message = `${place}: ${issue?.message ?? 'not well formed'}`;
      return problem(context, new AsPostedError({ code: 'USAGE', message }));
    },
  });
  api.use(jsonOnly, limitedBody);
  addLists(api, parts);
  addRecords(api, parts);
  addBundles(api, parts);
  addQuestions(api, parts);
  addWrites(api, parts);
  return api;
}
