import assert from 'node:assert/strict';
import test from 'node:test';
import { jpegOf, scene } from '../src/read/testing/pictures.js';
import { asposted, storeDir } from './support/cli.js';
import { LOOPBACK, startSite } from './support/site.js';

const page = (title: string, published: string, paragraphs: readonly string[], language = 'zh'): string =>
  `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title><meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="${published}"></head><body><h1>${title}</h1><div class="TRS_Editor">${paragraphs.map((each) => `<p>${each}</p>`).join('')}</div></body></html>`;

const ZH = [
  '滨海省工业协会近日收到境外企业来函，拟采购无人机探测器37台，参考型号Halden Q7，工作频段5.8吉赫，探测距离4.2公里。',
  '有供货能力的生产企业请于2024年6月17日前将产品说明书、营业执照复印件以及近两年的出口记录报送我会秘书处。',
  '联系电话：13912345678，邮箱：office@example.org，预算1865000元，逾期不再受理，解释权归本协会秘书处。',
];

const RU = [
  'Ассоциация промышленности провинции Биньхай получила письмо: требуется 37 штук детекторов беспилотников, образец Halden Q7, диапазон 5,8 ГГц, дальность 4,2 км.',
  'Производителей просят до 17 июня 2024 года направить описание изделия, копию лицензии и сведения об экспорте за последние два года.',
  'Телефон 13912345678, почта office@example.org, бюджет 1 865 000 юаней, заявки позже срока не принимаются.',
];

test('a notice with its copies in time, the words that were changed, and who posts after whom', async (t) => {
  const site = await startSite(t);
  const store = storeDir(t);
  const run = (...args: string[]): ReturnType<typeof asposted> => asposted(args, { store, env: LOOPBACK });
  const changed = ZH.map((each) => each.replace('13912345678', '13887654321').replace('37台', '73台'));
  site.answers.set('/content/post_1.html', { body: page('采购通知', '2024-05-20 10:30', ZH) });
  site.answers.set('/content/post_2.html', { body: page('采购通知', '2024-05-21 09:00', changed) });
  for (const n of [2, 1]) assert.equal((await run('capture', `${site.base}/content/post_${n}.html`)).code, 0);
  const notices = (await run('list', 'notices', '--json')).rows();
  const idOf = (n: number): string => String(notices.find(({ url }) => String(url).endsWith(`post_${n}.html`))!['id']);

  const [document, ...more] = (await run('copies', idOf(1), '--lineage', '--json')).rows();
  assert.deepEqual([document!['type'], document!['notice'], more], ['lineage', idOf(1), []]);
  const entries = document!['entries'] as Record<string, unknown>[];
  assert.deepEqual(entries.map(({ notice, stands, relation }) => [notice, stands, relation]), [
    [idOf(1), 'yes', undefined],
    [idOf(2), 'yes', 'copy'],
  ]); // prettier-ignore

  const { stdout } = await run('copies', idOf(2), '--lineage');
  assert.match(stdout, /22–23 h/);
  assert.match(stdout, new RegExp(`What differs from ${idOf(1)} to ${idOf(2)}:`));
  const rows = stdout.split('\n').map((line) => line.split(/ {2,}/));
  const told = rows.filter(([what]) => what === 'contact' || what === 'number').map((row) => row.slice(0, 3));
  assert.deepEqual(told, [
    ['contact', '13912345678', '13887654321'],
    ['number', '37台', '73台'],
  ]);
  assert.doesNotMatch(stdout, /stole|stolen|guilt|plagiar/i);

  const [pair, ...others] = (await run('list', 'follows', '--json')).rows();
  assert.deepEqual([pair?.['type'], others], [undefined, []], 'both are of one host, which does not follow itself');

  const text = await run('copies', '-', '--lineage');
  assert.deepEqual([text.code, /not of a text/.test(text.stderr)], [2, true]);
});

test('what may be a translation stands apart from copies, with what is in both; of pasted text too', async (t) => {
  const site = await startSite(t);
  const store = storeDir(t);
  const run = (args: readonly string[], input = ''): ReturnType<typeof asposted> =>
    asposted(args, { store, env: LOOPBACK, input });
  site.answers.set('/content/post_1.html', { body: page('采购通知', '2024-05-20 10:30', ZH) });
  site.answers.set('/content/post_2.html', { body: page('采购通知', '2024-05-21 09:00', ZH) });
  site.answers.set('/content/post_3.html', { body: page('О закупке', '2024-05-22 09:00', RU, 'ru') });
  const urls = [1, 2, 3].map((n) => `${site.base}/content/post_${n}.html`);
  assert.equal((await run(['capture', ...urls])).code, 0);
  const notices = (await run(['list', 'notices', '--json'])).rows();
  const [one, two, russian] = urls.map((url) => notices.find((each) => each['url'] === url)!['id']);
  const rows = (await run(['copies', String(one), '--json'])).rows();
  assert.deepEqual(rows.map(({ type, relation, other }) => [type, relation, other]), [
    ['copy', 'copy', two],
    ['translation', 'may-be-translation', russian],
  ]); // prettier-ignore
  const keys = (rows[1]!['anchors'] as { key: string }[]).map(({ key }) => key);
  assert.ok(keys.includes('latin:halden q7') && keys.includes('number:1865000'), keys.join(' '));
  const { stdout } = await run(['copies', String(one)]);
  const [copies, translations] = stdout.split('May be a translation');
  assert.ok(copies!.includes(String(two)) && !copies!.includes(String(russian)));
  assert.ok(translations!.includes(String(russian)) && !translations!.includes(String(two)));
  const pasted = (await run(['copies', '-', '--json'], RU.join('\n'))).rows();
  assert.deepEqual(pasted.filter(({ type }) => type === 'copy').map(({ other }) => other), [russian]); // prettier-ignore
  const found = pasted.filter(({ type }) => type === 'translation').map(({ other }) => other);
  assert.deepEqual(found.sort(), [one, two].sort());
});

