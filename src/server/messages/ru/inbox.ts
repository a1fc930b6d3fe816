import type { Messages } from '../index.js';

export const inbox: Messages['inbox'] = {
  presence: 'Состояние',
  worth: 'Оценка',
  show: 'Показать',
  undecided: 'не оценено',
  matters: 'важно',
  noise: 'шум',
  unsure: 'не ясно',
  count: '{n, plural, one {# сообщение} few {# сообщения} many {# сообщений} other {# сообщения}}',
  countPast:
    'Здесь ничего нет; раньше — {n, plural, one {# сообщение} few {# сообщения} many {# сообщений} other {# сообщения}}',
  countPart:
    '{from, number}–{to, number} из {n, plural, one {# сообщения} few {# сообщений} many {# сообщений} other {# сообщения}}',
  countPastMore: 'Здесь ничего нет; раньше — более {n, number} сообщений',
  countPartMore: '{from, number}–{to, number} из более чем {n, number} сообщений',
  removals: 'Удаления и сколько простояло то, что удалили',
  newer: 'Более новые сообщения',
  older: 'Более старые сообщения',
  noneFits:
    'Ничего не подходит. Тишина — тоже результат: искали в заголовках, текстах, аккаунтах и во всём распознанном.',
  nothingYet: 'Пока ни за чем не следят. Начните с адреса:',
  story: 'Или посмотрите историю, ради которой сделан As Posted: {command}.',
  posted: '{account}, опубликовано {when}, как указано на странице',
  seen: 'в последний раз видели {last}, впервые отсутствовало {missing}',
  goods: 'Названы товары: {goods}',
  tradeNames: 'Торговые наименования: {names}',
  candidate: 'Кандидат: {candidates}',
  candidateOf: '{name} в списке {list}, действует с {from}',
  passage: 'Есть общий отрывок: {notice} ({share} этого сообщения)',
  copyStands: 'Копия опубликована: {notice} ({share} этого сообщения)',
  copyIs: 'Копия — {presence}: {notice} ({share} этого сообщения)',

  worthLabel: 'Насколько важна эта находка',
  worthBy: '{verdict}; оценка: {name}, {when}',
  worthBefore: '{verdict} (до того, как стало известно больше); оценка: {name}, {when}',
  pressMatters: 'y: важно',
  pressNoise: 'n: шум',
  pressUnsure: 'h: не ясно',
  pressUndo: 'u: отменить',
};
