import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AsPostedError, type Clock, type Settings, asError, parseDuration, resolveSettings } from '../model/index.js';
import type { Parts } from '../watch/index.js';
import type { Parsed } from './arguments.js';
import type { Context, OpenOptions } from './command.js';
import { printable } from './printable.js';
import { software } from './version.js';

export interface OpenedContext extends Context {
  close(): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((done, failed) => {
      const stop = (): void => {
        clearTimeout(timer);
        failed(new AsPostedError({ code: 'INTERRUPTED', message: 'interrupted', retry: 'now' }));
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        done();
      }, ms);
      if (signal?.aborted) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    }),
};

export function makeContext(parsed: Parsed, signal: AbortSignal): OpenedContext {
  const environment = process.env;
  const storeDir = storeDirOf(parsed, environment);
  const opened: Parts[] = [];
  let settings: Promise<Settings> | undefined;
  const context: OpenedContext = {
    parsed,
    json: parsed.has('json'),
    storeDir,
    environment,
    signal,
    settings: () => (settings ??= loadSettings(storeDir, parsed, environment)),
    tools: async () => makeTools(context, storeDir, await context.settings()),
    open: async (options = {}) => {
      const parts = await openParts(context, options);
      opened.push(parts);
      return parts;
    },
    out: (text) => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    err: (text) => process.stderr.write(text.endsWith('\n') ? text : `${text}\n`),
    readStdin: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    close: async () => {
      for (const parts of opened) {
        await parts.fetcher.close();
        await parts.store.close();
      }
    },
  };
  return context;
}

function storeDirOf(parsed: Parsed, environment: NodeJS.ProcessEnv): string {
  const data = environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share');
  return resolve(parsed.value('store') ?? environment['ASPOSTED_STORE'] ?? join(data, 'asposted'));
}

/** Flags, then `ASPOSTED_*`, then `asposted.yaml` in the store, then defaults. */
async function loadSettings(storeDir: string, parsed: Parsed, environment: NodeJS.ProcessEnv): Promise<Settings> {
  const path = join(storeDir, 'asposted.yaml');
  let file: unknown;
  if (existsSync(path)) {
    const { parse } = await import('yaml');
    try {
      file = parse(await readFile(path, 'utf8'));
    } catch (cause) {
      throw new AsPostedError({ code: 'BAD_SETTING', message: `${path} is not valid YAML`, cause });
    }
  }
  const { channelSettings } = await import('../alert/load.js');
  return resolveSettings({
    flags: parsed.settings,
    environment,
    file,
    extensions: await channelSettings(),
    readSecret,
  });
}

/** Nothing where there is no such file, or none that we may read: what that means depends on who asked. */
function readSecret(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

type Tools = Omit<Parts, 'store' | 'catalogue'>;

async function makeTools(context: Context, storeDir: string, settings: Settings): Promise<Tools> {
  const [{ createFetcher }, { loadSourceKinds }] = await Promise.all([
    import('../capture/index.js'),
    import('../source/index.js'),
  ]);
  const ca = settings['capture.ca'] === '' ? undefined : await readCa(settings['capture.ca']);
  const delay = settings['capture.delay'];
  const fetcher = createFetcher({
    clock: systemClock,
    allow: [...settings['capture.allow']],
    resolve: [...settings['capture.resolve']],
    timeoutMs: settings['capture.timeout'],
    maxBytes: settings['capture.maxBytes'],
    maxRatio: settings['capture.maxRatio'],
    maxRedirects: settings['capture.maxRedirects'],
    spoolDir: join(storeDir, 'spool'),
    browser: {
      chromium: settings['capture.chromium'],
      path: context.environment['PATH'] ?? '',
      maxRequests: settings['capture.browser.requests'],
      maxTotalBytes: settings['capture.browser.maxBytes'],
      pageMs: settings['capture.browser.time'],
    },
    ...(ca === undefined ? {} : { ca }),
    ...(delay === '' ? {} : { delayMs: delayOf(delay) }),
    ...(settings['capture.userAgent'] === '' ? {} : { userAgent: settings['capture.userAgent'] }),
  });
  return {
    fetcher,
    clock: systemClock,
    settings,
    kinds: await loadSourceKinds(),
    software: software(),
    secret: (name) => secretOf(context.environment, name),
    progress: (line) => {
      if (process.stderr.isTTY) context.err(printable(line));
    },
  };
}

function offlineTools(settings: Settings): Tools {
  const fetch = (): never => {
    throw new Error('this command said that it asks nothing of the network');
  };
  const fetcher = { fetch, close: () => Promise.resolve() };
  return { fetcher, clock: systemClock, settings, kinds: [], software: software(), progress: () => undefined };
}

async function openParts(context: Context, options: OpenOptions): Promise<Parts> {
  const settings = { ...(await context.settings()), ...options.settings };
  const storeDir = options.dir === undefined ? context.storeDir : resolve(options.dir);
  const [{ openStore, rowsAreBehind }, { loadCatalogue }, tools] = await Promise.all([
    import('../store/index.js'),
    import('../recognise/index.js'),
    options.offline === true ? offlineTools(settings) : makeTools(context, storeDir, settings),
  ]);
  const store = await openStore({
    dir: storeDir,
    schema: settings['store.schema'],
    databaseUrl: settings['store.database.url'],
    origin: settings['store.origin'],
    create: options.create ?? false,
  });
  try {
    const parts: Parts = { ...tools, store, catalogue: await loadCatalogue({ own: settings['recognise.catalogue'] }) };
    // A command killed between log and rows left the rows behind the log: bring them up before anything reads them.
    if (!options.leaveRows && (await rowsAreBehind(store))) await (await import('../watch/index.js')).derive(parts);
    return parts;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** `NAME`, or the first line of the file that `NAME_FILE` names. */
function secretOf(environment: Context['environment'], name: string): string | undefined {
  const path = environment[`${name}_FILE`];
  try {
    const value = environment[name] ?? (path === undefined ? '' : readFileSync(path, 'utf8').split('\n', 1)[0]!);
    return value.trim() === '' ? undefined : value.trim();
  } catch (thrown) {
    throw asError(thrown, { code: 'BAD_SETTING', message: `${name}_FILE names a file that cannot be read` });
  }
}

function delayOf(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined)
    throw new AsPostedError({
      code: 'BAD_SETTING',
      message: `capture.delay is "${text}", which is not a duration such as 2s`,
    });
  return ms;
}

async function readCa(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    throw asError(thrown, { code: 'BAD_SETTING', message: `capture.ca names ${path}, which cannot be read` });
  }
}
