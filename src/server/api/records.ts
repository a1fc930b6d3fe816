/** One notice, case or exhibit under its id, and the log they stand in. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { AsPostedError, type NoticeId, type SeenRecord } from '../../model/index.js';
import { readWarc, sha256Hex } from '../../verify/index.js';
import { caseReport } from '../../case/index.js';
import { type ExhibitRow, findExhibit, sourceActivity, sourceAsked, sourcesWithHealth } from '../../store/index.js';
import { type Parts, fullNotice, lineageOfNotice } from '../../watch/index.js';
import { fullId } from '../ids.js';
import { isHeld, taggedJson } from './tags.js';
import {
  bodyRoute,
  caseRoute,
  checkpointRoute,
  exhibitRoute,
  lineageRoute,
  noticeRoute,
  sourceRoute,
  warcRoute,
} from './routes.js';

export function addRecords(api: OpenAPIHono, parts: Parts): void {
  const { store, catalogue } = parts;
  const { database, log } = store;
  api.openapi(noticeRoute, async (context) => {
    const id = await fullId(database, context.req.valid('param').id, 'N');
    return context.json((await fullNotice(database, id)) as never, 200);
  });
  api.openapi(lineageRoute, async (context) => {
    const id = (await fullId(database, context.req.valid('param').id, 'N')) as NoticeId;
    return context.json({ type: 'lineage', ...(await lineageOfNotice(parts, id)) } as never, 200);
  });
  api.openapi(caseRoute, async (context) => {
    const id = await fullId(database, context.req.valid('param').id, 'K');
    return context.json((await caseReport({ database, catalogue }, id)) as never, 200);
  });
  api.openapi(sourceRoute, async (context) => {
    const id = await fullId(database, context.req.valid('param').id, 'S');
    const source = (await sourcesWithHealth(database)).find((each) => each.id === id)!;
    const days = await sourceActivity(database, { since: '', source: id });
    return context.json(
      { ...source, days, asked: await sourceAsked(database, { source: id, limit: 100 }) } as never,
      200,
    );
  });
  addExhibit(api, parts);
  api.openapi(checkpointRoute, async (context) => context.text(await log.checkpoint(), 200));
}

function addExhibit(api: OpenAPIHono, parts: Parts): void {
  api.openapi(exhibitRoute, async (context) => {
    const { id, record, reading, noticeId, logIndex, hash } = await exhibitOf(parts, context.req.valid('param').id);
    const plain: SeenRecord = record;
    return taggedJson(context, { ...plain, id, notice: noticeId, logIndex, recordHash: hash, reading });
  });
  // Archived bytes are handed over as a file and never shown in our origin.
  api.openapi(warcRoute, async (context) => {
    const { id, record } = await exhibitOf(parts, context.req.valid('param').id);
    if (isHeld(context, record.warc.sha256)) return context.body(null, 304);
    return context.body(ReadableStream.from(parts.store.vault.open(record.warc.sha256)), 200, {
      'content-length': String(record.warc.length),
      'content-type': 'application/warc+gzip',
      'content-disposition': `attachment; filename="${id}.warc.gz"`,
    });
  });
  // Whatever it is (HTML, SVG, PDF): bytes to keep, under a name of ours.
  api.openapi(bodyRoute, async (context) => {
    const { id, record } = await exhibitOf(parts, context.req.valid('param').id);
    if (isHeld(context, record.payload.sha256)) return context.body(null, 304);
    return context.body(await bodyOf(await parts.store.vault.get(record.warc.sha256), record.payload.sha256), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${id}.body"`,
    });
  });
}

async function bodyOf(warc: Uint8Array, sha256: string): Promise<Uint8Array<ArrayBuffer>> {
  for await (const { type, payload } of readWarc(warc))
    if ((type === 'response' || type === 'resource') && payload && sha256Hex(payload) === sha256)
      return new Uint8Array(payload);
  throw new AsPostedError({
    code: 'NOT_FOUND',
    message: 'the framing of the answer is broken, so its body cannot be cut out',
    hint: 'The WARC holds every byte that came.',
  });
}

async function exhibitOf({ store: { database } }: Parts, typed: string): Promise<ExhibitRow> {
  return (await findExhibit(database, await fullId(database, typed, 'E')))!;
}
