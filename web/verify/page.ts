/**
 * The static page that checks evidence: the same code as `asposted verify`, in one HTML file, without a server and without the
 * network. Everything shown is put in as text: file names and details may hold whatever an attacker likes.
 */
import { type Verification, VERDICT_WORDS, pairProofs, parseTrustFile, verifyFile } from '../../src/verify/index.js';

const MARK = { ok: 'ok', failed: 'FAILED', unknown: 'unknown' } as const;

const byId = (id: string): HTMLElement => document.getElementById(id)!;

function element(name: string, text = '', attributes: Record<string, string> = {}): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function readTrust(): Parameters<typeof verifyFile>[1] {
  const trust = (byId('trust') as HTMLTextAreaElement).value;
  const policy = (byId('policy') as HTMLTextAreaElement).value;
  return {
    now: new Date(),
    ...(trust.trim() === '' ? {} : parseTrustFile(trust, 'what you trust')),
    ...(policy.trim() === '' ? {} : { policy }),
  };
}

const HELD = 64_000_000;

const bytesOf = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

/** A long file is read in places, so that a phone can check what it cannot hold. */
const heldOrRead = async (file: File): Promise<Parameters<typeof verifyFile>[0]> =>
  file.size <= HELD
    ? bytesOf(file)
    : { length: file.size, read: (from: number, to: number) => bytesOf(file.slice(from, to)) };

async function check(file: File, data: File | undefined): Promise<HTMLElement> {
  const article = element('article');
  article.append(element('h2', data ? `${file.name}, of ${data.name}` : file.name));
  try {
    const of = data ? { of: await bytesOf(data) } : {};
    show(article, await verifyFile(await heldOrRead(file), { ...readTrust(), ...of, name: file.name }));
  } catch (error) {
    // A key or policy that cannot be used, or a file too large for this browser.
    article.dataset['verdict'] = 'unknown';
    const hint = (error as { hint?: string }).hint;
    article.append(element('p', `${VERDICT_WORDS.unknown}: ${(error as Error).message}`, { class: 'verdict' }));
    if (hint !== undefined) article.append(element('p', hint));
  }
  return article;
}

function show(article: HTMLElement, result: Verification): void {
  article.dataset['verdict'] = result.verdict;
  article.append(element('p', VERDICT_WORDS[result.verdict], { class: 'verdict' }));
  const table = element('table');
  table.append(element('caption', 'What was checked, by what, and what it shows'));
  const head = element('tr');
  for (const name of ['', 'claim', 'checked by', 'detail']) head.append(element('th', name, { scope: 'col' }));
  table.append(head);
  for (const { claim, verdict, by, detail } of result.claims) {
    const row = element('tr', '', { class: verdict });
    row.append(element('td', MARK[verdict]), element('td', claim), element('td', by), element('td', detail));
    table.append(row);
  }
  article.append(table);
  const json = element('details');
  json.append(element('summary', 'as JSON'), element('pre', JSON.stringify(result, null, 1)));
  article.append(json);
}

/** A time stamp is told by its first bytes; a whole response is read for what it is only when it is this short. */
const START_BYTES = 65_536;

async function checkAll(files: Iterable<File>): Promise<void> {
  const results = byId('results');
  const status = byId('status');
  const given = await Promise.all(
    [...files].map(async (file) => ({ name: file.name, start: await bytesOf(file.slice(0, START_BYTES)), file })),
  );
  for (const { file, of } of pairProofs(given)) {
    status.textContent = `Checking ${file.name} …`;
    await new Promise((done) => setTimeout(done)); // let the browser paint before the work begins
    results.prepend(await check(file.file, of?.file));
  }
  status.textContent = 'Done.';
}

const drop = byId('drop');
for (const name of ['dragover', 'drop'])
  document.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle('over', name === 'dragover');
  });
document.addEventListener('drop', (event) => void checkAll(event.dataTransfer?.files ?? []));
byId('files').addEventListener('change', (event) => {
  const input = event.target as HTMLInputElement;
  void checkAll([...(input.files ?? [])]).then(() => {
    input.value = '';
  });
});
