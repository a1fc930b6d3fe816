import assert from 'node:assert/strict';
import { userInfo } from 'node:os';
import test, { after, before } from 'node:test';
import { addPerson, addToken, readTrail, setPassword } from '../../people/index.js';
import { findAddress, listCases, listTriage, showCase, showNotice } from '../../store/index.js';
import { addListVersion, check, rebuild } from '../../watch/index.js';
import { DELETED, articleOf, openTestParts, pageOf, sameAsRebuilt } from '../../watch/testing/parts.js';
import { readZip, verifyFile } from '../../verify/index.js';
import { createApp } from '../index.js';
import { LANGUAGES, speak } from '../messages/index.js';
import { MARKS, unspoken } from '../messages/testing/unspoken.js';

const parts = await openTestParts();
after(() => parts.dispose());
const { database } = parts.store;
const app = createApp(parts);
const ONE = 'https://mp.weixin.qq.com/s/eeeeeeeeeeeeeeeeeeeeee';
const TWO = 'https://www.example.gov.cn/content/post_7.html';
const THREE = 'https://www.example.gov.cn/content/post_8.html';
const LIST = 'us_ofac_sdn';
let notice = '';
let other = '';
let caseId = '';

interface Answer {
  status: number;
  text: string;
  headers: Headers;
  place: string;
}

type Fields = Record<string, string> | [string, string][];

async function ask(
  path: string,
  { form, json, ...headers }: { form?: Fields; json?: unknown; [header: string]: unknown } = {},
): Promise<Answer> {
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
  const response = await app.request(`http://127.0.0.1${path}`, {
    headers: {
      host: '127.0.0.1',
      ...(form || json ? { 'content-type': type } : {}),
      ...(headers as Record<string, string>),
    },
    ...(form || json
      ? { method: 'POST', body: form ? new URLSearchParams(form).toString() : JSON.stringify(json) }
      : {}),
  });
  return {
    status: response.status,
    text: await response.text(),
    headers: response.headers,
    place: response.headers.get('location') ?? '',
  };
}

const tokenIn = ({ text }: Answer): string => /name="formToken" value="([^"]+)"/.exec(text)?.[1] ?? '';
const entries = (fields: Fields): [string, string][] => (Array.isArray(fields) ? fields : Object.entries(fields));

/** Loads a page, fills a form of it in, and gives the answer. */
async function fill(
  from: string,
  action: string,
  fields: Fields,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const page = await ask(from, headers);
  assert.match(page.text, new RegExp(`action="${action}"`), `${from} has this form`);
  return ask(action, { ...headers, form: [['formToken', tokenIn(page)], ...entries(fields)] });
}

/** No word of a page is of no message, and it has all of them in every language. */
async function spokenWhole(path: string): Promise<void> {
  const { text } = await speak({ language: 'en', marks: MARKS }, () => ask(path));
  assert.deepEqual(unspoken(text), [], path);
  for (const language of Object.keys(LANGUAGES)) {
    const answer = await ask(path, { cookie: `asposted-language=${language}` });
    assert.equal(answer.status, 200, `${path} in ${language}`);
    assert.match(answer.text, new RegExp(`<html lang="${language}">`));
  }
}

const caseNow = async () => (await showCase(database, caseId))!;
const said = { by: 'Ann Reporter' };

before(async () => {
  parts.pages.set(
    ONE,
    articleOf('采购通知', ['采购零件，请有供货能力的企业于月底前报价。'], 2_247_480_001, {
      account: 'Alpha Omegon Works',
    }),
  );
  parts.pages.set(TWO, pageOf('关于会议的通知', ['请各会员单位参加下周的会议，并准备有关材料。']));
  parts.pages.set(THREE, pageOf('情况说明', ['我会日前发布的信息为工作失误，特此说明。']));
  const none = '-0- ';
  const row = [
    '41',
    '"ALPHA OMEGON WORKS"',
    none,
    '"TEST"',
    none,
    none,
    none,
    none,
    none,
    none,
    none,
    `"${none}"`,
  ].join(',');
  const main = Buffer.from([row, '\x1a'].join('\r\n'));
  await addListVersion(parts, {
    list: LIST,
    files: { main },
    publishedAt: '2024-05-01',
    origin: 'test',
    allowShrink: true,
  });
  for (const url of [ONE, TWO]) await check(parts, { url });
  notice = (await findAddress(database, ONE))!.noticeId;
  other = (await findAddress(database, TWO))!.noticeId;
});

