import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { ROLES, type Role, addPerson, addToken, beginSetUp, removePerson, setPassword } from '../../people/index.js';
import { openTestParts } from '../../watch/testing/parts.js';
import { createApp, startServer } from '../index.js';
import { speak } from '../messages/index.js';
import { MARKS, unspoken } from '../messages/testing/unspoken.js';
import { createReplay } from '../replay/index.js';
import { block, clientOf } from './client.js';
import { createAccess } from './index.js';
import { createPace, createTries } from './limits.js';
import { LEAST } from './routes.js';

const parts = await openTestParts({
  settings: {
    'serve.hosts': ['Notices.example.org'],
    'serve.trustProxy': 1,
    'serve.cors': ['https://desk.example.org'],
  },
});
after(() => parts.dispose());
const access = createAccess(parts, { isLoopback: true });
const app = createApp(parts, { access, replay: () => 'http://replay.localhost:4271' });
const change = {
  storeDir: parts.store.dir,
  by: 'a test',
  lock: <T>(work: () => Promise<T>): Promise<T> => work(),
  get now(): Date {
    return parts.clock.now();
  },
};
const PASSWORD = 'several words in a row';

interface Ask {
  method?: string;
  token?: string;
  cookie?: string;
  form?: Record<string, string>;
  headers?: Record<string, string>;
  address?: string;
}

interface Answer {
  status: number;
  text: string;
  headers: Headers;
}

async function ask(
  path: string,
  { method, token, cookie, form, headers, address = '127.0.0.1' }: Ask = {},
): Promise<Answer> {
  const response = await app.request(
    `http://127.0.0.1:4270${path}`,
    {
      method: method ?? (form ? 'POST' : 'GET'),
      headers: {
        host: '127.0.0.1:4270',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(cookie === undefined ? {} : { cookie }),
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...headers,
      },
      ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    },
    { incoming: { socket: { remoteAddress: address } } },
  );
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const cookiesOf = ({ headers }: Answer): string =>
  headers
    .getSetCookie()
    .map((each) => each.split(';')[0]!)
    .join('; ');
const formTokenIn = ({ text }: Answer): string => /name="formToken" value="([^"]+)"/.exec(text)?.[1] ?? '';

async function signIn(
  name: string,
  { password = PASSWORD, ...more }: { password?: string } & Ask = {},
): Promise<Answer> {
  const page = await ask('/login?next=/cases', more);
  const form = { formToken: formTokenIn(page), next: '/cases', name, password };
  return ask('/login', { ...more, cookie: cookiesOf(page), form });
}

const tokens = new Map<Role, string>();
const cookies = new Map<Role, string>();

test('without accounts this machine asks as before; no other name is answered, and no other address is listened on', async () => {
  assert.equal((await ask('/api/v1/notices')).status, 200);
  const home = await ask('/');
  assert.equal(home.status, 200);
  assert.doesNotMatch(home.text, /Sign out/);
  assert.equal((await ask('/login')).headers.get('location'), '/', 'there is nothing to sign in to');
  const elsewhere = await ask('/', { headers: { host: 'notices.example.org' } });
  assert.equal(elsewhere.status, 403);
  assert.match(elsewhere.text, /no accounts/);
  await assert.rejects(startServer(parts, { listen: '0.0.0.0:0' }), /no accounts yet/);
  await assert.rejects(startServer(parts, { listen: '127.0.0.1:0' }), /notices\.example\.org can be reached/i);
  const proxied = { ...parts, settings: { ...parts.settings, 'serve.hosts': [] } };
  await assert.rejects(startServer(proxied, { listen: '127.0.0.1:0' }), /behind a proxy/);
  assert.equal(await access.admits('E-1', undefined), true, 'archived pages need no ticket');
});

