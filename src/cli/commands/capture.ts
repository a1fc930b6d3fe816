import { AsPostedError } from '../../model/index.js';
import type { Parts } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT, EXIT_OF } from '../exit-codes.js';
import { printable } from '../printable.js';
import { tend } from '../tend.js';

export default defineCommand({
  name: 'capture',
  summary: 'Capture addresses now, byte for byte, and keep each as an exhibit.',
  usage: ['URL… [--new] [--browser]', '-            (addresses on standard input, one a line)'],
  description:
    'Each line printed is an acknowledged exhibit: it is in the vault and in the log. A page that refuses us, or is down, is kept too and says so; it never counts as a removal.',
  examples: [
    'asposted capture https://mp.weixin.qq.com/s/KDWh_qGpFN5Vu1TR9t30Mw',
    'asposted capture --new - < addresses.txt',
    'asposted capture --browser https://www.example.gov.cn/content/post_1.html',
  ],
  flags: {
    browser: {
      kind: 'switch',
      help: 'Render each page in Chromium: every request it makes is kept, and its picture, print and text.',
    },
    new: { kind: 'switch', help: 'Skip addresses that already have an exhibit: a run that was cut off goes on.' },
  },
  run: async (context) => {
    const urls = await addresses(context);
    if (urls.length === 0)
      throw new AsPostedError({ code: 'USAGE', message: 'no address was given', hint: 'Form: asposted capture URL…' });
    const parts = await context.open({ create: true });
    const failures: AsPostedError[] = [];
    for (const url of urls) {
      if (context.signal.aborted)
        throw new AsPostedError({
          code: 'INTERRUPTED',
          message: 'interrupted; what was printed is kept',
          retry: 'now',
        });
      const failure = await captureOne(context, parts, url);
      if (failure) failures.push(failure);
    }
    await tend(context, parts);
    if (failures.length === 0) return EXIT.done;
    if (failures.length < urls.length) return EXIT.partly;
    return EXIT_OF[failures[0]!.code];
  },
});

async function addresses(context: Context): Promise<string[]> {
  const { parsed } = context;
  const given = parsed.words.includes('-') ? (await context.readStdin()).toString('utf8').split(/\s+/) : [];
  return [...parsed.words.filter((word) => word !== '-'), ...given].filter((word) => word !== '');
}

async function captureOne(context: Context, parts: Parts, url: string): Promise<AsPostedError | undefined> {
  const [{ check }, { findAddress, findExhibitByHash, hasExhibit }] = await Promise.all([
    import('../../watch/index.js'),
    import('../../store/index.js'),
  ]);
  const { database } = parts.store;
  if (context.parsed.has('new') && (await hasExhibit(database, url))) return undefined;
  const inBrowser = context.parsed.has('browser') || parts.settings['capture.browser'] === 'on';
  const { look, logged } = await check(parts, {
    url,
    context: { keepAlways: true },
    fetchOptions: { signal: context.signal, ...(inBrowser ? { browser: 'required' as const } : {}) },
  });
  if (look.failure) {
    const { code, message, hint, retry } = look.failure;
    if (context.json)
      context.out(
        JSON.stringify({
          type: 'capture',
          url,
          class: look.verdict.class,
          rule: look.verdict.rule,
          error: { code, message, retry },
        }),
      );
    context.err(`asposted: ${message}${hint === undefined ? '' : `\n  next: ${hint}`}`);
    return look.failure;
  }
  const exhibit = logged.find(({ record }) => record.type === 'exhibit')!;
  const row = await findExhibitByHash(database, exhibit.hash);
  const notice = row?.noticeId ?? (await findAddress(database, url))?.noticeId ?? null;
  const { verdict } = look;
  const words = 'words' in verdict ? (verdict.words ?? null) : null;
  const reading = look.reading!;
  const truncated = look.capture?.exchanges.at(-1)?.truncated;
  if (context.json) {
    const identity = reading.identity.key;
    const account = reading.account ? { id: reading.account.id ?? null, name: reading.account.name ?? null } : null;
    const head = {
      type: 'capture',
      url,
      class: verdict.class,
      rule: verdict.rule,
      words,
      notice,
      exhibit: row?.id ?? null,
    };
    const facts = {
      logIndex: exhibit.index,
      identity,
      title: reading.title ?? null,
      account,
      published: reading.published ?? null,
    };
    context.out(
      JSON.stringify({
        ...head,
        ...facts,
        language: reading.language,
        ...(look.capture?.browser ? { browser: look.capture.browser } : {}),
        ...('actor' in verdict ? { actor: verdict.actor } : {}),
        ...(truncated === undefined ? {} : { truncated }),
      }),
    );
  } else {
    const title = printable(reading.title ?? words ?? url);
    context.out(
      `${row?.id ?? ''}  ${notice ?? ''}  log ${exhibit.index}  ${verdict.class}  ${title}${truncated === undefined ? '' : `  (cut: ${truncated})`}`,
    );
    const rendered = look.capture?.browser;
    if (rendered) context.err(`rendered: ${rendered.requests} requests kept, ${rendered.failed} failed`);
  }
  return undefined;
}
