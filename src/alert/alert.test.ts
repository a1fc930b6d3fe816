import assert from 'node:assert/strict';
import test from 'node:test';
import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import { type AlertEvent, atomFeed, channelSettings, isOn, loadChannels, rssFeed, settingsOf } from './index.js';

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

test('channels are found by folder, and no two declare the same setting', async () => {
  const channels = await loadChannels();
  assert.ok(channels.some(({ kind }) => kind === 'webhook'));
  const names = channels.flatMap(({ settings }) => Object.keys(settings));
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual(Object.keys(await channelSettings()).sort(), names.sort());
});

test('a channel sees its own settings and no others, with their defaults', async () => {
  const webhook = (await loadChannels()).find(({ kind }) => kind === 'webhook')!;
  const resolved = { 'alert.webhook': 'https://a.example/', 'log.policy': 'x' };
  assert.deepEqual(settingsOf(webhook, resolved), {
    'alert.webhook': 'https://a.example/',
    'alert.webhook.secret': '',
  });
  assert.deepEqual([isOn(webhook, resolved), isOn(webhook, { 'alert.webhook': '' })], [true, false]);
});