test('a link of an admin lets somebody choose a password once; two that differ are refused', async () => {
  await addPerson(change, 'admin', 'admin');
  const code = await beginSetUp(change, 'admin');
  const page = await ask(`/set-up?code=${code}`);
  const form = { formToken: formTokenIn(page), code, password: ` ${PASSWORD}`, again: ` ${PASSWORD}` };
  const cookie = cookiesOf(page);
  assert.match(
    (await ask('/set-up', { cookie, form: { ...form, again: 'other words in a row' } })).text,
    /not the same/,
  );
  assert.equal((await ask('/set-up', { form })).status, 400, 'a form that was shown to another browser');
  assert.equal((await ask('/set-up', { cookie, form })).headers.get('location'), '/login?done=password');
  assert.match((await ask('/set-up', { cookie, form })).text, /used already/);
  assert.equal((await signIn('admin')).status, 401, 'blanks belong to a password');
  assert.equal((await signIn('admin', { password: ` ${PASSWORD}` })).status, 303);
});

test('a session: a cookie no script and no other site gets, over with sign-out, time, another password or the person', async () => {
  for (const role of ROLES) {
    if (role !== 'admin') await addPerson(change, role, role);
    await setPassword(change, role, PASSWORD);
    tokens.set(role, (await addToken(change, role, { label: 'test' })).token);
  }
  const answer = await signIn('reader');
  const [session] = answer.headers.getSetCookie().filter((each) => /^asposted=[^;]{43}/.test(each));
  assert.match(session!, /HttpOnly/);
  assert.match(session!, /SameSite=Strict/);
  assert.doesNotMatch(session!, /Secure|Domain/);
  const cookie = cookiesOf(answer);
  assert.match((await ask('/', { cookie })).text, /reader<\/span>, reader[\s\S]*Sign out/);
  assert.equal((await ask('/', { cookie })).headers.get('cache-control'), 'no-store');
  const stays = async (): Promise<boolean> => (await ask('/', { cookie })).status === 200;
  parts.clock.advance(59 * 60_000);
  assert.ok(await stays(), 'each request goes on with it');
  parts.clock.advance(59 * 60_000);
  assert.ok(await stays());
  parts.clock.advance(61 * 60_000);
  assert.ok(!(await stays()), 'an hour without a request');
  const signedIn = async (): Promise<string> => cookiesOf(await signIn('reader'));
  const long = await signedIn();
  for (let hours = 0; hours < 24; hours += 0.5) {
    parts.clock.advance(30 * 60_000);
    await ask('/', { cookie: long });
  }
  assert.equal((await ask('/', { cookie: long })).status, 303, 'a day in all');
  const [first, second] = [await signedIn(), await signedIn()];
  const out = { cookie: first, form: { formToken: formTokenIn(await ask('/', { cookie: first })) } };
  assert.equal((await ask('/logout', { ...out, cookie: second })).status, 400, 'a form of another session');
  assert.equal((await ask('/logout', out)).status, 303);
  assert.deepEqual(
    [(await ask('/', { cookie: first })).status, (await ask('/', { cookie: second })).status],
    [303, 200],
  );
  await setPassword(change, 'reader', PASSWORD);
  assert.equal((await ask('/', { cookie: second })).status, 303, 'another password');
  await addPerson(change, 'guest', 'reader');
  await setPassword(change, 'guest', PASSWORD);
  const guest = cookiesOf(await signIn('guest'));
  await removePerson(change, 'guest');
  assert.equal((await ask('/', { cookie: guest })).status, 303, 'the person is no more');
});

test('behind TLS the cookie is for this host and for encrypted connections only', async () => {
  const headers = { host: 'notices.example.org', 'x-forwarded-proto': 'https' };
  const answer = await signIn('reader', { headers });
  const session = answer.headers.getSetCookie().find((each) => each.startsWith('__Host-asposted='))!;
  assert.match(session, /Path=\/.*Secure/);
  const cookie = cookiesOf(answer);
  assert.equal((await ask('/', { headers, cookie })).status, 200);
  assert.equal((await ask('/', { headers: { host: 'notices.example.org' }, cookie })).status, 303);
});

