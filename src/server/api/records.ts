/** One notice, case or exhibit under its id, and the log they stand in. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { SeenRecord } from '../../model/index.js';
import { caseReport } from '../../case/index.js';
import { type ExhibitRow, findExhibit, showNotice } from '../../store/index.js';
import type { Parts } from '../../watch/index.js';
import { fullId } from '../ids.js';
import { caseRoute, checkpointRoute, exhibitRoute, noticeRoute, warcRoute } from './routes.js';

export function addRecords(api: OpenAPIHono, parts: Parts): void {
  const { store, catalogue } = parts;
  const { database, log } = store;
  api.openapi(noticeRoute, async (context) => {
    const id = await fullId(database, context.req.valid('param').id, 'N');
    return context.json((await showNotice(database, id)) as never, 200);
  });
  api.openapi(caseRoute, async (context) => {
    const id = await fullId(database, context.req.valid('param').id, 'K');
    return context.json((await caseReport({ database, catalogue }, id)) as never, 200);
  });
  addExhibit(api, parts);
  api.openapi(checkpointRoute, async (context) => context.text(await log.checkpoint(), 200));
}

function addExhibit(api: OpenAPIHono, parts: Parts): void {
  api.openapi(exhibitRoute, async (context) => {
    const { id, record, reading, noticeId, logIndex, hash } = await exhibitOf(parts, context.req.valid('param').id);
    const plain: SeenRecord = record;
    return context.json({ ...plain, id, notice: noticeId, logIndex, recordHash: hash, reading } as never, 200);
  });
  // Archived bytes are handed over as a file and never shown in our origin.
  api.openapi(warcRoute, async (context) => {
    const { id, record } = await exhibitOf(parts, context.req.valid('param').id);
    return context.body(ReadableStream.from(parts.store.vault.open(record.warc.sha256)), 200, {
      'content-length': String(record.warc.length),
      'content-type': 'application/warc+gzip',
      'content-disposition': `attachment; filename="${id}.warc.gz"`,
      etag: `"${record.warc.sha256}"`,
    });
  });
}

async function exhibitOf({ store: { database } }: Parts, typed: string): Promise<ExhibitRow> {
  return (await findExhibit(database, await fullId(database, typed, 'E')))!;
}
