import type { Messages } from '../index.js';

export const published: Messages['published'] = {
  dossier: '卷宗 {id}',
  published: '卷宗 {id}，{when} 以 As Posted 發布。',
  read: '閱讀報告（英文）',
  download: '<a>下載全部</a>（ZIP，{n, plural, other {{n, number} 位元組}}，SHA-256 {hash}）',
  check: '<a>自行核驗</a>：把 ZIP 拖到該頁面上，或執行 {command}',
  parts: '組成部分',
  holds: '封裝檔中有什麼',
  file: '檔案',
  bytes: '位元組',
  withdrawn: '已撤回',
  withdrawnOn: '卷宗 {id} 已於 {when} 由當初的發布者撤回。',
};