test('each role may exactly what the table says, with a token and with a session; nobody else may anything', async () => {
  for (const role of ROLES) cookies.set(role, cookiesOf(await signIn(role)));
  const ended = cookiesOf(await signIn('reader'));
  const formToken = formTokenIn(await ask('/', { cookie: ended }));
  await ask('/logout', { cookie: ended, form: { formToken } });
  const visitors: { name: string; role?: Role; ask: Ask }[] = [
    { name: 'nobody', ask: {} },
    { name: 'a bad token', ask: { token: `asposted_${'A'.repeat(43)}` } },
    { name: 'an ended session', ask: { cookie: ended } },
    ...ROLES.map((role) => ({ name: `token of ${role}`, role, ask: { token: tokens.get(role)! } })),
    ...ROLES.map((role) => ({ name: `session of ${role}`, role, ask: { cookie: cookies.get(role)! } })),
  ];
  const wrong: string[] = [];
  for (const visitor of visitors) {
    const token = formTokenIn(await ask('/', visitor.ask));
    for (const [route, least] of LEAST) {
      if (route === 'POST /logout') continue;
      const isRefused = refuses(await ask(...exampleOf(route, visitor.ask, token)));
      const may =
        least === 'anyone' || (visitor.role !== undefined && ROLES.indexOf(visitor.role) >= ROLES.indexOf(least));
      if (isRefused === may) wrong.push(`${visitor.name} ${may ? 'may not' : 'may'} ${route}`);
    }
  }
  assert.deepEqual(wrong, []);
});

/** A question to a route about things that are not there, so that nothing is made or changed by those who may. */
function exampleOf(route: string, from: Ask, formToken: string): [string, Ask] {
  const [method, path] = route.split(' ') as [string, string];
  const isForm = method === 'POST' && !/^\/(?:api|match|reconcile)\//.test(path);
  const address = path.replace(/:\w+/g, 'N-ZZZZZZ').replace('*', 'x');
  return [
    address,
    {
      ...from,
      method,
      ...(isForm ? { form: { formToken } } : {}),
      ...(method === 'POST' && !isForm ? { headers: { 'content-type': 'application/json' } } : {}),
    },
  ];
}

const refuses = ({ status, text, headers }: Answer): boolean =>
  /NOT_SIGNED_IN|NOT_ALLOWED/.test(text) ||
  (status === 303 && headers.get('location')!.startsWith('/login?next=')) ||
  ([401, 403].includes(status) && /not signed in any more|wants the role/.test(text));

test('every route stands in the table, and what is not in it is refused to an admin too', async () => {
  const there = new Set(
    app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
  );
  assert.deepEqual(
    [...there].filter((route) => !LEAST.has(route)),
    [],
    'with a role',
  );
  const missing = [...LEAST.keys()].filter((route) => !there.has(route));
  assert.deepEqual(
    missing.filter((route) => !route.startsWith('GET /d/')),
    [],
    'and nothing else',
  );
  const shared = new Set(app.routes.filter(({ method }) => method === 'ALL').map(({ path }) => path));
  const middleware = [
    '/*',
    '/api/v1/*',
    '/match/*',
    '/search/*',
    '/entities/*',
    '/catalog',
    '/manifest',
    '/algorithms',
    '/reconcile/*',
  ];
  assert.deepEqual(
    [...shared].filter((path) => !middleware.includes(path)),
    [],
    'no handler hides as middleware',
  );
  const other = createApp(parts, { access });
  other.get('/forgotten', (context) => context.text('secret'));
  const headers = { host: '127.0.0.1', authorization: `Bearer ${tokens.get('admin')!}` };
  const answer = await other.request('http://127.0.0.1/forgotten', { headers });
  assert.equal(answer.status, 403);
  assert.doesNotMatch(await answer.text(), /secret/);
});

