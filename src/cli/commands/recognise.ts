import { type Day, instant, parseId } from '../../model/index.js';
import type { Catalogue } from '../../recognise/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { fullId, need, parseDay } from '../output.js';
import { printable } from '../printable.js';
import { type GivenText, givenText } from '../texts.js';

export default defineCommand({
  name: 'recognise',
  summary: 'Read goods, trade names, names, numbers and candidate rules out of a text.',
  usage: ['FILE|ID|- [--on DATE] [--explain|--html]'],
  description:
    'Works without a store and without a network. Rules are those in force on --on, else on the date of the notice, else today; later ones stand apart. No entry found is not a clearance.',
  examples: ['asposted recognise notice.txt --on 2024-05-22', 'pbpaste | asposted recognise - --json'],
  flags: {
    on: { kind: 'value', placeholder: 'DATE', help: 'The day the rules are asked for.' },
    explain: {
      kind: 'switch',
      help: 'In sentences: what is named, by which term and source, and what each entry asks for.',
    },
    html: { kind: 'switch', help: 'A page of its own with the words marked where they stand.' },
    catalogue: { kind: 'value', placeholder: 'DIR', help: 'Another catalogue folder than the shipped one.' },
  },
  run: async (context) => {
    const word = need(context.parsed.words[0], 'a text', 'recognise FILE|ID|-');
    const on = context.parsed.value('on');
    const day = on === undefined ? undefined : parseDay(on, '--on');
    const [{ recognise, ASKED_FOR }, catalogue, given] = await Promise.all([
      import('../../recognise/index.js'),
      catalogueOf(context),
      parseId(word)?.kind === 'N' ? noticeOf(context, word) : givenText(context, word),
    ]);
    const { text, language, account } = given;
    const published = given.published === undefined ? {} : { published: given.published.slice(0, 10) };
    const input = { text, language, ...dayOf(given, day, ASKED_FOR), ...published, ...(account ? { account } : {}) };
    const result = recognise(input, catalogue);
    if (context.json) context.out(JSON.stringify({ type: 'recognition', ...result }));
    else if (context.parsed.has('html'))
      context.out((await import('../recognition-html.js')).recognitionHtml(text, result, catalogue));
    else if (context.parsed.has('explain'))
      context.out((await import('../explanation.js')).explanation(result, catalogue).map(printable).join('\n'));
    else context.out((await import('../recognition-text.js')).recognitionText(result));
    return EXIT.done;
  },
});

async function catalogueOf(context: Context): Promise<Catalogue> {
  const { loadCatalogue } = await import('../../recognise/index.js');
  const dir = context.parsed.value('catalogue');
  const own = (await context.settings())['recognise.catalogue'];
  return loadCatalogue({ own, ...(dir === undefined ? {} : { dir }) });
}

function dayOf({ published }: GivenText, asked: Day | undefined, askedFor: string): { on: Day; onReason: string } {
  if (asked !== undefined) return { on: asked, onReason: askedFor };
  if (published !== undefined) return { on: published.slice(0, 10), onReason: 'date of the notice' };
  return { on: instant(new Date()).slice(0, 10), onReason: 'today, as no date was given' };
}

async function noticeOf(context: Context, word: string): Promise<GivenText> {
  const { store } = await context.open({ offline: true });
  const { latestReading } = await import('../../store/index.js');
  const id = await fullId(store.database, word, 'N');
  const reading = await latestReading(store.database, id);
  if (!reading) return { name: id, text: '', language: 'unknown' };
  const { text, language, account, published } = reading;
  return {
    name: id,
    text,
    language,
    ...(account ? { account } : {}),
    ...(published === undefined ? {} : { published }),
  };
}
