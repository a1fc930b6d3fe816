import assert from 'node:assert/strict';
import test from 'node:test';
import { withoutSecrets } from './index.js';

test('what names a reader goes, and not a letter else', () => {
  const article = 'https://mp.weixin.qq.com/s?__biz=MzIy+/==&mid=1&idx=1&sn=ab&chksm=cd';
  for (const [given, kept] of [
    [`${article}&scene=27&key=abc&uin=MTIz&pass_ticket=a%2Fb&exportkey=x#rd`, `${article}&scene=27#rd`],
    [`${article}&WXTOKEN=777&%6bey=1&appmsg_token=&devicetype=iOS`, article],
    ['http://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw?key=1', 'http://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw'],
    [`${article}#key=1&wechat_redirect`, `${article}#wechat_redirect`],
    [`${article}&%zz=1&monkey=2`, `${article}&%zz=1&monkey=2`],
    ['https://example.org/?key=1', 'https://example.org/?key=1'],
    ['not an address', 'not an address'],
  ] as const)
    assert.equal(withoutSecrets(given), kept);
});
