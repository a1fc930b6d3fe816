/** Asking a source for addresses. Discovery may die while re-checking goes on (facts/watching §2.1): they fail apart. */
import { readFile, stat } from 'node:fs/promises';
import {
  AsPostedError,
  type FetchOptions,
  type ObservationRecord,
  type Sha256,
  asError,
  instant,
} from '../model/index.js';
import { decodeBytes } from '../read/index.js';
import { type Discovery, type FoundAddress, type SourceTools, withoutSecrets } from '../source/index.js';
import { type SourceDocument, isLookedAt, standingOfSource } from '../store/index.js';
import { derive } from './derive.js';
import { failureVerdict } from './look.js';
import type { Parts } from './parts.js';
import { policyRecords } from './policy.js';

export interface Discovered {
  /** Ids of notices that stand and are gone from between others of their list: their pages are asked soon. */
  missing: string[];
  found: number;
  failure?: AsPostedError;
}

export async function discover(parts: Parts, source: SourceDocument): Promise<Discovered> {
  const at = instant(parts.clock.now());
  const address = primaryAddress(source);
  const base = {
    type: 'observation',
    v: 1,
    at,
    url: address,
    source: source.key as Sha256,
    role: 'discovery',
    freshConnection: true,
  } as const;
  try {
    const standing = newestFirst(await standingOfSource(parts.store.database, { source: source.id, most: LISTED }));
    const found = await discoverAddresses(parts, source, standing);
    const named = await unknownOf(parts, found.addresses);
    const record: ObservationRecord = {
      ...{ ...base, concluded: 'live', rule: 'discovery', found: found.addresses.length },
      ...(named.length === 0 ? {} : { named }),
    };
    await parts.store.log.append([...(await policyRecords(parts)), record]); // from here on it is known that they were named: a kill loses none of them
    await derive(parts);
    const gone = new Set(found.missing?.map(({ url }) => url));
    const missing = standing.filter(({ url }) => gone.has(url)).slice(0, MOST_MISSING);
    return { missing: missing.map(({ id }) => id), found: found.addresses.length };
  } catch (thrown) {
    const failure = asError(thrown, {
      code: 'BAD_LIST_PAGE',
      message: `source ${source.name} could not be asked`,
      retry: 'later',
    });
    const verdict = failureVerdict(failure.code);
    const { code, message } = failure;
    await parts.store.log.append([
      ...(await policyRecords(parts)),
      { ...base, concluded: verdict.class, rule: verdict.rule, failure: { code, message } },
    ]);
    await derive(parts);
    return { missing: [], found: 0, failure };
  }
}

/** Those never looked at, each once; a copy that was handed in is no look. */
async function unknownOf(
  { store }: Parts,
  addresses: readonly FoundAddress[],
): Promise<NonNullable<ObservationRecord['named']>> {
  const named = new Map<string, { url: string; published?: string }>();
  for (const { url, published } of addresses) {
    if (named.has(url) || !/^https?:/.test(url) || (await isLookedAt(store.database, url))) continue;
    named.set(url, published === undefined ? { url } : { url, published });
  }
  return [...named.values()];
}

/** As far back as lists are compared: they are windows of some hundreds. */
const LISTED = 2_000;
/** Of one source in one round: when more are gone the list itself has changed, and the rest is met by its own schedule. */
const MOST_MISSING = 20;

/** By the day the notice states, then by the number in its address. What states no day has no place in a list. */
function newestFirst<Row extends { url: string; published: string | null }>(rows: readonly Row[]): Row[] {
  const time = ({ published }: Row): number => Date.parse(published ?? '');
  const number = ({ url }: Row): number => Number(/(\d{1,12})\.\w+$/.exec(url)?.[1] ?? 0);
  return rows.filter((each) => !Number.isNaN(time(each))).sort((a, b) => time(b) - time(a) || number(b) - number(a));
}

export async function discoverAddresses(
  parts: Pick<Parts, 'kinds' | 'fetcher' | 'clock' | 'secret'>,
  source: Pick<SourceDocument, 'kind' | 'options' | 'name'>,
  previous: readonly Pick<FoundAddress, 'url'>[] = [],
): Promise<Discovery> {
  const kind = parts.kinds.find((each) => each.kind === source.kind);
  if (!kind) {
    throw new AsPostedError({
      code: 'NO_SOURCE_KIND',
      message: `source ${source.name} is of kind ${source.kind}, which this As Posted does not have`,
      hint: `Known kinds: ${parts.kinds.map((each) => each.kind).join(', ')}.`,
    });
  }
  const fetcher = await fetcherFor(parts, source);
  const tools: SourceTools = {
    fetcher,
    readFile: readText,
    now: () => parts.clock.now(),
    secret: (name) => parts.secret?.(name),
    previous: previous.map(({ url }) => ({ url })),
  };
  const found = await kind.make(source.options as never, tools).discover();
  // Whatever kind named them: an address copied out of a client may carry its reader, and addresses are on record.
  return { ...found, addresses: found.addresses.map((each) => ({ ...each, url: withoutSecrets(each.url) })) };
}

/** Longer is no list of addresses. */
const LONGEST_FILE = 256_000_000;

/** Tables that office programs write are not always UTF-8. */
async function readText(path: string): Promise<string> {
  const failed = (message: string, cause?: unknown): AsPostedError =>
    new AsPostedError({
      code: 'BAD_INPUT',
      message,
      hint: 'Nothing was taken from it; it is read again next time.',
      cause,
    });
  const { size } = await stat(path).catch((cause: unknown) => {
    throw failed(`the file ${path} cannot be read`, cause);
  });
  if (size > LONGEST_FILE) throw failed(`the file ${path} has ${size} bytes, more than are read of a list`);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw failed(`the file ${path} cannot be read`, cause);
  });
  return decodeBytes(bytes, 'text/plain').text;
}

/** The parts' fetcher with the source's own settings (extra CA, user agent) on every request it makes. Lists are read, not looked at: no browser. */
async function fetcherFor(
  parts: Pick<Parts, 'fetcher'>,
  source: Pick<SourceDocument, 'options'>,
): Promise<Parts['fetcher']> {
  const { browser: _, ...own } = await fetchOptionsOf(source.options);
  return { ...parts.fetcher, fetch: (url, options = {}) => parts.fetcher.fetch(url, { ...own, ...options }) };
}

/** Options every kind shares: `ca` (file), `userAgent` and `browser`. */
export async function fetchOptionsOf(options: Readonly<Record<string, unknown>>): Promise<FetchOptions> {
  const { ca, userAgent, browser } = options as { ca?: unknown; userAgent?: unknown; browser?: unknown };
  return {
    ...(browser === 'true' ? { browser: 'wanted' as const } : {}),
    ...(typeof ca === 'string' && ca !== '' ? { ca: await readCa(ca) } : {}),
    ...(typeof userAgent === 'string' && userAgent !== '' ? { userAgent } : {}),
  };
}

async function readCa(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AsPostedError({
      code: 'BAD_SETTING',
      message: `the file of CA certificates ${path} cannot be read`,
      hint: 'Put it back, or give the source another one with --set ca=FILE.',
      cause,
    });
  });
}

function primaryAddress(source: SourceDocument): string {
  const { url, file } = source.options as { url?: unknown; file?: unknown };
  return typeof url === 'string' ? url : typeof file === 'string' ? `file:${file}` : `source:${source.id}`;
}
