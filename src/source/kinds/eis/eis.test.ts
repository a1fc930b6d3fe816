import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { needShared } from '../../../model/testing/shared.js';
import { chooseKind, loadSourceKinds } from '../../index.js';
import { conformanceSuite } from '../../testing/conformance.js';
import eis, { eisFacts, parseEisFeed } from './index.js';

const item = (number: string, description = ''): string =>
  `<item><title>Электронный аукцион №${number}</title><link>https://zakupki.gov.ru/epz/order/notice/ea20/view/common-info.html?regNumber=${number}</link><description>${description.replaceAll('<', '&lt;')}</description><pubDate>Wed, 22 May 2024 21:30:00 GMT</pubDate></item>`;
const feed = (...items: string[]): string =>
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>t</title><link>/epz</link><description>d</description>${items.join('')}</channel></rss>`;

conformanceSuite(eis, {
  options: (url) => ({ url }),
  path: '/epz/order/extendedsearch/rss.html?searchString=x',
  good: { body: feed(item('0373200215526000664'), item('32413600001')), type: 'text/xml', addresses: 2 },
});

const URL_ = 'https://zakupki.gov.ru/epz/order/extendedsearch/rss.html';

test('the real feed: five items, five numbers, the facts of each, no marks left', async (t) => {
  const folder = needShared(t, 'data/watching/eis');
  if (folder === undefined) return;
  const items = await parseEisFeed(readFileSync(join(folder, 'real-eis-rss.xml'), 'utf8'), URL_);
  assert.equal(items.length, 5);
  assert.equal(new Set(items.map(({ key }) => key)).size, 5);
  assert.deepEqual(items[1], {
    key: '0373200215526000664',
    url: 'https://zakupki.gov.ru/epz/order/notice/ea20/view/common-info.html?regNumber=0373200215526000664',
    title:
      'Электронный аукцион на поставку аппарата фототерапии новорожденных со светоизлучающим одеялом для нужд Родильного дома ГБУЗ «ГКБ № 29 им. Н.Э. Баумана ДЗМ»',
    published: '2026-07-29T06:59:12+00:00',
    customer:
      'ГОСУДАРСТВЕННОЕ БЮДЖЕТНОЕ УЧРЕЖДЕНИЕ ЗДРАВООХРАНЕНИЯ ГОРОДА МОСКВЫ "ГОРОДСКАЯ КЛИНИЧЕСКАЯ БОЛЬНИЦА № 29 ИМ. Н.Э. БАУМАНА ДЕПАРТАМЕНТА ЗДРАВООХРАНЕНИЯ ГОРОДА МОСКВЫ"',
    price: '441666.67',
    currency: 'Российский рубль',
    stage: 'Подача заявок',
    placed: '2026-07-29T00:00:00+03:00',
    updated: '2026-07-29T00:00:00+03:00',
    code: '262772208653977220100106930010000244',
  });
  for (const each of items) {
    assert.match(each.key, /^\d{19}$/);
    assert.match(each.code!, /^\d{36}$/);
    for (const value of Object.values(each) as string[]) assert.doesNotMatch(value, /[<>]|highlight|^null$|&\w+;/);
  }
  assert.match(
    items[0]!.title!,
    /^Закупка, осуществляемая/,
    'the object’s name is the word null: the item’s own title stands',
  );
});

test('outages and cut feeds are errors', async (t) => {
  const folder = needShared(t, 'data/watching/eis');
  if (folder === undefined) return;
  for (const name of ['html-real-page.html.xml', 'html-error-page.xml', 'not-a-feed.xml'])
    await assert.rejects(parseEisFeed(readFileSync(join(folder, name), 'utf8'), URL_), { code: 'BAD_FEED' }, name);
  const whole = readFileSync(join(folder, 'real-eis-rss.xml'), 'utf8').trimEnd();
  for (let n = 1; n <= 40; n++)
    await assert.rejects(parseEisFeed(whole.slice(0, Math.floor((whole.length * n) / 41)), URL_), { code: 'BAD_FEED' });
});

test('items are told apart by number; one without is an error; an empty channel is an answer', async () => {
  const cancelled = item('0373200215526000664', '<strong>Этап размещения: </strong>Размещение отменено<br/>');
  const items = await parseEisFeed(feed(cancelled, item('32413600001'), item('32413600001')), URL_);
  assert.deepEqual(
    items.map(({ key, stage }) => [key, stage]),
    [
      ['0373200215526000664', 'Размещение отменено'],
      ['32413600001', undefined],
    ],
  );
  await assert.rejects(parseEisFeed(feed('<item><title>x</title><link>https://zakupki.gov.ru/</link></item>'), URL_), {
    code: 'BAD_LIST_PAGE',
  });
  assert.deepEqual(await parseEisFeed(feed(), URL_), []);
});

test('marks that are not closed, values on one line, and a long hostile description', { timeout: 30_000 }, () => {
  const facts = eisFacts(
    "<strong>Наименование Заказчика: </strong>ЗДРАВО<span class='highlightColor'>ОХРАНЕНИЯ<br/><strong>Начальная цена контракта: </strong>1.00<strong> Валюта: </strong>null<br/>",
  );
  assert.deepEqual(
    [...facts],
    [
      ['Наименование Заказчика', 'ЗДРАВООХРАНЕНИЯ'],
      ['Начальная цена контракта', '1.00'],
    ],
  );
  eisFacts('<strong>'.repeat(100_000) + '<span '.repeat(100_000));
});

test('the site’s feeds are this kind’s, before any feed’s', async () => {
  const kinds = await loadSourceKinds();
  assert.equal(chooseKind(kinds, `${URL_}?searchString=x`).kind, 'eis');
  assert.equal(chooseKind(kinds, 'https://example.org/rss.xml').kind, 'feed');
});
