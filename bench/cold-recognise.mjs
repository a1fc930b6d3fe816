// How long a cold `asposted recognise FILE --json` takes, against a bare start of the same Node in the same run.
// Prints one JSON line. Run: npm run build && node bench/cold-recognise.mjs
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROUNDS = 15;
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'asposted-bench-'));
const file = join(dir, 'notice.txt');
writeFileSync(
  file,
  '国外企业采购无人机设备通知\n探测器、干扰发生器、无人机探测器(商品名BoriTone、AsselLabs、Bulat)或其它类似技术产品、无人机抑制器、通信频段干扰器\n',
);

const timed = (args) => {
  const began = process.hrtime.bigint();
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
  return { ms: Number(process.hrtime.bigint() - began) / 1e6, stdout };
};
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const [own, bare] = [[], []];
for (let round = 0; round < ROUNDS; round++) {
  bare.push(timed(['-e', '0']).ms);
  const { ms, stdout } = timed([main, 'recognise', file, '--on', '2024-05-22', '--json']);
  if (!stdout.includes('"drone_jammer"')) throw new Error('it did not recognise the goods');
  own.push(ms);
}
rmSync(dir, { recursive: true });
console.log(
  JSON.stringify({
    bench: 'cold-recognise',
    rounds: ROUNDS,
    medianMs: Math.round(median(own)),
    bareNodeMs: Math.round(median(bare)),
    ratioToBareNode: Number((median(own) / median(bare)).toFixed(2)),
  }),
);
