import { userInfo } from 'node:os';
import { AsPostedError } from '../../model/index.js';
import type { Parts } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { fullId, need, parseDay } from '../output.js';

const VERBS = ['new', 'show', 'add', 'note', 'claim', 'decide', 'ask', 'timeline'] as const;

const ADD = 'case add CASE ID|URL [WORDS]';

export default defineCommand({
  name: 'case',
  summary: 'Work on a case: claims with who said them, notes, decisions, who was asked, and the timeline.',
  usage: [
    'new TITLE [--notice ID]…',
    'show CASE · timeline CASE',
    'add CASE ID|URL [WORDS]',
    'claim CASE WORDS --speaker WHO [--for BODY] [--outlet NAME] [--said DATE] [--about MATTER] [--exhibit ID] [--contradicts ID]… [--supports ID]…',
    'note CASE WORDS · decide CASE WORDS',
    'ask CASE WORDS --asked WHO [--asked-by WHO] [--answer WORDS] [--exhibit ID]',
  ],
  description:
    'Everything is appended to the log with who and when, and never changed. Claims are recorded as attributed; contradictions between them are shown, and which is true is not said.',
  examples: [
    'asposted case new "Drone detectors" --notice N-7F3K2',
    'asposted case add K-2M8QD https://www.example.gov.cn/content/post_1.html "the explanation"',
    'asposted case claim K-2M8QD "The posting was improper." --speaker "an official" --for "the association" --outlet CNN --said 2024-06-05 --about posting --exhibit E-4QK9',
  ],
  flags: {
    by: { kind: 'value', placeholder: 'NAME', help: 'Who enters this; default your user name.' },
    notice: { kind: 'values', placeholder: 'ID', help: 'new: a notice the case is about.' },
    speaker: { kind: 'value', placeholder: 'WHO', help: 'claim: who said it.' },
    for: { kind: 'value', placeholder: 'BODY', help: 'claim: the body the speaker speaks for.' },
    outlet: { kind: 'value', placeholder: 'NAME', help: 'claim: through whom it was said.' },
    said: { kind: 'value', placeholder: 'DATE', help: 'claim: when it was said.' },
    about: {
      kind: 'value',
      placeholder: 'MATTER',
      help: 'claim: what the words are about, one word; two claims of one body about one matter are held against each other.',
    },
    exhibit: { kind: 'value', placeholder: 'ID', help: 'The exhibit in which the words stand.' },
    contradicts: { kind: 'values', placeholder: 'ID', help: 'claim: a claim it contradicts.' },
    supports: { kind: 'values', placeholder: 'ID', help: 'claim: a claim or exhibit it supports.' },
    asked: { kind: 'value', placeholder: 'WHO', help: 'ask: who was asked.' },
    'asked-by': { kind: 'value', placeholder: 'WHO', help: 'ask: who asked.' },
    answer: { kind: 'value', placeholder: 'WORDS', help: 'ask: what came back.' },
  },
  run: async (context) => {
    const [verb, word, ...rest] = context.parsed.words;
    switch (verb as (typeof VERBS)[number] | undefined) {
      case 'new':
        return open(context, need(word, 'a title', 'case new TITLE'));
      case 'show':
        return show(context, need(word, 'a case', 'case show CASE'), false);
      case 'timeline':
        return show(context, need(word, 'a case', 'case timeline CASE'), true);
      case 'claim':
        return claim(context, need(word, 'a case', 'case claim CASE WORDS --speaker WHO'), rest.join(' '));
      case 'add':
        return add(context, need(word, 'a case', ADD), {
          what: need(rest[0], 'a notice, an exhibit or an address', ADD),
          words: rest.slice(1).join(' '),
        });
      case 'note':
      case 'decide':
      case 'ask':
        return state(context, {
          verb: verb as 'note' | 'decide' | 'ask',
          caseWord: need(word, 'a case', `case ${verb!} CASE WORDS`),
          words: rest.join(' '),
        });
      case undefined:
      default:
        throw new AsPostedError({
          code: 'USAGE',
          message: verb === undefined ? 'case needs a verb' : `case has no verb ${verb}`,
          hint: `It has ${VERBS.join(', ')}.`,
        });
    }
  },
});

const author = ({ parsed }: Context): string => parsed.value('by') ?? userInfo().username;

