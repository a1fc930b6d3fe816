import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { type World, startWorld } from '../src/demo/world/index.js';
import { type Ran, asposted } from './support/cli.js';

/** A week of watching, played by the command against the demo's world: each test goes on where the last one ended. */
const dir = mkdtempSync(join(tmpdir(), 'asposted-watching-'));
const store = join(dir, 'store');
const told: { id: string; event: string }[] = [];
const hook = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    told.push(JSON.parse(body) as { id: string; event: string });
    response.writeHead(204).end();
  });
});
let world: World;
let env: Record<string, string>;
const run = (args: readonly string[], input?: string): Promise<Ran> =>
  asposted(args, { store, env, ...(input === undefined ? {} : { input }) });
const round = async (...more: string[]): Promise<Record<string, unknown>> => {
  const ran = await run(['watch', '--once', '--all', '--json', ...more]);
  assert.ok(ran.code === 0 || ran.code === 3, ran.stderr);
  return ran.rows()[0]!;
};
const notices = async (): Promise<Record<string, unknown>[]> => (await run(['list', 'notices', '--json'])).rows();
const named = async (account: string): Promise<Record<string, unknown>> =>
  (await notices()).find((each) => (each['account'] as { name?: string } | null)?.name === account)!;

before(async () => {
  world = await startWorld({ articles: 2 });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  writeFileSync(join(dir, 'ca.pem'), world.ca);
  env = {
    ASPOSTED_CAPTURE_RESOLVE: world.resolve.join(' '),
    ASPOSTED_CAPTURE_CA: join(dir, 'ca.pem'),
    ASPOSTED_CAPTURE_DELAY: '0ms',
    ASPOSTED_ALERT_EVENTS: 'notice removal returned change moved host copy match unreachable',
    ASPOSTED_ALERT_WEBHOOK: `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`,
  };
});
after(async () => {
  await world.close();
  hook.closeAllConnections();
  hook.close();
  rmSync(dir, { recursive: true, force: true });
});

test('addresses out of a chat export become a source, and its articles notices', async () => {
  const { provincial, yunfu } = world.addresses;
  writeFileSync(join(dir, 'chat.txt'), `5/22 10:31 看这个 ${provincial}，已经转发\n5/30 09:02 ${yunfu} 云浮也发了\n`);
  const added = await run(['source', 'add', join(dir, 'chat.txt'), '--name', 'chat', '--every', '1h', '--json']);
  assert.equal(added.code, 0, added.stderr);
  assert.equal(added.rows()[0]!['kind'], 'wechat');
  assert.equal((await run(['source', 'add', world.addresses.govList, '--name', 'department'])).code, 0);
  const first = await round();
  assert.deepEqual([first['sources'], first['found'], first['checked']], [2, 4, 4]);
  const second = await round();
  assert.deepEqual([second['checked'], second['turned']], [4, []]);
  assert.ok(
    (await notices()).every(({ exhibits }) => (exhibits as unknown[]).length === 1),
    'nothing changed, so nothing was kept again',
  );
});

test('the publisher’s list is fetched, dated by the publisher, and every notice is screened', async () => {
  const updated = await run(['lists', 'update', 'us_ofac_sdn', '--json']);
  assert.deepEqual(
    [updated.code, updated.rows()[0]!['publishedAt'], updated.rows()[0]!['isNew']],
    [0, '2024-05-21', true],
  );
  assert.equal((await run(['lists', 'update', '--json'])).rows()[0]!['isNew'], false);
  const matches = (await run(['list', 'matches', '--json'])).rows();
  assert.ok(matches.some(({ entry, via }) => entry === '47713' && String(via).includes('maker of Bulat')));
});

test('a notice is screened by its stored matches, or anew for another day or one list, and flags count', async () => {
  const id = String((await named('广东省对俄贸易促进会'))['id']);
  const entries = async (...flags: string[]): Promise<unknown[]> =>
    (await run(['screen', id, '--json', ...flags])).rows().map(({ entry }) => entry);
  assert.ok((await entries()).includes('47713'));
  assert.ok((await entries('--on', '2024-05-22')).includes('47713'));
  assert.ok((await entries('--list', 'us_ofac_sdn')).includes('47713'));
  assert.deepEqual(await entries('--list', 'eu_fsf'), [], 'a list that is not held has no candidates');
  assert.equal((await run(['screen', id, '--fail-on-match'])).code, 4);
  assert.equal((await run(['screen', id, '--list', 'eu_fsf', '--strict'])).code, 10);
  assert.equal((await run(['screen', id, '--on', '2024-02-31'])).code, 2);
});

test('a CA file that is gone fails that source and its notices, and nothing else', async () => {
  const ca = join(dir, 'own-ca.pem');
  writeFileSync(ca, '');
  const added = await run([
    'source',
    'add',
    world.addresses.govList,
    '--name',
    'own CA',
    '--set',
    `ca=${ca}`,
    '--json',
  ]);
  assert.equal(added.code, 0, added.stderr);
  rmSync(ca);
  const ran = await run(['watch', '--once', '--all', '--json']);
  const [round] = ran.rows();
  assert.equal(ran.code, 3);
  assert.match(JSON.stringify(round!['failures']), /own-ca\.pem cannot be read/);
  assert.ok(Number(round!['checked']) > 0, 'the others were checked');
  assert.equal((await run(['source', 'remove', String(added.rows()[0]!['id'])])).code, 0);
});

