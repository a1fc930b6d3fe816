import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../src', import.meta.url));

/** What each folder may import, and why it may not import more. ARCHITECTURE.md shows the same table; a test below compares. */
export const LAYERS: Readonly<Record<string, { may: readonly string[]; because: string }>> = {
  model: { may: [], because: 'nouns import nothing, so that everything can import them' },
  text: { may: [], because: 'letters know nothing of notices' },
  verify: { may: ['model'], because: 'what checks the evidence must not trust the rest of the product' },
  read: { may: ['model'], because: 'a pure stage gives the same answer on every machine' },
  recognise: { may: ['model', 'text'], because: 'a pure stage gives the same answer on every machine' },
  screen: { may: ['model', 'text'], because: 'a pure stage gives the same answer on every machine' },
  compare: { may: ['model', 'text'], because: 'a pure stage gives the same answer on every machine' },
  preserve: { may: ['model', 'verify'], because: 'evidence is written without knowing what it means' },
  people: { may: ['model', 'verify', 'preserve'], because: 'who may come in rests on no evidence and no database' },
  capture: { may: ['model', 'verify'], because: 'fetching decides nothing about pages' },
  source: { may: ['model', 'read'], because: 'a source names addresses; it stores and captures nothing' },
  store: { may: ['model', 'verify', 'preserve'], because: 'SQL keeps what stages made and calls none of them' },
  alert: { may: ['model'], because: 'a channel gets an event and nothing else' },
  case: { may: ['model', 'read', 'recognise', 'store'], because: 'people’s work rests on rows, never on the network' },
  dossier: {
    may: ['model', 'text', 'verify', 'preserve', 'store', 'case'],
    because: 'what is published is made of what is kept',
  },
  watch: {
    may: [
      'model',
      'text',
      'verify',
      'read',
      'recognise',
      'screen',
      'compare',
      'preserve',
      'capture',
      'source',
      'store',
      'alert',
      'case',
      'dossier',
    ],
    because: 'the stages are joined here and nowhere else; people’s interfaces stand above',
  },
  demo: {
    may: ['model', 'verify', 'capture', 'case', 'dossier', 'store', 'watch'],
    because: 'the demo plays the product from outside, like its users',
  },
  server: {
    may: [
      'model',
      'verify',
      'read',
      'recognise',
      'screen',
      'compare',
      'people',
      'store',
      'alert',
      'case',
      'dossier',
      'watch',
    ],
    because: 'the API shows what is there; commands are not its business',
  },
  cli: {
    may: [
      'model',
      'verify',
      'read',
      'recognise',
      'screen',
      'compare',
      'preserve',
      'people',
      'capture',
      'source',
      'store',
      'alert',
      'case',
      'dossier',
      'watch',
      'server',
      'demo',
    ],
    because: 'commands stand on top of everything',
  },
};

interface Arrow {
  file: string;
  from: string;
  to: string;
}

const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((name) => name.split(sep).join('/'))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('/testing/'));

function specifiers(file: string): string[] {
  const text = readFileSync(join(src, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)['"]([^'"]+)['"]/g)].map((match) => match[1]!);
}

function arrows(): Arrow[] {
  return sources.flatMap((file) =>
    specifiers(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => posix.normalize(posix.join(posix.dirname(file), specifier)))
      .map((target) => ({ file, from: file.split('/')[0]!, to: target.split('/')[0]! }))
      .filter(({ from, to }) => from !== to),
  );
}

test('arrows between folders point one way', () => {
  for (const { file, from, to } of arrows()) {
    const layer = LAYERS[from];
    assert.ok(layer, `src/${from} is not in the table of layers: give it a place and a reason`);
    assert.ok(layer.may.includes(to), `src/${file}: ${from} must not import ${to}: ${layer.because}`);
  }
});

test('what checks the evidence touches the platform in one file only, so that a browser can run it', () => {
  const core = sources.filter((file) => file.startsWith('verify/') && !/^verify\/platform(?:-web)?\.ts$/.test(file));
  assert.ok(core.length > 30);
  for (const file of core) {
    assert.deepEqual(
      specifiers(file).filter((specifier) => specifier.startsWith('node:')),
      [],
      `src/${file}: put what needs Node into platform.ts, and its twin into platform-web.ts`,
    );
    const code = readFileSync(join(src, file), 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
    assert.doesNotMatch(code, /\b(?:Buffer|process|require|__dirname)\b/, `src/${file}: browsers do not have this`);
  }
});

test('the table itself has no circle: every folder stands above what it may import', () => {
  const names = Object.keys(LAYERS);
  for (const [name, { may }] of Object.entries(LAYERS)) {
    for (const other of may)
      assert.ok(names.indexOf(other) < names.indexOf(name), `${name} may import ${other}, which stands above it`);
  }
});

/** Where the shipped catalogue and the folders of lists are looked up: the only effects pure stages have. */
const READS_DISK = new Set(['recognise/load.ts', 'screen/list-kind.ts']);

test('pure stages touch no network, clock, disk or database', () => {
  for (const file of sources.filter((each) => /^(?:model|text|read|recognise|screen|compare|verify)\//.test(each))) {
    const forbidden = specifiers(file).filter((each) =>
      /^(?:node:)?(?:fs|net|http|https|tls|dns|child_process|worker_threads|os)(?:\/|$)|^pg$/.test(each),
    );
    if (!READS_DISK.has(file)) assert.deepEqual(forbidden, [], `src/${file} has an effect: hand it in instead`);
    const code = readFileSync(join(src, file), 'utf8');
    assert.doesNotMatch(
      code,
      /\bDate\.now\(\)|new Date\(\)|Math\.random\(/,
      `src/${file} asks the clock or a die: hand it in instead`,
    );
  }
});

test('the environment is read in three places only, so that every setting has one origin', () => {
  const readers = sources.filter((file) => readFileSync(join(src, file), 'utf8').includes('process.env'));
  assert.deepEqual(readers.sort(), [
    'cli/context.ts',
    'cli/main.ts',
    'store/engine/cluster.ts',
    'store/engine/index.ts',
  ]);
});

test('nothing evaluates text as code, and no command goes through a shell', () => {
  for (const file of sources) {
    const code = readFileSync(join(src, file), 'utf8');
    assert.doesNotMatch(code, /\beval\(|new Function\(|node:vm|shell:\s*true|\bexecSync\(/, `src/${file}`);
  }
});

test('ARCHITECTURE.md shows these arrows', () => {
  const text = readFileSync(new URL('../ARCHITECTURE.md', import.meta.url), 'utf8');
  for (const [name, { may, because }] of Object.entries(LAYERS)) {
    const row = `| \`${name}\` | ${may.length === 0 ? 'nothing' : may.join(', ')} | ${because} |`;
    assert.ok(text.includes(row), `ARCHITECTURE.md lacks the row:\n${row}`);
  }
});
