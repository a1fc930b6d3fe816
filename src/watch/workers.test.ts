import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { type NoticeId, asSha256, instant } from '../model/index.js';
import { findAddress, listEvents, openStore, plannedChecks, showNotice, sourceById } from '../store/index.js';
import { check, derive, recordSource, watchRound } from './index.js';
import { discover } from './discover.js';
import { DELETED, articleOf, openTestParts, pageOf, sameAsRebuilt } from './testing/parts.js';

const HOUR = 3_600_000;
const parts = await openTestParts();
after(() => parts.dispose());
const { pages, clock, store, fetched } = parts;

const noticeAt = async (url: string): Promise<NoticeId> => (await findAddress(store.database, url))!.noticeId;
const planOf = async (url: string): Promise<{ wait: number; why: string }> => {
  const id = await noticeAt(url);
  const row = (await plannedChecks(store.database, { most: 1_000 })).find((each) => each.id === id)!;
  return { wait: (Date.parse(row.nextCheck) - clock.now().getTime()) / HOUR, why: row.why };
};
const listPage = (urls: readonly string[]): { body: string } => ({
  body: `<!doctype html><html><head><title>通知公告</title></head><body><ul>${urls
    .map((url) => `<li><a href="${url}">关于征集企业参加对接会的通知</a></li>`)
    .join('')}</ul><p>${'栏目说明文字。'.repeat(60)}</p></body></html>`,
});
const notice = (title: string): ReturnType<typeof pageOf> =>
  pageOf(title, [`${title}：请各有关单位于六月七日前将产品说明书和报价报送我会秘书处，联系方式见附件，谢谢配合。`]);

test('what a list named and nobody looked at yet survives the worker that asked, and is looked at first', async () => {
  const host = 'lists.example.gov.cn';
  const urls = [1, 2, 3].map((n) => `https://${host}/content/post_${n}.html`);
  pages.set(`https://${host}/list.html`, listPage(urls));
  for (const url of urls) pages.set(url, notice(`通知第${url.at(-6)!}号`));
  const options = { url: `https://${host}/list.html`, mode: 'list' };
  const id = await recordSource(parts, { kind: 'website', name: 'list', options, everyMs: 6 * HOUR });
  await discover(parts, (await sourceById(store.database, id))!); // and then the worker died
  pages.set(`https://${host}/list.html`, listPage(urls.slice(2)));
  assert.ok((await plannedChecks(store.database, { most: 10 })).filter(({ kind }) => kind === 'address').length === 3);
  const round = await watchRound(parts);
  assert.deepEqual([round.sources, round.checked], [0, 3], 'the source is not due yet, its addresses are');
  for (const url of urls) assert.equal((await showNotice(store.database, await noticeAt(url)))!.source, id);
  assert.equal((await watchRound(parts)).checked, 0);
});

test('three rounds at once look at each notice once', async () => {
  for (let n = 0; n < 24; n++) {
    const url = `https://h${n % 5}.example.gov.cn/content/post_${n}.html`;
    pages.set(url, notice(`关于第${n}次对接会的通知`));
    await check(parts, { url });
  }
  clock.advance(5 * HOUR);
  const from = fetched.length;
  const rounds = await Promise.all([watchRound(parts), watchRound(parts), watchRound(parts)]);
  const asked = fetched.slice(from).filter((url) => /h\d\.example/.test(url));
  assert.equal(asked.length, 24);
  assert.equal(new Set(asked).size, 24);
  assert.ok(rounds.reduce((sum, { checked }) => sum + checked, 0) >= 24);
});

test('a host that refuses is left alone whole, and one look afterwards decides', async () => {
  const urls = Array.from({ length: 6 }, (_, n) => `https://refuses.example.gov.cn/content/post_${n}.html`);
  for (const url of urls) {
    pages.set(url, notice(`关于${url}的通知`));
    await check(parts, { url });
  }
  for (const url of urls) pages.set(url, { status: 429, body: 'slow down' });
  clock.advance(5 * HOUR);
  const asked = async (): Promise<number> => {
    const from = fetched.length;
    await watchRound(parts);
    return fetched.slice(from).filter((url) => urls.includes(url)).length;
  };
  assert.equal(await asked(), 1, 'the others were not asked any more');
  assert.equal(await asked(), 0);
  for (const url of urls) pages.set(url, notice(`关于${url}的通知`));
  clock.advance(25 * HOUR);
  assert.equal(await asked(), 6);
});

test(
  'a clock that falls back within a round ends at a host it should have left alone',
  { timeout: 60_000 },
  async () => {
    const host = 'fallback.example.gov.cn';
    const urls = [1, 2, 3, 4, 5].map((n) => `https://${host}/content/post_${n}.html`);
    for (const url of urls) {
      pages.set(url, notice(`关于第${url.at(-6)!}次征集的通知`));
      await check(parts, { url });
    }
    clock.advance(30 * HOUR);
    for (const url of urls) pages.set(url, 'CONNECT_FAILED');
    await watchRound(parts);
    clock.advance(HOUR);
    for (const url of urls) pages.set(url, 'TOO_LARGE'); // says nothing of the host: that it was down stays on record
    const own = parts.fetcher;
    parts.fetcher = {
      ...own,
      fetch: async (url, options) => {
        if (urls.includes(url)) clock.advance(-2 * HOUR);
        return own.fetch(url, options);
      },
    };
    const from = fetched.length;
    await watchRound(parts);
    parts.fetcher = own;
    assert.equal(fetched.slice(from).filter((url) => urls.includes(url)).length, 1);
    clock.advance(30 * HOUR);
    await watchRound(parts);
    assert.equal(fetched.slice(from).filter((url) => urls.includes(url)).length, 6, 'the others are the next round’s');
  },
);

