// Writes the made parts of docs/ (settings, exit codes, kinds of sources, lists, channels, commands) between their marks.
// `npm run docs` writes; `node scripts/build-docs.mjs --check` only says whether anything would change.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { EXIT, EXIT_OF } from '../dist/cli/exit-codes.js';
import { COMMANDS, help } from '../dist/cli/help.js';
import { SETTINGS, environmentNames } from '../dist/model/index.js';
import { COMMON_OPTIONS, loadSourceKinds } from '../dist/source/index.js';
import { loadCatalogue } from '../dist/recognise/index.js';
import { listKinds } from '../dist/screen/index.js';
import { channelSettings, loadChannels } from '../dist/alert/index.js';

const cell = (value) =>
  String(value ?? '')
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ');
const table = (header, rows) =>
  [
    `| ${header.join(' | ')} |`,
    `|${header.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
  ].join('\n');
const options = (each) =>
  table(
    ['option', 'what it is', 'example'],
    Object.entries(each).map(([name, { help: text, example, required }]) => [
      `\`${name}\``,
      `${required ? '(needed) ' : ''}${text}`,
      example === undefined ? '' : `\`${example}\``,
    ]),
  );

const MEANINGS = {
  done: 'done',
  failed: 'failed',
  usage: 'the command line or a setting is wrong',
  partly: 'done in part: something failed, the rest is done',
  found: 'found, with --fail-on… : removals, changes, matches',
  verificationFailed: 'verification failed: a byte is not what it was',
  notVerified: 'could not be verified: no trusted key, or a file of an unknown kind',
  refused: 'the network or the site refused; try later',
  noStore: 'there is no store',
  locked: 'another asposted holds the store',
  listTooOld: 'list data is missing or too old',
  interrupted: 'interrupted; nothing acknowledged is lost',
};

const settings = (each) =>
  table(
    ['setting', 'variable', 'default', 'what it does'],
    Object.entries(each).map(([name, { default: value, help: text, secret }]) => [
      `\`${name}\``,
      `\`${environmentNames(name)[0]}\``,
      value.length === 0 ? '–' : `\`${Array.isArray(value) ? value.join(', ') : value}\``,
      `${text}${secret ? ' Secret: never printed.' : ''}`,
    ]),
  );

const made = {
  settings: async () => settings({ ...SETTINGS, ...(await channelSettings()) }),
  'exit-codes': async () =>
    table(
      ['exit', 'meaning', 'error codes'],
      Object.entries(EXIT).map(([name, code]) => [
        code,
        MEANINGS[name],
        Object.entries(EXIT_OF)
          .filter(([, each]) => each === code)
          .map(([each]) => `\`${each}\``)
          .join(' '),
      ]),
    ),
  'source-kinds': async () =>
    (await loadSourceKinds())
      .map((kind) => `### ${kind.kind}: ${kind.title}\n\n${kind.description}\n\n${options(kind.options)}`)
      .join('\n\n') + `\n\n### Options of every kind\n\n${options(COMMON_OPTIONS)}`,
  lists: async () =>
    table(
      ['list', 'title', 'authority', 'licence', '`update`', 'further forms'],
      (await listKinds()).map((each) => [
        `\`${each.list}\`${each.named ? `, \`${each.list}_…\`` : ''}`,
        ...[each.title, each.authority, each.licence],
        each.addresses.main === undefined ? 'by hand' : 'yes',
        Object.keys(each.forms ?? {}).join(', '),
      ]),
    ),
  channels: async () =>
    (await loadChannels())
      .map((each) => `### ${each.kind}: ${each.title}\n\n${each.description}\n\n${settings(each.settings)}`)
      .join('\n\n'),
  families: async () =>
    table(
      ['family', 'what', 'counts', 'terms zh', 'ru', 'uk', 'en'],
      (await loadCatalogue()).families.map(({ id, names, priority, terms, gaps = {} }) => [
        ...[`\`${id}\``, names.en, priority],
        ...['zh', 'ru', 'uk', 'en'].map((language) => terms[language]?.length ?? `0: ${gaps[language]}`),
      ]),
    ),
  catalogue: async () => {
    const { families, tradeNames, rules, flags, words, cues, organisations, places, sources } = await loadCatalogue();
    const languages = ['zh', 'ru', 'uk', 'en'];
    const count = (of) => languages.map((language) => of(language).flat().length);
    const terms = (language) => families.map((family) => family.terms[language] ?? []);
    const names = (table) => (language) => Object.values(table).map((each) => each[language] ?? []);
    return table(
      ['what', 'how many', 'words zh', 'ru', 'uk', 'en'],
      [
        ['families of goods', families.length, ...count(terms)],
        ['trade names', tradeNames.length, '', '', '', ''],
        ['control entries', rules.length, '', '', '', ''],
        ['flags of words', flags.length, ...count((language) => flags.map((flag) => flag.terms[language] ?? []))],
        [
          'contexts, traps and roles',
          words.length,
          ...count((language) => words.map((each) => each.terms[language] ?? [])),
        ],
        ['cues of document kinds', cues.length, ...count((language) => cues.map((each) => each.terms[language] ?? []))],
        ['countries', Object.keys(places.countries).length, ...count(names(places.countries))],
        ['cities and provinces', Object.keys(places.cities).length, ...count(names(places.cities))],
        ['forms of organisations', '', ...count((language) => [organisations.suffixes[language]])],
        ['sources of words', Object.keys(sources).length, '', '', '', ''],
      ],
    );
  },
  commands: async () =>
    (await Promise.all(Object.values(COMMANDS).map(async (load) => (await load()).default)))
      .map((command) => `### asposted ${command.name}\n\n\`\`\`\n${help(command).trimEnd()}\n\`\`\``)
      .join('\n\n'),
};

const folder = new URL('../docs/', import.meta.url);
const check = process.argv.includes('--check');
let stale = 0;
for (const name of readdirSync(folder).filter((each) => each.endsWith('.md'))) {
  const file = new URL(name, folder);
  let text = readFileSync(file, 'utf8');
  for (const [mark, make] of Object.entries(made)) {
    const pattern = new RegExp(`(<!-- made: ${mark} -->\\n)[\\s\\S]*?(<!-- end -->)`);
    if (!pattern.test(text)) continue;
    const body = await make();
    text = text.replace(pattern, (_, start, end) => `${start}\n${body}\n\n${end}`);
  }
  if (text === readFileSync(file, 'utf8')) continue;
  stale += 1;
  if (check) console.error(`docs/${name} is not what the code says: run npm run docs`);
  else writeFileSync(file, text);
}
if (check && stale > 0) process.exit(1);