async function open(context: Context, title: string): Promise<number> {
  const parts = await context.open({ offline: true });
  const { openCase } = await import('../../watch/index.js');
  const notices: string[] = [];
  for (const each of context.parsed.values('notice')) notices.push(await fullId(parts.store.database, each, 'N'));
  const opened = await openCase(parts, { title, by: author(context), notices });
  context.out(context.json ? JSON.stringify({ type: 'case', ...opened }) : `${opened.id}  ${opened.title}`);
  return EXIT.done;
}

async function exhibitOf({ parsed }: Context, parts: Parts): Promise<{ exhibit?: string }> {
  const given = parsed.value('exhibit');
  return given === undefined ? {} : { exhibit: await fullId(parts.store.database, given, 'E') };
}

async function claim(context: Context, caseWord: string, words: string): Promise<number> {
  const parts = await context.open({ offline: true });
  const { addClaim } = await import('../../watch/index.js');
  const { parsed } = context;
  const [speaksFor, outlet, about, said] = ['for', 'outlet', 'about', 'said'].map((name) => parsed.value(name));
  const related = async (flag: string): Promise<string[]> =>
    Promise.all(parsed.values(flag).map((each) => fullId(parts.store.database, each, 'CEN')));
  const { exhibit } = await exhibitOf(context, parts);
  const { id, logIndex, wordsInExhibit } = await addClaim(parts, await fullId(parts.store.database, caseWord, 'K'), {
    by: author(context),
    speaker: parsed.value('speaker') ?? '',
    words,
    ...(speaksFor === undefined ? {} : { speaksFor }),
    ...(outlet === undefined ? {} : { outlet }),
    ...(about === undefined ? {} : { about }),
    ...(said === undefined ? {} : { said: parseDay(said, '--said') }),
    ...(exhibit === undefined ? {} : { exhibit }),
    contradicts: await related('contradicts'),
    supports: await related('supports'),
  });
  if (wordsInExhibit === false)
    context.err(
      `note: these words do not stand in ${exhibit!} letter for letter; the claim is recorded as you gave it`,
    );
  context.out(
    context.json ? JSON.stringify({ type: 'claim', id, logIndex, wordsInExhibit }) : `${id}  log ${logIndex}`,
  );
  return EXIT.done;
}

/** A notice, an exhibit, or an address that is captured now. */
async function add(
  context: Context,
  caseWord: string,
  { what, words }: { what: string; words: string },
): Promise<number> {
  const isAddress = /^https?:\/\//i.test(what);
  const parts = await context.open({ offline: !isAddress });
  const { addToCase, captureAddress } = await import('../../watch/index.js');
  const caseId = await fullId(parts.store.database, caseWord, 'K');
  const added = isAddress ? await captureAddress(parts, what) : await fullId(parts.store.database, what, 'NE');
  const { id, logIndex } = await addToCase(parts, caseId, { id: added, words, by: author(context) });
  context.out(
    context.json
      ? JSON.stringify({ type: 'statement', id, kind: 'added', about: [added], logIndex })
      : `${id}  log ${logIndex}  ${added}`,
  );
  return EXIT.done;
}

const KINDS = { note: 'note', decide: 'decision', ask: 'outreach' } as const;

async function state(
  context: Context,
  { verb, caseWord, words }: { verb: keyof typeof KINDS; caseWord: string; words: string },
): Promise<number> {
  const parts = await context.open({ offline: true });
  const { addStatement } = await import('../../watch/index.js');
  const [asked, askedBy, answer] = ['asked', 'asked-by', 'answer'].map((name) => context.parsed.value(name));
  const { id, logIndex } = await addStatement(parts, await fullId(parts.store.database, caseWord, 'K'), {
    by: author(context),
    kind: KINDS[verb],
    words,
    ...(asked === undefined ? {} : { asked }),
    ...(askedBy === undefined ? {} : { askedBy }),
    ...(answer === undefined ? {} : { answer }),
    ...(await exhibitOf(context, parts)),
  });
  context.out(context.json ? JSON.stringify({ type: 'statement', id, logIndex }) : `${id}  log ${logIndex}`);
  return EXIT.done;
}

async function show(context: Context, word: string, timelineOnly: boolean): Promise<number> {
  const parts = await context.open({ offline: true });
  const { caseReport, caseText, timelineText } = await import('../case-report.js');
  const report = await caseReport(parts, await fullId(parts.store.database, word, 'K'));
  if (context.json && timelineOnly)
    for (const line of report.timeline) context.out(JSON.stringify({ type: 'timeline', ...line }));
  else if (context.json) context.out(JSON.stringify(report));
  else context.out(timelineOnly ? timelineText(report) : caseText(report));
  return EXIT.done;
}
