import assert from 'node:assert/strict';
import test from 'node:test';
import type { Language } from '../model/index.js';
import { loadCatalogue, recognise } from './index.js';

const catalogue = await loadCatalogue();
const named = (text: string, language: Language, kind = 'organisation'): string[] =>
  recognise({ text, language, on: '2024-05-22' }, catalogue)
    .mentions.filter((each) => each.kind === kind)
    .map(({ text: words, role }) => (role === undefined ? words : `${role}: ${words}`));

test('Chinese names whole, without what stands before them', () => {
  assert.deepEqual(named('根据中华人民共和国商务部的通知，广东省对俄贸易促进会与云浮市国际贸易促进会联系。', 'zh'), [
    ...['中华人民共和国商务部', '广东省对俄贸易促进会', '云浮市国际贸易促进会'],
  ]);
  assert.deepEqual(named('由中国电信股份有限公司舟山分公司和北京信联云数据技术有限公司承建', 'zh'), [
    ...['中国电信股份有限公司舟山分公司', '北京信联云数据技术有限公司'],
  ]);
  assert.deepEqual(named('南京市发展和改革委员会、广东省工业和信息化厅', 'zh'), [
    '南京市发展和改革委员会',
    '广东省工业和信息化厅',
  ]);
  assert.deepEqual(named('有关企业、某公司、协会、服务类（成都灌篮高手体育文化发展有限公司）', 'zh'), [
    '成都灌篮高手体育文化发展有限公司',
  ]);
});

test('Russian and Ukrainian names by form and by body', () => {
  assert.deepEqual(
    named('Заказчик: ФГУП «Аэропорт», поставщик ООО «3МХ». Министерство обороны Российской Федерации сообщило.', 'ru'),
    [...['buyer: ФГУП «Аэропорт»', 'supplier: ООО «3МХ»', 'Министерство обороны Российской Федерации']],
  );
  assert.deepEqual(named('Замовник: Міністерство оборони України; постачальник: ТОВ «Схід»', 'uk'), [
    ...['buyer: Міністерство оборони України', 'supplier: ТОВ «Схід»'],
  ]);
  assert.deepEqual(named('МУНИЦИПАЛЬНОЕ БЮДЖЕТНОЕ УЧРЕЖДЕНИЕ "ШКОЛА № 5"', 'ru'), [
    'МУНИЦИПАЛЬНОЕ БЮДЖЕТНОЕ УЧРЕЖДЕНИЕ "ШКОЛА № 5"',
  ]);
});

test('English names, without the start of their sentence', () => {
  assert.deepEqual(
    named(
      'On 22 May 2024 the Guangdong Provincial Association for Promotion of Trade with Russia wrote to Trimix LLC.',
      'en',
    ),
    ['Guangdong Provincial Association for Promotion of Trade with Russia', 'Trimix LLC'],
  );
  assert.deepEqual(named('a company and an association', 'en'), []);
});

test('what a label names is an organisation, whatever it looks like, unless nothing is named', () => {
  assert.deepEqual(named('采购人：克州GAJ\n供应商：详见附件\n代理机构：无', 'zh'), ['buyer: 克州GAJ']);
  assert.deepEqual(named('Конечный пользователь: Ромашка-Сервис, посредник: ТОО «Тюльпан»', 'ru'), [
    ...['end-user: Ромашка-Сервис', 'intermediary: ТОО «Тюльпан»'],
  ]);
  assert.deepEqual(named('最终目的国：哈萨克斯坦，采购人：俄罗斯', 'zh'), [], 'a country is a place');
  assert.deepEqual(named('最终目的国：哈萨克斯坦，采购人：俄罗斯', 'zh', 'place'), [
    'destination: 哈萨克斯坦',
    '俄罗斯',
  ]);
});

test('who oversees whom, in the words of four languages', () => {
  for (const text of ['业务主管单位：广东省商务厅', '归口管理部门：广东省商务厅', '挂靠单位为广东省商务厅'])
    assert.deepEqual(named(text, 'zh'), ['overseeing-body: 广东省商务厅'], text);
  assert.deepEqual(named('Учредитель: Министерство обороны Российской Федерации', 'ru'), [
    'overseeing-body: Министерство обороны Российской Федерации',
  ]);
  assert.deepEqual(named('is overseen by the Guangdong commerce department.', 'en'), [
    'overseeing-body: Guangdong commerce department',
  ]);
});

test('people where a label says so, several of them too', () => {
  assert.deepEqual(named('联系人：张三、李四 电话：020-1234567\n联 系 人：王小明', 'zh', 'person'), [
    ...['contact: 张三', 'contact: 李四', 'contact: 王小明'],
  ]);
  assert.deepEqual(named('Контактное лицо: Иванов Иван Иванович', 'ru', 'person'), ['contact: Иванов Иван Иванович']);
  assert.deepEqual(named('负责人为同一人的企业', 'zh', 'person'), []);
});

test('addresses where a label says so, up to the next label', () => {
  assert.deepEqual(
    named(
      '联系地址：广州市天河区中山路1号（大厦） 电话：020-1234567\n网址：www.example.cn；地址：详见网站',
      'zh',
      'address',
    ),
    ['广州市天河区中山路1号（大厦）'],
  );
  assert.deepEqual(
    named('Место нахождения: 660077, г. Красноярск, ул. Авиаторов, д. 5; тел. 1234567', 'ru', 'address'),
    ['660077, г. Красноярск, ул. Авиаторов, д. 5'],
  );
});
