import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { ordinaryArticle } from '../src/demo/world/ordinary-articles.js';
import { startWorld } from '../src/demo/world/index.js';
import { type Ran, asposted, storeDir } from './support/cli.js';

test('--fail-on removals counts each notice that went with its account, though the account is told once', async (t) => {
  const account = ordinaryArticle(0).account.id;
  const beside = Array.from({ length: 40 }, (_, n) => n + 1).find((n) => ordinaryArticle(n).account.id === account)!;
  const world = await startWorld({ articles: beside + 1 });
  t.after(() => world.close());
  const store = storeDir(t);
  const ca = join(dirname(store), 'ca.pem');
  writeFileSync(ca, world.ca);
  const env = {
    ASPOSTED_CAPTURE_RESOLVE: world.resolve.join(' '),
    ASPOSTED_CAPTURE_CA: ca,
    ASPOSTED_CAPTURE_DELAY: '0ms',
    ASPOSTED_WATCH_CONFIRM_NOTICE: '500ms',
  };
  const run = (args: readonly string[]): Promise<Ran> => asposted(args, { store, env });
  const round = async (): Promise<[number | null, string[]]> => {
    const ran = await run(['watch', '--once', '--all', '--json', '--fail-on', 'removals']);
    return [ran.code, (ran.rows()[0]!['events'] as { event: string }[]).map(({ event }) => event)];
  };
  const block = async (address: string): Promise<[number | null, string[]]> => {
    world.set(address, 'account-blocked');
    assert.deepEqual(await round(), [0, []]);
    await new Promise((resolve) => setTimeout(resolve, 600));
    return round();
  };
  const [first, second] = [world.addresses.more[0]!, world.addresses.more[beside]!];
  assert.equal((await asposted(['init'], { store })).code, 0);
  assert.equal((await run(['capture', first, second])).code, 0);
  assert.deepEqual(await block(first), [4, ['account']]);
  assert.deepEqual(await block(second), [4, []]);
  const removals = (await run(['list', 'removals', '--json'])).rows();
  assert.deepEqual(
    removals.map(({ scope, actor }) => [scope, actor]),
    [
      ['account', 'platform'],
      ['account', 'platform'],
    ],
  );
});
