/** Forms that were sent: put on record, then the page again (303), so that loading it anew sends nothing twice. */
import type { Context, Hono } from 'hono';
import { isDay } from '../../model/index.js';
import { type Parts, addClaim, addStatement, decideMatch, openCase, triage } from '../../watch/index.js';
import { type Form, readForm } from '../access/forms.js';
import { addWhatever } from '../additions.js';
import { authorOf, rememberName } from '../author.js';
import { fullId } from '../ids.js';
import { t } from '../messages/index.js';
import { SpokenError } from '../spoken-error.js';

export function addForms(app: Hono, parts: Parts): void {
  const { database } = parts.store;
  const ids = (typed: readonly string[], kinds: string): Promise<string[]> =>
    Promise.all(typed.map((each) => fullId(database, each, kinds)));
  app.post('/cases', async (context) => {
    const { form, by } = await sent(context);
    const notices = await ids(form.many('notices'), 'N');
    const { id } = await openCase(parts, { title: form.one('title'), by, notices });
    return context.redirect(`/cases/${id}?done=case`, 303);
  });
  app.post('/cases/:id/additions', async (context) => {
    const id = await fullId(database, context.req.param('id'), 'K');
    const { form, by } = await sent(context);
    await addWhatever(parts, id, { what: form.one('what'), words: form.one('words'), by });
    return context.redirect(`/cases/${id}?done=added`, 303);
  });
  app.post('/cases/:id/claims', async (context) => {
    const id = await fullId(database, context.req.param('id'), 'K');
    const { form, by } = await sent(context);
    const [contradicts, supports] = [
      await ids(form.many('contradicts'), 'CEN'),
      await ids(form.many('supports'), 'CEN'),
    ];
    const claim = { by, speaker: form.one('speaker'), words: form.one('words'), contradicts, supports };
    const more = typed(form, ['speaksFor', 'outlet', 'about']);
    const { wordsInExhibit } = await addClaim(parts, id, {
      ...claim,
      ...more,
      ...day(form),
      ...(await exhibit(parts, form)),
    });
    return context.redirect(`/cases/${id}?done=${wordsInExhibit === false ? 'words' : 'claim'}`, 303);
  });
  app.post('/cases/:id/statements', async (context) => {
    const id = await fullId(database, context.req.param('id'), 'K');
    const { form, by } = await sent(context);
    const kind = (['note', 'decision', 'outreach'] as const).find((each) => each === form.one('kind'));
    if (!kind) throw new SpokenError({ code: 'USAGE', message: t('access.noStatement') });
    const more = { ...typed(form, ['asked', 'askedBy', 'answer']), ...(await exhibit(parts, form)) };
    await addStatement(parts, id, { by, kind, words: form.one('words'), ...more });
    return context.redirect(`/cases/${id}?done=${kind}`, 303);
  });
  addJudgements(app, parts);
}

function addJudgements(app: Hono, parts: Parts): void {
  const { database } = parts.store;
  app.post('/notices/:id/triage', async (context) => {
    const notice = await fullId(database, context.req.param('id'), 'N');
    const { form, by } = await sent(context);
    const { record } = await triage(parts, { notice, verdict: form.one('verdict'), by });
    return context.redirect(`${backOf(form.one('back'), record.verdict)}#${notice}`, 303);
  });
  app.post('/notices/:id/decisions', async (context) => {
    const notice = await fullId(database, context.req.param('id'), 'N');
    const { form, by } = await sent(context);
    const facts = {
      list: form.one('list'),
      entry: form.one('entry'),
      verdict: form.one('verdict'),
      why: form.one('why'),
    };
    await decideMatch(parts, { of: { notice, only: form.raw('name') }, ...facts, by });
    return context.redirect(`/notices/${notice}?done=decision#lists`, 303);
  });
}

async function sent(context: Context): Promise<{ form: Form; by: string }> {
  const form = await readForm(context);
  const name = form.one('by');
  rememberName(context, name);
  return { form, by: authorOf(context, name === '' ? undefined : name) };
}

/** The fields that were filled in. */
const typed = <Name extends string>(form: Form, names: readonly Name[]): { [K in Name]?: string } =>
  Object.fromEntries(names.map((name) => [name, form.one(name)] as const).filter(([, value]) => value !== '')) as never;

async function exhibit({ store: { database } }: Parts, form: Form): Promise<{ exhibit?: string }> {
  const word = form.one('exhibit');
  return word === '' ? {} : { exhibit: await fullId(database, word, 'E') };
}

function day(form: Form): { said?: string } {
  const said = form.one('said');
  if (said === '') return {};
  if (isDay(said)) return { said };
  throw new SpokenError({
    code: 'USAGE',
    message: t('access.noDay', { what: said.slice(0, 40) }),
    hint: t('access.dayHint'),
  });
}

/** The inbox as it was filtered, or one notice; nothing else, whatever the form says. */
function backOf(back: string, done: string): string {
  const [path = '', query = ''] = back.split('?');
  if (/^\/notices\/N-[0-9A-Z]{1,10}$/.test(path)) return `${path}?done=${done}`;
  const kept = new URLSearchParams(query);
  kept.set('done', done);
  return `/?${kept.toString()}`;
}
