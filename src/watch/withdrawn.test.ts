import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { noticePresence, findAddress } from '../store/index.js';
import { recordSource, watchRound } from './index.js';
import { openTestParts, pageOf } from './testing/parts.js';

const SITE = 'http://www.example.gov.cn/swj';
const LIST = `${SITE}/gkmlpt/api/all/0?page=1&sid=200001`;
const notice = (id: number): string => `${SITE}/gkmlpt/content/0/0/post_${id}.html`;
const HOUR = 3_600_000;

function listOf(...ids: number[]): { type: string; body: string } {
  const articles = ids.map((id) => ({ id, title: `通知 ${id}`, url: notice(id) }));
  return { type: 'application/json', body: JSON.stringify({ articles, total: ids.length }) };
}

test('a notice withdrawn from between others is looked at in the same round; one that rolled off waits for its time', async (t) => {
  const parts = await openTestParts();
  t.after(() => parts.dispose());
  const { pages, fetched, clock } = parts;
  for (let id = 1; id <= 5; id++)
    pages.set(
      notice(id),
      pageOf(
        `通知第${id}号`,
        [`第${id}号通知的正文，各有关企业请于本月底前报名参加。`.repeat(4)],
        `2024-05-1${id} 10:00`,
      ),
    );
  pages.set(LIST, listOf(4, 3, 2, 1));
  await recordSource(parts, { kind: 'gov-cn', name: 'list', options: { url: LIST }, everyMs: HOUR });
  assert.equal((await watchRound(parts)).checked, 4);

  pages.set(LIST, listOf(5, 4, 2)); // 3 was withdrawn, 1 rolled off
  pages.delete(notice(3));
  clock.advance(HOUR + 1_000);
  fetched.length = 0;
  const round = await watchRound(parts);
  assert.ok(fetched.includes(notice(3)) && !fetched.includes(notice(1)));
  assert.deepEqual([round.failures, round.classes], [[], { live: 1, gone: 1 }]);
  const presence = async (id: number): Promise<unknown> => {
    const known = await findAddress(parts.store.database, notice(id));
    return noticePresence(parts.store.database, known!.noticeId);
  };
  assert.deepEqual([await presence(3), await presence(1)], ['suspected', 'standing']);
});

test('one withdrawn while another lane is at its host is looked at in the same round all the same', async (t) => {
  const parts = await openTestParts();
  t.after(() => parts.dispose());
  const { pages, fetched, clock } = parts;
  for (let id = 1; id <= 6; id++)
    pages.set(notice(id), pageOf(`通知第${id}号`, [`第${id}号通知的正文。`.repeat(9)], `2024-05-1${id} 10:00`));
  // The lists are at hosts of their own, so that the turn at the notices' host is free while they are asked.
  const list = LIST.replace('www.', 'a.');
  const slow = LIST.replace('www.', 'b.');
  pages.set(list, listOf(4, 3, 2, 1));
  pages.set(slow, listOf(5));
  await recordSource(parts, { kind: 'gov-cn', name: 'list', options: { url: list }, everyMs: HOUR });
  await recordSource(parts, { kind: 'gov-cn', name: 'other', options: { url: slow }, everyMs: HOUR });
  assert.equal((await watchRound(parts)).checked, 5);

  pages.set(list, listOf(4, 2, 1));
  pages.set(slow, listOf(6, 5));
  pages.delete(notice(3));
  clock.advance(HOUR + 1_000);
  fetched.length = 0;
  const atTheHost = new Promise<void>((resolve) => {
    const { fetcher } = parts;
    const plain = fetcher.fetch.bind(fetcher);
    fetcher.fetch = async (url, options) => {
      if (url === list) await atTheHost;
      if (url === notice(6)) {
        resolve();
        while (!fetched.includes(list)) await sleep(5);
        await sleep(300); // long enough that the other lane has tried meanwhile
      }
      return plain(url, options);
    };
  });
  await watchRound(parts);
  assert.ok(fetched.includes(notice(3)));
});

test('a notice that only left its list is looked at and stands', async (t) => {
  const parts = await openTestParts();
  t.after(() => parts.dispose());
  const { pages, clock } = parts;
  for (let id = 1; id <= 3; id++)
    pages.set(notice(id), pageOf(`通知第${id}号`, [`第${id}号通知的正文。`.repeat(9)], `2024-05-1${id} 10:00`));
  pages.set(LIST, listOf(3, 2, 1));
  await recordSource(parts, { kind: 'gov-cn', name: 'list', options: { url: LIST }, everyMs: HOUR });
  await watchRound(parts);
  pages.set(LIST, listOf(3, 1));
  clock.advance(HOUR + 1_000);
  const { classes, turned } = await watchRound(parts);
  assert.deepEqual([classes, turned], [{ live: 1 }, []]);
});