test('an edit is seen word by word, and both spellings stay on record', async () => {
  world.edit(world.addresses.provincial, { from: 'BoriTone', to: '某品牌' });
  await round();
  const notice = await named('广东省对俄贸易促进会');
  assert.equal(notice['revisions'], 2);
  const compared = await run(['compare', String(notice['id'])]);
  assert.match(compared.stdout, /\[-BoriTone-\]\{\+某品牌\+\}/);
  const names = (notice['mentions'] as { id: string; revision: number }[]).filter(({ id }) => id === 'boristone');
  assert.deepEqual(
    names.map(({ revision }) => revision),
    [1],
  );
});

test('verification, throttling and an outage are our trouble: nothing is called removed', async () => {
  for (const state of ['verification', 'throttled', 'outage', 'verification'] as const) {
    world.set(world.addresses.yunfu, state);
    const { classes } = (await round()) as { classes: Record<string, number> };
    assert.ok((classes['blocked'] ?? 0) + (classes['down'] ?? 0) >= 1, state);
    assert.notEqual((await named('云浮市国际贸易促进会'))['presence'], 'removed', state);
  }
  assert.equal((await named('云浮市国际贸易促进会'))['presence'], 'unreachable');
  world.set(world.addresses.yunfu, 'live');
  await round();
  assert.equal((await named('云浮市国际贸易促进会'))['presence'], 'standing');
});

test('a takedown by the platform: the words, the actor, and the copy looked at again in the same round', async () => {
  world.set(world.addresses.provincial, 'violation');
  env['ASPOSTED_WATCH_CONFIRM_NOTICE'] = '500ms';
  await round();
  await new Promise((resolve) => setTimeout(resolve, 600));
  const ran = await run(['watch', '--once', '--all', '--json', '--fail-on', 'removals']);
  assert.equal(ran.code, 4, ran.stderr);
  const [removal] = (await run(['list', 'removals', '--json'])).rows();
  assert.deepEqual([removal!['actor'], removal!['words']], ['platform', '此内容因违规无法查看']);
  assert.deepEqual(removal!['copiesStanding'], [(await named('云浮市国际贸易促进会'))['id']]);
});

test('a pasted text finds the notice it was taken from', async () => {
  const text =
    '供货企业应为在本省注册的生产型企业，能够提供产品说明书、营业执照复印件以及近两年的出口记录，所供产品须符合国家有关规定。请有供货能力的企业于六月上旬前将企业简介、产品清单和报价发送至我会秘书处';
  const found = (await run(['copies', '-', '--json'], text)).rows();
  assert.deepEqual(
    found.map(({ other }) => other).sort(),
    [(await named('云浮市国际贸易促进会'))['id'], (await named('广东省对俄贸易促进会'))['id']].sort(),
  );
});

test('a case by hand: claims, outreach, a contradiction, and a dossier that verifies with the log’s own key', async () => {
  const notice = String((await named('广东省对俄贸易促进会'))['id']);
  await run(['capture', world.addresses.news]);
  const news = (await notices()).find(({ title }) => String(title).startsWith('A vanished notice'))!;
  const exhibit = String((news['exhibits'] as string[])[0]);
  const id = String(
    (await run(['case', 'new', 'Vanished notice', '--notice', notice, '--by', 'desk', '--json'])).rows()[0]!['id'],
  );
  const claim = (words: string): Promise<Ran> =>
    run([
      'case',
      'claim',
      id,
      words,
      '--speaker',
      'an official',
      '--for',
      'the association',
      '--about',
      'posting',
      '--outlet',
      'CNN',
      '--said',
      '2024-06-05',
      '--exhibit',
      exhibit,
      '--by',
      'desk',
      '--json',
    ]);
  assert.equal(
    (await claim('An official at the association said the posting had been improper.')).rows()[0]!['wordsInExhibit'],
    true,
  );
  assert.equal(
    (await claim('The buyers are in Kazakhstan, he said.')).rows()[0]!['wordsInExhibit'],
    false,
    'words that do not stand there are said so',
  );
  assert.equal((await run(['case', 'ask', id, 'Asked by mail.', '--asked', 'the department', '--by', 'desk'])).code, 0);
  assert.equal((await run(['case', 'ask', id, 'Asked nobody.', '--by', 'desk'])).code, 2);
  const report = (await run(['case', 'show', id, '--json'])).rows()[0]!;
  assert.ok((report['contradictions'] as { rule: string }[]).some(({ rule }) => rule === 'N-10'));
  const timeline = (await run(['case', 'timeline', id, '--json'])).rows().map(({ kind }) => kind);
  for (const kind of ['posted', 'captured', 'changed', 'removed', 'listed', 'claim', 'outreach'])
    assert.ok(timeline.includes(kind), kind);
  const file = join(dir, 'dossier.zip');
  assert.equal((await run(['dossier', id, '-o', file])).code, 0);
  const key = join(dir, 'log.key');
  writeFileSync(key, (await run(['log', 'key'])).stdout);
  const verified = await asposted(['verify', file, '--trust', key, '--json']);
  assert.equal(verified.code, 0, verified.stdout);
  const foreign = join(dir, 'foreign.key');
  writeFileSync(foreign, (await asposted(['log', 'key'], { store: await otherStore() })).stdout);
  assert.equal(
    (await asposted(['verify', file, '--trust', foreign])).code,
    6,
    'a key nobody here trusts proves nothing',
  );
});

async function otherStore(): Promise<string> {
  const other = join(dir, 'other');
  await asposted(['init', other]);
  return other;
}

test('every event was told once', async () => {
  const events = (await run(['list', 'events', '--json'])).rows();
  await round();
  const ids = told.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'none twice');
  for (const { id } of events) assert.ok(ids.includes(String(id)), `${String(id)} was told`);
  for (const event of ['notice', 'copy', 'match', 'change', 'unreachable', 'removal'])
    assert.ok(
      told.some((each) => each.event === event),
      event,
    );
});
