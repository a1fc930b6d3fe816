/** kill -9 between the rows and the files of the passage index, at every step of both. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import pg from 'pg';
import { makeCorpus, makeRandom } from '../compare/testing/corpus.js';
import { loadCatalogue } from '../recognise/index.js';
import { joinEngine } from '../store/engine/index.js';
import { copiesOfText, derive, rebuild } from './index.js';
import { forgetPassages, loadPassages, savePassages } from './passages.js';
import { check } from './pipeline.js';
import type { Errand } from './testing/passages-child.js';
import { type TestParts, articleOf, openTestParts } from './testing/parts.js';

/** One server for all: a store is a folder and a database of its own. */
const home = mkdtempSync(join(tmpdir(), 'asposted-killed-'));
const engine = await joinEngine(home);
const urlOf = (name: string): string => `postgres://asposted@/${name}?host=${encodeURIComponent(engine.socketDir)}`;
const server = new pg.Client({ connectionString: urlOf('asposted') });
await server.connect();
// The server is never killed, so nothing need wait for its disk.
for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes'])
  await server.query(`alter system set ${setting} = off`);
await server.query('select pg_reload_conf()');
const waiting: ChildProcess[] = [];
after(async () => {
  for (const child of waiting) child.kill();
  await server.end();
  await engine.release();
  rmSync(home, { recursive: true, force: true });
});

interface Place {
  name: string;
  dir: string;
  databaseUrl: string;
}
const placed = (name: string): Place => ({ name, dir: join(home, name), databaseUrl: urlOf(name) });
let made = 0;
/** Of a store that nobody has open. */
async function copyOf(of: Place): Promise<Place> {
  const copy = placed(`copy_${++made}`);
  await server.query(`create database ${copy.name} template ${of.name}`);
  cpSync(of.dir, copy.dir, { recursive: true });
  return copy;
}

const corpus = makeCorpus({
  seed: 11,
  pools: { sentences: { zh: 4_000, ru: 400 }, words: { zh: 3_000, ru: 1_000 }, statutes: 4 },
});
const random = makeRandom(5);
const [first, second] = [5, 6].map((id) => corpus.notice(id, { language: 'zh' }).text) as [string, string];
const altered = (kind: 'edit10' | 'excerpt50', text: string): string =>
  corpus.plant(kind, { text, language: 'zh' }, random).text;
/** The last comes while the process dies. */
const texts = [first, altered('edit10', first), second, altered('excerpt50', first)];
type Page = Pick<Errand, 'url' | 'page'>;
const pages = texts.map((text, at): Page => {
  const lines = text.split('\n').filter((line) => line !== '');
  const page = articleOf('通知', lines, 2_247_470_000 + at, { account: `账号${at % 3}` });
  return { url: `https://mp.weixin.qq.com/s/${String(at).padStart(22, 'k')}`, page };
});
const [before, coming] = [pages.slice(0, -1), pages.at(-1)!];

async function take(parts: TestParts, { url, page }: Page): Promise<void> {
  parts.pages.set(url, page);
  parts.clock.advance(1_000);
  await check(parts, { url });
}

const save = (parts: TestParts): Promise<void> =>
  parts.store.database.withLock('derive', async () => {
    await loadPassages(parts, { canWrite: true });
    await savePassages(parts, { least: 1 });
  });

/** Rows and lookups; a notice is called by the number of its first document, as its row may not be made yet. */
async function answersOf(parts: TestParts): Promise<unknown> {
  const { database } = parts.store;
  forgetPassages(parts.store);
  const rows = await database.query<{ notice: string; first: number }>(
    'select e.notice_id as notice, min(d.number) as first from document d join exhibit e on e.id = d.exhibit_id group by 1',
  );
  const firsts = new Map(rows.map(({ notice, first: number }) => [notice, number]));
  const lookups = [];
  for (const text of [first.slice(100, 500), second, texts.at(-1)!])
    for (const { other, exhibit: _, ...found } of await copiesOfText(parts, text))
      lookups.push({ ...found, other: firsts.get(other) });
  return {
    documents: await database.query('select number, text_hash, source, own_first from document order by number'),
    shared: await database.query('select document, other, body from shared order by document, other'),
    lookups,
  };
}

/** Of no goods: every process would compile them, and who holds passages does not hang on what is recognised. */
const catalogue = { ...(await loadCatalogue()), families: [], tradeNames: [], rules: [], flags: [] };
const catalogueFile = join(home, 'catalogue.json');
writeFileSync(catalogueFile, JSON.stringify(catalogue));

/** What is answered by a store of so many documents that was never killed. */
const expected = new Map<number, unknown>();
const base = placed('base');
await server.query('create database base');
{
  const parts = await openTestParts({ ...base, catalogue });
  for (const page of before) {
    await take(parts, page);
    await save(parts);
  }
  expected.set(before.length, await answersOf(parts));
  await parts.dispose();
}
{
  const parts = await openTestParts({ ...(await copyOf(base)), catalogue });
  await take(parts, coming);
  expected.set(pages.length, await answersOf(parts));
  await parts.dispose();
}

