import assert from 'node:assert/strict';
import test from 'node:test';
import type { DocumentKind, Language } from '../model/index.js';
import { loadCatalogue, recognise } from './index.js';

const catalogue = await loadCatalogue();
const kind = (text: string, language: Language): DocumentKind =>
  recognise({ text, language, on: '2024-05-22' }, catalogue).documentKind;

const CASES: readonly (readonly [DocumentKind, Language, string])[] = [
  ['call-for-goods', 'zh', '关于征集企业的通知\n境外客商求购热像仪和无人机探测器，有意向的企业请联系我会。'],
  ['call-for-goods', 'zh', '通知\n国外企业采购无人机抑制器'],
  ['call-for-goods', 'ru', 'Ищем поставщиков\nНашей организации требуются детекторы дронов.'],
  ['call-for-goods', 'uk', 'Потреба підрозділу\nШукаємо засоби РЕБ та детектори дронів.'],
  ['call-for-goods', 'en', 'Foreign buyers\nOur partners are looking for drone jammers.'],
  ['tender', 'zh', '无人机反制设备采购公告\n项目编号：A-1 采购人：某市公安局 预算金额：50万元 开标时间：2024年6月7日'],
  [
    'tender',
    'ru',
    'Извещение о закупке\nЗаказчик: ФГУП «Аэропорт». НМЦК 882 000 руб. Окончание подачи заявок 09.08.2024. Детектор дронов.',
  ],
  [
    'tender',
    'uk',
    'Оголошення про проведення відкритих торгів\nЗамовник: КП «Місто». Очікувана вартість 100 000 грн. ДК 021.',
  ],
  [
    'tender',
    'en',
    'Contract notice\nContracting authority: City of X. Estimated value EUR 100,000. Deadline for tenders: 30 June 2024.',
  ],
  ['award', 'zh', '无人机反制设备中标公告\n项目编号：A-1 中标价：50万元 供应商：某某科技有限公司'],
  ['award', 'en', 'Contract award notice\nContracting authority: City of X. Estimated value EUR 100,000.'],
  ['correction', 'zh', '无人机反制设备采购项目更正公告\n项目编号：A-1 开标时间改为2024年6月7日'],
  ['correction', 'ru', 'Изменение извещения о закупке\nЗаказчик: ФГУП «Аэропорт».'],
  ['policy', 'zh', '商务部 海关总署公告2024年第31号\n决定对反无人机电子干扰设备实施出口管制。'],
  ['policy', 'ru', 'Постановление Правительства Российской Федерации об утверждении перечня\nКомплекс РЭБ.'],
  ['policy', 'en', 'Final rule: additions to the list\nThe Bureau amends the regulations on drone jammers.'],
  [
    'law',
    'zh',
    `条例\n${['一', '二', '三', '四', '五', '六'].map((each) => `第${each}条 采购无人机反制设备应当依法进行。`).join('\n')}`,
  ],
  [
    'law',
    'ru',
    `Федеральный закон\n${[1, 2, 3, 4, 5].map((each) => `Статья ${each}. О закупках подавителей БПЛА.`).join('\n')}`,
  ],
  ['statement', 'zh', '商务部新闻发言人就无人机出口管制答记者问\n有记者问：采购无人机反制设备……'],
  ['statement', 'en', 'Remarks by the spokesperson on drone exports\nThe buyers sought drone detectors.'],
  ['statement', 'ru', 'Официальный представитель МИД о дронах\nЗакупка подавителей БПЛА.'],
  ['news', 'zh', '广东一协会发布通知\n据新华社报道，国外企业采购无人机抑制器。'],
  [
    'news',
    'en',
    'Drone jammers sought\nA Chinese trade group seeks drone jammers, according to a notice seen by reporters.',
  ],
  ['news', 'ru', 'Аэропорт закупает подавители дронов\nКак сообщает издание, ищут детекторы дронов.'],
  ['news', 'uk', 'Аеропорт шукає засоби РЕБ\nЯк повідомляє видання, потрібні детектори дронів.'],
  ['offer', 'zh', '便携式无人机反制枪\n现货供应 厂家直销 产品参数：干扰距离1500米 立即购买'],
  [
    'offer',
    'ru',
    'Подавитель дронов Гарпия 120W\nКупить в один клик. В наличии. Технические характеристики: дальность подавления 1 500 м. Отзывы о товаре.',
  ],
  ['offer', 'uk', 'Детектор дронів Цукорок 2\nДодати в кошик. В наявності. Опис товару.'],
  ['offer', 'en', 'Drone detector\nAdd to cart. In stock, free shipping. Product features: range 3 km.'],
  ['offer', 'ru', 'Продам детектор дронов\nНовый, в упаковке.'],
  ['report', 'zh', '无人机探测与反制技术课程\n第一章 采购与需求'],
  ['unknown', 'zh', '关于举办培训班的通知\n请各单位于6月7日前报名。'],
];

test('what kind a document is, in four languages; policy, news and shops are never taken for a purchase', () => {
  const wrong = CASES.flatMap(([wanted, language, text]) => {
    const is = kind(text, language);
    return is === wanted ? [] : [`${is}, not ${wanted}: ${text.slice(0, 60)}`];
  });
  assert.deepEqual(wrong, []);
});

test('a cue says which word it was, and says it once', () => {
  const { kindWhy } = recognise(
    { text: '无人机反制设备\n采购人：甲 采购人：乙 招标人：丙 预算5万元', language: 'zh', on: '2024-05-22' },
    catalogue,
  );
  assert.deepEqual(kindWhy, ['notice cue: buyer', 'notice cue: money']);
});
