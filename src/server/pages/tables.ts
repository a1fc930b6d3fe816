/** Tables of the pages as files for spreadsheets. */
import type { Context } from 'hono';
import { csv } from '../../dossier/index.js';

type Rows = Parameters<typeof csv>[1];

/** RFC 4180 with a mark of UTF-8 before it, without which some spreadsheets garble Chinese; no cell of it runs as a formula. */
export function csvAnswer(context: Context, name: string, header: readonly string[], rows: Rows): Response {
  return context.body(`\ufeff${csv(header, rows)}`, 200, {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name}.csv"`,
  });
}
