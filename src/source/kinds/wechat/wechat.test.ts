import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { needShared } from '../../../model/testing/shared.js';
import { conformanceSuite } from '../../testing/conformance.js';
import wechat, { articlesIn, parseAlbum } from './index.js';

const item = (n: number): object => ({
  msgid: String(n),
  itemidx: '1',
  title: `通知 ${n}`,
  create_time: '1716346800',
  url: `http://mp.weixin.qq.com/s?__biz=MzAw&mid=${n}&idx=1&sn=0&chksm=a`,
});
const ALBUM = JSON.stringify({
  base_resp: { ret: 0 },
  getalbum_resp: { article_list: [item(1), item(2), item(3)], continue_flag: '0' },
});

conformanceSuite(wechat, {
  host: 'mp.weixin.qq.com',
  path: '/mp/appmsgalbum?__biz=MzAw&action=getalbum&album_id=1',
  options: (url) => ({ url }),
  good: { body: ALBUM, type: 'application/json', addresses: 3 },
});

test('addresses are found in pasted text, CSV and chat exports, and kept as received', () => {
  const text = `5/22 10:31 张三: 看这个 https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw，已经删了
"id","url"\n1,"https://mp.weixin.qq.com/s?__biz=MzIy&amp;mid=1&amp;idx=1&amp;sn=ab&amp;chksm=cd#rd"
https://www.example.org/s/not-wechat`;
  assert.deepEqual(
    articlesIn(text).map(({ url }) => url),
    [
      'https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw',
      'https://mp.weixin.qq.com/s?__biz=MzIy&mid=1&idx=1&sn=ab&chksm=cd#rd',
    ],
  );
});

test('album answers: a single item is read, the end is the end, a login wall is a refusal', (t) => {
  const folder = needShared(t, 'data/watching/made/wechat-album');
  if (folder === undefined) return;
  const read = (name: string): ReturnType<typeof parseAlbum> =>
    parseAlbum(readFileSync(join(folder, name), 'utf8'), 'album');
  assert.equal(read('page1.json').items.length, 2);
  assert.equal(read('page2-single-object.json').items.length, 1);
  assert.deepEqual(read('end-empty.json'), { items: [], more: false });
  assert.throws(() => read('refused.json'), { code: 'RATE_LIMITED' });
});