test('people are led to the login and back, to a page of ours and nowhere else; programs get a problem document', async () => {
  const led = await ask('/?presence=removed');
  assert.equal(led.headers.get('location'), `/login?${new URLSearchParams({ next: '/?presence=removed' }).toString()}`);
  for (const next of ['https://evil.example/', '//evil.example/', '/\\evil.example', '/%0a', '/a b']) {
    const { text } = await ask(`/login?${new URLSearchParams({ next }).toString()}`);
    assert.match(text, new RegExp(`name="next" value="${next === '/%0a' ? '/%0a' : '/'}"`), next);
  }
  assert.equal((await ask('/api/v1/notices', { method: 'HEAD' })).status, 401);
  const told = await ask('/api/v1/notices');
  assert.deepEqual([told.status, told.headers.get('www-authenticate')], [401, 'Bearer realm="As Posted"']);
  assert.match(told.headers.get('content-type')!, /problem\+json/);
  assert.match((await ask('/events.atom')).headers.get('www-authenticate')!, /^Basic/);
  const basic = Buffer.from(`feed reader:${tokens.get('reader')!}`).toString('base64');
  assert.equal((await ask('/events.atom', { headers: { authorization: `Basic ${basic}` } })).status, 200);
  const { text, status } = await ask('/', {
    cookie: cookies.get('reader')!,
    headers: { authorization: 'Bearer nonsense' },
  });
  assert.deepEqual([status, text], [303, ''], 'a wrong token is not made good by a cookie');
});

test('a form needs its token, of the same visitor, and is a form', async () => {
  const cookie = cookies.get('reader')!;
  const formToken = formTokenIn(await ask('/', { cookie: cookies.get('admin')! }));
  for (const form of [{}, { formToken: 'x' }, { formToken }]) {
    const answer = await ask('/logout', { cookie, form: form });
    assert.equal(answer.status, 400);
    assert.match(answer.text, /out of date/);
  }
  const headers = { 'content-type': 'text/plain' };
  assert.equal((await ask('/logout', { cookie, form: { formToken }, headers })).status, 415);
  assert.equal((await ask('/logout', { cookie, form: { formToken: 'x'.repeat(600_000) } })).status, 413);
  assert.equal((await ask('/', { cookie })).status, 200, 'still signed in');
});

test('too many tries of a name from an address are told so before any password is looked at; time and the right one help', async () => {
  const address = '198.51.100.7';
  const from = (forwarded: string): Ask => ({ headers: { 'x-forwarded-for': forwarded } });
  for (let n = 0; n < 5; n++)
    assert.equal((await signIn('editor', { ...from(address), password: 'wrong' })).status, 401);
  const told = await signIn('editor', from(`203.0.113.1, ${address}`));
  assert.equal(told.status, 429, 'what a client puts before it changes nothing');
  assert.match(told.text, /Wait 15 minutes/);
  assert.equal((await signIn('editor', from('198.51.100.8'))).status, 303, 'from elsewhere');
  assert.equal((await signIn('nobody of that name', { ...from(address), password: 'wrong' })).status, 401);
  parts.clock.advance(15 * 60_000);
  assert.equal((await signIn('editor', from(address))).status, 303);
});

