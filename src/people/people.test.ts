import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import * as people from './index.js';

const dir = mkdtempSync(join(tmpdir(), 'asposted-people-'));
after(() => {
  rmSync(dir, { recursive: true });
});
const NOW = new Date('2024-05-22T03:00:00Z');
const context: people.ChangeContext = { storeDir: dir, now: NOW, by: 'a test', lock: (work) => work() };
const later = (days: number): people.ChangeContext => ({
  ...context,
  now: new Date(NOW.getTime() + days * 86_400_000),
});
const PASSWORD = 'four words in a row';
const kept = async (name: string): Promise<people.Person> => people.personNamed(await people.readPeople(dir), name)!;

test('a person is added, chooses a password by a link once, and is known by it', async () => {
  await assert.rejects(people.addPerson(context, 'Ann', 'reader'), { code: 'USAGE' }, 'the first must be an admin');
  await people.addPerson(context, 'Ann', 'admin');
  await assert.rejects(people.addPerson(context, 'Ann', 'reader'), /already/, 'one name, one person');
  for (const name of ['', ' x', 'a\nb', '<b>', 'a\u202eb', 'x'.repeat(81)])
    await assert.rejects(people.addPerson(context, name, 'reader'), { code: 'USAGE' }, JSON.stringify(name));
  const code = await people.beginSetUp(context, 'Ann');
  await assert.rejects(people.finishSetUp(context, `${code}x`, PASSWORD), { code: 'NOT_SIGNED_IN' }, 'a wrong code');
  await assert.rejects(people.finishSetUp(later(4), code, PASSWORD), { code: 'NOT_SIGNED_IN' }, 'too late');
  await assert.rejects(people.finishSetUp(context, code, 'short'), { code: 'BAD_INPUT' }, 'too short');
  assert.equal(await people.finishSetUp(context, code, PASSWORD), 'Ann', 'and still open after that');
  await assert.rejects(people.finishSetUp(context, code, PASSWORD), { code: 'NOT_SIGNED_IN' }, 'used up');
  const { password } = await kept('Ann');
  assert.ok(await people.passwordIs(PASSWORD, password), 'the right one');
  assert.ok(!(await people.passwordIs('four words in a raw', password)), 'another');
  assert.ok(!(await people.passwordIs('', undefined)), 'nobody has none');
});

test('a token is known until its day or until it is revoked; files hold neither it nor the password', async () => {
  const { id, token } = await people.addToken(context, 'Ann', { label: 'x', expires: '2024-05-23T23:59:59Z' });
  assert.match(token, /^asposted_[A-Za-z0-9_-]{43}$/, 'as scanners know it');
  const owner = async (days: number): Promise<string | undefined> =>
    people.ownerOfToken(await people.readPeople(dir), token, later(days).now)?.person.name;
  assert.deepEqual([await owner(0), await owner(2)], ['Ann', undefined], 'until its day');
  const files = ['accounts.json', 'trail.jsonl'].map((name) => join(dir, 'people', name));
  const text = files.map((path) => readFileSync(path, 'utf8')).join('');
  assert.ok(!text.includes(token.slice(9)) && !text.includes(PASSWORD), 'hashes only');
  for (const path of files) assert.equal(statSync(path).mode & 0o077, 0, `${path} is read by nobody else`);
  await people.revokeToken(context, id);
  assert.equal(await owner(0), undefined, 'revoked');
  await assert.rejects(people.revokeToken(context, id), { code: 'NOT_FOUND' }, 'once');
});

test('the last admin stays as long as anybody does; a new password ends what was open', async () => {
  await people.addPerson(context, 'Bo', 'analyst');
  await assert.rejects(people.setRole(context, 'Ann', 'editor'), /must be an admin/, 'nobody could change it any more');
  await assert.rejects(people.removePerson(context, 'Ann'), /must be an admin/, 'nor then');
  await people.setRole(context, 'Bo', 'admin');
  const { epoch } = await kept('Ann');
  await people.beginSetUp(context, 'Ann');
  const now = await kept('Ann');
  assert.ok(now.password === undefined && now.epoch !== epoch, 'the old password and its sessions are over');
});

test('another process sees a change at once; a broken file shuts the door', async () => {
  const accounts = people.openAccounts(dir);
  assert.equal((await accounts.now()).people.length, 2, 'two people');
  await people.removePerson(context, 'Ann');
  assert.equal((await accounts.now()).people.length, 1, 'one is gone');
  writeFileSync(join(dir, 'people', 'accounts.json'), '{"people":');
  await assert.rejects(accounts.now(), { code: 'STORE_FAILED' }, 'damage is not taken for nobody');
});

test('the trail tells every change, and shows a line that was changed or taken out', async () => {
  const lines = await people.readTrail(dir);
  assert.deepEqual(
    lines.map(({ did, person }) => `${did} ${person}`),
    ['added Ann', 'set-up Ann', 'password Ann', 'token Ann', 'revoked Ann', 'added Bo', 'role Bo', 'set-up Ann', 'removed Ann'], // prettier-ignore
    'what was done above, in order',
  );
  assert.deepEqual([lines[2]!.by, lines[0]!.by], ['Ann', 'a test'], 'and by whom');
  const path = join(dir, 'people', 'trail.jsonl');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('"detail":"admin"', '"detail":"reader"'));
  await assert.rejects(people.readTrail(dir), { code: 'VERIFY_FAILED' }, 'a changed line');
  writeFileSync(path, text.split('\n').slice(1).join('\n'));
  await assert.rejects(people.readTrail(dir), { code: 'VERIFY_FAILED' }, 'a missing line');
  writeFileSync(path, text);
  appendFileSync(path, '{"at"');
  await assert.rejects(people.readTrail(dir), { code: 'VERIFY_FAILED' }, 'a line that is none');
});
