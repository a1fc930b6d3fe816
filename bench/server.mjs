// What the pages cost in a store of many notices: the list of notices, the search and the page of a notice, asked over HTTP by 32 clients; beside
// them the same texts in a plain PostgreSQL table with pg_trgm. One JSON line a claim.
// Run: npm run build && node --import tsx bench/server.mjs       (DOCUMENTS=1000000, SECONDS=10, CLIENTS=32, SEED=1)
// PEER_DOCUMENTS=n gives the peer the newest n only: its index takes an hour for a million.
// STORE=folder keeps the store there and takes it as it is the next time; PEER=off leaves the peer out; ONLY=word asks only what has the word.
// About an hour and 25 GB of disk for a million on two cores; the embedded PostgreSQL of the package is used, for the peer as well.
// The texts are of nobody (bench/server/texts.mjs). Rows are written by COPY (bench/server/rows.mjs); nothing is captured, so there is no log.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../dist/store/index.js';
import { fill } from './server/fill.mjs';
import { peer } from './server/peer.mjs';
import { questions } from './server/questions.mjs';

const number = (name, otherwise) => Number(process.env[name] ?? otherwise);
const [DOCUMENTS, SECONDS, CLIENTS, SEED] = [number('DOCUMENTS', 1_000_000), number('SECONDS', 10), number('CLIENTS', 32), number('SEED', 1)]; // prettier-ignore
const main = join(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
const print = (claim, values) => console.log(JSON.stringify({ bench: 'server', claim, ...values }));
const told = (words) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${words}\n`);

const folder = process.env.STORE ?? mkdtempSync(join(tmpdir(), 'asposted-bench-'));
try {
  mkdirSync(folder, { recursive: true });
  const dir = join(folder, 'store');
  const isNew = !existsSync(join(dir, 'format'));
  const store = await openStore({ dir, create: true });
  const setting = { cores: availableParallelism(), documents: DOCUMENTS, clients: CLIENTS };
  if (isNew) print('filled', { ...setting, ...(await fill(store.database, { documents: DOCUMENTS, seed: SEED, dir: folder, told })) });
  print('store', { ...setting, ...(await sizes(store.database)) });
  const asked = questions({ documents: DOCUMENTS, seed: SEED }).filter(({ claim }) => claim.includes(process.env.ONLY ?? ''));
  const own = await served(dir, asked, { kept: false });
  await served(dir, asked, { kept: true });
  if (process.env.PEER !== 'off') await peer(store, { asked, own, documents: number('PEER_DOCUMENTS', DOCUMENTS), seconds: SECONDS, clients: CLIENTS, print, told });
  await store.close();
} finally {
  if (process.env.STORE === undefined) rmSync(folder, { recursive: true, force: true });
} // prettier-ignore

async function sizes(database) {
  const [row] = await database.query(
    `select pg_database_size(current_database()) as bytes, pg_relation_size('search_by_token') as tokens, (select count(*) from notice) as notices`,
  );
  return { notices: row.notices, databaseMb: Math.round(row.bytes / 1e6), tokenIndexMb: Math.round(row.tokens / 1e6) };
}

/** Each list of questions to the real command, from clients in a process of their own; with pages made anew each time, then as the command does. */
async function served(store, asked, { kept }) {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const server = spawn(process.execPath, [main, 'serve', '--no-watch', '--listen', `127.0.0.1:${port}`, '--store', store, ...(kept ? [] : ['--serve.kept', '0'])], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((resolve) => server.on('exit', resolve));
  const own = new Map();
  try {
    await ready(port);
    for (const { claim, paths } of asked) {
      for (const pause of kept ? [0] : [0, 1_000]) {
        const answer = await clients({ port, paths, pause, seconds: SECONDS, clients: CLIENTS });
        if (pause === 0) own.set(claim, answer);
        print(`${claim}${kept ? ', pages kept' : ', no page kept'}${pause === 0 ? '' : ', a second between questions'}`, answer);
      }
    }
  } finally {
    server.kill('SIGINT');
    await ended;
  }
  return own;
} // prettier-ignore

async function ready(port) {
  for (let tries = 0; tries < 600; tries++) {
    const answered = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answered?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server did not become ready');
}

async function clients(question) {
  const run = spawn(process.execPath, [join(import.meta.dirname, 'server', 'client.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
  run.stdin.end(JSON.stringify(question));
  let text = '';
  for await (const piece of run.stdout) text += piece;
  return JSON.parse(text);
} // prettier-ignore
