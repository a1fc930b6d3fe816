/**
 * Who may come in: `STORE/people/accounts.json`, replaced whole at each change, beside the append-only `trail.jsonl`. Not in the
 * database, which `rebuild` throws away; not in the log, which is for everybody to read and never forgets a name.
 */
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AsPostedError, asError } from '../model/index.js';
import { writeWhole } from '../preserve/index.js';
import { utf8 } from '../verify/index.js';
import type { PasswordHash } from './passwords.js';
import type { Role } from './roles.js';
import { hashOf } from './secrets.js';

export interface Token {
  /** The beginning of its hash: names it without giving it away. */
  id: string;
  label: string;
  /** SHA-256, hex. */
  hash: string;
  created: string;
  /** RFC 3339; absent: until it is revoked. */
  expires?: string;
}

export interface Person {
  name: string;
  role: Role;
  added: string;
  password?: PasswordHash;
  /** Changes whenever the password does: sessions of before end. */
  epoch: string;
  /** A one-time code to choose a password with. */
  setUp?: { hash: string; expires: string };
  tokens: readonly Token[];
}

export interface People {
  people: readonly Person[];
}

export const folderOf = (storeDir: string): string => join(storeDir, 'people');
const fileOf = (storeDir: string): string => join(folderOf(storeDir), 'accounts.json');

/** Nobody where there is no file; throws STORE_FAILED for one that cannot be read, so that damage never opens the door. */
export async function readPeople(storeDir: string): Promise<People> {
  try {
    const text = await readFile(fileOf(storeDir), 'utf8');
    const { people } = JSON.parse(text) as Partial<People>;
    if (!Array.isArray(people)) throw new TypeError('it holds no people');
    return { people };
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return { people: [] };
    const message = `the accounts in ${fileOf(storeDir)} cannot be read`;
    throw asError(thrown, { code: 'STORE_FAILED', message, hint: 'Restore the file from a backup.' });
  }
}

export async function writePeople(storeDir: string, people: People): Promise<void> {
  await mkdir(folderOf(storeDir), { recursive: true, mode: 0o700 });
  await writeWhole(fileOf(storeDir), utf8(`${JSON.stringify(people, null, 1)}\n`));
}

export interface Accounts {
  /** As they stand on disk now: another command's change holds from the next request on. */
  now(): Promise<People>;
}

export function openAccounts(storeDir: string): Accounts {
  let known: { stamp: string; people: People } | undefined;
  return {
    now: async () => {
      const stamp = await stampOf(fileOf(storeDir));
      if (known?.stamp !== stamp) known = { stamp, people: await readPeople(storeDir) };
      return known.people;
    },
  };
}

/** Each change makes a new file, so inode and times tell it. */
async function stampOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join(' ');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return 'none';
    throw asError(thrown, { code: 'STORE_FAILED', message: `${path} cannot be read` });
  }
}

export const personNamed = ({ people }: People, name: string): Person | undefined =>
  people.find((each) => each.name === name);

/** Throws NOT_FOUND. */
export function needPerson(people: People, name: string): Person {
  const person = personNamed(people, name);
  if (person) return person;
  throw new AsPostedError({
    code: 'NOT_FOUND',
    message: `there is no account ${name.slice(0, 80)}`,
    hint: '`asposted people list` names them.',
  });
}

export interface TokenOwner {
  person: Person;
  token: Token;
}

/** Whose token this is; undefined for one that is unknown, revoked or past its day. Looked up by hash, so that time tells nothing. */
export function ownerOfToken({ people }: People, secret: string, now: Date): TokenOwner | undefined {
  const hash = hashOf(secret);
  for (const person of people) {
    const token = person.tokens.find((each) => each.hash === hash);
    if (token) return isPast(token.expires, now) ? undefined : { person, token };
  }
  return undefined;
}

export const isPast = (expires: string | undefined, now: Date): boolean =>
  expires !== undefined && Date.parse(expires) <= now.getTime();
