import { userInfo } from 'node:os';
import { AsPostedError, isDay } from '../../model/index.js';
import type { ChangeContext, Person, Role, TrailLine } from '../../people/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { need, printRows } from '../output.js';

const ADD = 'people add NAME --role reader|analyst|editor|admin';

export default defineCommand({
  name: 'people',
  summary: 'Accounts: who may come in over the network, with which role, and their tokens.',
  usage: [
    'add NAME --role reader|analyst|editor|admin [--stdin]',
    'list · trail',
    'role NAME ROLE · remove NAME',
    'password NAME [--stdin]',
    'token NAME [--label WORDS] [--expires DAY] · revoke TOKEN-ID',
  ],
  description:
    'Without accounts the pages and the API are open to this machine only. With one, everybody who asks must say who it is. A reader reads; an analyst also works on cases and decides; an editor also makes bundles for publication; an admin also manages people. A new person gets a link to choose a password with, once, within three days; with --stdin the password is read from standard input. Tokens are shown once. Every change is appended to a trail.',
  examples: [
    'asposted people add "Maria Kim" --role admin',
    'asposted people token "Maria Kim" --label "a script" --expires 2027-01-31',
  ],
  flags: {
    role: { kind: 'value', placeholder: 'ROLE', help: 'add: reader, analyst, editor or admin.' },
    stdin: {
      kind: 'switch',
      help: 'add, password: the password is the first line of standard input; no link is made.',
    },
    label: { kind: 'value', placeholder: 'WORDS', help: 'token: what it is for.' },
    expires: { kind: 'value', placeholder: 'DAY', help: 'token: the last day it holds, in UTC.' },
  },
  run: async (context) => {
    const [verb = 'list', word, second] = context.parsed.words;
    const name = (form: string): string => need(word, 'a name', form);
    const people = await import('../../people/index.js');
    switch (verb) {
      case 'add':
        return add(context, name(ADD));
      case 'list':
        return list(context);
      case 'trail':
        return trail(context);
      case 'role':
        await people.setRole(await changing(context), name('people role NAME ROLE'), await roleOf(second));
        return EXIT.done;
      case 'remove':
        await people.removePerson(await changing(context), name('people remove NAME'));
        return EXIT.done;
      case 'password':
        return password(context, await changing(context), name('people password NAME'));
      case 'token':
        return token(context, name('people token NAME'));
      case 'revoke':
        await people.revokeToken(await changing(context), need(word, 'the id of a token', 'people revoke TOKEN-ID'));
        return EXIT.done;
      default:
        throw new AsPostedError({
          code: 'USAGE',
          message: `people has no verb ${verb}`,
          hint: 'It has add, list, trail, role, remove, password, token, revoke.',
        });
    }
  },
});

async function changing(context: Context): Promise<ChangeContext> {
  const { store, clock } = await context.open({ offline: true, create: true });
  return {
    storeDir: store.dir,
    now: clock.now(),
    by: `${userInfo().username} (command line)`,
    lock: (work) => store.database.withLock('people', work),
  };
}

async function roleOf(text: string | undefined): Promise<Role> {
  const { ROLES, isRole } = await import('../../people/index.js');
  if (isRole(text)) return text;
  const message = text === undefined ? 'a role is missing' : `${text} is no role`;
  throw new AsPostedError({ code: 'USAGE', message, hint: `Roles: ${ROLES.join(', ')}.` });
}

async function add(context: Context, name: string): Promise<number> {
  const role = await roleOf(context.parsed.value('role'));
  const { addPerson } = await import('../../people/index.js');
  const given = context.parsed.has('stdin') ? await firstLine(context) : undefined;
  const change = await changing(context);
  await addPerson(change, name, role);
  return password(context, change, name, given);
}

const firstLine = async (context: Context): Promise<string> =>
  (await context.readStdin()).toString('utf8').split(/\r?\n/, 1)[0]!;

/** From standard input, or a link: never from the command line, which others on the machine can read. */
async function password(context: Context, change: ChangeContext, name: string, given?: string): Promise<number> {
  const { beginSetUp, setPassword } = await import('../../people/index.js');
  if (context.parsed.has('stdin')) {
    await setPassword(change, name, given ?? (await firstLine(context)));
    if (context.json) context.out(JSON.stringify({ type: 'person', name }));
    return EXIT.done;
  }
  const settings = await context.settings();
  const pages = (settings['alert.pages'] || `http://${settings['serve.listen']}`).replace(/\/$/, '');
  const link = `${pages}/set-up?code=${await beginSetUp(change, name)}`;
  context.out(context.json ? JSON.stringify({ type: 'person', name, link }) : link);
  context.err('Give this link to nobody else: whoever opens it first within three days chooses the password.');
  return EXIT.done;
}

async function token(context: Context, name: string): Promise<number> {
  const day = context.parsed.value('expires');
  if (day !== undefined && !isDay(day))
    throw new AsPostedError({ code: 'USAGE', message: `--expires wants a day such as 2027-01-31, not ${day}` });
  const { addToken } = await import('../../people/index.js');
  const made = await addToken(await changing(context), name, {
    label: context.parsed.value('label') ?? '',
    ...(day === undefined ? {} : { expires: `${day}T23:59:59Z` }),
  });
  context.out(context.json ? JSON.stringify({ type: 'token', person: name, ...made }) : made.token);
  context.err(`It is not shown again. It ends with: asposted people revoke ${made.id}`);
  return EXIT.done;
}

/** What is kept of a person without a hash. */
const shown = ({ name, role, added, password: has, tokens }: Person): Record<string, unknown> => ({
  ...{ type: 'person', name, role, added, password: has !== undefined },
  tokens: tokens.map(({ id, label, created, expires }) => ({ id, label, created, expires: expires ?? null })),
});

async function list(context: Context): Promise<number> {
  const { readPeople } = await import('../../people/index.js');
  const { people } = await readPeople(context.storeDir);
  await printRows(context, people.map(shown), {
    header: ['name', 'role', 'password', 'tokens'],
    cells: (row) => {
      const tokens = (row['tokens'] as { id: string; label: string }[]).map(({ id, label }) => `${id} ${label}`.trim());
      return [String(row['name']), String(row['role']), row['password'] ? 'set' : 'not yet', tokens.join(', ')];
    },
    empty:
      'No accounts: the pages and the API are open to this machine only. Add one: asposted people add NAME --role admin',
  });
  return EXIT.done;
}

async function trail(context: Context): Promise<number> {
  const { readTrail } = await import('../../people/index.js');
  const lines = await readTrail(context.storeDir);
  await printRows(
    context,
    lines.map((line) => ({ type: 'accountChange', ...line })),
    {
      header: ['when', 'by', 'did', 'person', 'detail'],
      cells: (row) => {
        const { at, by, did, person, detail } = row as unknown as TrailLine;
        return [at, by, did, person, detail];
      },
      empty: 'Nothing was changed yet.',
    },
  );
  return EXIT.done;
}
