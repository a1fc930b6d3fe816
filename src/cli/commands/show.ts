import { AsPostedError, type ExhibitRecord, parseId } from '../../model/index.js';
import type { NoticeDetail } from '../../store/index.js';
import type { Parts } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { fullId, need } from '../output.js';
import { noticeText } from '../notice-text.js';
import { printable } from '../printable.js';
import { table } from '../table.js';

export default defineCommand({
  name: 'show',
  summary: 'Show one notice, exhibit, source, case, claim, observation or list version.',
  usage: ['ID [--why] [--reading N]'],
  description:
    'An id may be shortened as long as it stays unique. --why lists what the verdict on a notice rests on; --reading N prints the text of its N-th revision, into which all offsets point.',
  examples: ['asposted show N-7F3K2', 'asposted show N-7F3K2 --why', 'asposted show N-7F3K2 --reading 1'],
  flags: {
    why: { kind: 'switch', help: 'The observations and rules behind the verdict.' },
    reading: { kind: 'value', placeholder: 'N', help: 'Print the text of revision N.' },
  },
  run: async (context) => {
    const word = need(context.parsed.words[0], 'an id', 'show ID');
    const parts = await context.open({ offline: true });
    const kind = parseId(word)?.kind;
    switch (kind) {
      case 'N':
        return showNotice(context, parts, await fullId(parts.store.database, word, 'N'));
      case 'E':
        return showExhibit(context, parts, await fullId(parts.store.database, word, 'E'));
      case 'K':
        return showCase(context, parts, await fullId(parts.store.database, word, 'K'));
      case 'S':
      case 'O':
      case 'C':
      case 'L':
        return showRecord(context, parts, await fullId(parts.store.database, word, kind));
      case 'D':
        return showPublished(context, parts, parseId(word)!.id);
      case undefined:
        throw new AsPostedError({
          code: 'USAGE',
          message: `${word} is no id`,
          hint: 'Ids look like N-7F3K2QX9TB; `asposted list notices` prints them.',
        });
    }
  },
});

/** A published dossier, by its whole id: there is no list of them. */
async function showPublished(context: Context, { store }: Parts, id: string): Promise<number> {
  const { readPublished } = await import('../../dossier/index.js');
  const entry = await readPublished(store.dir, id);
  if (!entry) throw new AsPostedError({ code: 'NOT_FOUND', message: `no dossier was published as ${id}` });
  if (context.json) context.out(JSON.stringify({ type: 'published', ...entry }));
  else
    context.out(
      `${entry.id}  of ${entry.case}, published ${entry.published}, sha256:${entry.sha256}${entry.withdrawn === undefined ? `, at /d/${entry.id}` : `; withdrawn ${entry.withdrawn}`}`,
    );
  return EXIT.done;
}

async function showNotice(context: Context, { store, catalogue }: Parts, id: string): Promise<number> {
  const [{ exhibitsOf }, { fullNotice }] = await Promise.all([
    import('../../store/index.js'),
    import('../../watch/index.js'),
  ]);
  const notice = (await fullNotice(store.database, id))!;
  const wanted = context.parsed.value('reading');
  if (wanted !== undefined) {
    const revision = notice.revisionList.find((each) => String(each.revision) === wanted);
    const exhibit = (await exhibitsOf(store.database, id)).find((each) => each.id === revision?.exhibit);
    if (!revision || !exhibit)
      throw new AsPostedError({ code: 'NOT_FOUND', message: `${id} has ${notice.revisions} revisions, not ${wanted}` });
    const { text } = exhibit.reading;
    context.out(
      context.json
        ? JSON.stringify({ type: 'reading', notice: id, revision: revision.revision, exhibit: exhibit.id, text })
        : text,
    );
    return EXIT.done;
  }
  if (context.json) context.out(JSON.stringify(notice));
  else context.out(context.parsed.has('why') ? whyText(notice) : noticeText(notice, catalogue));
  return EXIT.done;
}

function whyText(notice: NoticeDetail): string {
  const reasons = notice.why.map(({ text, observations }) => `- ${text}\n  rests on ${observations.join(', ')}`);
  const rows = notice.observations.map((each) => [
    each.id,
    each.at,
    each.class,
    each.rule,
    each.logIndex,
    each.exhibit,
  ]);
  return `${notice.id} is ${notice.presence}.\n${reasons.join('\n')}\n\n${table(['observation', 'when', 'concluded', 'by', 'log', 'exhibit'], rows)}`;
}

