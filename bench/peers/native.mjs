// The peers of bench/recognise.mjs that are no npm packages, each a small program of ours around the library: compiled in a
// folder of its own, then asked for a scan whenever it is its turn, so that its rounds lie between ours.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Each compiles its program into `dir`, and says how that went and where the program is. */
const BUILDS = {
  Hyperscan: (dir) => {
    const program = join(dir, 'hyperscan');
    return [spawnSync('cc', ['-O2', join(here, 'hyperscan.c'), '-o', program, '-lhs'], { encoding: 'utf8' }), program];
  },
  daachorse: (dir) => {
    // A copy: cargo writes its lock file beside the manifest.
    const crate = join(dir, 'crate');
    cpSync(join(here, 'daachorse'), crate, { recursive: true });
    const target = join(dir, 'target');
    const args = ['build', '--release', '--quiet', '--target-dir', target];
    return [spawnSync('cargo', args, { cwd: crate, encoding: 'utf8' }), join(target, 'release', 'daachorse-peer')];
  },
};

/**
 * Starts those that compile here; `missing` names the others. A peer's `scan()` takes the whole text once and gives
 * `{ ms, count, sum }`; its hits are told by their ends in bytes of UTF-8, which both libraries report.
 */
export async function startNativePeers({ terms, text }) {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-peers-'));
  const children = [];
  const close = () => {
    for (const child of children) child.kill();
    rmSync(dir, { recursive: true, force: true });
  };
  const [peers, missing] = [[], []];
  try {
    if (terms.some((term) => term.includes('\n'))) throw new Error('a term holds the end of a line');
    const files = [join(dir, 'terms.txt'), join(dir, 'text.txt')];
    writeFileSync(files[0], terms.map((term) => `${term}\n`).join(''));
    writeFileSync(files[1], text);
    for (const [peer, build] of Object.entries(BUILDS)) {
      const [{ status }, program] = build(dir);
      if (status !== 0) {
        missing.push(peer);
        continue;
      }
      const child = spawn(program, files, { stdio: ['pipe', 'pipe', 'inherit'] });
      children.push(child);
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const next = async () => {
        const { value, done } = await lines.next();
        if (done) throw new Error(`${peer} ended`);
        return JSON.parse(value);
      };
      const { version, buildMs, bytes } = await next();
      const scan = () => {
        child.stdin.write('scan\n');
        return next();
      };
      peers.push({ peer: `${peer} ${version}`, buildMs, bytes, scan });
    }
  } catch (error) {
    close();
    throw error;
  }
  return { peers, missing, close };
}
