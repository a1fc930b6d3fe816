import type { Messages } from '../index.js';

export const watching: Messages['watching'] = {
  address: 'Вставьте адрес, ленту или аккаунт',
  capture: 'Сделать снимок сейчас',
  watch: 'Следить',
  meta: 'Снимок может занять минуту.',
  resume: 'Продолжить опрос',
  pause: 'Приостановить',
  remove: 'Больше не опрашивать',
  kept: 'Ничего из сохранённого не удаляется.',
};