test('a case is opened by a form, under the name that was typed, which the browser keeps', async () => {
  const opened = await fill('/cases', '/cases', { title: 'Detectors <b>', notices: notice, ...said });
  assert.equal(opened.status, 303);
  assert.match(opened.place, /^\/cases\/K-[0-9A-Z]+\?done=case$/);
  caseId = opened.place.split(/[/?]/)[2]!;
  const { title, by, notices } = await caseNow();
  assert.deepEqual([title, by, notices], ['Detectors <b>', 'Ann Reporter', [notice]]);
  const shown = await ask(opened.place, { cookie: opened.headers.getSetCookie()[0]!.split(';')[0] });
  assert.match(shown.text, /role="status"[^>]*>The case is opened/);
  assert.match(shown.text, /name="by" value="Ann Reporter"/);
  assert.doesNotMatch(shown.text, /<b>|<script(?! src="\/keys\.js" defer><\/script>)/);
  assert.match(
    (await ask('/cases')).text,
    new RegExp(`name="by" value="${userInfo().username}"`),
    'as at the command line',
  );
});

test('a notice, an exhibit and a pasted address are added later, each with who and when; opening the case is untouched', async () => {
  const [exhibit] = (await showNotice(database, other))!.exhibits;
  const add = (what: string): Promise<Answer> =>
    fill(`/cases/${caseId}`, `/cases/${caseId}/additions`, { what, words: '', by: 'Bo' });
  for (const what of [other.slice(0, 8), exhibit!, THREE]) assert.match((await add(what)).place, /\?done=added$/, what);
  const third = (await findAddress(database, THREE))!.noticeId;
  const { notices, exhibits, by } = await caseNow();
  assert.deepEqual([notices, exhibits, by], [[notice, other, third], [exhibit], 'Ann Reporter']);
  assert.match(
    (await ask(`/cases/${caseId}`)).text,
    /情况说明[\s\S]{0,200}added \d{4}-\d\d-\d\d \d\d:\d\d UTC by <span translate="no">Bo</,
  );
  const gone = await add('https://www.example.gov.cn/nothing.html?x=<b>');
  const nowhere = await add('N-ZZZZZZ');
  assert.deepEqual([nowhere.status, gone.place === '' || gone.place.includes('added')], [404, true]);
  assert.match(nowhere.text, /<h1>That did not work<\/h1>[\s\S]*holds no N-ZZZZZZ/);
});

test('claims stand with speaker, office, outlet, day and exhibit; two that contradict each other stand side by side', async () => {
  const third = (await showNotice(database, (await findAddress(database, THREE))!.noticeId))!;
  const claim = (fields: Fields): Promise<Answer> =>
    fill(`/cases/${caseId}`, `/cases/${caseId}/claims`, [...entries(fields), ['by', 'Bo']]);
  const facts = {
    speaker: 'an official',
    speaksFor: 'the association',
    outlet: 'a paper',
    said: '2024-06-05',
    about: 'Posting',
  };
  const first = await claim({ ...facts, words: '工作失误', exhibit: third.exhibits[0]! });
  assert.match(first.place, /\?done=claim$/);
  const [made] = (await caseNow()).claims;
  const { id: _, at: __, logIndex: ___, ...kept } = made!;
  assert.deepEqual(kept, {
    ...facts,
    about: 'posting',
    type: 'claim',
    v: 1,
    case: caseId,
    by: 'Bo',
    words: '工作失误',
    exhibit: third.exhibits[0],
  });
  const second = await claim([['speaker', 'a buyer'], ['words', 'They asked for jammers.'], ['contradicts', made!.id], ['supports', notice], ['exhibit', third.exhibits[0]!]]); // prettier-ignore
  assert.match(second.place, /\?done=words$/);
  assert.match((await ask(second.place)).text, /do not stand in the exhibit letter for letter/);
  const { text } = await ask(`/cases/${caseId}`);
  assert.match(text, /class="sides">\s*<blockquote>[\s\S]*They asked for jammers[\s\S]*<blockquote>[\s\S]*工作失误/);
  assert.match(text, new RegExp(`contradicts <span class="id">${made!.id}</span>`));
  for (const [fields, status] of [
    [{ speaker: '', words: 'x' }, 400],
    [{ speaker: 'a', words: ' ' }, 400],
    [{ speaker: 'a', words: 'x', said: '2024-02-30' }, 400],
    [{ speaker: 'a', words: 'x', exhibit: 'E-ZZZZZZ' }, 404],
  ] as const)
    assert.equal((await claim(fields)).status, status, JSON.stringify(fields));
  assert.equal((await caseNow()).claims.length, 2, 'nothing of these');
});