test('a host has so many looks a day, and what is left over waits', async () => {
  const own = await openTestParts({ settings: { 'watch.budget': 6, 'watch.whole': 0 } });
  try {
    const urls = [1, 2, 3, 4].map((n) => `https://budget.example.gov.cn/content/post_${n}.html`);
    for (const url of urls) {
      own.pages.set(
        url,
        pageOf(`关于第${url.at(-6)!}次集采的通知`, [
          `第${url.at(-6)!}次集采的要求见附件，请各单位按时报送材料，逾期不再受理。`,
        ]),
      );
      await check(own, { url });
    }
    const looked = async (hours: number): Promise<string[]> => {
      own.clock.advance(hours * HOUR);
      const from = own.fetched.length;
      await watchRound(own);
      return own.fetched.slice(from).filter((url) => urls.includes(url));
    };
    assert.equal((await looked(6)).length, 2, 'four looks of these 24 hours were the first ones');
    assert.equal((await looked(6)).length, 0);
    const next = await looked(14);
    assert.equal(next.length, 4, 'two of the last 24 hours are left');
    assert.equal((await looked(1)).length, 0);
  } finally {
    await own.dispose();
  }
});

test('when a notice of an account is removed, the others are looked at six times as often; a case does the same for the one it names', async () => {
  const article = (n: number): string => `https://mp.weixin.qq.com/s/${String(n).repeat(22).slice(0, 22)}`;
  const urls = [3, 4, 5].map(article);
  for (const [at, url] of urls.entries()) {
    pages.set(
      url,
      articleOf(
        `通知${at}`,
        [`第${at}号通知正文：请各会员单位于六月七日前报名参加，联系方式见附件，谢谢配合。`],
        2247480000 + at,
      ),
    );
    await check(parts, { url });
  }
  assert.ok((await planOf(urls[1]!)).wait > 3.5);
  pages.set(urls[0]!, DELETED);
  clock.advance(HOUR / 2);
  await check(parts, { url: urls[0]! });
  clock.advance(HOUR / 2);
  await check(parts, { url: urls[0]! });
  assert.equal((await showNotice(store.database, await noticeAt(urls[0]!)))!.presence, 'removed');
  for (const url of urls.slice(1)) {
    const { wait, why } = await planOf(url);
    assert.ok(wait < 0.1, `${wait} h`);
    assert.equal(why, '6 times as often: a notice of its account was removed');
  }
  await check(parts, { url: urls[1]! });
  const { wait } = await planOf(urls[1]!);
  assert.ok(wait > 0.5 && wait < 0.8, `${wait} h`);
  const [, lone] = await Promise.all(
    [0, 1].map((n) => noticeAt(`https://h${n}.example.gov.cn/content/post_${n}.html`)),
  );
  const notices = [lone!, 'N-none'];
  await store.log.append([
    { type: 'case', v: 1, at: instant(clock.now()), key: asSha256('f'.repeat(64)), title: 'x', by: 'x', notices },
  ]);
  await check(parts, { url: urls[2]! });
  const cited = await planOf('https://h1.example.gov.cn/content/post_1.html');
  assert.equal(cited.why, '6 times as often: a case names it');
});

test('a store of the tables before these is brought up, and everything is on the schedule again', async () => {
  const own = await openTestParts();
  try {
    const url = 'https://old.example.gov.cn/content/post_1.html';
    own.pages.set(url, notice('老通知'));
    await check(own, { url });
    const options = { url: 'https://old.example.gov.cn/list.html', mode: 'list' };
    await recordSource(own, { kind: 'website', name: 'old', options, everyMs: HOUR });
    const planned = await plannedChecks(own.store.database, { most: 10 });
    assert.deepEqual(new Set(planned.map(({ kind }) => kind)), new Set(['notice', 'source']));
    await own.store.database.query(`
      drop table schedule, host, turn, worker, counting, account_removal, question, list_turn, decision, document, shared, project_key, file, shape_line, search, triage;
      create table fingerprint (hash int not null, notice_id text not null, primary key (hash, notice_id));
      drop index notice_by_account, notice_by_account_name, observation_by_place;
      alter table notice add column next_check text collate "C", drop column removed_at, drop column known_at, drop column worth;
      drop index notice_by_first_seen, notice_by_source, mention_of_goods;
      create index notice_by_presence on notice (presence);
      create index notice_by_due on notice (next_check);
      alter table address drop column place;
      alter table source drop column waiting_since, drop column failures, drop column notices;
      update meta set value = '2' where name = 'version'`);
    const store = await openStore({ dir: own.store.dir });
    try {
      await derive({ ...own, store });
      assert.deepEqual(await plannedChecks(store.database, { most: 10 }), planned);
      await sameAsRebuilt({ ...own, store });
    } finally {
      await store.close();
    }
  } finally {
    await own.dispose();
  }
});

test('the schedule that came row by row is the one the log makes', async () => {
  await sameAsRebuilt(parts);
  assert.ok((await listEvents(store.database)).length > 0);
});
