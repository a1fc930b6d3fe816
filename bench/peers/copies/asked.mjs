// What the peers of Node have in common: lines of documents and questions go in, one line of JSON with figures and finds comes out.
import { readFileSync } from 'node:fs';

const ownTime = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** `insert` takes a document, `query` gives the ids of those it names. */
export function answer(file, { peer, version, insert, query }) {
  const count = { document: 0, query: 0 };
  const time = { document: 0, query: 0 };
  const found = {};
  let candidates = 0;
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const row = JSON.parse(line);
    const began = ownTime();
    if (row.kind === 'document') insert(row);
    else candidates += (found[row.id] = query(row)).length;
    time[row.kind] += ownTime() - began;
    count[row.kind] += 1;
  }
  console.log(
    JSON.stringify({
      peer,
      version,
      candidatesPerQuery: candidates / Math.max(1, count.query),
      insertsPerSecond: (1e6 * count.document) / time.document,
      queriesPerSecond: (1e6 * count.query) / time.query,
      found,
    }),
  );
}
