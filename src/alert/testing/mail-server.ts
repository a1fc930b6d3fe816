/** A mail server that says what a test wants, as far as a client needs one. */
import { type Socket, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

export interface MailServer {
  /** `127.0.0.1:PORT` */
  host: string;
  /** Each mail as it came, header and text. */
  mails: string[];
  commands: string[];
}

/** What it answers instead of its usual word, by the beginning of a command; `DATA.` is the end of the mail, `` the greeting. */
export type Answers = Readonly<Record<string, string | ((command: string) => string | undefined)>>;

const USUAL: Answers = {
  '': '220 test',
  EHLO: '250-test\r\n250 AUTH PLAIN',
  AUTH: '235 ok',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  'DATA.': '250 2.0.0 queued',
  QUIT: '221 bye',
};

export async function mailServer(t: TestContext, answers: Answers = {}): Promise<MailServer> {
  const seen: MailServer = { host: '', mails: [], commands: [] };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    serve(socket, { ...USUAL, ...answers }, seen);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return Object.assign(seen, { host: `127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function serve(socket: Socket, answers: Answers, seen: MailServer): void {
  const say = (key: string, command = key): void => {
    const answer = answers[key] ?? '250 ok';
    const line = typeof answer === 'string' ? answer : (answer(command) ?? String(USUAL[key]));
    if (line === 'hang up') socket.destroy();
    else if (line !== 'silence') socket.write(`${line}\r\n`);
  };
  let waiting = '';
  let isMail = false;
  socket.on('error', () => undefined);
  socket.on('data', (part: Buffer) => {
    waiting += part.toString('utf8');
    for (;;) {
      const end = isMail ? waiting.indexOf('\r\n.\r\n') : waiting.indexOf('\r\n');
      if (end < 0) return;
      const text = waiting.slice(0, end);
      waiting = waiting.slice(end + (isMail ? 5 : 2));
      if (isMail) seen.mails.push(text);
      else seen.commands.push(text);
      const key = isMail ? 'DATA.' : text.slice(0, 4).toUpperCase();
      isMail = key === 'DATA' && answers['DATA'] === USUAL['DATA'];
      say(key, text);
    }
  });
  say('');
}
