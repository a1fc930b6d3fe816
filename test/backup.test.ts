/** Backup, loss, restore, as an operator does it: what is told afterwards is what was told before. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { calendar } from '../src/preserve/testing/calendar.js';
import { type Ran, asposted, storeDir } from './support/cli.js';
import { LOOPBACK, startSite } from './support/site.js';

const LISTS = [
  'notices',
  'changes',
  'removals',
  'copies',
  'mentions',
  'matches',
  'flags',
  'claims',
  'sources',
  'events',
];
/** Every file under a folder, with its bytes. */
const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length), readFileSync(path).toString('base64')]),
  );
const page = (title: string, text: string): string =>
  `<!doctype html><html lang="zh"><head><title>${title}</title></head><body><article><h1>${title}</h1><p>${text}</p></article></body></html>`;
const NOTICE =
  '有境外企业求购无人机探测器 BorisTone、Assel Labs 和 Bulat，以及无人机干扰器和抑制器，请有意企业于本周五前报名，联系电话 0771-5551234。';

test('backup, wipe, restore: every list is the same, fsck is content, and only what is new is copied twice', async (t) => {
  const store = storeDir(t);
  const folder = join(store, '..', 'backup');
  const site = await startSite(t);
  const run = (...args: string[]): Promise<Ran> => asposted(args, { store, env: LOOPBACK });
  const done = async (...args: string[]): Promise<Ran> => {
    const ran = await run(...args);
    assert.equal(ran.code, 0, `${args.join(' ')}: ${ran.stderr}`);
    return ran;
  };
  const told = async (): Promise<Record<string, string>> => {
    const lists: Record<string, string> = {};
    for (const list of LISTS) lists[list] = (await done('list', list, '--json')).stdout;
    return lists;
  };
  site.answers.set('/a', { body: page('求购', NOTICE) });
  site.answers.set('/b', { body: page('转发：求购', `${NOTICE}转发供参考。`) });
  const [kept] = (await done('capture', '--json', `${site.base}/a`, `${site.base}/b`)).rows();
  await done('source', 'add', `${site.base}/a`, '--kind', 'website', '--name', '商会');
  const [opened] = (await done('case', 'new', '求购', '--notice', String(kept!['notice']), '--json')).rows();
  const claim = ['--speaker', '官员', '--said', '2024-05-24', '--about', String(kept!['exhibit'])];
  await done('case', 'claim', String(opened!['id'] ?? opened!['case']), '不妥', ...claim);

  const first = (await done('backup', folder, '--json')).rows()[0]!;
  assert.deepEqual([first['present'], first['damaged']], [0, []]);
  assert.ok(
    !['pg', 'run', 'made', 'spool'].some((name) => existsSync(join(folder, name))),
    'what can be made is left out',
  );
  assert.equal(statSync(join(folder, 'keys', 'log.key')).mode & 0o077, 0, 'nobody else may read the key');
  site.answers.set('/c', { body: page('别的', '今天天气很好，没有别的事。') });
  await done('capture', `${site.base}/c`);
  await done('log', 'stamp', '--log.ots', (await calendar(t)).url);
  const before = await told();
  for (const list of ['notices', 'copies', 'mentions', 'claims', 'sources']) assert.notEqual(before[list], '', list);
  const second = (await done('backup', folder, '--json')).rows()[0]!;
  assert.equal(second['present'], first['copied']);
  assert.ok(Number(second['copied']) > 0 && Number(second['copied']) < Number(first['copied']));

  const log = filesOf(join(store, 'log'));
  assert.ok(
    Object.keys(log).some((path) => /stamped.\d+.checkpoint$/.test(path)),
    'a stamp lies beside the checkpoint it is over',
  );
  rmSync(store, { recursive: true, force: true });
  const restored = await done('restore', folder);
  assert.match(restored.stdout, /log entries of asposted\.local\/.*, rows made again from \d+ records/);
  assert.deepEqual(filesOf(join(store, 'log')), log);
  assert.deepEqual(await told(), before);
  await done('fsck');
  await done('capture', `${site.base}/c`);

  await t.test('nothing is written over anything, and a broken object never replaces a good copy', async () => {
    assert.match((await run('restore', folder)).stderr, /is not empty/);
    const other = join(store, '..', 'other');
    await asposted(['init', other]);
    const refused = await asposted(['backup', folder], { store: other });
    assert.deepEqual([refused.code, /a copy of another store/.test(refused.stderr)], [2, true], refused.stderr);
    assert.match((await run('backup', join(store, 'inside'))).stderr, /lie in each other/);
    const strange = join(store, '..', 'strange');
    mkdirSync(strange);
    writeFileSync(join(strange, 'letter.txt'), 'mine');
    assert.match((await run('backup', strange)).stderr, /is not empty and holds no copy/);
    assert.deepEqual(readdirSync(strange), ['letter.txt']);
    assert.equal((await asposted(['restore', strange], { store: join(store, '..', 'new') })).code, 8);

    const objects = join(store, 'vault', 'objects');
    const names = readdirSync(objects, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /[0-9a-f]{62}$/.test(name),
    );
    const isCopied = (name: string): boolean => existsSync(join(folder, 'vault', 'objects', name));
    const [old, fresh] = [names.find(isCopied)!, names.find((name) => !isCopied(name))!];
    for (const name of [old, fresh]) {
      chmodSync(join(objects, name), 0o600);
      writeFileSync(join(objects, name), 'rot');
    }
    const ran = await run('backup', folder, '--json');
    assert.equal(ran.code, 5, ran.stderr);
    assert.deepEqual(ran.rows()[0]!['damaged'], [fresh.replace('/', '')]);
    assert.ok(!isCopied(fresh));
    assert.notEqual(readFileSync(join(folder, 'vault', 'objects', old), 'utf8'), 'rot');
    const lost = await asposted(['restore', folder], { store: join(store, '..', 'third') });
    assert.notEqual(lost.code, 0, 'a copy that lacks an object of the log is told of');
  });
});