test('notes, decisions and whom one asked, with an answer or with none', async () => {
  const path = `/cases/${caseId}/statements`;
  const state = (fields: Fields): Promise<Answer> => fill(`/cases/${caseId}`, path, fields);
  const asked = { kind: 'outreach', asked: 'the department', words: 'Three questions by mail.', ...said };
  assert.match((await state({ kind: 'note', words: 'Look at the account.', ...said })).place, /done=note$/);
  assert.match((await state(asked)).place, /done=outreach$/);
  assert.match((await state({ ...asked, answer: 'No comment.' })).place, /done=outreach$/);
  assert.equal((await state({ kind: 'outreach', words: 'x', ...said })).status, 400, 'nobody was asked');
  assert.equal((await state({ kind: 'added', words: 'x', ...said })).status, 400);
  const { text } = await ask(`/cases/${caseId}`);
  assert.match(text, /Outreach[\s\S]*the department[\s\S]*nothing so far[\s\S]*No comment\.[\s\S]*Look at the account/);
});

test('a finding is worth something, nothing, or nobody knows; it can be taken back, and comes again when more is known', async () => {
  const judge = (verdict: string, back = '/?presence=&search=&after=0'): Promise<Answer> =>
    fill('/', `/notices/${notice}/triage`, { verdict, back, ...said });
  const shown = async (worth: string): Promise<boolean> =>
    (await ask(`/?worth=${worth}`)).text.includes(`id="${notice}"`);
  const noise = await judge('noise');
  assert.equal(noise.place, `/?presence=&search=&after=0&done=noise#${notice}`);
  assert.match((await ask(noise.place)).text, /Marked: noise[\s\S]*noise, by\s+Ann Reporter on[\s\S]*value="undone"/);
  assert.deepEqual([await shown('undecided'), await shown('noise'), await shown('matters')], [false, true, false]);
  await judge('undone');
  assert.deepEqual([await shown('undecided'), await shown('noise')], [true, false]);
  assert.match((await judge('matters', 'https://evil.example/')).place, /^\/\?/, 'back to a page of ours');
  assert.equal((await judge('guilty')).status, 400);
  assert.equal(await shown('undecided'), false);
  parts.pages.set(ONE, DELETED);
  for (let look = 0; look < 3; look++) {
    parts.clock.advance(86_400_000);
    await check(parts, { url: ONE });
  }
  assert.deepEqual([await shown('undecided'), await shown('matters')], [true, false], 'it was removed since');
  assert.match((await ask(`/notices/${notice}`)).text, /matters before more was known/);
});

