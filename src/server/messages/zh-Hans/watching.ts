import type { Messages } from '../index.js';

export const watching: Messages['watching'] = {
  address: '粘贴网址、订阅源或账号',
  capture: '立即存档',
  watch: '监看',
  meta: '存档可能需要一分钟。',
  resume: '恢复查询',
  pause: '暂停',
  remove: '不再查询',
  kept: '已保存的内容不会被删除。',
};
