/** Tables of the pages as files for spreadsheets. */
import type { Context } from 'hono';
import { csv, csvRows } from '../../dossier/index.js';

type Rows = Parameters<typeof csv>[1];

/** RFC 4180 with a mark of UTF-8 before it, without which some spreadsheets garble Chinese; no cell of it runs as a formula. */
export function csvAnswer(context: Context, name: string, header: readonly string[], rows: Rows): Response {
  return context.body(`\ufeff${csv(header, rows)}`, 200, headersOf(name));
}

/** The same of more rows than memory should hold, a batch at a time. What fails after the first of them breaks off the answer. */
export function csvStream(context: Context, name: string, header: readonly string[], batches: AsyncIterable<Rows>): Response {
  async function* text(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    yield encoder.encode(`\ufeff${csv(header, [])}`);
    for await (const rows of batches) yield encoder.encode(csvRows(rows));
  }
  return context.body(ReadableStream.from(text()), 200, headersOf(name));
} // prettier-ignore

const headersOf = (name: string): Record<string, string> => ({
  'content-type': 'text/csv; charset=utf-8; header=present',
  'content-disposition': `attachment; filename="${name}.csv"`,
});
