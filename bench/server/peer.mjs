// The peer of bench/server: the same texts in one table of the same PostgreSQL with pg_trgm, asked by ILIKE for the newest twenty, and by time for a
// page of a hundred. It makes no page of it, finds no inflections, and is asked without HTTP, by eight connections for the clients.
const POOL = 8;

export async function peer(store, { asked, own, documents, seconds, clients, print, told }) {
  const { database } = store;
  const [held] = await database.query("select to_regclass('plain.notice') as name");
  if (held.name === null) {
    told('peer');
    const began = performance.now();
    await database.query('create extension if not exists pg_trgm schema public');
    await database.query('create schema plain');
    await database.query(`create table plain.notice as select n.id, n.first_seen as at, n.title, n.presence, n.account_name as account,
      (select string_agg(e.text, E'\\n') from exhibit e where e.notice_id = n.id) as text from notice n order by n.first_seen desc limit ${documents}`);
    await database.query("set maintenance_work_mem = '1GB'");
    await database.query('create index on plain.notice using gin (text public.gin_trgm_ops)');
    await database.query('create index on plain.notice (at desc)');
    await database.query('create unique index on plain.notice (id)');
    await database.query('vacuum analyze plain.notice');
    const [size] = await database.query("select pg_indexes_size('plain.notice') as bytes");
    print('peer filled', { documents, seconds: Math.round((performance.now() - began) / 1_000), indexMb: Math.round(size.bytes / 1e6) });
  }
  for (const each of asked) {
    const ask = askedOf(database, each);
    if (!ask) continue;
    const answer = await measured(ask, { seconds, clients });
    const mine = own.get(each.claim);
    print(`${each.claim}: plain PostgreSQL with pg_trgm`, { ...answer, connections: POOL, ours: mine, oursSoManyTimesAsFast: mine && Number((answer.p95 / mine.p95).toFixed(2)) });
  }
} // prettier-ignore

function askedOf(database, { words, list, notice, paths }) {
  if (words) {
    const sql = `select id, at, title, presence, account, substr(text, greatest(1, strpos(lower(text), lower($2)) - 60), 200) as around
      from plain.notice where text ilike $1 order by at desc limit 20`;
    return (at) => {
      const word = words[at % words.length];
      return database.query(sql, [word.split(' ').map((each) => `%${each}%`).join(''), word]); // prettier-ignore
    };
  }
  if (list) {
    const sql = `select id, at, title, presence, account from plain.notice where ($1 = '' or presence = $1) and ($2 = '' or at <= $2) order by at desc limit 100`;
    return (at) => {
      const { searchParams } = new URL(paths[at % paths.length], 'http://x');
      return database.query(sql, [searchParams.get('presence') ?? '', searchParams.get('older')?.split('~')[0] ?? '']);
    };
  }
  if (notice)
    return (at) => database.query('select * from plain.notice where id = $1', [paths[at % paths.length].slice(9)]);
  return undefined;
}

async function measured(ask, { seconds, clients }) {
  const took = [];
  let next = 0;
  const until = (end) =>
    Promise.all(
      Array.from({ length: clients }, async () => {
        while (performance.now() < end) {
          const began = performance.now();
          await ask(next++);
          took.push(performance.now() - began);
        }
      }),
    );
  await until(performance.now() + 2_000);
  took.length = 0;
  const began = performance.now();
  await until(began + seconds * 1_000);
  const elapsed = (performance.now() - began) / 1_000;
  took.sort((a, b) => a - b);
  const at = (share) => Number(took[Math.min(took.length - 1, Math.floor(took.length * share))].toFixed(1));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), requestsPerSecond: Number((took.length / elapsed).toFixed(1)) };
}
