// A worker of bench/server: the rows that the pipeline would have made of some notices, as files for COPY, one a table. Recognition, tokens and ids
// are made by the code that the pipeline runs, of each piece of a text once; the first notices are made whole as well, and must come out alike.
// Nothing is captured, so there is no log and no vault beside them.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { idFromHash } from '../../dist/model/index.js';
import { loadCatalogue, recognise } from '../../dist/recognise/index.js';
import { fold } from '../../dist/text/fold.js';
import { TokenSet } from '../../dist/text/tokens/index.js';
import { recognisedToken, searchTokens } from '../../dist/watch/search-tokens.js';
import { makeRandom } from '../../src/compare/testing/random.ts';
import { DAY, SOURCES, noticeId, seenAt, sha, sourceId } from './names.mjs';
import { makeTexts } from './texts.mjs';

const { seed, documents, dir } = workerData;
const texts = makeTexts(seed);
const catalogue = await loadCatalogue();
const instant = (ms) => new Date(ms).toISOString();
const firstSeen = (id) => seenAt(id, documents);

const cell = (value) =>
  value === null || value === undefined
    ? '\\N'
    : String(typeof value === 'object' ? JSON.stringify(value) : value).replace(/[\\\n\r\t]/g, (sign) => ({ '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' })[sign]); // prettier-ignore
const vector = (tokens) => tokens.map((token) => `'${token.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`).join(' ');

const WORDS = {
  zh: '该内容已被发布者删除',
  ru: 'Страница удалена автором',
  en: 'Removed by its author',
  uk: 'Видалено автором',
};

function presenceOf(random, language, seen) {
  const drawn = random();
  const at = (days) => instant(seen + days * DAY);
  if (drawn >= 0.05) return { presence: 'standing' };
  if (drawn >= 0.045) return { presence: 'suspected' };
  if (drawn >= 0.035) return { presence: 'unreachable' };
  if (drawn >= 0.03) return { presence: 'moved' };
  const stood = 1 + random() * 200;
  const removal = { actor: 'publisher', words: WORDS[language], lastSeen: at(stood), firstMissing: at(stood + 0.2), confirmed: at(stood + 0.3) };
  return { presence: 'removed', removal };
} // prettier-ignore

function exhibitsOf(id, made, at, url) {
  const versions = [made.text, ...(made.later === undefined ? [] : [made.text + made.later])];
  return versions.map((text, version) => {
    const [when, hash] = [instant(at + version * DAY), sha(`exhibit ${id} ${version}`)];
    const warc = { length: 1_900, sha256: sha(`warc ${id} ${version}`), records: [1, 2, 3, 4].map((record) => sha(`${record} ${id} ${version}`)) };
    const record = { v: 1, type: 'exhibit', at: when, url, finalUrl: url, status: 200, mediaType: 'text/html', remoteAddress: '203.0.113.7', software: 'bench', warc, payload: { length: text.length, sha256: sha(text) } };
    const reading = {
      reader: 'page/1', title: made.title, language: made.language, published: `${instant(at).slice(0, 19)}+08:00`, links: { images: [], attachments: [] }, fields: { articletitle: made.title },
      account: { id: `account-${made.account}`, name: made.accountName }, charset: { name: 'utf-8', reason: 'Content-Type header' }, verdict: { rule: 'page-content', class: 'live' }, identity: { key: `bench:${id}` }, problems: [],
    };
    return { id: idFromHash('E', hash), hash, at: when, record, reading, text, logIndex: id * 4 + version };
  });
} // prettier-ignore

const kept = new Map();
/** What was made of a piece, as long as there is room. */
function once(key, make) {
  const held = kept.get(key);
  if (held !== undefined) return held;
  if (kept.size > 300_000) kept.clear();
  const made = make();
  kept.set(key, made);
  return made;
}

const shifted = (by) => (each) => ({ ...each, start: each.start + by, end: each.end + by });

/** Of the piece that names things, as it was recognised by itself, at its place in the text. */
function recognitionOf({ named, language, start }) {
  const { mentions, flags, ...rest } = once(`named ${named}`, () => recognise({ text: named, language, on: '2024-05-22', onReason: 'date of the notice' }, catalogue));
  return { ...rest, mentions: mentions.map(shifted(start)), flags: flags.map((flag) => ({ ...flag, words: flag.words.map(shifted(start)) })) };
} // prettier-ignore

function revisionsOf(made, exhibits) {
  const recognition = recognitionOf(made);
  const after = made.later?.slice(1);
  const change = { kind: 'text', severity: 30, before: '', after, edits: [{ op: 'add', text: after }] };
  return exhibits.map(({ id: exhibitId, at }, index) => ({ revision: index + 1, exhibitId, at, recognition, changes: index === 0 ? [] : [change] }));
} // prettier-ignore

