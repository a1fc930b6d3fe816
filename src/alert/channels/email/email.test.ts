import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { type ChannelSettings, type Delivery, type Message, messageOf } from '../../index.js';
import { TOKEN, describesItself, fails, shownHarmlessly } from '../../testing/conformance.js';
import { EXAMPLES, HOSTILE } from '../../testing/events.js';
import { type Answers, type MailServer, mailServer } from '../../testing/mail-server.js';
import { nobody } from '../../testing/receiver.js';
import email, { mailer } from './index.js';

const REMOVAL = messageOf(EXAMPLES[0]!, { pages: 'https://asposted.example.org' });
const settings = (host: string): ChannelSettings => ({
  'alert.email': 'desk@example.org, night@example.org',
  'alert.email.from': 'asposted@example.org',
  'alert.email.smtp': `smtp://watch:${TOKEN}@${host}`,
});

async function send(
  t: TestContext,
  answers: Answers = {},
  message: Message = REMOVAL,
): Promise<MailServer & { delivery: Delivery }> {
  const server = await mailServer(t, answers);
  return { ...server, delivery: await mailer(settings(server.host), 300).send(message) };
}

const header = (mail: string): string => mail.slice(0, mail.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ');

/** The text as a reader's program shows it. */
function textOf(mail: string): string {
  const body = mail.slice(mail.indexOf('\r\n\r\n') + 4);
  if (/content-transfer-encoding: base64/i.test(header(mail))) return Buffer.from(body, 'base64').toString('utf8');
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

test('email: describes itself', () => {
  describesItself(email, { settings });
});

test('email: one mail to all recipients, under an id that the event gives', async (t) => {
  const { delivery, mails, commands } = await send(t);
  assert.deepEqual(delivery, { outcome: 'delivered', detail: 'SMTP 250' });
  assert.equal(mails.length, 1);
  assert.match(header(mails[0]!), /^Message-ID: <V-removal@example\.org>$/m);
  assert.match(header(mails[0]!), /^Auto-Submitted: auto-generated$/m);
  assert.match(header(mails[0]!), /^To: desk@example\.org, night@example\.org$/m);
  assert.deepEqual(
    commands.filter((each) => each.startsWith('RCPT')).map((each) => each.slice(0, 25)),
    ['RCPT TO:<desk@example.org', 'RCPT TO:<night@example.or'],
  );
  for (const wanted of ['该内容已被发布者删除', 'last seen live', REMOVAL.link!])
    assert.ok(textOf(mails[0]!).includes(wanted), wanted);
  assert.ok(!mails[0]!.includes(TOKEN));
});

test('email: 5xx to the message is final and noted, and so is a part of the recipients', async (t) => {
  for (const [answers, detail] of [
    [{ MAIL: `550 ${TOKEN}` }, 'SMTP 550'],
    [{ RCPT: '551 no' }, 'SMTP 551'],
    [{ DATA: '554 no' }, 'SMTP 554'],
    [{ 'DATA.': '552 too long' }, 'SMTP 552'],
  ] as const)
    assert.deepEqual((await send(t, answers)).delivery, { outcome: 'refused', detail });
  const some = await send(t, { RCPT: (command) => (command.includes('night') ? '550 who' : undefined) });
  assert.deepEqual(some.delivery, { outcome: 'delivered', detail: 'SMTP 250, 1 of 2 recipients refused' });
});

test('email: 4xx, silence, a refused login and a refused connection are for later, and no error tells the password', async (t) => {
  const outages: [string, Answers][] = [
    ['greeting', { '': `554 ${TOKEN}` }],
    ['silence', { '': 'silence' }],
    ['silence later', { 'DATA.': 'silence' }],
    ['login', { AUTH: `535 ${TOKEN}` }],
    ['sender', { MAIL: '451 later' }],
    ['recipients', { RCPT: '450 greylisted' }],
    ['one later, one refused', { RCPT: (command) => (command.includes('night') ? '550 who' : '450 later') }],
    ['end', { 'DATA.': '452 full' }],
    ['hang up', { DATA: 'hang up' }],
  ];
  for (const [name, answers] of outages) await fails(send(t, answers), name);
  await fails(mailer(settings(new URL(await nobody()).host)).send(REMOVAL), 'nobody listens');
});

test('email: a title makes no header, no recipient and no link', async (t) => {
  const hostile = messageOf(HOSTILE, { pages: 'https://asposted.example.org' });
  const { mails, commands } = await send(t, {}, hostile);
  shownHarmlessly(textOf(mails[0]!).replaceAll('\r\n', '\n'), {});
  assert.equal(commands.filter((each) => each.startsWith('RCPT')).length, 2);
  const broken = await send(t, {}, { ...REMOVAL, title: 'a\r\nBcc: victim@example.org\r\n\r\nb' });
  assert.equal(broken.mails.length, 1);
  assert.doesNotMatch(header(broken.mails[0]!), /^Bcc/m);
  assert.ok(broken.commands.every((each) => !each.includes('victim')));
});

test('email: a login goes over TLS or not at all, but for a server that is this machine', async (t) => {
  const server = await mailServer(t);
  const elsewhere = settings(server.host.replace('127.0.0.1', '0.0.0.0')); // the same server, by a name that is not this machine's
  await fails(mailer(elsewhere, 300).send(REMOVAL), 'no TLS');
  assert.deepEqual(
    server.commands.filter((each) => each.startsWith('AUTH')),
    [],
  );
  assert.ok((await send(t)).commands.some((each) => each.startsWith('AUTH')));
});

test('email: what is no server, no address or no sender is said without the password', () => {
  for (const wrong of [
    { 'alert.email.smtp': `https://watch:${TOKEN}@mail.example.org` },
    { 'alert.email.smtp': TOKEN },
    { 'alert.email.from': '' },
    { 'alert.email': 'desk@example.org\r\nBcc: x@example.org' },
  ])
    assert.throws(
      () => email.make({ ...settings('mail.example.org'), ...wrong }),
      (error: Error & { code?: string }) => error.code === 'BAD_SETTING' && !inspect(error).includes(TOKEN),
    );
});
