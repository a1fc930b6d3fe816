// What `serve` answers over HTTP: POST /match on the SDN list, one name a request and twenty, from a client in a process of
// its own that keeps 32 connections busy. Both share the machine's cores, as the figures say.
// Run: npm run build && node bench/screening-http.mjs      (SECONDS=n)
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { negatives, shared } from './screening-input.mjs';

const SECONDS = Number(process.env.SECONDS ?? 10);
const CONNECTIONS = 32;
const main = join(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
const print = (claim, values) => console.log(JSON.stringify({ bench: 'screening-http', claim, ...values }));

if (process.argv[2] === 'client') await client(...process.argv.slice(3));
else await whole();

async function whole() {
  const folder = mkdtempSync(join(tmpdir(), 'asposted-bench-'));
  const store = join(folder, 'store');
  const sdn = join(folder, 'sdn.csv');
  writeFileSync(sdn, gunzipSync(readFileSync(join(shared, 'ofac', 'sdn_2024-05-03.csv.gz'))));
  const command = (...args) => {
    const { status, stderr } = spawnSync(process.execPath, [main, ...args, '--store', store], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  command('init');
  command('lists', 'add', 'us_ofac_sdn', sdn, '--published', '2024-05-03');
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const server = spawn(
    process.execPath,
    [main, 'serve', '--no-watch', '--listen', `127.0.0.1:${port}`, '--store', store],
    {
      stdio: 'ignore',
    },
  );
  const ended = new Promise((resolve) => server.on('exit', resolve));
  try {
    await ready(port);
    for (const batch of [1, 20]) {
      const run = spawn(process.execPath, [import.meta.filename, 'client', String(port), String(batch)], {
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      await new Promise((resolve) => run.on('exit', resolve));
    }
  } finally {
    server.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ready(port) {
  for (let tries = 0; tries < 300; tries++) {
    const answered = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answered?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server did not become ready');
}

async function client(port, batch) {
  const names = negatives();
  const size = Number(batch);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let [next, requests, failed] = [0, 0, 0];
  const took = [];
  const ask = () =>
    new Promise((resolve, reject) => {
      const queries = {};
      for (let i = 0; i < size; i++)
        queries[`q${i}`] = { schema: 'Person', properties: { name: [names[next++ % names.length]] } };
      const body = JSON.stringify({ queries });
      const began = performance.now();
      const asked = request(
        {
          port: Number(port), host: '127.0.0.1', path: '/match/default', method: 'POST', agent,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        },
        (answer) => {
          if (answer.statusCode !== 200) failed += 1;
          answer.resume();
          answer.on('end', () => {
            took.push(performance.now() - began);
            requests += 1;
            resolve();
          });
        },
      ); // prettier-ignore
      asked.on('error', reject);
      asked.end(body);
    });
  const until = (end) => Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    while (performance.now() < end) await ask();
  })); // prettier-ignore
  await until(performance.now() + 3_000);
  [requests, failed] = [0, 0];
  took.length = 0;
  const began = performance.now();
  await until(began + SECONDS * 1_000);
  const seconds = (performance.now() - began) / 1_000;
  took.sort((a, b) => a - b);
  print(`${size} a request`, {
    cores: availableParallelism(),
    requestsPerSecond: Math.round(requests / seconds),
    namesPerSecond: Math.round((requests * size) / seconds),
    p50: Number(took[took.length >> 1].toFixed(1)),
    p99: Number(took[Math.floor(took.length * 0.99)].toFixed(1)),
    failed,
  });
  agent.destroy();
}
