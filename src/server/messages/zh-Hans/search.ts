import type { Messages } from '../index.js';

export const search: Messages['search'] = {
  titleOf: '搜索：{q}',
  help: '所有词语须出现在同一条公告中，词形变化也算；引号可把几个词连在一起，{example} 查找以此开头的词。物项名称也能找到其他语言的公告。输入编号或其开头，可直达所指的内容。',
  thisSearch: '本次搜索',
  words: '词语',
  aids: '名称读音（拼音、转写）',
  aidsOn: '也算',
  aidsOff: '不算',

  here: '{n, plural, =0 {这里没有公告} other {这里有 # 条公告}}，新的在前{more, select, yes {；后面还有} other {}}。',
  onPage: '{n, plural, =0 {本页没有公告} other {本页有 # 条公告}}，新的在前{more, select, yes {；后面还有} other {}}。',
  aidsCount: '名称读音也算。',
  aidsAreOff: '只算所写的文字：名称读音已关闭。',
  looked: '{n, plural, other {已读 # 条字母相近的公告；更早的还没有读。}}',

  others: '名称、物项与编号',
  underId: '该编号之下：{id}',
  goods: '物项：{name}',
  goodsBy: '物项：{name}，据“{form}”',
  tradeName: '商品名：{name}',
  tradeNameBy: '商品名：{name}，据“{form}”',
  name: '名称：{name}，见于 {n, plural, other {# 条公告}}',

  posted: '{account}，页面显示发布于 {when}。{presence}',
  inTitle: '标题中：{words}',
  inText: '正文中：{words}',
  inAccount: '账号名称中：{words}',
  recognised: '识别为所查的内容：{words}',
  readAloud: '读音：{words}',
  excerpt: '{words} {exhibit}，{when}',
};