test('the API: other origins read where the setting names them, tokens are paced, what is immutable is not sent twice', async () => {
  const headers = { origin: 'https://desk.example.org', authorization: `Bearer ${tokens.get('reader')!}` };
  const read = async (origin: string): Promise<string | null> =>
    (await ask('/api/v1/notices', { headers: { ...headers, origin } })).headers.get('access-control-allow-origin');
  assert.deepEqual(
    [await read('https://desk.example.org'), await read('https://evil.example')],
    ['https://desk.example.org', null],
  );
  const asked = await ask('/api/v1/notices', {
    method: 'OPTIONS',
    headers: { origin: headers.origin, 'access-control-request-method': 'GET' },
  });
  assert.deepEqual([asked.status, asked.headers.get('access-control-allow-methods')], [204, 'GET']);
  const bare = createApp({ ...parts, settings: { ...parts.settings, 'serve.cors': [] } }, { access });
  const none = await bare.request('http://127.0.0.1/api/v1/notices', { headers: { ...headers, host: '127.0.0.1' } });
  assert.deepEqual(
    [none.status, none.headers.get('access-control-allow-origin')],
    [200, null],
    'off unless somebody is named',
  );
  const token = tokens.get('analyst')!;
  const lists = await ask('/api/v1/lists', { token });
  const tag = lists.headers.get('etag')!;
  const again = await ask('/api/v1/lists', { token, headers: { 'if-none-match': tag } });
  assert.deepEqual([again.status, again.text, again.headers.get('cache-control')], [304, '', 'private, no-cache']);
  assert.equal((await ask('/api/v1/lists', { headers: { 'if-none-match': tag } })).status, 401, 'not to nobody');
  const slow = { ...parts, settings: { ...parts.settings, 'serve.api.most': 2 } };
  const paced = createApp(slow, { access: createAccess(slow, { isLoopback: true }) });
  const at = async (path: string): Promise<Response> =>
    paced.request(`http://127.0.0.1${path}`, { headers: { host: '127.0.0.1', authorization: headers.authorization } });
  for (let n = 0; n < 2; n++) assert.equal((await at('/api/v1/notices')).status, 200);
  const late = await at('/catalog');
  assert.deepEqual([late.status, late.headers.get('retry-after')], [429, '30']);
  assert.equal(((await late.json()) as { code: string }).code, 'RATE_LIMITED');
  parts.clock.advance(30_000);
  assert.equal((await at('/api/v1/notices')).status, 200);
});

test('an archived page is shown to who has a ticket for it, not to who has none, another or an old one', async () => {
  const replay = createReplay(parts, {
    hosts: ['replay.localhost'],
    app: () => [],
    admits: (...asked) => access.admits(...asked),
  });
  const codeOf = async (query: string): Promise<unknown> => {
    const url = `http://replay.localhost/exhibits/E-ZZZZZZ${query}`;
    return ((await (await replay.request(url, { headers: { host: 'replay.localhost' } })).json()) as { code: string })
      .code;
  };
  const ticket = access.seals.ticket('E-ZZZZZZ');
  const [until, sealed] = ticket.split('.') as [string, string];
  assert.equal(await codeOf(`?ticket=${ticket}`), 'NOT_FOUND', 'let in: there is no such exhibit');
  for (const bad of [
    '',
    '?ticket=',
    '?ticket=x',
    `?ticket=${access.seals.ticket('E-ZZZZZY')}`,
    `?ticket=${Number(until) + 9}.${sealed}`,
  ])
    assert.equal(await codeOf(bad), 'NOT_ALLOWED', bad);
  parts.clock.advance(5 * 60_000);
  assert.equal(await codeOf(`?ticket=${ticket}`), 'NOT_ALLOWED', 'after five minutes');
});

test('the login, the choice of a password and what is refused are said in the language of the page', async () => {
  const inRussian = { headers: { 'accept-language': 'ru' } };
  const said = async (path: string, more: Ask = {}): Promise<string> => {
    const { text } = await speak({ language: 'en', marks: MARKS }, () => ask(path, more));
    assert.deepEqual(unspoken(text), [], path);
    return (await ask(path, { ...more, ...inRussian })).text;
  };
  const page = await ask('/login');
  const [cookie, formToken] = [cookiesOf(page), formTokenIn(page)];
  const reader = cookies.get('reader')!;
  const sent = { cookie: reader, form: { formToken: formTokenIn(await ask('/', { cookie: reader })) } };
  const admin = cookies.get('admin')!;
  const asAdmin = { cookie: admin, form: { formToken: formTokenIn(await ask('/', { cookie: admin })) } };
  const cases: readonly (readonly [path: string, more: Ask, told: RegExp])[] = [
    ['/login', {}, /<html lang="ru">[^]*<h1>Войти/],
    ['/set-up?code=x', {}, /не короче 12/],
    ['/login', { cookie, form: { formToken, name: 'x', password: 'y' } }, /role="alert">Имя или пароль неверны/],
    [
      '/set-up',
      { cookie, form: { formToken, code: 'x', password: 'y', again: 'z' } },
      /role="alert">Пароли не совпадают/,
    ],
    [
      '/set-up',
      { cookie, form: { formToken, code: 'x', password: PASSWORD, again: PASSWORD } },
      /<span lang="en">This link/,
    ],
    ['/logout', { cookie: reader, form: {} }, /role="alert">Эта форма устарела/],
    ['/cases', sent, /role="alert">Для этого нужна роль «аналитик»; у reader роль «читатель»/],
    ['/cases', { form: {} }, /role="alert">Вход больше не действует/],
    [
      '/cases/K-ZZZZZZ/statements',
      asAdmin,
      /<p>Этого здесь нет\.<\/p>\s*<p role="alert"><span lang="en">[^<]*K-ZZZZZZ/,
    ],
  ];
  for (const [path, more, told] of cases) assert.match(await said(path, more), told, path);
});

