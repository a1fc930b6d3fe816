/** Every change of accounts: under one lock, written to the trail first, so that none is made that the trail does not tell. */
import { AsPostedError } from '../model/index.js';
import { type People, type Person, isPast, needPerson, personNamed, readPeople, writePeople } from './accounts.js';
import { type PasswordHash, hashPassword } from './passwords.js';
import type { Role } from './roles.js';
import { TOKEN_PREFIX, hashOf, newSecret } from './secrets.js';
import { type TrailLine, appendTrail } from './trail.js';

export interface ChangeContext {
  storeDir: string;
  now: Date;
  /** Who changes it. */
  by: string;
  /** One change at a time, across all machines. */
  lock: <T>(work: () => Promise<T>) => Promise<T>;
}

const DAY_MS = 86_400_000;
const SET_UP_DAYS = 3;
/** Letters, numbers and marks of names and mail addresses: it stands in the log, in tables and on pages. */
const NAME = /^[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N} ._@'’-]{0,78}[\p{L}\p{M}\p{N}.])?$/u;

type Line = Pick<TrailLine, 'did' | 'person' | 'detail'>;

async function change<T>(
  context: ChangeContext,
  make: (people: People) => Promise<{ people: readonly Person[]; line: Line; answer: T }>,
): Promise<T> {
  const { storeDir, now, by, lock } = context;
  return lock(async () => {
    const { people, line, answer } = await make(await readPeople(storeDir));
    await appendTrail(storeDir, { at: now.toISOString(), by, ...line });
    await writePeople(storeDir, { people });
    return answer;
  });
}

const replaced = ({ people }: People, person: Person): Person[] =>
  people.map((each) => (each.name === person.name ? person : each));

/** Throws USAGE for a name that is taken or no name, and for a first person who is no admin: nobody could change it any more. */
export async function addPerson(context: ChangeContext, name: string, role: Role): Promise<void> {
  if (!NAME.test(name)) {
    const message = 'a name has 1 to 80 letters, numbers, blanks and . _ @ - within';
    throw new AsPostedError({ code: 'USAGE', message });
  }
  return change(context, async (before) => {
    if (personNamed(before, name))
      throw new AsPostedError({ code: 'USAGE', message: `there is an account ${name} already` });
    const person: Person = { name, role, added: context.now.toISOString(), epoch: newSecret(), tokens: [] };
    const people = [...before.people, person];
    needAdmin(people);
    return { people, line: { did: 'added', person: name, detail: role }, answer: undefined };
  });
}

export async function setRole(context: ChangeContext, name: string, role: Role): Promise<void> {
  return change(context, async (before) => {
    const people = replaced(before, { ...needPerson(before, name), role });
    needAdmin(people);
    return { people, line: { did: 'role', person: name, detail: role }, answer: undefined };
  });
}

/** With tokens and sessions. Removing the last person of all is allowed: then there are no accounts. */
export async function removePerson(context: ChangeContext, name: string): Promise<void> {
  return change(context, async (before) => {
    needPerson(before, name);
    const people = before.people.filter((each) => each.name !== name);
    if (people.length > 0) needAdmin(people);
    return { people, line: { did: 'removed', person: name }, answer: undefined };
  });
}

/** A code to choose a password with, once, within three days. The old password and its sessions end now. */
export async function beginSetUp(context: ChangeContext, name: string): Promise<string> {
  const code = newSecret();
  const expires = new Date(context.now.getTime() + SET_UP_DAYS * DAY_MS).toISOString();
  return change(context, async (before) => {
    const { password: _, ...person } = needPerson(before, name);
    const people = replaced(before, { ...person, epoch: newSecret(), setUp: { hash: hashOf(code), expires } });
    return { people, line: { did: 'set-up', person: name }, answer: code };
  });
}

const withPassword = ({ setUp: _, ...person }: Person, password: PasswordHash): Person => ({
  ...person,
  password,
  epoch: newSecret(),
});

export async function setPassword(context: ChangeContext, name: string, password: string): Promise<void> {
  const hash = await hashPassword(password);
  return change(context, async (before) => {
    const people = replaced(before, withPassword(needPerson(before, name), hash));
    return { people, line: { did: 'password', person: name }, answer: undefined };
  });
}

/** Uses the code up; throws NOT_SIGNED_IN for one that is unknown, used or too old. Gives whose it was. */
export async function finishSetUp(context: Omit<ChangeContext, 'by'>, code: string, password: string): Promise<string> {
  const find = ({ people }: People): Person => {
    const person = people.find((each) => each.setUp?.hash === hashOf(code));
    if (person && !isPast(person.setUp?.expires, context.now)) return person;
    throw new AsPostedError({
      code: 'NOT_SIGNED_IN',
      message: 'this link was used already, or is too old',
      hint: 'Ask for a new one: `asposted people password NAME`.',
    });
  };
  // Looked at before the password is hashed: only who holds a code may cause that work.
  const { name } = find(await readPeople(context.storeDir));
  const hash = await hashPassword(password);
  return change({ ...context, by: name }, async (before) => {
    const people = replaced(before, withPassword(find(before), hash));
    return { people, line: { did: 'password', person: name }, answer: name };
  });
}

export interface NewToken {
  id: string;
  /** Shown now and never again. */
  token: string;
}

export async function addToken(
  context: ChangeContext,
  name: string,
  { label, expires }: { label: string; expires?: string },
): Promise<NewToken> {
  const token = `${TOKEN_PREFIX}${newSecret()}`;
  const hash = hashOf(token);
  const id = hash.slice(0, 12);
  const created = context.now.toISOString();
  return change(context, async (before) => {
    const person = needPerson(before, name);
    const kept = { id, label, hash, created, ...(expires === undefined ? {} : { expires }) };
    const people = replaced(before, { ...person, tokens: [...person.tokens, kept] });
    return { people, line: { did: 'token', person: name, detail: id }, answer: { id, token } };
  });
}

export async function revokeToken(context: ChangeContext, id: string): Promise<void> {
  return change(context, async (before) => {
    const person = before.people.find(({ tokens }) => tokens.some((each) => each.id === id));
    if (!person) throw new AsPostedError({ code: 'NOT_FOUND', message: `there is no token ${id.slice(0, 20)}` });
    const people = replaced(before, { ...person, tokens: person.tokens.filter((each) => each.id !== id) });
    return { people, line: { did: 'revoked', person: person.name, detail: id }, answer: undefined };
  });
}

function needAdmin(people: readonly Person[]): void {
  if (people.some(({ role }) => role === 'admin')) return;
  throw new AsPostedError({
    code: 'USAGE',
    message: 'one account at least must be an admin',
    hint: 'Add or name an admin first.',
  });
}