const tokensOf = (work) => {
  const set = new TokenSet();
  work(set);
  return set.all();
};

const HAN = /\p{sc=Han}/u;

/** What a piece adds to its text: pairs and words inside it, and its first and last character, with which it joins its neighbours. */
function pieceOf(piece) {
  const folded = fold(piece).text;
  const tokens = tokensOf((set) => set.addText(piece.replace(/\p{sc=Han}/gu, ' ')));
  for (const { 0: run, index } of folded.matchAll(/\p{sc=Han}+/gu)) {
    for (let at = 0; at + 1 < run.length; at++) tokens.push(run.slice(at, at + 2));
    if (index + run.length < folded.length) tokens.push(run.at(-1));
  }
  return { tokens, first: folded[0], last: folded.at(-1) };
}

function textTokens(pieces, into) {
  let last = '';
  const end = (first) => {
    if (HAN.test(last)) into.add(HAN.test(first) ? last + first : last);
  };
  for (const piece of pieces) {
    const made = once(piece, () => pieceOf(piece));
    for (const token of made.tokens) into.add(token);
    if (made.first === undefined) continue;
    end(made.first);
    last = made.last;
  }
  end('');
}

/** As `searchTokens` makes them, from what was made of each piece before. */
function tokensOfNotice({ title, accountName, pieces, later }, { mentions }) {
  const aloud = new Set(mentions.filter(({ kind }) => ['goods', 'tradeName', 'organisation', 'person', 'place'].includes(kind)).map(({ text }) => text));
  const names = new Set(mentions.filter(({ kind }) => ['organisation', 'person'].includes(kind)).map(({ text }) => text));
  const tokens = new Set([
    ...once(`account ${accountName}`, () => tokensOf((set) => (set.addText(accountName, 'a:'), set.addText(accountName), set.addRoman(accountName)))),
    ...once(`title ${title}`, () => tokensOf((set) => (set.addText(title), set.addRoman(title)))),
    ...mentions.filter(({ kind }) => kind === 'goods' || kind === 'tradeName').map(({ kind, id }) => recognisedToken({ kind, ref: id })),
    ...[...names].flatMap((name) => once(`name ${name}`, () => tokensOf((set) => set.addText(name, 'a:')))),
    ...[...aloud].flatMap((name) => once(`aloud ${name}`, () => tokensOf((set) => set.addRoman(name)))),
  ]);
  textTokens(pieces, tokens);
  if (later !== undefined) textTokens([...pieces, later], tokens);
  return [...tokens];
} // prettier-ignore

/** A candidate in one of a hundred, as screening would have left it. */
const matchOf = (random, { name }, on) =>
  random() < 0.01
    ? [{ class: 'listed', list: 'us_ofac_sdn', entry: String(10_000 + Math.floor(random() * 9_000)), name, matchedName: name, nameEvidence: 0.94, corroboration: 0, from: '2024-02-23', to: null, listVersion: `sha256:${sha(name)}`, why: [`${name} = ${name}`], mention: { kind: 'organisation', id: name, text: name, revision: 1 }, query: name, on }]
    : []; // prettier-ignore

