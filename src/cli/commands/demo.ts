import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AsPostedError, type Settings } from '../../model/index.js';
import type { Fact } from '../../demo/facts.js';
import type { Played } from '../../demo/story.js';
import type { World } from '../../demo/world/index.js';
import type { Parts } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { publication } from '../publication.js';
import { writeOut } from '../files.js';
import { printable } from '../printable.js';

export default defineCommand({
  name: 'demo',
  summary: 'Play the story As Posted was made for, offline, in about ten seconds.',
  usage: ['[--store DIR] [--json]'],
  description:
    'A trade association posts that foreign companies seek drone detectors and jammers; the post vanishes; a copy still stands; an official explains it away. The pages are reconstructions, served by a small server on this machine; everything else is the code of real life, with shorter waiting times. Without --store a new folder is made under the system’s temporary folder.',
  examples: ['asposted demo', 'asposted demo --store ./demo --json'],
  run: async (context) => {
    const dir = await demoDir(context);
    const [{ startWorld }, { playStory, DEMO_SETTINGS }] = await Promise.all([
      import('../../demo/world/index.js'),
      import('../../demo/story.js'),
    ]);
    context.err(INTRODUCTION);
    const world = await startWorld();
    try {
      const parts = await openDemo(context, { dir, world, settings: DEMO_SETTINGS });
      const played = await playStory(parts, world, (line) => {
        context.err(`· ${line}`);
      });
      return await tell(context, parts, played);
    } finally {
      await world.close();
    }
  },
});

/** Often the first thing somebody sees of the product. */
const INTRODUCTION = `As Posted keeps public notices as they were posted: as evidence anyone can check, also after they are edited or taken down.
This is the story it was made for, of May and June 2024, in about ten seconds and without the network. Then you can look at it.
`;

async function demoDir({ parsed, storeDir, environment }: Context): Promise<string> {
  const named = parsed.value('store') !== undefined || (environment['ASPOSTED_STORE'] ?? '') !== '';
  const dir = named ? storeDir : await mkdtemp(join(tmpdir(), 'asposted-demo-'));
  const { storeExists } = await import('../../store/index.js');
  if (!storeExists(dir)) return dir;
  throw new AsPostedError({
    code: 'USAGE',
    message: `there is a store in ${dir} already, and the demo wants one of its own`,
    hint: 'Name an empty folder with --store, or leave --store out.',
  });
}

/** The way to the demo's world goes through the same settings everybody has: capture.resolve and capture.ca. */
async function openDemo(
  context: Context,
  { dir, world, settings }: { dir: string; world: World; settings: Partial<Settings> },
): Promise<Parts> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const ca = join(dir, 'demo-ca.pem');
  await writeFile(ca, world.ca);
  await writeFile(join(dir, 'asposted.yaml'), settingsFile(world, settings));
  context.err('· Preparing the store (the first start of its database takes some seconds).');
  return context.open({
    create: true,
    dir,
    settings: { ...settings, 'capture.resolve': world.resolve, 'capture.ca': ca },
  });
}

/** Later commands over this store keep its waiting times, and its hosts lead nowhere: no real site is asked for pages that never existed. */
function settingsFile(world: World, settings: Partial<Settings>): string {
  const nowhere = world.resolve.map((entry) => `  - "${entry.replace(/:127\.0\.0\.1:\d+$/, ':127.0.0.1:9')}"`);
  const times = Object.entries(settings).map(
    ([name, value]) => `${name}: ${typeof value === 'number' ? `${value}ms` : String(value)}`,
  );
  return `# Written by \`asposted demo\`. The hosts of the story lead nowhere now.\n${times.join('\n')}\ncapture.resolve:\n${nowhere.join('\n')}\n`;
}

async function tell(context: Context, parts: Parts, played: Played): Promise<number> {
  const [{ storyFacts }, { buildDossier }, { verifyFile }, { caseReport }, { dossierTools }] = await Promise.all([
    import('../../demo/facts.js'),
    import('../../dossier/index.js'),
    import('../../verify/index.js'),
    import('../case-report.js'),
    import('../../watch/index.js'),
  ]);
  const facts = await storyFacts(parts, played);
  const { dir, log } = parts.store;
  const file = join(dir, 'dossier.zip');
  const bytes = await buildDossier(await caseReport(parts, played.caseId), {
    ...(await dossierTools(parts)),
    publication: await publication(context, parts),
  });
  await writeOut(file, bytes);
  const { verdict, claims } = await verifyFile(bytes, { name: file, trust: [log.vkey] });
  const document = {
    type: 'demo',
    store: dir,
    case: played.caseId,
    ...played.notices,
    facts,
    dossier: { file, verdict, claims: claims.length },
    log: { origin: log.origin, entries: await log.size() },
  };
  const program = context.environment['npm_lifecycle_event'] === undefined ? 'asposted' : 'npx asposted';
  const told: Told = { dir, caseId: played.caseId, file, verdict, program };
  context.out(context.json ? JSON.stringify(document) : storyText(facts, told));
  return verdict === 'ok' ? EXIT.done : EXIT.verificationFailed;
}

const HEADINGS: Readonly<Record<string, string>> = {
  posted: 'Posted',
  goods: 'Goods',
  'trade-name': 'Trade names',
  'maker-listed': 'On a list',
  removed: 'Removed',
  'copy-standing': 'Still standing',
  'overseeing-body': 'Overseen by',
  rule: 'Rules that day',
  'later-rule': 'Later rules',
  claim: 'Explanations',
  work: 'Its work',
  conflict: 'In conflict',
  asked: 'Asked',
};

interface Told {
  dir: string;
  caseId: string;
  file: string;
  verdict: string;
  /** How the command is called where it was called: from a clone it is not on the path. */
  program: string;
}

/** One block a kind of fact; each line ends with the record that shows it. */
function storyText(facts: readonly Fact[], { dir, caseId, file, verdict, program }: Told): string {
  const lines = facts.map(({ fact, what, record, logIndex }, at) => {
    const heading = facts[at - 1]?.fact === fact ? '' : (HEADINGS[fact] ?? fact);
    return `${heading.padEnd(15)} ${printable(what)}  [${record}${logIndex === null ? '' : `, log ${logIndex}`}]`;
  });
  return `${lines.join('\n')}

Dossier         ${file} (${verdict === 'ok' ? 'verified offline' : verdict})

Look at it:     ${program} serve --no-watch --store ${dir}        then open http://127.0.0.1:4270
Check it:       ${program} verify ${file}
Ask it:         ${program} show ${caseId} --store ${dir}

All pages of this story are reconstructions made for the demo; the list entry is an excerpt of OFAC’s public list.`;
}
