/** Bundles for publication over the API: made and checked as the commands do it. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { caseReport } from '../../case/index.js';
import { type Publication, buildDossier, buildExhibitBundle } from '../../dossier/index.js';
import { type Parts, dossierTools, publishRules } from '../../watch/index.js';
import { fullId } from '../ids.js';
import { dossierRoute, exhibitBundleRoute } from './routes.js';

export function addBundles(api: OpenAPIHono, parts: Parts): void {
  const { store, catalogue, clock } = parts;
  const { database } = store;
  // What is only to be told is told by the commands; a file that is downloaded has no place for it.
  const options = (): { store: typeof store; created: Date; publication: Publication } => ({
    store,
    created: clock.now(),
    publication: { rules: publishRules(parts) },
  });
  api.openapi(exhibitBundleRoute, async (context) => {
    const id = await fullId(database, context.req.valid('param').id, 'E');
    return context.body(new Uint8Array(await buildExhibitBundle(id, options())), 200, zipHeaders(id));
  });
  api.openapi(dossierRoute, async (context) => {
    const id = await fullId(database, context.req.valid('param').id, 'K');
    const report = (await caseReport({ database, catalogue }, id))!;
    return context.body(
      new Uint8Array(
        await buildDossier(report, { ...(await dossierTools(parts)), publication: options().publication }),
      ),
      200,
      zipHeaders(id),
    );
  });
}

const zipHeaders = (id: string): Record<string, string> => ({
  'content-type': 'application/zip',
  'content-disposition': `attachment; filename="${id}.zip"`,
});
