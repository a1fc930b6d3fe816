// One long body in a process of its own: captured, written into a vault, verified and read again. Prints its peak memory.
// Run by evidence.mjs: node bench/warc-stream.mjs URL BYTES
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFetcher } from '../dist/capture/index.js';
import { releaseCapture } from '../dist/model/index.js';
import { openFolderVault, streamWarc } from '../dist/preserve/index.js';
import { verifyFile } from '../dist/verify/index.js';
import { readInputOf } from '../dist/watch/replay.js';

const [url, expected] = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), 'asposted-bench-'));
const clock = { now: () => new Date(), sleep: () => Promise.resolve() };
const limits = { timeoutMs: 600_000, maxBytes: 600_000_000 };
const fetcher = createFetcher({ clock, allow: ['127.0.0.0/8'], delayMs: 0, spoolDir: join(dir, 'spool'), ...limits });
const vault = await openFolderVault(join(dir, 'vault'));
const began = process.hrtime.bigint();
const seconds = () => Number(process.hrtime.bigint() - began) / 1e9;
try {
  const capture = await fetcher.fetch(url, { spool: true });
  const captured = seconds();
  const facts = { recordedAt: '2024-05-22T03:00:00.000Z', software: 'bench', robots: 'classic' };
  const { payload, bytes } = await streamWarc(capture, facts);
  const { hash, length } = await vault.putStream(bytes);
  await releaseCapture(capture);
  const written = seconds();
  const { verdict } = await verifyFile(vault.open(hash));
  const verified = seconds();
  const { body, partial } = await readInputOf(vault.open(hash), { url, finalUrl: url });
  if (verdict !== 'ok' || payload.length !== Number(expected) || !partial)
    throw new Error('the body did not come through');
  if (readdirSync(join(dir, 'spool')).length > 0) throw new Error('a temporary file was left');
  console.log(
    JSON.stringify({
      peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
      captureSeconds: Number(captured.toFixed(1)),
      writeSeconds: Number((written - captured).toFixed(1)),
      verifySeconds: Number((verified - written).toFixed(1)),
      warcMb: Math.round(length / 1e6),
      readBytes: body.length,
    }),
  );
} finally {
  await fetcher.close();
  rmSync(dir, { recursive: true });
}