test('with accounts other addresses are listened on, and nothing is open', async () => {
  const serving = await startServer(parts, { listen: '0.0.0.0:0' });
  try {
    const port = new URL(serving.address).port;
    const at = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' });
    assert.deepEqual(
      [(await at('/')).status, (await at('/healthz')).status, (await at('/api/v1/cases')).status],
      [303, 200, 401],
    );
  } finally {
    await serving.close();
  }
});

test('who is at the other end: what our own proxies say, and nothing a client writes before it', () => {
  const of = (forwarded: string | undefined, proxies: number, proto?: string) =>
    clientOf(
      {
        env: { incoming: { socket: { remoteAddress: '10.0.0.1' } } },
        req: { header: (name: string) => (name === 'x-forwarded-for' ? forwarded : proto) },
      } as never,
      proxies,
    );
  assert.equal(of('1.1.1.1, 2.2.2.2', 0, 'https').address, '10.0.0.1');
  assert.equal(of('1.1.1.1, 2.2.2.2', 0, 'https').isEncrypted, false, 'anybody can write it');
  assert.deepEqual(of('1.1.1.1, 2.2.2.2', 1, 'https'), { address: '2.2.2.2', isEncrypted: true });
  assert.equal(of('1.1.1.1, 2.2.2.2', 2).address, '1.1.1.1');
  assert.deepEqual(of(undefined, 1), { address: '10.0.0.1', isEncrypted: false });
  assert.equal(of('nonsense <b>', 1).address, '');
  assert.deepEqual(['::ffff:1.2.3.4', '2001:db8::1', '2001:db8:0:0:9::', '::1', 'fe80::1%eth0', 'x'].map(block), [
    '1.2.3.4',
    '2001:db8:0:0::/64',
    '2001:db8:0:0::/64',
    '0:0:0:0::/64',
    'fe80:0:0:0::/64',
    '',
  ]);
});

test('tries are counted by name and by address too, and forgetting begins with the oldest', () => {
  let now = 0;
  const tries = createTries({ most: 2, withinMs: 1_000 }, () => now);
  const many = (n: number, take: (at: number) => number): number[] => Array.from({ length: n }, (_, at) => take(at));
  assert.deepEqual(many(13, (at) => tries.take('Ann', `10.0.0.${at}`)).slice(11), [0, 1_000], 'a name, from anywhere');
  assert.deepEqual(
    many(13, (at) => tries.take(`name ${at}`, '10.0.1.1')).slice(11),
    [0, 1_000],
    'an address, any name',
  );
  now = 400;
  assert.equal(tries.take('Ann', '10.9.9.9'), 600, 'how long it still lasts');
  now = 1_000;
  assert.equal(tries.take('Ann', '10.9.9.9'), 0);
  const pace = createPace(60, () => now);
  for (let n = 0; n < 60; n++) assert.equal(pace.take('a'), 0);
  assert.equal(pace.take('a'), 1_000);
  assert.equal(pace.take('b'), 0, 'each by itself');
  for (let n = 0; n < 20_001; n++) pace.take(String(n));
  assert.equal(pace.take('a'), 0, 'forgotten: memory has an end');
  assert.equal(createPace(0, () => now).take('a'), 0, 'no limit');
});