/** Values of WARC-Truncated in words. */
const CUT: Readonly<Record<string, string>> = {
  length: 'longer than capture.maxBytes: kept as far as that',
  time: 'not finished within capture.timeout: kept as far as it came',
  disconnect: 'the connection ended before the answer did: kept as far as it came',
};

async function showExhibit(context: Context, { store }: Parts, id: string): Promise<number> {
  const { findExhibit } = await import('../../store/index.js');
  const exhibit = (await findExhibit(store.database, id))!;
  const { record, reading, noticeId, logIndex, hash } = exhibit;
  if (context.json) {
    context.out(
      JSON.stringify({ ...record, type: 'exhibit', id, notice: noticeId, logIndex, recordHash: hash, reading }),
    );
    return EXIT.done;
  }
  const lines = [
    ['exhibit', id],
    ['notice', noticeId],
    ['address', record.url],
    [record.imported ? 'imported' : 'captured', record.at],
    ...importedLines(record),
    [
      'answer',
      `${record.status === 0 ? 'a file' : `HTTP ${record.status}`}, ${record.payload.length} bytes, ${record.mediaType}`,
    ],
    ...(record.truncated === undefined ? [] : [['cut', CUT[record.truncated] ?? record.truncated]]),
    ...(record.readBytes === undefined ? [] : [['read', `only the first ${record.readBytes} bytes of the text`]]),
    ['page', `${reading.verdict.class} (${reading.verdict.rule})`],
    ['title', reading.title ?? '–'],
    ...browserLines(record),
    ...filesLine(record),
    ['WARC', `sha256:${record.warc.sha256}`],
    ['payload', `sha256:${record.payload.sha256}`],
    ['record', `sha256:${hash}`],
    ['log', `entry ${logIndex} of ${store.log.origin}`],
  ];
  context.out(lines.map(([name, value]) => `${name!.padEnd(9)} ${printable(value!)}`).join('\n'));
  context.err(`next: asposted export ${id} -o exhibit.zip, which \`asposted verify\` checks anywhere`);
  return EXIT.done;
}

function importedLines({ imported }: ExhibitRecord): string[][] {
  if (!imported) return [];
  const { from, form, claimed, address } = imported;
  const said = { archive: 'the archive', 'saved-from': 'the program that saved it', page: 'the page itself', none: '' };
  return [
    ['from', `${from} (${form}); this program did not fetch it`],
    [
      'claimed',
      claimed === undefined ? 'the file does not say when the page was got' : `the archive got it at ${claimed}`,
    ],
    ...(address === 'none' ? [] : [['said by', `the address is the word of ${said[address]}`]]),
  ];
}

function browserLines({ browser, missing }: ExhibitRecord): string[][] {
  if (missing?.includes('browser'))
    return [['browser', 'wanted, and none was there: no picture, print or rendered text']];
  if (!browser) return [];
  const { name, version, requests, failed } = browser;
  return [
    [
      'browser',
      `${name} ${version}, ${requests} requests kept, ${failed} failed; picture, print and text are in the WARC`,
    ],
  ];
}

function filesLine({ files }: ExhibitRecord): string[][] {
  if (!files) return [];
  const { kept, bytes, failed, left } = files;
  return [
    ['files', `${kept} of the page are in the WARC (${bytes} bytes), ${failed} could not be had, ${left} were left`],
  ];
}

async function showCase(context: Context, parts: Parts, id: string): Promise<number> {
  const { caseReport, caseText } = await import('../case-report.js');
  const report = await caseReport(parts, id);
  context.out(context.json ? JSON.stringify(report) : caseText(report));
  return EXIT.done;
}

/** Anything else is shown as the record that was logged: that is what it is. */
async function showRecord(context: Context, { store }: Parts, id: string): Promise<number> {
  const { recordById } = await import('../../store/index.js');
  const found = await recordById(store.database, id);
  if (!found) throw new AsPostedError({ code: 'NOT_FOUND', message: `the store holds no ${id}` });
  const { hash, logIndex } = found;
  const record = await store.readRecord(hash as never);
  context.out(JSON.stringify({ ...record, id, recordHash: hash, logIndex }, null, context.json ? 0 : 2));
  return EXIT.done;
}
