import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { asposted } from './support/cli.js';
import { LOOPBACK, startSite } from './support/site.js';
import { skipOrFail } from '../src/model/testing/shared.js';

const DEBIAN = '/usr/lib/postgresql';
const NOBODY = 65_534;

function binaries(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).filter((version) => Number(version) >= 15) : [];
  return versions.map((version) => join(DEBIAN, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
}

/** A PostgreSQL somebody else runs: Debian's own, on a socket of its own. */
async function startPostgres(t: TestContext, bin: string): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-pg-'));
  const asRoot = process.getuid?.() === 0;
  if (asRoot) chownSync(dir, NOBODY, NOBODY);
  const who = asRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const data = join(dir, 'data');
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'asposted', '-A', 'trust', '--encoding=UTF8', '--locale=C.UTF-8'],
    { ...who, encoding: 'utf8' },
  );
  assert.equal(made.status, 0, made.stderr);
  const server: ChildProcess = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-c', 'listen_addresses=', '-c', `unix_socket_directories=${dir}`],
    { ...who, stdio: 'ignore' },
  );
  t.after(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  });
  const { Client } = (await import('pg')).default;
  for (let tries = 0; tries < 200; tries++) {
    const client = new Client({ host: dir, user: 'asposted', database: 'postgres' });
    try {
      await client.connect();
      await client.end();
      return `postgres://asposted@localhost/postgres?host=${encodeURIComponent(dir)}`;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error('the server did not answer');
}

test('another PostgreSQL gives the same answers as the embedded one, and holds several stores', async (t) => {
  const bin = binaries();
  if (bin === undefined) {
    skipOrFail(t, 'no PostgreSQL server of version 15 or newer is installed: on Debian, apt-get install postgresql');
    return;
  }
  const url = await startPostgres(t, bin);
  const site = await startSite(t);
  const dir = mkdtempSync(join(tmpdir(), 'asposted-stores-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  site.answers.set('/a', {
    body: `<!doctype html><html><head><title>采购通知</title></head><body><article><p>${'我会转发国外企业采购无人机探测器、无人机抑制器的需求。'.repeat(4)}</p></article></body></html>`,
  });
  const store = join(dir, 'one');
  const external = { ...LOOPBACK, ASPOSTED_DATABASE_URL: url };
  const captured = await asposted(['capture', '--json', `${site.base}/a`], { store, env: external });
  assert.equal(captured.code, 0, captured.stderr);
  assert.ok(!existsSync(join(store, 'pg')), 'no embedded server was started');
  const lists = async (env: Record<string, string>): Promise<string[]> => {
    const out: string[] = [];
    for (const list of ['notices', 'mentions', 'flags', 'events'])
      out.push((await asposted(['list', list, '--json'], { store, env })).stdout);
    return out;
  };
  const there = await lists(external);
  assert.ok(there[0]!.includes('采购通知') && there[1]!.includes('drone_jammer'));
  assert.deepEqual(await lists(LOOPBACK), there, 'the embedded server makes the same rows from the same log');
  const other = await asposted(['capture', `${site.base}/a`], { store: join(dir, 'two'), env: external });
  assert.equal(other.code, 2);
  assert.match(other.stderr, /already holds the store .*\n {2}next: Give this store a schema of its own/);
  const apart = await asposted(['capture', `${site.base}/a`], {
    store: join(dir, 'three'),
    env: { ...external, ASPOSTED_STORE_SCHEMA: 'three' },
  });
  assert.equal(apart.code, 0, apart.stderr);
});

test('a database that cannot be reached is one clear sentence that names no password', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'asposted-none-'));
  t.after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const ran = await asposted(['list', 'notices'], {
    store: join(dir, 'none'),
    env: { ASPOSTED_DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/none' },
  });
  assert.equal(ran.code, 8, 'no store comes first');
  const init = await asposted(['init', join(dir, 's')], {
    env: { ASPOSTED_DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/none' },
  });
  assert.equal(init.code, 1);
  assert.match(init.stderr, /^asposted: the database cannot be used/);
  assert.doesNotMatch(init.stderr, /hunter2/);
});
