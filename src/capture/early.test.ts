/** A look that is over before the body is: what it is shown, what it leaves, and what is read all the same. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import type { Exchange, FetchOptions } from '../model/index.js';
import { createFetcher } from './index.js';
import { instantClock } from './testing/servers.js';

const MARK = '<meta property="og:title" content="x">';
/** Nothing that packs well. */
const filler = (length: number): string =>
  Buffer.from(
    createHash('shake256', { outputLength: Math.ceil((length * 3) / 4) })
      .update(`${length}`)
      .digest(),
  ).toString('base64');
const BODY = `${filler(20_000)}${MARK}${filler(2_000_000)}`;
const CODINGS: Readonly<Record<string, (text: string) => Buffer>> = {
  '': (text) => Buffer.from(text),
  gzip: (text) => gzipSync(text),
  deflate: (text) => deflateSync(text),
  br: (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } }),
};

interface Sent {
  base: string;
  /** Bytes of the body the server could hand over. */
  written: () => number;
}

/** Sends in pieces of the size of a packet, and stops when nobody listens any more. */
async function serve(t: TestContext, encoding: string, body: Buffer): Promise<Sent> {
  let written = 0;
  const server = createServer((request, response) => {
    response.writeHead(200, encoding === '' ? {} : { 'content-encoding': encoding });
    const next = (): void => {
      if (response.destroyed || written >= body.length) return void response.end();
      const piece = body.subarray(written, written + 1_400);
      written += piece.length;
      response.write(piece, () => setImmediate(next));
    };
    next();
    request.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, written: () => written };
}

async function get(url: string, enough: FetchOptions['enough']): Promise<Exchange> {
  const fetcher = createFetcher({ clock: instantClock(), allow: ['127.0.0.0/8'], delayMs: 0 });
  return (await fetcher.fetch(url, { ...(enough ? { enough } : {}), spool: true })).exchanges[0]!;
}

const untilMark = (): NonNullable<FetchOptions['enough']> => {
  let text = '';
  return (piece) => ((text += Buffer.from(piece).toString('latin1')).includes(MARK) ? 'enough' : 'more');
};

for (const [encoding, pack] of Object.entries(CODINGS))
  test(`${encoding === '' ? 'a plain body' : encoding} is left where it is enough`, async (t) => {
    const packed = pack(BODY);
    const { base } = await serve(t, encoding, packed);
    const { enoughAfter, body, spool } = await get(base, untilMark());
    // How much a machine sends to itself meanwhile is its own affair; what is taken of it is ours.
    assert.ok(enoughAfter! > 1_000 && enoughAfter! < packed.length / 3, `${enoughAfter} of ${packed.length}`);
    assert.equal(body.length, 0, 'of what was left nothing is read');
    await spool?.close();
  });

test('what is not enough, or no longer looked at, is read whole, and the server is not asked twice', async (t) => {
  for (const said of ['more', 'whole'] as const)
    for (const [encoding, pack] of Object.entries(CODINGS)) {
      const { base, written } = await serve(t, encoding, pack(BODY));
      let shown = 0;
      const { enoughAfter, body, spool } = await get(base, () => ((shown += 1), said));
      assert.deepEqual([enoughAfter, body.length], [undefined, BODY.length]);
      assert.equal(written(), pack(BODY).length);
      if (said === 'whole') assert.equal(shown, 1);
      await spool?.close();
    }
});

test('what is damaged or unfolds without end is told by who reads the whole', async (t) => {
  const packed = gzipSync(BODY);
  packed.fill(0, 20, 400);
  const damaged = await serve(t, 'gzip', packed);
  await assert.rejects(get(damaged.base, untilMark()), { code: 'BAD_ENCODING' });
  const bomb = await serve(t, 'gzip', gzipSync(Buffer.alloc(60_000_000)));
  const { partial, body } = await get(bomb.base, () => 'more');
  assert.equal(partial, true);
  assert.ok(body.length <= 12_000_000);
});
