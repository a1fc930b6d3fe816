/** How a list's files come in: parsed before anything is kept, stored, logged. */
import {
  AsPostedError,
  type CaptureResult,
  type Day,
  type ListVersionRecord,
  type Sha256,
  instant,
} from '../model/index.js';
import {
  type ListKind,
  type ParsedList,
  checkKept,
  checkParts,
  checkShrink,
  entriesOn,
  laterThan,
  listKind,
  parseListState,
  plain,
  readListHistory,
} from '../screen/index.js';
import { listVersions, loadListEntries } from '../store/index.js';
import { derive } from './derive.js';
import { sha256 } from './keep.js';
import type { Parts } from './parts.js';

export interface NewListVersion {
  list: string;
  /** The publisher's files by role: `main`, and for SDN `alt`, `add`, `comments`; gzip is undone. */
  files: Readonly<Record<string, Uint8Array>>;
  /** Wins over what the file says of itself. */
  publishedAt?: Day;
  /** The day when neither is said. */
  otherwise?: Day;
  /** Where the files came from: an address, or a file's name. */
  origin: string;
  allowShrink?: boolean;
}

export interface AddedListVersion {
  isNew: boolean;
  entries: number;
  publishedAt: Day;
  /** What could not be read of it, with lines. */
  problems: string[];
}

/** Parses first, then keeps: a file that is cut, empty or of another list is refused and the last good version goes on ruling. */
export async function addListVersion(parts: Parts, version: NewListVersion): Promise<AddedListVersion> {
  const { store, clock } = parts;
  const { list, origin, allowShrink = false } = version;
  const files = Object.fromEntries(Object.entries(version.files).map(([role, bytes]) => [role, plain(bytes)]));
  const parsed = parseListState(await listKind(list), files);
  const { rows } = parsed;
  const at = instant(clock.now());
  const { publishedAt, doubt } = dayOf(parsed, version, at.slice(0, 10));
  const problems = [...parsed.problems, ...doubt, ...laterThan(rows, publishedAt)];
  const hashes = Object.fromEntries(Object.entries(files).map(([role, bytes]) => [role, sha256(bytes)]));
  const content = hashes['main']!;
  const earlier = (await listVersions(store.database, list)).filter(({ record }) => record.publishedAt <= publishedAt);
  const newest = earlier.at(-1)?.record;
  if (newest && isHeld(newest, hashes))
    return { isNew: false, entries: rows.length, publishedAt: newest.publishedAt, problems };
  if (newest && !allowShrink) {
    checkShrink(list, newest.entries, rows.length);
    checkParts(list, newest.parts, parsed.parts);
    const inForce = entriesOn(await loadListEntries(store.database, list), newest.publishedAt);
    checkKept(list, inForce, rows, { before: newest.form, after: parsed.form });
  }
  const objects: Record<string, Sha256> = {};
  for (const [role, bytes] of Object.entries(files)) objects[role] = await store.vault.put(bytes);
  const { form = 'csv' } = parsed;
  const base = { type: 'listVersion', v: 1, at, form, entries: rows.length } as const;
  const counted = parsed.parts === undefined ? {} : { parts: parsed.parts };
  await store.log.append([{ ...base, list, publishedAt, content, objects, origin, ...counted }]);
  await derive(parts);
  return { isNew: true, entries: rows.length, publishedAt, problems };
}

/** The same main file with other aliases beside it is another version. */
function isHeld({ content, objects }: ListVersionRecord, hashes: Readonly<Record<string, string>>): boolean {
  return Object.entries(hashes).every(([role, hash]) => (role === 'main' ? content === hash : objects[role] === hash));
}

/** The day given, else the file's own, else that of its delivery. A file from the future is not believed. */
function dayOf(
  parsed: ParsedList,
  { list, publishedAt, otherwise }: NewListVersion,
  today: Day,
): { publishedAt: Day; doubt: string[] } {
  const stated = parsed.publishedAt;
  const says = stated === undefined ? '' : `the file says it is of ${stated}`;
  if (publishedAt !== undefined)
    return {
      publishedAt,
      doubt: stated === undefined || stated === publishedAt ? [] : [`${says}; kept as of ${publishedAt}`],
    };
  if (stated !== undefined && stated <= today) return { publishedAt: stated, doubt: [] };
  if (otherwise !== undefined)
    return {
      publishedAt: otherwise,
      doubt: stated === undefined ? [] : [`${says}, which is still to come; kept as of ${otherwise}`],
    };
  throw new AsPostedError({
    code: 'USAGE',
    message: `${list}: ${says === '' ? 'the file says no day' : `${says}, which is still to come`}`,
    hint: 'Give the publisher’s day with --published DATE.',
  });
}

export interface NamedFile {
  name: string;
  bytes: Uint8Array;
}

/** Files of one form as one: by name, so that the same files are the same version in whatever order they were given. */
export function layEndToEnd(files: readonly NamedFile[]): Uint8Array {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return Buffer.concat(
    sorted.flatMap(({ bytes }) => {
      const whole = plain(bytes);
      return whole.at(-1) === 10 ? [whole] : [whole, Buffer.from('\n')];
    }),
  );
}

export interface NewListHistory {
  list: string;
  base: Uint8Array;
  basePublishedAt: Day;
  /** A tar of `git diff -U0` files, one a state. */
  archive: Uint8Array;
  origin: string;
}

