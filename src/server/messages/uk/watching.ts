import type { Messages } from '../index.js';

export const watching: Messages['watching'] = {
  address: 'Вставте адресу, стрічку або акаунт',
  capture: 'Зробити знімок зараз',
  watch: 'Стежити',
  meta: 'Знімок може зайняти хвилину.',
  resume: 'Продовжити опитування',
  pause: 'Призупинити',
  remove: 'Більше не опитувати',
  kept: 'Нічого зі збереженого не видаляється.',
};
