// The clients of bench/server, in a process of their own: each asks the next question as soon as it was answered, or after a pause.
import { Agent, request } from 'node:http';

let text = '';
for await (const piece of process.stdin) text += piece;
const { port, paths, pause, seconds, clients } = JSON.parse(text);
const agent = new Agent({ keepAlive: true, maxSockets: clients });
const [took, sizes] = [[], []];
let [next, failed] = [0, 0];

function ask(path) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const asked = request({ port, host: '127.0.0.1', path, agent }, (answer) => {
      if (answer.statusCode !== 200) failed += 1;
      let bytes = 0;
      answer.on('data', (piece) => (bytes += piece.length));
      answer.on('end', () => {
        took.push(performance.now() - began);
        sizes.push(bytes);
        resolve();
      });
    });
    // A server may close a connection that rested just as it is used again (Node's documentation of `reusedSocket`).
    asked.on('error', (error) =>
      asked.reusedSocket && error.code === 'ECONNRESET' ? ask(path).then(resolve, reject) : reject(error),
    );
    asked.end();
  });
}

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(end) {
  await Promise.all(
    Array.from({ length: clients }, async () => {
      if (pause > 0) await wait(Math.random() * pause);
      while (performance.now() < end) {
        const began = performance.now();
        await ask(paths[next++ % paths.length]);
        if (pause > 0) await wait(Math.max(0, pause - (performance.now() - began)));
      }
    }),
  );
}

await until(performance.now() + 2_000);
[took.length, sizes.length, failed] = [0, 0, 0];
const began = performance.now();
await until(began + seconds * 1_000);
const elapsed = (performance.now() - began) / 1_000;
took.sort((a, b) => a - b);
const at = (share) => Number(took[Math.min(took.length - 1, Math.floor(took.length * share))].toFixed(1));
const answer = {
  p50: at(0.5),
  p95: at(0.95),
  p99: at(0.99),
  requestsPerSecond: Number((took.length / elapsed).toFixed(1)),
};
const kb = Number((sizes.reduce((sum, each) => sum + each, 0) / sizes.length / 1_000).toFixed(1));
process.stdout.write(JSON.stringify({ ...answer, requests: took.length, kb, failed }));
agent.destroy();
process.exitCode = 0;
