import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import { type AlertEvent, atomFeed, loadChannels, messageOf, rssFeed } from './index.js';

const EVENT: AlertEvent = {
  id: 'V-1',
  event: 'removal',
  at: '2024-05-28T00:10:00.000Z',
  body: { title: '通知 <b>&', account: '促进会', notice: 'N-1', removal: { actor: 'publisher' } },
};

test('the feeds tell newest first, with titles that survive markup, under ids that never change', () => {
  const later: AlertEvent = {
    ...EVENT,
    id: 'V-2',
    event: 'copy',
    at: '2024-05-30T00:00:00.000Z',
    body: { title: '转发', notice: 'N-2' },
  };
  const options = { origin: 'o', address: 'http://127.0.0.1:4270' };
  const expected = [
    ['urn:asposted:V-2', 'Shares passages with another notice: 转发', 'http://127.0.0.1:4270/notices/N-2'],
    ['urn:asposted:V-1', 'Removed by its publisher: 通知 <b>&', 'http://127.0.0.1:4270/notices/N-1'],
  ];
  const atom = parseAtomFeed(atomFeed([EVENT, later], options));
  assert.equal(atom.title?.value, 'As Posted: o');
  assert.deepEqual(
    atom.entries?.map(({ id, title, links }) => [id, title?.value, links?.[0]?.href]),
    expected,
  );
  const rss = parseRssFeed(rssFeed([EVENT, later], options));
  assert.deepEqual(
    rss.items?.map(({ guid, title, link }) => [guid?.value, title, link]),
    expected,
  );
});

test('a title with control characters is shown in the feed and does not end it, whoever makes the feed', () => {
  const hostile = { ...EVENT, body: { ...EVENT.body, title: 'a\u0007b\u202Ec\u0000', account: '\u0001' } };
  for (const make of [atomFeed, rssFeed]) {
    const xml = make([hostile], { origin: 'o', address: 'http://127.0.0.1:4270' });
    assert.match(xml, /a\\u0007b\\u202ec\\u0000/);
    assert.doesNotMatch(xml, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202e]/);
  }
});

async function receiver(
  t: TestContext,
  status: number,
): Promise<{ url: string; got: { body: string; headers: NodeJS.Dict<string | string[]> }[] }> {
  const got: { body: string; headers: NodeJS.Dict<string | string[]> }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      got.push({ body, headers: request.headers });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?token=hunter2`, got };
}

async function webhook(url: string): Promise<ReturnType<Awaited<ReturnType<typeof loadChannels>>[number]['make']>> {
  const channel = (await loadChannels()).find(({ kind }) => kind === 'webhook')!;
  return channel.make({ 'alert.webhook': url, 'alert.webhook.secret': 'key' });
}

test('a webhook gets the event once, signed over its exact body, under its own id', async (t) => {
  const { url, got } = await receiver(t, 204);
  assert.deepEqual(await (await webhook(url)).send(messageOf(EVENT, { pages: '' })), {
    outcome: 'delivered',
    detail: 'HTTP 204',
  });
  const [only] = got;
  assert.equal(only!.headers['idempotency-key'], 'V-1');
  assert.equal(
    only!.headers['x-asposted-signature'],
    `sha256=${createHmac('sha256', 'key').update(only!.body).digest('hex')}`,
  );
  assert.equal((JSON.parse(only!.body) as { body: { title: string } }).body.title, '通知 <b>&');
});

test('a refusal is final and noted, an outage is tried again; neither error tells the token in the address', async (t) => {
  assert.deepEqual(await (await webhook((await receiver(t, 410)).url)).send(messageOf(EVENT, { pages: '' })), {
    outcome: 'refused',
    detail: 'HTTP 410',
  });
  for (const url of [(await receiver(t, 503)).url, 'http://127.0.0.1:1/hook?token=hunter2']) {
    await assert.rejects(
      (await webhook(url)).send(messageOf(EVENT, { pages: '' })),
      (error: Error & { code?: string; retry?: string }) => {
        assert.deepEqual([error.code, error.retry], ['ALERT_FAILED', 'later']);
        assert.doesNotMatch(error.message, /hunter2/);
        return true;
      },
    );
  }
});