test('a match is decided on the notice’s page, as by `screen --decide`', async () => {
  const decide = (fields: Fields): Promise<Answer> =>
    fill(`/notices/${notice}`, `/notices/${notice}/decisions`, {
      list: LIST,
      entry: '41',
      ...(fields as Record<string, string>),
      ...said,
    });
  const [match] = (await showNotice(database, notice))!.matches;
  assert.equal((await decide({ name: match!.query, verdict: 'different', why: '' })).status, 400, 'on what it rests');
  assert.equal((await decide({ name: 'other', verdict: 'same', why: 'x' })).status, 404);
  const done = await decide({ name: match!.query, verdict: 'different', why: 'other tax number' });
  assert.equal(done.place, `/notices/${notice}?done=decision#lists`);
  assert.match(
    (await ask(done.place)).text,
    /different, by <span translate="no">Ann Reporter<\/span> on[^<]*: <span lang="en">other tax number/,
  );
  await spokenWhole(`/notices/${notice}`);
});

test('what people put on record is made again from the log alone', async () => {
  const now = async (): Promise<unknown> => [
    await listCases(database),
    await listTriage(database),
    (await showNotice(database, notice))!.matches,
  ];
  const before = await now();
  await sameAsRebuilt(parts);
  await rebuild(parts);
  assert.deepEqual(await now(), before);
});

test('the API puts the same on record, and refuses what it does not know', async () => {
  const post = async (path: string, json: unknown): Promise<Record<string, unknown>> => {
    const { status, text } = await ask(`/api/v1${path}`, { json });
    return { status, ...(JSON.parse(text) as object) };
  };
  const opened = await post('/cases', { title: 'By API', notices: [notice], by: 'a script' });
  assert.deepEqual([opened['status'], opened['type'], opened['by']], [201, 'case', 'a script']);
  const id = String(opened['id']);
  const claim = await post(`/cases/${id}/claims`, { speaker: 'x', words: 'y', said: '2024-06-05' });
  const note = await post(`/cases/${id}/statements`, { kind: 'outreach', asked: 'z', words: 'by mail' });
  const added = await post(`/cases/${id}/additions`, { what: other });
  assert.deepEqual([claim['status'], note['status'], added['status'], added['about']], [201, 201, 201, [other]]);
  const { claims, statements } = (await showCase(database, id))!;
  assert.deepEqual([claims[0]!.by, statements[0]!.by], [userInfo().username, userInfo().username]);
  const triaged = await post(`/notices/${other}/triage`, { verdict: 'noise', by: 'a script' });
  assert.deepEqual([triaged['status'], triaged['verdict'], triaged['presence']], [201, 'noise', 'standing']);
  const { items } = JSON.parse((await ask('/api/v1/triage')).text) as { items: Record<string, unknown>[] };
  assert.deepEqual(
    items.map((each) => [each['notice'], each['verdict']]),
    [
      [notice, 'matters'],
      [other, 'noise'],
    ],
  );
  const decided = await post('/decisions', { notice, list: LIST, entry: '41', verdict: 'unsure', why: 'see the note' });
  assert.deepEqual(
    [decided['status'], (decided['items'] as { verdict: string }[]).map(({ verdict }) => verdict)],
    [201, ['unsure']],
  );
  const typed = await post('/decisions', { name: 'Alpha Omegon', list: LIST, entry: '41', verdict: 'same', why: 'x' });
  assert.equal(typed['status'], 201);
  for (const [path, json, status] of [
    ['/cases', {}, 400],
    ['/cases', { title: 'x', colour: 'red' }, 400],
    [`/cases/${id}/claims`, { words: 'x' }, 400],
    ['/cases/K-ZZZZZZ/statements', { kind: 'note', words: 'x' }, 404],
    [`/notices/${other}/triage`, { verdict: 'guilty' }, 400],
    ['/decisions', { list: LIST, entry: '41', verdict: 'same', why: 'x' }, 400],
    ['/decisions', { name: 'x', list: LIST, entry: '99', verdict: 'same', why: 'x' }, 404],
  ] as const)
    assert.equal((await post(path, json))['status'], status, path);
});

