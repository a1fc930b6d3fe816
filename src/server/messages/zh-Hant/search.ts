import type { Messages } from '../index.js';

export const search: Messages['search'] = {
  titleOf: '搜尋：{q}',
  help: '所有詞語須出現在同一則公告中，詞形變化也算；引號可把幾個詞連在一起，{example} 尋找以此開頭的詞。物項名稱也能找到其他語言的公告。輸入編號或其開頭，可直達所指的內容。',
  thisSearch: '本次搜尋',
  words: '詞語',
  aids: '名稱讀音（拼音、轉寫）',
  aidsOn: '也算',
  aidsOff: '不算',

  here: '{n, plural, =0 {這裡沒有公告} other {這裡有 # 則公告}}，新的在前{more, select, yes {；後面還有} other {}}。',
  onPage: '{n, plural, =0 {本頁沒有公告} other {本頁有 # 則公告}}，新的在前{more, select, yes {；後面還有} other {}}。',
  aidsCount: '名稱讀音也算。',
  aidsAreOff: '只算所寫的文字：名稱讀音已關閉。',
  looked: '{n, plural, other {已讀 # 則字母相近的公告；更早的還沒有讀。}}',

  others: '名稱、物項與編號',
  underId: '該編號之下：{id}',
  goods: '物項：{name}',
  goodsBy: '物項：{name}，據「{form}」',
  tradeName: '商品名：{name}',
  tradeNameBy: '商品名：{name}，據「{form}」',
  name: '名稱：{name}，見於 {n, plural, other {# 則公告}}',

  posted: '{account}，頁面顯示發布於 {when}。{presence}',
  inTitle: '標題中：{words}',
  inText: '內文中：{words}',
  inAccount: '帳號名稱中：{words}',
  recognised: '辨識為所查的內容：{words}',
  readAloud: '讀音：{words}',
  excerpt: '{words} {exhibit}，{when}',
};
