import type { Messages } from '../index.js';

export const published: Messages['published'] = {
  dossier: '卷宗 {id}',
  published: '卷宗 {id}，{when} 以 As Posted 发布。',
  read: '阅读报告（英文）',
  download: '<a>下载全部</a>（ZIP，{n, plural, other {{n, number} 字节}}，SHA-256 {hash}）',
  check: '<a>自行核验</a>：把 ZIP 拖到该页面上，或运行 {command}',
  parts: '组成部分',
  holds: '打包文件中有什么',
  file: '文件',
  bytes: '字节',
  withdrawn: '已撤回',
  withdrawnOn: '卷宗 {id} 已于 {when} 由当初的发布者撤回。',
};
