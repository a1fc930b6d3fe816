import assert from 'node:assert/strict';
import test from 'node:test';
import type { Language, Mention } from '../model/index.js';
import { loadCatalogue, recognise } from './index.js';

const catalogue = await loadCatalogue();
const all = (text: string, language: Language): Mention[] =>
  recognise({ text, language, on: '2024-05-22' }, catalogue).mentions;

const PARAMETERS: readonly (readonly [string, Language, string, string | undefined, unknown])[] = [
  ['最大起飞重量不超过25千克', 'zh', 'max_takeoff_mass_kg', '<=', 25],
  ['续航时间90分钟', 'zh', 'endurance_h', '=', 1.5],
  ['续航时间≥2小时', 'zh', 'endurance_h', '>=', 2],
  ['время полёта до 40 мин', 'ru', 'endurance_h', '<=', 0.666667],
  ['瞬时带宽不小于40MHz', 'zh', 'instantaneous_bandwidth_mhz', '>=', 40],
  ['光纤长度10公里以上', 'zh', 'length_m', '>=', 10_000],
  ['катушка оптоволокна 20 км', 'ru', 'length_m', '=', 20_000],
  ['波长1550纳米', 'zh', 'wavelength_nm', '=', 1550],
  ['噪声等效温差小于40mK', 'zh', 'netd_mk', '<', 40],
  ['能量稳定度优于15%', 'zh', 'stability_percent', '>', 15],
  ['дальність виявлення понад 3 км', 'uk', 'detection_range_km', '>', 3],
  ['jamming range of at least 2 km', 'en', 'jamming_range_km', '>=', 2],
  ['侦测距离5公里，反制距离3公里', 'zh', 'jamming_range_km', '=', 3],
  ['дальность подавления 1,5-2 км', 'ru', 'jamming_range_km', '=', [1.5, 2]],
  ['一站控10架无人机', 'zh', 'aircraft_per_station', '=', 10],
  ['干扰频段2.4GHz，距离未定', 'zh', 'jamming_range_km', undefined, undefined],
];

test('parameters with their operator, in the unit that entries ask in; missing is missing', () => {
  for (const [text, language, parameter, operator, number] of PARAMETERS) {
    const value = all(text, language).find(({ value: each }) => each?.parameter === parameter)?.value;
    const is = value && (value.number ?? [value.low, value.high]);
    assert.deepEqual([value?.operator, is], [operator, number], text);
  }
});

test('ordinary numbers are no parameters: hours, percent, degrees and litres without their words', () => {
  const found = all('24小时服务，增长15%，气温20度，5个工作日，IP65', 'zh');
  assert.deepEqual(
    found.filter(({ kind }) => ['quantity', 'range', 'frequency'].includes(kind)).map(({ text }) => text),
    [],
  );
});

test('money in the currencies of the region, with its factor, and no amount twice', () => {
  const prices = all(
    '预算人民币800万元，另付5万美元、3.5亿卢布；1,5 млн руб., 98 000 рублей, 882 000 руб.; 12 тис. грн; USD 3,000; €500; HK$20; 2 млн долларов; 0.678万元',
    'zh',
  ).filter(({ kind }) => kind === 'price');
  assert.deepEqual(
    prices.map(({ text, id }) => [text, id]),
    [
      ['人民币800万元', '8000000 CNY'],
      ['5万美元', '50000 USD'],
      ['3.5亿卢布', '350000000 RUB'],
      ['1,5 млн руб.', '1500000 RUB'],
      ['98 000 рублей', '98000 RUB'],
      ['882 000 руб.', '882000 RUB'],
      ['12 тис. грн', '12000 UAH'],
      ['USD 3,000', '3000 USD'],
      ['€500', '500 EUR'],
      ['HK$20', '20 HKD'],
      ['2 млн долларов', '2000000 USD'],
      ['0.678万元', '6780 CNY'],
    ],
  );
});
