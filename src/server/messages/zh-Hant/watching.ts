import type { Messages } from '../index.js';

export const watching: Messages['watching'] = {
  address: '貼上網址、訂閱源或帳號',
  capture: '立即存檔',
  watch: '監看',
  meta: '存檔可能需要一分鐘。',
  resume: '恢復查詢',
  pause: '暫停',
  remove: '不再查詢',
  kept: '已保存的內容不會被刪除。',
};
