import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { NoticeId } from '../model/index.js';
import { findAddress } from '../store/index.js';
import { check, lineageOfNotice, listFollows } from './index.js';
import { openTestParts, pageOf } from './testing/parts.js';

const HOUR = 3_600_000;
const parts = await openTestParts();
after(() => parts.dispose());
const { pages, clock, store } = parts;

const BODY = [
  '滨海省工业协会近日收到境外企业来函，拟采购一批探测设备，现将有关需求通知如下，请各会员单位及时关注。',
  '有供货能力的生产企业请于6月7日前将产品说明书、营业执照复印件以及近两年的出口记录报送我会秘书处。',
  '联系电话：13912345678，邮箱：office@example.org，逾期不再受理，最终解释权归本协会秘书处所有。',
];

async function posted(url: string, body: readonly string[], published?: string): Promise<NoticeId> {
  pages.set(url, pageOf('采购通知', body, published));
  await check(parts, { url });
  clock.advance(HOUR);
  return (await findAddress(store.database, url))!.noticeId;
}

test('a notice and its copies in the order of what the pages claim, with what was changed on the way', async () => {
  const changed = BODY.map((each) => each.replace('13912345678', '13887654321'));
  const late = await posted('https://city.example.cn/content/post_2.html', changed, '2024-05-21 09:00');
  const first = await posted('https://prov.example.cn/content/post_1.html', BODY, '2024-05-20 10:30');
  const alone = await posted('https://else.example.cn/content/post_9.html', [
    '与此无关的一则很短的公告，内容另行通知。',
  ]);
  const lineage = await lineageOfNotice(parts, first);
  assert.deepEqual(lineage.entries.map(({ notice, postedBy }) => [notice, postedBy]), [
    [first, 'prov.example.cn'],
    [late, 'city.example.cn'],
  ]); // prettier-ignore
  const [, copy] = lineage.entries;
  assert.deepEqual([copy!.relation, copy!.stands], ['copy', 'yes']);
  assert.deepEqual(copy!.publishedLag, { leastMs: 22.5 * HOUR - 60_000, mostMs: 22.5 * HOUR + 60_000 });
  assert.deepEqual(lineage.first, { byPublished: [first], bySeen: [late], agree: 'no', undated: [] });
  const [gravest] = copy!.altered!.changes;
  assert.deepEqual([copy!.altered!.from, copy!.altered!.to, gravest!.what], [first, late, 'contact']);
  assert.deepEqual(
    gravest!.named.map(({ before, after: then }) => [before?.text, then?.text]),
    [['13912345678', '13887654321']],
  );
  assert.deepEqual(lineage.coverage, { partners: 1, further: 0 }, 'nothing is left out');
  const other = await lineageOfNotice(parts, late);
  assert.deepEqual(other.entries.map(({ altered }) => altered?.from), [first, undefined], 'told from the earlier one'); // prettier-ignore
  const [only, ...more] = (await lineageOfNotice(parts, alone)).entries;
  assert.deepEqual([only!.notice, only!.relation, more], [alone, undefined, []]);
});

test('who posts after whom, counted over the store; what a filter leaves out is not counted', async () => {
  const [pair, ...more] = await listFollows(store.database);
  assert.deepEqual([more, pair!.a, pair!.b], [[], 'city.example.cn', 'prov.example.cn']);
  assert.deepEqual(pair!.aAfterB, {
    notices: 1,
    share: 1,
    medianLagMs: 22.5 * HOUR,
    months: [{ month: '2024-05', notices: 1 }],
  });
  assert.deepEqual([pair!.bAfterA.notices, pair!.sameTime, pair!.unknown], [0, 0, 0]);
  assert.deepEqual(await listFollows(store.database, { presence: 'removed' }), []);
});
