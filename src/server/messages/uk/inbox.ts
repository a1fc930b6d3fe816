import type { Messages } from '../index.js';

export const inbox: Messages['inbox'] = {
  presence: 'Стан',
  worth: 'Оцінка',
  show: 'Показати',
  undecided: 'не оцінено',
  matters: 'важливо',
  noise: 'шум',
  unsure: 'не ясно',
  count: '{n, plural, one {# повідомлення} few {# повідомлення} many {# повідомлень} other {# повідомлення}}',
  countPast:
    'Тут нічого немає; раніше — {n, plural, one {# повідомлення} few {# повідомлення} many {# повідомлень} other {# повідомлення}}',
  countPart:
    '{from, number}–{to, number} з {n, plural, one {# повідомлення} few {# повідомлень} many {# повідомлень} other {# повідомлення}}',
  countPastMore: 'Тут нічого немає; раніше — понад {n, number} повідомлень',
  countPartMore: '{from, number}–{to, number} з понад {n, number} повідомлень',
  removals: 'Вилучення і скільки простояло те, що вилучили',
  newer: 'Новіші повідомлення',
  older: 'Старіші повідомлення',
  noneFits:
    'Нічого не підходить. Тиша — теж результат: шукали в заголовках, текстах, акаунтах і в усьому розпізнаному.',
  nothingYet: 'Поки що ні за чим не стежать. Почніть з адреси:',
  story: 'Або подивіться історію, заради якої зроблено As Posted: {command}.',
  posted: '{account}, опубліковано {when}, як зазначено на сторінці',
  seen: 'востаннє бачили {last}, уперше було відсутнє {missing}',
  goods: 'Названі товари: {goods}',
  tradeNames: 'Торгові назви: {names}',
  candidate: 'Кандидат: {candidates}',
  candidateOf: '{name} у списку {list}, діє з {from}',
  passage: 'Є спільний уривок: {notice} ({share} цього повідомлення)',
  copyStands: 'Копія опублікована: {notice} ({share} цього повідомлення)',
  copyIs: 'Копія — {presence}: {notice} ({share} цього повідомлення)',

  worthLabel: 'Наскільки важлива ця знахідка',
  worthBy: '{verdict}; оцінка: {name}, {when}',
  worthBefore: '{verdict} (до того, як стало відомо більше); оцінка: {name}, {when}',
  pressMatters: 'y: важливо',
  pressNoise: 'n: шум',
  pressUnsure: 'h: не ясно',
  pressUndo: 'u: скасувати',
};