/** In one file: dozens of processes begin, and most of what each would do is reading modules. */
const script = join(home, 'child.mjs');
await build({
  entryPoints: [fileURLToPath(new URL('./testing/passages-child.ts', import.meta.url))],
  outfile: script,
  bundle: true,
  platform: 'node',
  format: 'esm',
  external: ['pg-native'],
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  logLevel: 'error',
});

/** Some stand ready. */
function nextChild(): ChildProcess {
  while (waiting.length < 3)
    waiting.push(spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] }));
  return waiting.shift()!;
}

/** Before or in the middle of what it was killed; undefined: it came to its end. */
async function killedAt(
  { dir, databaseUrl }: Place,
  { dieAt, isTakenIn }: Pick<Errand, 'dieAt' | 'isTakenIn'>,
): Promise<string | undefined> {
  const child = nextChild();
  let words = '';
  child.stdout!.setEncoding('utf8').on('data', (part: string) => (words += part));
  child.send({ dir, databaseUrl, catalogue: catalogueFile, ...coming, isTakenIn, dieAt } satisfies Errand);
  const [[code, signal]] = (await Promise.all([once(child, 'exit'), once(child.stdout!, 'end')])) as [
    [number | null, NodeJS.Signals | null],
    unknown,
  ];
  assert.ok(signal === 'SIGKILL' || code === 0, `the process ended with ${code}, ${signal}`);
  return signal === null ? undefined : words.trim();
}

/** Whoever only reads, whoever goes on, whoever has the files of these, and whoever makes all of it again. */
async function goOn(parts: TestParts, where: string): Promise<void> {
  const [row] = await parts.store.database.query<{ count: number }>('select count(*)::int as count from document');
  assert.deepEqual(await answersOf(parts), expected.get(row!.count), `${where}: to whoever only reads`);
  await derive(parts);
  await take(parts, coming);
  assert.deepEqual(await answersOf(parts), expected.get(pages.length), `${where}: once somebody went on`);
  await save(parts);
  assert.deepEqual(await answersOf(parts), expected.get(pages.length), `${where}: by the files`);
}

async function makeAgain(parts: TestParts, where: string): Promise<void> {
  await rebuild(parts);
  assert.deepEqual(await answersOf(parts), expected.get(pages.length), `${where}: made again`);
}

/** Each process is killed a step later than the one before; what it was killed at, in order. */
async function killAtEach(
  isTakenIn: boolean,
  round: (kill: (place: Place) => Promise<string>) => Promise<void>,
): Promise<string[]> {
  const died: string[] = [];
  for (let isOver = false; !isOver;)
    await round(async (place) => {
      const dieAt = died.length + 1;
      const name = await killedAt(place, { dieAt, isTakenIn });
      isOver = name === undefined;
      if (name !== undefined) died.push(name.replace(/ \d+-[0-9a-f]+\.segment/, ' segment'));
      return `killed at step ${dieAt}, ${name}`;
    });
  return died;
}

const TEXT = ['write texts', 'half of texts', 'write ends', 'half of ends'];
const whole = (name: string): string[] => ['make', 'write', 'half of', 'rename'].map((what) => `${what} ${name}.part`);
const WRITTEN = [...whole('segment'), ...whole('manifest.json')];

test('killed at every step of taking a notice in: whoever comes next answers as if nobody was, and so does a rebuild', async () => {
  let rounds = 0;
  const died = await killAtEach(true, async (kill) => {
    const copy = await copyOf(base);
    const where = await kill(copy);
    const parts = await openTestParts({ ...copy, catalogue });
    await goOn(parts, where);
    if (++rounds % 4 === 0) await makeAgain(parts, where);
    await parts.dispose();
  });
  const steps = [...TEXT, ...Array<string>(3).fill('commit'), ...WRITTEN, 'remove segment'];
  assert.deepEqual(died, steps, 'every step was one to die at');
});

test('killed at every step of making the files anew from the rows: the same', async () => {
  const copy = await copyOf(base);
  const parts = await openTestParts({ ...copy, catalogue });
  const died = await killAtEach(false, async (kill) => {
    forgetPassages(parts.store);
    rmSync(join(copy.dir, 'made'), { recursive: true, force: true });
    const where = await kill(copy);
    assert.deepEqual(await answersOf(parts), expected.get(before.length), `${where}: to whoever only reads`);
    await save(parts);
    assert.deepEqual(await answersOf(parts), expected.get(before.length), `${where}: by the files`);
  });
  const steps = ['make texts', 'make ends', ...before.flatMap(() => TEXT), ...WRITTEN];
  assert.deepEqual(died, steps, 'every step was one to die at');
  await goOn(parts, 'at the end');
  await makeAgain(parts, 'at the end');
  await parts.dispose();
});