test('call and award of one project are named as such, apart from copies', async (t) => {
  const site = await startSite(t);
  const store = storeDir(t);
  const run = (...args: string[]): ReturnType<typeof asposted> => asposted(args, { store, env: LOOPBACK });
  const name = '滨江市应急管理局无人机探测设备采购项目';
  const bodies = [
    '投标人须于六月十七日前递交文件，逾期不受理，文件售价三百元，售后不退，开标地点另行通知，联系人为采购科王先生。',
    '中标供应商为云桥电子有限公司，成交金额见附件，评审专家名单如下，公示期为一个工作日，如有异议请以书面形式提出。',
  ];
  const stages = ['招标', '中标'];
  for (const [n, stage] of stages.entries())
    site.answers.set(`/content/post_${n}.html`, {
      body: page(`${name}${stage}公告`, `2024-05-2${n} 10:30`, ['项目编号：BJZC-2024-013。', bodies[n]!]),
    });
  assert.equal((await run('capture', ...stages.map((_, n) => `${site.base}/content/post_${n}.html`))).code, 0);
  const [project, ...more] = (await run('list', 'projects', '--json')).rows();
  assert.deepEqual([project!['type'], project!['relation'], more], ['project', 'same-project', []]);
  const [call, award] = (project!['notices'] as { notice: string }[]).map(({ notice }) => notice);
  const table = (await run('list', 'projects')).stdout;
  assert.match(table, new RegExp(`call ${call!} · award ${award!}`), 'people see the stages in time');
  const rows = (await run('copies', call!, '--json')).rows();
  assert.deepEqual(rows.map(({ type, notice }) => [type, notice]), [['project', call]], 'no copy, one project'); // prettier-ignore
  for (const { stdout } of [await run('copies', call!), await run('show', call!)])
    assert.match(stdout, new RegExp(`Same project \\(joined by number and name: BJZC2024013[^]*${award!} +award`));
});

test('who holds the same attached file, or a picture that was saved again, is named as such, and where it was kept', async (t) => {
  const site = await startSite(t);
  const store = storeDir(t);
  const run = (...args: string[]): ReturnType<typeof asposted> => asposted(args, { store, env: LOOPBACK });
  site.answers.set('/content/letter.pdf', {
    headers: { 'content-type': 'application/pdf' },
    body: `%PDF-1.4 ${'letter '.repeat(300)}`,
  });
  const bodies = [
    '各有关单位请于六月七日前报名参加对接会，详见附件。',
    '关于夏季用电安全的提示，请各单位认真阅读并落实。',
  ];
  for (const [n, body] of bodies.entries())
    site.answers.set(`/content/post_${n}.html`, {
      body: page(`通知${n}`, `2024-05-2${n} 10:30`, [
        body,
        '<a href="letter.pdf">附件：来函</a>',
        `<img src="${n}.jpg">`,
      ]),
    });
  const pictures = [jpegOf(scene(1), 240, 180, 90), jpegOf(scene(1), 160, 125, 50)];
  for (const [n, picture] of pictures.entries())
    site.answers.set(`/content/${n}.jpg`, { headers: { 'content-type': 'image/jpeg' }, body: picture });
  const urls = bodies.map((_, n) => `${site.base}/content/post_${n}.html`);
  assert.equal((await run('capture', '--capture.files', 'all', ...urls)).code, 0);
  const [one, two] = (await run('list', 'notices', '--json')).rows().map(({ id }) => String(id));
  const rows = (await run('copies', one!, '--json')).rows();
  assert.deepEqual(rows.map(({ type, relation, other }) => [type, relation, other]), [
    ['same-file', 'same-attachment', two],
    ['same-file', 'same-image', two],
  ]); // prettier-ignore
  const { stdout } = await run('show', one!);
  assert.match(stdout, new RegExp(`Same files[^]*${two!} +same attachment +附件：来函`));
  assert.match(stdout, new RegExp(`${two!} +nearly the same image +0.jpg 240 × 180`));
  const { exhibits } = JSON.parse((await run('show', one!, '--json')).stdout) as { exhibits: string[] };
  assert.match((await run('show', exhibits[0]!)).stdout, /files +2 of the page are in the WARC/);
});
