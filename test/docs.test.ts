import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { SETTINGS } from '../src/model/index.js';
import { channelSettings } from '../src/alert/index.js';
import { EXIT_OF } from '../src/cli/exit-codes.js';
import { COMMANDS } from '../src/cli/help.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = [...readdirSync(join(root, 'docs')).map((name) => join('docs', name)), ...readdirSync(root)].filter(
  (name) => name.endsWith('.md'),
);

test('the made parts of docs/ are what the code says', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build-docs.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
});

test('every stage has its page, every setting, error code and command stands in docs/', async () => {
  for (const stage of [
    'source',
    'capture',
    'preserve',
    'verify',
    'read',
    'recognise',
    'screen',
    'compare',
    'case',
    'dossier',
    'alert',
  ]) {
    assert.ok(
      pages.some((name) => new RegExp(`docs/\\d{3}-${stage}\\.md$`).test(name)),
      stage,
    );
  }
  const all = pages.map((name) => readFileSync(join(root, name), 'utf8')).join('\n');
  for (const name of Object.keys({ ...SETTINGS, ...(await channelSettings()) }))
    assert.ok(all.includes(`\`${name}\``), name);
  for (const code of Object.keys(EXIT_OF)) assert.ok(all.includes(`\`${code}\``), code);
  for (const name of Object.keys(COMMANDS)) assert.ok(all.includes(`### asposted ${name}`), name);
});

test('links between pages lead somewhere', () => {
  for (const name of pages) {
    for (const [, target] of readFileSync(join(root, name), 'utf8').matchAll(/\]\((?!https?:)([^)#\s]+)/g)) {
      assert.ok(existsSync(join(root, dirname(name), target!)), `${name} → ${target!}`);
    }
  }
});

test('every command names itself, tells what it does in one line, and shows how', async () => {
  for (const [name, load] of Object.entries(COMMANDS)) {
    const { default: command } = await load();
    assert.equal(command.name, name);
    assert.ok(command.summary.endsWith('.') && command.summary.length < 110, name);
    assert.ok(command.usage.length > 0 && command.examples.length > 0, name);
    for (const example of command.examples) assert.match(example, /asposted /, name);
  }
});
