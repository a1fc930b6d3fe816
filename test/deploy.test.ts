/** What stands in `deploy/` names files, commands and settings that are there, and opens nothing to others. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { COMMANDS } from '../src/cli/help.js';
import { SETTINGS, environmentNames } from '../src/model/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, 'deploy', path), 'utf8');
const variables = new Set(Object.keys(SETTINGS).flatMap(environmentNames));
const isKnown = (name: string): boolean => name === 'ASPOSTED_STORE' || variables.has(name.replace(/_FILE$/, ''));

test('units run commands that there are, as nobody else, and write to the store alone', () => {
  const units = readdirSync(join(root, 'deploy', 'systemd'));
  for (const unit of units.filter((name) => name.endsWith('.service'))) {
    const text = read(`systemd/${unit}`);
    const verb = /^ExecStart=\/usr\/bin\/env asposted (\S+)/m.exec(text)![1]!;
    assert.ok(Object.hasOwn(COMMANDS, verb), `${unit}: ${verb}`);
    for (const line of ['User=asposted', 'NoNewPrivileges=yes', 'ProtectSystem=strict', 'CapabilityBoundingSet='])
      assert.ok(text.includes(`\n${line}\n`), `${unit}: ${line}`);
    assert.doesNotMatch(text, /^(?:MemoryDenyWriteExecute|RemoveIPC)=/m, `${unit}: would break Node.js or PostgreSQL`);
  }
  for (const timer of units.filter((name) => name.endsWith('.timer')))
    assert.ok(units.includes(timer.replace('.timer', '.service')), timer);
});

test('the image is made of files that there are and that its build can see', () => {
  const seen = new Set(
    read('Dockerfile.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1)),
  );
  for (const name of seen) if (!name.includes('*')) assert.ok(existsSync(join(root, name)), name);
  const copied = [...read('Dockerfile').matchAll(/^COPY --from=build (.*) \S+$/gm)].flatMap(([, names]) =>
    names!.split(' ').map((each) => each.replace('/app/', '')),
  );
  for (const name of copied) assert.ok(seen.has(name) || ['dist', 'node_modules'].includes(name), name);
  const needed = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] }).files;
  for (const name of needed.filter((each) => !each.startsWith('!')))
    assert.ok(copied.includes(name), `${name} is part of the package`);
  assert.match(read('Dockerfile'), /^USER asposted$/m);
});

test('compose and chart: settings that there are, no port for others, no secret in the file', () => {
  const { services } = parse(read('compose.yaml')) as {
    services: Record<string, { environment: Record<string, string>; ports?: string[] }>;
  };
  for (const { ports = [] } of Object.values(services)) for (const port of ports) assert.match(port, /^127\.0\.0\.1:/);
  for (const name of Object.keys(services['asposted']!.environment)) assert.ok(isKnown(name), name);
  for (const name of Object.keys(services['database']!.environment))
    assert.ok(!name.endsWith('PASSWORD'), 'passwords come from files');
  for (const [, name] of read('chart/templates/deployment.yaml').matchAll(/\b(ASPOSTED_[A-Z_]+)/g))
    assert.ok(isKnown(name!), name);
  const chart = parse(read('chart/Chart.yaml')) as { appVersion: string };
  const values = parse(read('chart/values.yaml')) as { image: { tag: string }; replicas: number };
  assert.deepEqual([chart.appVersion, values.replicas], [values.image.tag, 1]);
});
