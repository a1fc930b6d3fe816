import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { NoticeId } from '../model/index.js';
import { needShared } from '../model/testing/shared.js';
import {
  type ProjectNotice,
  MOST_PROJECT_HOLDERS,
  projectName,
  projectNumbersOf,
  projectStage,
  projectsOf,
} from './same-project.js';

const id = (name: string): NoticeId => `N-${name}` as NoticeId;
const values = (text: string): string[] => projectNumbersOf(text).map(({ reach, value }) => `${reach} ${value}`);

test('numbers of registers by their shape, numbers of buyers by their label', () => {
  assert.deepEqual(values('Закупівля UA-2024-05-22-001234-a оголошена'), ['own UA20240522001234A']);
  assert.deepEqual(values('Извещение № 0373100012324000015 от 22.05.2024'), ['own 0373100012324000015']);
  assert.deepEqual(values('项目编号：BJZC-2024-（G）013，预算'), ['local BJZC2024G013']);
  assert.deepEqual(values('招标编号:ＺＢ2024-0117。'), ['local ZB20240117']);
  assert.deepEqual(values('Номер закупки: 32413579246'), ['local 32413579246']);
  assert.deepEqual(values('Solicitation No. FA8751-24-R-0007.'), ['local FA875124R0007']);
  assert.deepEqual(values('项目编号：一；电话0571-12345678，共12345台'), []);
});

test('offsets are those of the text', () => {
  const text = '一、项目编号：BJZC-2024-（G）013，又见 UA-2024-05-22-001234-a。';
  for (const { start, end, text: words } of projectNumbersOf(text)) assert.equal(text.slice(start, end), words);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('项目编号', '：', 'A', '1', '-', '(', '）', ' ', '№', 'ocds-') }), (any) => {
      for (const { start, end, text: words } of projectNumbersOf(any)) assert.equal(any.slice(start, end), words);
    }),
  ); // prettier-ignore
});

test('stages and names from titles', () => {
  const name = '滨江市应急管理局无人机探测设备采购项目';
  for (const [title, stage] of [
    [`${name}公开招标公告`, 'call'],
    [`关于${name}的变更公告（第二次）`, 'change'],
    [`${name}中标结果公告`, 'award'],
    [`${name}终止公告`, 'cancelled'],
    [`${name}合同公告`, 'contract'],
    [`关于${name}（项目编号：JDGR2026-XY-J002）的电子化竞争性谈判公告`, 'call'],
    [`${name}公开招标更正`, 'change'],
    [`${name}招标澄清文件`, 'change'],
  ] as const) {
    assert.equal(projectStage(title), stage, title);
    assert.equal(projectName(title), projectName(`${name}公开招标公告`), title);
  }
  assert.equal(projectStage('Отмена закупки обнаружителей'), 'cancelled');
  assert.equal(projectName('招标公告'), undefined);
  assert.equal(
    projectName('Изменения в извещение: обнаружители беспилотников для склада'),
    projectName('Извещение о закупке: обнаружители беспилотников для склада'),
  );
});

const TITLE = '滨江市应急管理局无人机探测设备采购项目';
const notice = (name: string, of: Partial<ProjectNotice>): ProjectNotice => ({ notice: id(name), text: '', ...of });

test('call, change and award are one project; the number of another buyer is not', () => {
  const projects = projectsOf([
    notice('award', { title: `${TITLE}中标公告`, text: '项目编号：ZB2024-013', bodies: ['uscc:A'], published: '2024-06-20T00:00:00+08:00' }),
    notice('call', { title: `${TITLE}招标公告`, text: '项目编号：ZB2024-013', bodies: ['uscc:A'], published: '2024-05-22T00:00:00+08:00' }),
    notice('change', { title: `${TITLE}更正公告`, text: '项目编号：ZB2024-013' }),
    notice('other', { title: '云桥市图书馆桌椅采购项目招标公告', text: '项目编号：ZB2024-013', bodies: ['uscc:B'] }),
  ]); // prettier-ignore
  assert.equal(projects.length, 1);
  assert.deepEqual(projects[0]!.notices.map((each) => [each.notice, each.stage]), [[id('call'), 'call'], [id('award'), 'award'], [id('change'), 'change']]); // prettier-ignore
  assert.deepEqual(projects[0]!.why.map(({ by }) => by).sort(), ['name-and-body', 'number-and-body', 'number-and-name']); // prettier-ignore
});

test('a number of a register joins without anything else; a name without a body joins nothing', () => {
  const number = 'Закупівля UA-2024-05-22-001234-a';
  const [project] = projectsOf([notice('a', { text: number }), notice('b', { text: `Зміни. ${number}` })]);
  assert.deepEqual(project!.why.map(({ by }) => by), ['number']); // prettier-ignore
  assert.deepEqual(projectsOf([notice('a', { title: TITLE }), notice('b', { title: TITLE })]), []);
  assert.deepEqual(projectsOf([]), []);
});

test('a name that tells no stage is no project by itself, whoever is named', () => {
  const meeting = { title: '关于召开会员大会年会的通知', bodies: ['uscc:A'] };
  assert.deepEqual(projectsOf([notice('a', meeting), notice('b', meeting)]), [], 'two meetings of one body');
});

test('what more notices hold than a project has joins none, nor do the bodies of a list of bodies', () => {
  const many = Array.from({ length: MOST_PROJECT_HOLDERS + 1 }, (_, at) =>
    notice(`${at}`, { text: '№ закупки UA-2024-05-22-001234-a' }),
  );
  assert.deepEqual(projectsOf(many), [], 'one more than may hold a key');
  assert.equal(projectsOf(many.slice(1))[0]?.notices.length, MOST_PROJECT_HOLDERS);
  const bodies = Array.from({ length: 21 }, (_, at) => `inn:${at}`);
  const listed = { title: `${TITLE}招标公告`, bodies };
  assert.deepEqual(projectsOf([notice('a', listed), notice('b', listed)]), []);
});

test('a list of projects does not make one of them all', () => {
  const numbers = Array.from({ length: 12 }, (_, at) => `UA-2024-05-22-0012${10 + at}-a`);
  const single = numbers.map((number) => notice(number, { text: number }));
  assert.deepEqual(projectsOf([notice('list', { text: numbers.join('\n') }), ...single]), []);
});

test('notices of a real day: eight lots of one number, and nothing joined without a number or a body', (t) => {
  const file = needShared(t, 'data/goods/corpus/zh_ggzy_notices.jsonl');
  if (file === undefined) return;
  const notices = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; title: string; text: string; date: string })
    .map(({ id: name, title, text, date }): ProjectNotice => {
      const bodies = [...text.matchAll(/(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])/g)].map(
        ([code]) => `uscc:${code}`,
      );
      return { notice: id(name), title, text, published: `${date.replace(' ', 'T')}:00+08:00`, bodies };
    });
  const projects = projectsOf(notices);
  assert.equal(projects.length, 4);
  const textOf = new Map(notices.map(({ notice: name, text }) => [name, text]));
  const lots = projects.find(({ notices: all }) => all.length === 8)!;
  for (const { notice: name } of lots.notices) assert.match(textOf.get(name)!, /SDGP370000000202602000616/);
  for (const { notices: all } of projects) assert.ok(all.length <= 8);
});

test('hostile text ends', () => {
  for (const part of ['项目编号：', 'номер закупки ', '1', 'ocds-abcdef-', '(', '公开招标', '第一次']) {
    projectNumbersOf(part.repeat(40_000));
    projectName(part.repeat(40_000));
  }
});