test('a dossier is tried, previewed, made, published and withdrawn from its page; what is made verifies', async () => {
  const path = `/cases/${caseId}/dossier`;
  assert.match((await ask(`/cases/${caseId}`)).text, new RegExp(`href="${path}"`));
  const page = await ask(path);
  assert.match(page.text, /Nothing was found in it[^]*Captures as WARC<\/td>\s*<td>\d/);
  assert.doesNotMatch(page.text, /The report as PDF/, 'nothing prints here');
  const marked = await speak({ language: 'en', marks: MARKS }, () => ask(path));
  assert.deepEqual(unspoken(marked.text), []);
  const preview = await ask(`${path}/preview/`);
  assert.match(preview.headers.get('content-security-policy')!, /default-src 'none'; style-src 'sha256-/);
  assert.match(preview.text, /Detectors &lt;b&gt;/);
  assert.equal((await ask(`${path}/preview/case.json`)).status, 200);
  assert.equal((await ask(`${path}/preview/../../x`)).status, 404);

  const token = tokenIn(page);
  const made = await app.request(`http://127.0.0.1${path}`, {
    method: 'POST',
    headers: { host: '127.0.0.1', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams([
      ['formToken', token],
      ['format', 'csv'],
      ['does', 'download'],
    ]).toString(),
  });
  assert.equal(made.headers.get('content-disposition'), `attachment; filename="${caseId}.zip"`);
  const bundle = new Uint8Array(await made.arrayBuffer());
  const files = (await readZip(bundle)).map((each) => each.path);
  assert.ok(files.includes('tables/claims.csv') && !files.includes('stix/bundle.json'), files.join(' '));
  const { verdict, claims } = await verifyFile(bundle);
  assert.notEqual(verdict, 'failed', JSON.stringify(claims));
  assert.ok(claims.length > 0);

  const published = await fill(path, path, { format: 'csv', does: 'publish' });
  assert.equal(published.place, `${path}?done=published#published`);
  const id = /\/d\/(D-[0-9A-Z]+)\//.exec((await ask(path)).text)![1]!;
  assert.equal((await ask(`/d/${id}/`)).status, 200);
  const withdrawn = await fill(path, `${path}/withdraw`, { dossier: id });
  assert.equal(withdrawn.status, 303);
  assert.equal((await ask(`/d/${id}/`)).status, 410);
  assert.match((await ask(path)).text, /withdrawn \d{4}-/);
  assert.equal(
    (await fill(path, path, { dossier: id, redact: 'E-0000000000:1' })).status,
    400,
    'who and why is missing',
  );
});

test('what a dossier would tell of its makers is named on its page, and none is made', async () => {
  const careful = createApp({ ...parts, settings: { ...parts.settings, 'publish.own': ['Omegon'] } });
  const headers = { host: '127.0.0.1' };
  const shown = await careful.request(`http://127.0.0.1/cases/${caseId}/dossier`, { headers });
  const text = await shown.text();
  assert.match(
    text,
    /role="alert">It would tell who made the captures[^]*<li>E-[0-9A-Z]+:\d+ \(response\)[^]*--redact-findings/,
  );
  assert.match(text, /<details open>/);
});

/** Pages with work of people in them. */
const spokenPages = (): string[] => [
  '/system',
  '/cases',
  `/cases/${caseId}`,
  '/lists',
  '/organisations/Alpha%20Omegon%20Works',
];

async function spokenEverywhere(path: string, headers: Record<string, string> = {}): Promise<void> {
  const { text } = await speak({ language: 'en', marks: MARKS }, () => ask(path, headers));
  assert.deepEqual(unspoken(text), [], path);
  for (const language of Object.keys(LANGUAGES)) {
    const { status, text } = await ask(path, { ...headers, 'accept-language': language });
    assert.deepEqual([status, /<html lang="([^"]*)"/.exec(text)![1]], [200, language], path);
  }
}

test('pages with work in them have no words but of messages, and are there in every language', async () => {
  for (const path of spokenPages()) await spokenEverywhere(path);
});

test('an address is captured, or watched and paused, from one field; who only reads has none', async () => {
  const fresh = 'https://www.example.gov.cn/content/post_9.html';
  parts.pages.set(fresh, pageOf('采购公告', ['采购零件，请有供货能力的企业于月底前报价。']));
  const kept = await fill('/', '/captures', { address: fresh });
  assert.equal(kept.place, `/notices/${(await findAddress(database, fresh))!.noticeId}?done=captured`);
  assert.match((await ask(kept.place)).text, /The page is kept/);
  parts.pages.set('https://www.example.gov.cn/silent', 'CONNECT_FAILED');
  const none = await fill('/', '/captures', { address: 'https://www.example.gov.cn/silent' });
  assert.match((await ask(none.place)).text, /Unreachable: the site does not answer us/, 'that is a finding, too');

  const page = await ask('/');
  const watched = await ask('/sources', {
    form: { formToken: tokenIn(page), address: 'https://www.example.gov.cn/list/' },
  });
  assert.match(watched.place, /^\/sources\/S-[0-9A-Z]+\?done=active$/);
  const path = watched.place.split('?')[0]!;
  assert.match((await ask(watched.place)).text, /The source is watched[^]*https:\/\/www\.example\.gov\.cn\/list\//);
  for (const [to, done] of [
    ['paused', 'is paused'],
    ['active', 'is watched'],
    ['removed', 'asked no more'],
  ] as const) {
    const changed = await fill(path, `${path}/state`, { to });
    assert.match((await ask(changed.place)).text, new RegExp(done));
  }
  assert.equal((await fill(path, `${path}/state`, { to: 'gone' })).status, 400);
  const refused = await ask('/sources', { form: { formToken: tokenIn(page), address: 'file:///etc/passwd' } });
  assert.equal(refused.status, 400);
});

test('what is not there is said by a page to people and by a problem document to programs', async () => {
  const dead = ['/cases/K-ZZZZZZZZZZ', '/notices/N-ZZZZZZZZZZ', '/nothing/at/all'];
  for (const path of dead) {
    const page = await ask(path, { accept: 'text/html,application/xhtml+xml;q=0.9', 'accept-language': 'uk' });
    assert.deepEqual([page.status, /<html lang="([^"]*)"/.exec(page.text)![1]], [404, 'uk'], path);
    assert.match(page.text, /<p role="alert">/);
    const document = await ask(path, { accept: '*/*' });
    assert.match(document.headers.get('content-type')!, /^application\/problem\+json/);
  }
  const api = await ask('/api/v1/notices/N-ZZZZZZZZZZ', { accept: 'text/html' });
  assert.match(api.headers.get('content-type')!, /^application\/problem\+json/);
});

test('who has a page open learns that the log grew, and nothing else', async () => {
  const response = await app.request('http://127.0.0.1/live', { headers: { host: '127.0.0.1' } });
  assert.match(response.headers.get('content-type')!, /^text\/event-stream/);
  assert.equal(response.headers.get('x-accel-buffering'), 'no');
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const read = async (): Promise<string> => (await reader.read()).value!.trim();
  const size = await parts.store.log.size();
  assert.equal(await read(), `event: log\ndata: ${size}`);
  await fill(`/cases/${caseId}`, `/cases/${caseId}/statements`, { kind: 'note', words: 'more', ...said });
  let told = await read();
  while (told === `event: log\ndata: ${size}`) told = await read();
  assert.equal(told, `event: log\ndata: ${await parts.store.log.size()}`);
  await reader.cancel();
  assert.match((await ask('/')).text, /<div role="status" id="live" class="done" hidden>/);
});

test('a language is chosen by a form, and leads back to where one was and nowhere else', async () => {
  const ask = async (form: Record<string, string>): Promise<Response> => {
    const seen = await app.request('http://127.0.0.1/cases', { headers: { host: '127.0.0.1' } });
    const token = /name="formToken" value="([^"]+)"/.exec(await seen.text())![1]!;
    return app.request('http://127.0.0.1/language', {
      method: 'POST',
      headers: { host: '127.0.0.1', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ formToken: token, ...form }).toString(),
    });
  };
  const chosen = await ask({ to: 'ru', back: '/cases?done=case' });
  assert.deepEqual([chosen.status, chosen.headers.get('location')], [303, '/cases?done=case']);
  assert.match(
    chosen.headers.get('set-cookie')!,
    /^asposted-language=ru; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  for (const back of ['//evil.example', 'https://evil.example', '/\\evil.example', '/a\nb'])
    assert.equal((await ask({ to: 'uk', back })).headers.get('location'), '/', back);
  assert.equal((await ask({ to: 'tlh', back: '/' })).status, 400);
});

test('with accounts the name is the account’s; a reader sees no forms; people are an admin’s page', async () => {
  const change = {
    storeDir: parts.store.dir,
    now: parts.clock.now(),
    by: 'a test',
    lock: <T>(work: () => Promise<T>) => work(),
  };
  assert.equal(
    (await ask('/people', { form: { formToken: tokenIn(await ask('/')), name: 'x', role: 'admin' } })).status,
    403,
    'the first is made by the store’s owner',
  );
  await addPerson(change, 'Ann', 'admin');
  await addPerson(change, 'Rea', 'reader');
  await setPassword(change, 'Ann', 'several words in a row');
  const bearer = async (name: string): Promise<Record<string, string>> => ({
    authorization: `Bearer ${(await addToken(change, name, { label: '' })).token}`,
  });
  const [ann, rea] = [await bearer('Ann'), await bearer('Rea')];
  const note = { kind: 'note', words: 'x' };
  const refused = await ask(`/api/v1/cases/${caseId}/statements`, { ...ann, json: { ...note, by: 'Bo' } });
  assert.equal(refused.status, 400);
  const put = await ask(`/api/v1/cases/${caseId}/statements`, { ...ann, json: note });
  assert.deepEqual([put.status, (await caseNow()).statements.at(-1)!.by], [201, 'Ann']);
  await fill(`/cases/${caseId}`, `/cases/${caseId}/statements`, note, ann);
  assert.equal((await caseNow()).statements.at(-1)!.by, 'Ann');
  const seen = await ask(`/cases/${caseId}`, rea);
  assert.doesNotMatch(seen.text, /<form method="post" action="(?!\/language")|href="\/people"/);
  assert.doesNotMatch((await ask('/', rea)).text, /<form method="post" action="(?!\/language")/);
  const added = await fill('/people', '/people', { name: 'Bo', role: 'analyst' }, ann);
  const code = /set-up\?code=([\w-]+)/.exec(added.text)![1]!;
  assert.ok(code.length > 40 && !(await ask('/people', ann)).text.includes(code), 'shown once');
  assert.match(
    (await fill('/people', '/people/token', { name: 'Bo', label: 'a <script>', expires: '2027-01-31' }, ann)).text,
    /<code>asposted_[\w-]{43}<\/code>/,
  );
  await fill('/people', '/people/role', { name: 'Bo', role: 'editor' }, ann);
  const listed = (await ask('/people', ann)).text;
  assert.match(listed, /a &lt;script&gt;<\/span> until 2027-01-31/);
  const id = /name="token" value="([0-9a-f]{12})"[\s\S]{0,200}a &lt;script/.exec(listed)![1]!;
  assert.equal((await fill('/people', '/people/revoke', { token: id }, ann)).place, '/people?done=person');
  await fill('/people', '/people/password', { name: 'Bo' }, ann);
  assert.match((await fill('/people', '/people/role', { name: 'Ann', role: 'reader' }, ann)).text, /must be an admin/);
  await fill('/people', '/people/remove', { name: 'Bo' }, ann);
  const trail = (await readTrail(parts.store.dir)).filter(({ person }) => person === 'Bo');
  assert.deepEqual(
    trail.map(({ by, did }) => `${by} ${did}`),
    ['added', 'set-up', 'token', 'role', 'revoked', 'set-up', 'removed'].map((did) => `Ann ${did}`),
  );
  assert.equal((await ask('/people', rea)).status, 403);
  await spokenEverywhere('/people', ann);
});
