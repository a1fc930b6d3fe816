import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { NoticeId } from '../model/index.js';
import { findAddress } from '../store/index.js';
import { check, fullNotice, listProjects, projectOf } from './index.js';
import { openTestParts, pageOf, sameAsRebuilt } from './testing/parts.js';

const parts = await openTestParts();
after(() => parts.dispose());
const { pages, store } = parts;
const { database } = store;

let count = 0;
async function posted(title: string, body: readonly string[], published: string): Promise<NoticeId> {
  const url = `https://h${++count}.example.gov.cn/content/post_${count}.html`;
  pages.set(url, pageOf(title, body, published));
  await check(parts, { url });
  return (await findAddress(database, url))!.noticeId;
}

const NAME = '滨江市应急管理局无人机探测设备采购项目';
const NUMBER = '项目编号：BJZC-2024-013，采购方式：公开招标。';
const call = await posted(
  `${NAME}公开招标公告`,
  [NUMBER, '投标人须于六月十七日前递交文件，逾期不受理。'],
  '2024-05-22 10:30',
);
const award = await posted(
  `${NAME}中标结果公告`,
  [NUMBER, '中标供应商为云桥电子有限公司，成交金额一百八十六万元。'],
  '2024-06-20 09:00',
);
const change = await posted(`关于${NAME}的更正公告`, [NUMBER, '开标时间推迟一周，其余内容不变。'], '2024-06-03 09:00');
const alone = await posted('云桥市图书馆桌椅采购项目招标公告', ['项目编号：BJZC-2024-013'], '2024-05-22 10:30');

test('call, change and award are one project in the order of time; another buyer with the same number is not of it', async () => {
  const [project, ...more] = await listProjects(database);
  assert.deepEqual(more, [], 'one project');
  assert.deepEqual([project!.type, project!.relation], ['project', 'same-project']);
  assert.deepEqual(
    project!.notices.map(({ notice, stage }) => [notice, stage]),
    [
      [call, 'call'],
      [change, 'change'],
      [award, 'award'],
    ],
  );
  assert.deepEqual(
    project!.why.map(({ by, notices }) => [by, notices]),
    [['number-and-name', [call, change, award].sort()]],
  );
  for (const id of [call, change, award])
    assert.deepEqual(await projectOf(database, id), project, 'found from each of its notices');
  assert.equal(await projectOf(database, alone), undefined);
});

test('a filter leaves the projects that have a notice it leaves, whole', async () => {
  assert.equal((await listProjects(database, { notice: award }))[0]!.notices.length, 3, 'of one of its notices');
  assert.equal((await listProjects(database, { presence: 'standing' })).length, 1, 'all of them stand');
  assert.deepEqual(await listProjects(database, { presence: 'removed' }), [], 'none is removed');
  assert.deepEqual(await listProjects(database, { notice: award, presence: 'removed' }), [], 'none is removed');
  assert.deepEqual(await listProjects(database, { notice: alone }), [], 'not joined to any');
});

test('a notice is shown with its project, which is no copy', async () => {
  const shown = (await fullNotice(database, call))!;
  assert.equal(shown.project?.notices.length, 3, 'with its project');
  assert.equal((await fullNotice(database, alone))!.project, null, 'of none');
  assert.equal(await fullNotice(database, 'N-none'), undefined);
});

test('a number that is taken out leaves the project; the rows are those the log makes', async () => {
  const url = 'https://h2.example.gov.cn/content/post_2.html';
  pages.set(url, pageOf('通知：本页内容已经更新完毕', ['内容另行通知，请留意本网站后续发布。'], '2024-06-20 09:00'));
  await check(parts, { url });
  const notices = (await projectOf(database, call))!.notices.map(({ notice }) => notice);
  assert.deepEqual(notices, [call, change], 'by what each says now');
  await sameAsRebuilt(parts);
});