function rowsOf(id, put) {
  const made = texts.notice(id);
  const random = makeRandom(seed, 503, id);
  const [notice, seen] = [noticeId(id), firstSeen(id)];
  const host = `h${made.account % 400}.example.org`;
  const url = `https://${host}/notices/${id}.html`;
  const source = random() < 0.9 ? sourceId(id % SOURCES) : null;
  const exhibits = exhibitsOf(id, made, seen, url);
  const revisions = revisionsOf(made, exhibits);
  const { presence, removal } = presenceOf(random, made.language, seen);
  const last = removal?.confirmed ?? instant(seen + 30 * DAY);
  const triage = random() < 0.02 ? (random() < 0.6 ? 'noise' : random() < 0.6 ? 'matters' : 'unsure') : undefined;
  const looks = [seen, seen + DAY, ...(removal ? [Date.parse(removal.firstMissing), Date.parse(removal.confirmed)] : [])];
  const observations = looks.map((at, look) => ({ at: instant(at), hash: sha(`look ${id} ${look}`), isLive: look < 2, exhibit: look === 0 ? exhibits[0].hash : exhibits.at(-1).hash }));
  const ids = observations.map(({ hash }) => idFromHash('O', hash));
  const [{ reading }] = exhibits;
  put('notice', [notice, `bench:${id}`, source, url, made.title, reading.account.id, made.accountName, made.language, reading.published, instant(seen), removal?.lastSeen ?? last, presence, removal ?? null, null, null, [{ text: 'The page stands: page-content.', observations: [ids.at(-1)] }], revisions.length, last, revisions.at(-1).recognition.documentKind, 'f', host, null, removal?.confirmed ?? null, triage ?? 'undecided']);
  put('address', [url, `bench:${id}`, notice, 'f', id * 4, 0]);
  for (const each of exhibits) put('exhibit', [each.id, notice, each.hash, each.logIndex, each.at, each.record, each.reading, each.text, sha(each.text)]);
  for (const [look, { at, hash, isLive, exhibit }] of observations.entries()) {
    const verdict = isLive ? { rule: 'page-content', class: 'live' } : { rule: 'words', class: 'notice', actor: 'publisher', words: removal.words };
    const body = { v: 1, type: 'observation', at, url, rule: verdict.rule, status: 200, payload: sha(`payload ${id} ${look}`), textHash: sha(made.text), concluded: verdict.class, freshConnection: true, ...(isLive ? { exhibit } : {}) };
    put('observation', [ids[look], notice, null, hash, id * 4 + look, at, verdict.class, body, verdict]);
  }
  for (const { revision, exhibitId, at, recognition, changes } of revisions) {
    put('revision', [notice, revision, exhibitId, at, recognition]);
    for (const [ordinal, mention] of recognition.mentions.entries()) put('mention', [notice, revision, ordinal, mention.kind, mention.id, mention]);
    for (const [ordinal, change] of changes.entries()) put('change', [notice, revision, ordinal, at, change]);
  }
  for (const [ordinal, flag] of revisions.at(-1).recognition.flags.entries()) put('flag', [notice, ordinal, flag]);
  for (const [ordinal, match] of matchOf(random, { name: made.accountName }, reading.published.slice(0, 10)).entries()) put('match', [notice, ordinal, match]);
  const tokens = tokensOfNotice(made, revisions[0].recognition);
  if (id < CHECKED) assertAlike(made, { exhibits, revisions, tokens });
  put('search', [notice, instant(seen), vector(tokens)]);
  put('schedule', [notice, 'notice', host, url, source, 2, instant(seen + 31 * DAY), null, 'after a month', 't']);
  put('event', [`V-${sha(notice).slice(0, 16)}`, notice, null, 'notice', instant(seen), { url, title: made.title, notice, account: made.accountName, published: reading.published }]);
  if (triage !== undefined) put('triage', [id * 4 + 3, idFromHash('C', sha(`triage ${id}`)), notice, { v: 1, type: 'triage', at: last, by: 'bench', notice, verdict: triage, presence, revisions: revisions.length }]);
  if (made.copyOf !== undefined) copyRows(put, { made, notice, other: noticeId(made.copyOf) });
} // prettier-ignore

/** So many of the first are held against what the pipeline's own functions make of the whole text. */
const CHECKED = 200;

function assertAlike({ language }, { exhibits, revisions, tokens }) {
  const whole = searchTokens(exhibits.map((each) => ({ ...each, reading: { ...each.reading, text: each.text } })), revisions);
  assert.deepEqual([...tokens].sort(), whole);
  const { text } = exhibits[0];
  const { mentions } = recognise({ text, language, on: '2024-05-22' }, catalogue);
  const goods = (all) => all.filter(({ kind }) => kind === 'goods').map(({ id, start }) => [id, start]);
  assert.deepEqual(goods(revisions[0].recognition.mentions), goods(mentions));
} // prettier-ignore

function copyRows(put, { made, notice, other }) {
  const words = made.text.slice(0, 80);
  const share = Number((made.shared / made.text.length).toFixed(4));
  const relation = { relation: 'copy', relationOfOther: 'copy', firstWords: { ofThis: words, ofOther: words }, passages: [{ thisStart: 0, thisEnd: made.shared, otherStart: 0, otherEnd: made.shared }] };
  put('copy', [notice, other, { notice, other, ...relation, sharedOfThis: share, sharedOfOther: 1 }]);
  put('copy', [other, notice, { notice: other, other: notice, ...relation, sharedOfThis: 1, sharedOfOther: share }]);
} // prettier-ignore

parentPort.on('message', ({ from, to }) => {
  const tables = new Map();
  const put = (table, values) => {
    const lines = tables.get(table) ?? [];
    lines.push(values.map(cell).join('\t'));
    tables.set(table, lines);
  };
  for (let id = from; id < to; id++) rowsOf(id, put);
  const files = [...tables].map(([table, lines]) => {
    const file = join(dir, `${table}-${from}.copy`);
    writeFileSync(file, `${lines.join('\n')}\n`);
    return [table, file];
  });
  parentPort.postMessage({ files, documents: to - from });
});
