import { AsPostedError } from '../../../model/index.js';
import { type Channel, type ChannelSettings, type Delivery, type Message, defineChannel } from '../../channel.js';
import { AlertFailed, reason } from '../../http.js';
import { plainText } from '../../message.js';

const TIMEOUT_MS = 15_000;

export default defineChannel({
  kind: 'email',
  title: 'E-mail',
  description:
    'Plain text to one or more addresses through a mail server of yours. The Message-ID is made of the id of the event, so that a mail that comes twice is seen as one. A login is sent over TLS only, unless the server is this machine.',
  settings: {
    'alert.email': { kind: 'text', default: '', help: 'Addresses that get the mails, separated by commas.' },
    'alert.email.from': { kind: 'text', default: '', help: 'Address the mails come from.' },
    'alert.email.smtp': {
      kind: 'text',
      default: '',
      help: 'The mail server: smtps://user:password@mail.example.org, or smtp:// for STARTTLS (port 587 unless one is given).',
      secret: true,
    },
  },
  make: (settings) => mailer(settings),
});

/** The time is a test's to shorten. */
export function mailer(settings: ChannelSettings, timeoutMs = TIMEOUT_MS): ReturnType<Channel['make']> {
  const to = (settings['alert.email'] ?? '').split(/[\s,;]+/).filter((each) => each !== '');
  const from = settings['alert.email.from'] ?? '';
  const server = serverOf(settings['alert.email.smtp'] ?? '');
  for (const address of [...to, from]) checkAddress(address);
  return {
    send: async (message) => {
      const { createTransport } = await import('nodemailer');
      const limits = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
      const transport = createTransport({ ...server, ...limits, disableFileAccess: true, disableUrlAccess: true });
      try {
        const { response, rejected } = await transport.sendMail(mailOf(message, { from, to }));
        const some = rejected.length === 0 ? '' : `, ${rejected.length} of ${to.length} recipients refused`;
        return { outcome: 'delivered', detail: `SMTP ${/^\d{3}/.exec(response)?.[0] ?? '2xx'}${some}` };
      } catch (thrown) {
        return judge(thrown as SmtpError, server.host);
      } finally {
        transport.close();
      }
    },
  };
}

function mailOf(message: Message, { from, to }: { from: string; to: string[] }): Record<string, unknown> {
  return {
    from,
    to,
    subject: message.title.replace(/\s+/g, ' '),
    text: plainText(message),
    messageId: `<${message.id}@${from.split('@')[1]!}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}

interface SmtpError extends Error {
  code?: string;
  /** What the server was answering. */
  command?: string;
  responseCode?: number;
  rejectedErrors?: readonly SmtpError[];
}

/**
 * 5xx to the message itself (its sender, recipients, content) is a refusal. To anything before that (the greeting, TLS, the login) it
 * says nothing of the message, which is then for later, like 4xx. The library's errors quote the server, and perhaps what was sent to it.
 */
function judge(error: SmtpError, host: string): Delivery {
  const answers = error.rejectedErrors?.length ? error.rejectedErrors : [error];
  const codes = answers.map(({ responseCode, command = '' }) =>
    /^(?:MAIL FROM|RCPT TO|DATA)/.test(command) ? (responseCode ?? 0) : 0,
  );
  if (codes.every((code) => code >= 500)) return { outcome: 'refused', detail: `SMTP ${codes.at(-1)!}` };
  if (error.code === 'EAUTH')
    throw new AlertFailed(`the mail server ${host} did not accept the login`, {
      hint: 'Look at alert.email.smtp; what there is to tell is kept until then.',
    });
  const code = error.responseCode;
  throw new AlertFailed(
    `the mail server ${host} did not take the message: ${code === undefined ? reason(error) : `SMTP ${code}`}`,
  );
}

interface Server {
  host: string;
  port: number;
  secure: boolean;
  requireTLS: boolean;
  auth?: { user: string; pass: string };
}

function serverOf(text: string): Server {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '')
    throw new AsPostedError({
      code: 'BAD_SETTING',
      message: 'alert.email.smtp is not the address of a mail server',
      hint: 'Give one such as smtps://user:password@mail.example.org; signs such as @ in the password are written %40.',
    });
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'smtps:';
  const server = { host, port: Number(url.port) || (secure ? 465 : 587), secure };
  if (url.username === '') return { ...server, requireTLS: false };
  const auth = { user: decoded(url.username), pass: decoded(url.password) };
  // Somebody on the way could take STARTTLS out of the server's greeting and read the login.
  return { ...server, auth, requireTLS: !/^(?:localhost|127(?:\.\d+){3}|::1)$/.test(host) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function checkAddress(address: string): void {
  if (/^[^\s@<>()[\]",;:\\]+@[^\s@<>()[\]",;:\\]+$/.test(address)) return;
  throw new AsPostedError({
    code: 'BAD_SETTING',
    message: `alert.email and alert.email.from want mail addresses such as desk@example.org, not "${address}"`,
  });
}
