import type { AlertEvent } from '../index.js';

const HEAD = {
  notice: 'N-7F3K2QX9TB',
  title: '关于征集无人机探测设备的通知',
  url: 'https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw',
  account: '某某促进会',
};
const REMOVAL = {
  actor: 'publisher',
  words: '该内容已被发布者删除',
  lastSeen: '2024-05-27T20:00:00.000Z',
  firstMissing: '2024-05-28T00:00:00.000Z',
  confirmed: '2024-05-28T00:10:00.000Z',
};

const event = (name: string, event: string, body: AlertEvent['body']): AlertEvent => ({
  id: `V-${name}`,
  event,
  at: '2024-05-28T00:10:00.000Z',
  body,
});

/** One of each type, and the shapes that read differently. */
export const EXAMPLES: readonly AlertEvent[] = [
  event('removal', 'removal', { ...HEAD, removal: REMOVAL }),
  event('removal-platform', 'removal', {
    ...HEAD,
    removal: { ...REMOVAL, actor: 'platform', words: '此内容因违规无法查看' },
  }),
  event('removal-unclear', 'removal', { ...HEAD, removal: { ...REMOVAL, actor: 'unknown', words: 'one / another' } }),
  event('removal-silent', 'removal', { ...HEAD, removal: { ...REMOVAL, actor: 'unknown', words: '' } }),
  event('removal-unseen', 'removal', { ...HEAD, removal: { ...REMOVAL, lastSeen: null } }),
  event('account', 'account', {
    ...HEAD,
    title: HEAD.account,
    removal: { ...REMOVAL, actor: 'platform', words: '此帐号已被屏蔽, 内容无法查看', scope: 'account' },
  }),
  event('account-closed', 'account', {
    ...HEAD,
    title: 'gh_0123456789ab',
    account: null,
    removal: { ...REMOVAL, words: '此帐号已自主注销，内容无法查看', scope: 'account' },
  }),
  event('returned', 'returned', HEAD),
  event('change', 'change', { ...HEAD, revision: 2, kinds: ['text', 'title', 'published'] }),
  event('moved', 'moved', { ...HEAD, to: 'https://mp.weixin.qq.com/s/other' }),
  event('moved-nowhere', 'moved', { ...HEAD, to: null }),
  event('unreachable', 'unreachable', { ...HEAD, title: null, account: null }),
  event('silent', 'silent', {
    source: 'S-2222222222',
    title: '某某促进会 album',
    asked: 3,
    since: '2024-05-26T00:10:00.000Z',
    lastGood: '2024-05-26T00:10:00.000Z',
    problem: 'www.example.gov.cn did not answer within 30 s',
  }),
  event('silent-ever', 'silent', {
    source: 'S-2222222222',
    title: 'www.example.gov.cn',
    asked: 4,
    since: '2024-05-26T00:10:00.000Z',
    lastGood: null,
    problem: 'the list holds no links',
  }),
  event('redesign', 'redesign', { host: 'www.example.gov.cn', since: '2024-05-28T00:10:00.000Z' }),
  event('host', 'host', {
    notice: HEAD.notice,
    host: 'www.example.gov.cn',
    checked: 20,
    missing: 8,
    since: '2024-05-27T22:00:00.000Z',
  }),
  event('copy', 'copy', {
    ...HEAD,
    other: 'N-2222222222',
    relation: 'copy',
    sharedOfThis: 0.981,
    sharedOfOther: 0.5,
  }),
  event('repost', 'copy', {
    ...HEAD,
    other: 'N-2222222222',
    relation: 'declared-repost',
    sharedOfThis: 1,
    sharedOfOther: 1,
  }),
  event('match', 'match', {
    ...HEAD,
    list: 'us_ofac_sdn',
    entry: '47713',
    name: 'TRIMIX, OOO',
    query: 'ООО «3МХ»',
    on: '2024-05-22',
    from: '2024-02-23',
    class: 'listed',
  }),
  event('named', 'match', {
    ...HEAD,
    list: 'us_ofac_sdn',
    entry: '1',
    name: 'Somebody',
    query: 'Somebody',
    on: '2024-05-22',
    from: null,
    class: 'named-in-listing',
  }),
  event('listed', 'match', {
    ...HEAD,
    notices: [HEAD.notice, 'N-2222222222'],
    list: 'us_ofac_sdn',
    entry: '47713',
    name: 'TRIMIX, OOO',
    query: '3MX',
    queries: ['3MX', 'ООО «3МХ»'],
    on: '2024-01-22',
    from: '2024-02-23',
    turn: 'made',
    day: '2024-02-23',
  }),
  event('overtaken', 'match', {
    ...HEAD,
    list: 'us_ofac_sdn',
    entry: '47713',
    name: 'TRIMIX, OOO',
    query: '3MX',
    turn: 'changed',
    day: '2024-05-23',
    decision: {
      id: 'C-7F3K2QX9TB',
      verdict: 'different',
      by: 'reporter',
      at: '2024-05-22T10:00:00.000Z',
      why: 'another 3MX, a maker of toys',
    },
  }),
  event('unmatched', 'unmatched', {
    ...HEAD,
    notices: [HEAD.notice],
    list: 'us_ofac_sdn',
    entry: '47713',
    name: 'TRIMIX, OOO',
    query: '3MX',
    queries: ['3MX'],
    on: '2024-01-22',
    from: '2024-02-23',
    turn: 'ended',
    day: '2024-05-23',
  }),
  event('fork', 'fork', { log: 'asposted.example.org/log', witness: 'w1', detail: 'another root for 12 entries' }),
  event('notice', 'notice', { ...HEAD, published: '2024-05-22T10:30:00+08:00' }),
  event('test', 'test', {}),
  event('new-type', 'something new', HEAD),
];

/** Everything a page can put where its name should stand. */
export const HOSTILE_TITLE = [
  '\u001b[31mred\u0007\u0000\r\nBcc: victim@example.org\r\n\r\nbody',
  '\u202egnp.exe \u2028line\u2029',
  '<b onclick="x">&amp;</b><script>1</script> <!channel> <!here> <@U123> @everyone @here @room @alice',
  '[click](https://evil.example/a) ![p](https://evil.example/b) https://evil.example/c **bold** `code` ~~no~~ ||hid||',
  '\ud800 lone',
  '长'.repeat(9_000),
  '👩‍👩‍👧‍👦'.repeat(200),
].join(' ');

export const HOSTILE: AlertEvent = {
  id: 'V-hostile',
  event: 'removal',
  at: '2024-05-28T00:10:00.000Z',
  body: {
    notice: 'N-7F3K2QX9TB',
    title: HOSTILE_TITLE,
    account: HOSTILE_TITLE,
    url: `https://evil.example/${HOSTILE_TITLE}`,
    removal: { ...REMOVAL, words: HOSTILE_TITLE },
  },
};
