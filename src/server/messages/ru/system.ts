import type { Messages } from '../index.js';

export const system: Messages['system'] = {
  title: 'Это хранилище',
  version: 'Версия',
  none: 'нет',
  held: '{presence}: {n, number}',
  exhibits: 'Экспонаты',
  number: '{n, number}',
  sources:
    '{n, plural, one {# действующий} few {# действующих} many {# действующих} other {# действующего}}, из них со сбоями: {failing, number}',
  due: 'Осмотры, которые пора сделать',
  dueWords:
    '{n, number}; самый давний ждёт {minutes, plural, one {# минуту} few {# минуты} many {# минут} other {# минуты}}; {hosts, plural, one {# узел} few {# узла} many {# узлов} other {# узла}} пока не опрашиваем',
  log: 'Журнал',
  entries: '{n, plural, one {# запись} few {# записи} many {# записей} other {# записи}}',
  signed: 'Последняя подпись журнала',
  never: 'ещё не было',
  witnesses: 'Свидетели',
  stamps: 'Штампы времени',
  set: 'заданы',
  notSet: 'не заданы: {setting}',
  free: 'Свободное место',
  unknown: 'неизвестно',
  gigabytes: '{n, number} ГБ',
  lists: 'Списки',
  noLists: 'Нет ни одного списка, поэтому ни одно имя проверить нельзя:',
  newest: 'Новейшая версия каждого списка, по его собственной дате',
  list: 'список',
  published: 'опубликован',
  age: 'возраст',
  days: '{n, plural, one {# день} few {# дня} many {# дней} other {# дня}}',
  everyVersion: 'Все имеющиеся версии',
};