/** A history kept in git, state by state: each is stored as its diff, and logged in one batch. */
export async function addListHistory(
  parts: Parts,
  { list, base, basePublishedAt, archive, origin }: NewListHistory,
): Promise<{ states: number; refused: { file: string; why: string }[] }> {
  const { store, clock } = parts;
  const kind = await listKind(list);
  const refused: { file: string; why: string }[] = [];
  const lines = new Map<string, unknown>();
  const first = plain(base);
  const head = { type: 'listVersion', v: 1, at: instant(clock.now()), list, form: 'csv', origin } as const;
  const entriesOf = (main: Uint8Array): number => parseListState(kind, { main }, lines).rows.length;
  let on = sha256(first);
  const records: ListVersionRecord[] = [
    {
      ...head,
      publishedAt: basePublishedAt,
      content: on,
      objects: { main: await store.vault.put(first) },
      entries: entriesOf(first),
    },
  ];
  const onRefused = (file: string, why: string): unknown => refused.push({ file, why });
  for await (const { publishedAt, diff, content } of readListHistory(first, archive, { onRefused })) {
    parts.progress(`${list}: state of ${publishedAt}`);
    const entries = entriesOf(content);
    const own = sha256(content);
    records.push({ ...head, publishedAt, content: own, on, objects: { diff: await store.vault.put(diff) }, entries });
    on = own;
  }
  const known = new Set(
    (await listVersions(store.database, list)).map(({ record }) => `${record.publishedAt} ${record.content}`),
  );
  const fresh = records.filter(({ publishedAt, content }) => !known.has(`${publishedAt} ${content}`));
  await store.log.append(fresh);
  await derive(parts);
  return { states: fresh.length, refused };
}

export interface UpdateOptions {
  allowShrink?: boolean;
  /** One of the publisher's forms (`enhanced`). Absent: that of the newest version held, else the usual one. */
  form?: string;
}

/** Fetches the publisher's files and adds them as a version, dated by the file itself, else by its `Last-Modified`, else by today. */
export async function updateList(
  parts: Parts,
  list: string,
  { allowShrink = false, form }: UpdateOptions = {},
): Promise<AddedListVersion> {
  const held = (await listVersions(parts.store.database, list)).at(-1)?.record.form;
  const addresses = addressesOf(await listKind(list), list, { asked: form, held });
  const limits = { maxBytes: parts.settings['lists.maxBytes'], timeoutMs: parts.settings['lists.timeout'] };
  const files: Record<string, Uint8Array> = {};
  let otherwise = instant(parts.clock.now()).slice(0, 10);
  for (const [role, address] of Object.entries(addresses)) {
    parts.progress(`${list}: fetching ${address}`);
    const last = answered(await parts.fetcher.fetch(address, { limits }), address);
    files[role] = last.body;
    const stated = last.headers.find(([name]) => name.toLowerCase() === 'last-modified')?.[1];
    const time = Date.parse(stated ?? '');
    if (role === 'main' && Number.isFinite(time)) otherwise = instant(new Date(time)).slice(0, 10);
  }
  return addListVersion(parts, { list, files, otherwise, origin: addresses['main']!, allowShrink });
}

interface Forms {
  asked: string | undefined;
  held: string | undefined;
}

/** A list goes on in the form it is held in: in another one its entries may have other ids, and poorer names. */
function addressesOf(kind: ListKind, list: string, { asked, held }: Forms): Readonly<Record<string, string>> {
  const { form: usual = 'csv' } = kind;
  const own = list === kind.list ? kind.addresses : (kind.named?.addresses(list) ?? {});
  const forms = new Map([...Object.entries(kind.forms ?? {}), [usual, own]]);
  if (own['main'] === undefined)
    throw new AsPostedError({
      code: 'USAGE',
      message: `${list} has no address to fetch it from`,
      hint: `Add a file: asposted lists add ${list} FILE --published DATE.`,
    });
  const addresses = forms.get(asked ?? held ?? usual);
  if (addresses) return addresses;
  const names = [...forms.keys()].join(', ');
  throw new AsPostedError({
    code: 'USAGE',
    message:
      asked === undefined
        ? `${list} is held in the form ${held!}, which has no address to fetch it from`
        : `${list} has no form called ${asked}`,
    hint:
      asked === undefined
        ? `Add the next file by hand; or go over to another form with --form (${names}), where entries may have other ids.`
        : `It has: ${names}.`,
  });
}

function answered(capture: CaptureResult, address: string): CaptureResult['exchanges'][number] {
  const last = capture.exchanges.at(-1)!;
  const whole = last.truncated === undefined && !last.partial;
  if (last.status === 200 && whole) return last;
  const tooLong = last.truncated === 'length' || last.partial;
  throw new AsPostedError({
    code: whole ? 'HTTP_STATUS' : tooLong ? 'TOO_LARGE' : 'TRUNCATED_BODY',
    retry: tooLong ? 'never' : 'later',
    message: `${address} answered ${last.status}${whole ? '' : tooLong ? ', longer than lists.maxBytes,' : ', cut off'} instead of the list`,
    hint: `The last good version goes on being used. ${tooLong ? 'Raise lists.maxBytes.' : 'Try again later.'}`,
  });
}
