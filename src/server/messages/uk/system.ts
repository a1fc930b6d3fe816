import type { Messages } from '../index.js';

export const system: Messages['system'] = {
  title: 'Це сховище',
  version: 'Версія',
  none: 'немає',
  held: '{presence}: {n, number}',
  exhibits: 'Експонати',
  number: '{n, number}',
  sources:
    '{n, plural, one {# чинне} few {# чинні} many {# чинних} other {# чинного}}, з них зі збоями: {failing, number}',
  due: 'Перевірки, які час зробити',
  dueWords:
    '{n, number}; найдавніша чекає {minutes, plural, one {# хвилину} few {# хвилини} many {# хвилин} other {# хвилини}}; {hosts, plural, one {# вузол} few {# вузли} many {# вузлів} other {# вузла}} поки не опитуємо',
  log: 'Журнал',
  entries: '{n, plural, one {# запис} few {# записи} many {# записів} other {# запису}}',
  signed: 'Останній підпис журналу',
  never: 'ще не було',
  witnesses: 'Свідки',
  stamps: 'Штампи часу',
  set: 'задано',
  notSet: 'не задано: {setting}',
  free: 'Вільне місце',
  unknown: 'невідомо',
  gigabytes: '{n, number} ГБ',
  lists: 'Списки',
  noLists: 'Немає жодного списку, тому жодне ім’я перевірити не можна:',
  newest: 'Найновіша версія кожного списку, за його власною датою',
  list: 'список',
  published: 'опубліковано',
  age: 'вік',
  days: '{n, plural, one {# день} few {# дні} many {# днів} other {# дня}}',
  everyVersion: 'Усі наявні версії',
};
