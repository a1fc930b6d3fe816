import assert from 'node:assert/strict';
import test from 'node:test';
import { AsPostedError } from '../model/index.js';
import { discover, recordSource, watchRound } from './index.js';
import { listSources } from '../store/index.js';
import { openTestParts } from './testing/parts.js';

const KEY = 'a-very-secret-key/+';

test('a key is in no record and no message, whether the search is answered, refused or broken', async (t) => {
  const parts = await openTestParts();
  t.after(() => parts.dispose());
  const id = '5b345bbb7127b91a3ad577b203fc6f68';
  const answer = { totalRecords: 1, opportunitiesData: [{ noticeId: id, title: 'Jammers' }] };
  let say: () => string = () => JSON.stringify(answer);
  const page = parts.fetcher.fetch.bind(parts.fetcher);
  const asked: string[] = [];
  const withKey = {
    ...parts,
    secret: (name: string) => (name === 'SAM_API_KEY' ? KEY : undefined),
    fetcher: {
      ...parts.fetcher,
      fetch: async (url: string, options = {}) => {
        if (!url.startsWith('https://api.sam.gov/')) return page(url, options);
        asked.push(url);
        parts.pages.set(url, { type: 'application/json', body: say() });
        return page(url, options);
      },
    },
  };
  await recordSource(withKey, {
    kind: 'sam',
    name: 'SAM',
    options: { url: 'https://api.sam.gov/opportunities/v2/search' },
    everyMs: 1_000,
  });
  await watchRound(withKey, { all: true });
  const [source] = await listSources(parts.store.database);
  assert.equal(source!.notices, 1);
  const answers = [
    () => '<html>',
    () => {
      throw new AsPostedError({ code: 'TOO_MANY_REDIRECTS', message: `${asked.at(-1)!} redirects` });
    },
    () => {
      throw new Error(`socket of ${asked.at(-1)!}`);
    },
  ];
  for (const each of answers) {
    say = each;
    const { failure } = await discover(withKey, source!);
    assert.ok(failure && !failure.message.includes(KEY));
  }
  assert.ok(asked.length === 4 && asked.every((url) => new URL(url).searchParams.get('api_key') === KEY));
  const forms = [KEY, encodeURIComponent(KEY), KEY.replace('/', '%2F').replace('+', '%2B')];
  let records = 0;
  for await (const { leaf } of parts.store.log.leaves(0)) {
    const text = JSON.stringify(await parts.store.readRecord(leaf.record));
    for (const form of forms) assert.ok(!text.includes(form), text);
    records += 1;
  }
  assert.ok(records >= 6);
  for await (const hash of parts.store.vault.list()) {
    const bytes = Buffer.from(await parts.store.vault.get(hash)).toString('latin1');
    for (const form of forms) assert.ok(!bytes.includes(form));
  }
});
