/** What an assistant may ask: five questions, none of which records anything. */
import { z } from 'zod';
import { AsPostedError, type NoticeId, instant, parseId } from '../../model/index.js';
import { type ExhibitRow, exhibitsOf, findExhibit, latestReading, listVersions } from '../../store/index.js';
import { type FileBytes, VERDICT_WORDS, verifyFile } from '../../verify/index.js';
import { buildExhibitBundle } from '../../dossier/index.js';
import {
  type Parts,
  copiesOfText,
  copyRowsOf,
  decidedScreening,
  fullNotice,
  loadScreener,
  searchNotices,
  withPresence,
} from '../../watch/index.js';
import { fullId } from '../ids.js';
import { quoteTexts, quoted } from './quoted.js';

export interface Reach {
  /** The store, opened when the first question needs it. */
  parts(): Promise<Parts>;
  /** A regular file by its path; throws BAD_INPUT for anything else. */
  file(path: string): Promise<Uint8Array | FileBytes>;
  now(): Date;
}

/** Facts of an answer, with every text of others quoted already, and what it can be checked by. */
export interface Answer {
  answer: Record<string, unknown>;
  citations: object[];
}

export interface Tool {
  name: string;
  title: string;
  description: string;
  input: z.ZodObject;
  run(reach: Reach, given: never): Promise<Answer>;
}

const define = <S extends z.ZodObject>(
  tool: Omit<Tool, 'input' | 'run'> & { input: S; run(reach: Reach, given: z.infer<S>): Promise<Answer> },
): Tool => tool;

/** Exhibits that one answer names. */
const MOST_CITED = 40;
const Id = z.string().min(3).max(40);

/** An exhibit by id and hashes, where it can be looked at here, and the command that checks it. */
function cite({ settings }: Parts, { id, noticeId, hash, logIndex, record }: ExhibitRow): object {
  return {
    exhibit: id,
    notice: noticeId,
    at: record.at,
    url: quoted(record.url),
    recordHash: `sha256:${hash}`,
    warc: `sha256:${record.warc.sha256}`,
    payload: `sha256:${record.payload.sha256}`,
    logIndex,
    address: `http://${settings['serve.listen']}/exhibits/${id}`,
    check: `asposted verify ${id}`,
  };
}

async function citeNotices(parts: Parts, notices: readonly string[]): Promise<object[]> {
  const cited: object[] = [];
  for (const notice of notices) {
    if (cited.length >= MOST_CITED) break;
    cited.push(...(await exhibitsOf(parts.store.database, notice)).map((each) => cite(parts, each)));
  }
  return cited.slice(0, MOST_CITED);
}

const search = define({
  name: 'search',
  title: 'Search notices',
  description:
    'Finds kept notices whose title, text or account holds every word of the query, inflected or not, and those in which a good or trade name of the query was recognised, in any language. Says which form was found. Newest first.',
  input: z.strictObject({
    query: z.string().min(1).max(400).describe('Words; a good or a trade name finds notices in other languages too.'),
    presence: z.enum(['standing', 'unreachable', 'suspected', 'removed', 'moved']).optional(),
    since: z.iso.date().optional().describe('Only what was seen since this day (UTC).'),
    limit: z.number().int().min(1).max(50).default(10),
    aids: z.boolean().default(true).describe('Whether names read aloud (pinyin, transliteration) count too.'),
  }),
  run: async (reach, { query, presence, since, limit, aids }) => {
    const parts = await reach.parts();
    const on = instant(reach.now()).slice(0, 10);
    const from = since === undefined ? undefined : new Date(since).toISOString();
    const { items, next } = await searchNotices(parts, { text: query, presence, since: from, limit, aids, on });
    return {
      answer: {
        type: 'found',
        notices: quoteTexts(items.map((each) => ({ ...each, type: 'notice' }))),
        more: next !== null,
      },
      citations: await citeNotices(
        parts,
        items.map(({ id }) => id),
      ),
    };
  },
});

const notice = define({
  name: 'notice',
  title: 'One notice with its evidence',
  description:
    'What a notice says, whether it stands, what was changed, recognised and matched, which copies there are, and the exhibits all of it rests on.',
  input: z.strictObject({ id: Id.describe('N-…; may be shortened as long as it stays unique.') }),
  run: async (reach, { id: typed }) => {
    const parts = await reach.parts();
    const id = await fullId(parts.store.database, typed, 'N');
    const { passages: _, observations, ...found } = (await fullNotice(parts.store.database, id))!;
    const text = (await latestReading(parts.store.database, id))?.text ?? '';
    return {
      answer: {
        ...(quoteTexts({ ...found, text }) as object),
        observations: quoteTexts(observations.slice(-MOST_CITED)),
        observationsInAll: observations.length,
        address: `http://${parts.settings['serve.listen']}/notices/${id}`,
      },
      citations: await citeNotices(parts, [id]),
    };
  },
});

const screen = define({
  name: 'screen',
  title: 'Hold a name against the lists as of a day',
  description:
    'Candidates on the sanctions and export-control lists held, as they stood on a day. A match is a candidate, never an identification; no match is no clearance. The lists that were asked are cited with their versions.',
  input: z.strictObject({
    name: z.string().min(1).max(400).describe('A name or a number (INN, OGRN, USCC, LEI …).'),
    on: z.iso.date().optional().describe('The day asked for; today when absent.'),
    lists: z.array(z.string().max(60)).max(50).optional().describe('Only these lists.'),
  }),
  run: async (reach, { name, on = instant(reach.now()).slice(0, 10), lists }) => {
    const parts = await reach.parts();
    const screener = await loadScreener(parts);
    const screening = await decidedScreening(parts, screener.screen({ name }, on, lists));
    if (screening.lists.length === 0)
      throw new AsPostedError({
        code: 'NO_LIST',
        message: 'the store holds no such list, so nothing can be said',
        hint: 'Add one: asposted lists update.',
      });
    const versions = await listVersions(parts.store.database);
    const asked = new Map(screening.lists.map(({ list, version }) => [list, version]));
    return {
      answer: {
        ...(quoteTexts({ type: 'screening', ...screening }) as object),
        meaning: 'Candidates only: no match is a clearance, and none is an identification.',
      },
      citations: versions
        .filter(({ record }) => asked.get(record.list)?.includes(record.content) === true)
        .map(({ id, logIndex, record }) => ({
          listVersion: id,
          list: record.list,
          publishedAt: record.publishedAt,
          content: `sha256:${record.content}`,
          logIndex,
          check: `asposted show ${id}`,
        })),
    };
  },
});

const copies = define({
  name: 'copies',
  title: 'Copies of a notice or of a text',
  description:
    'Notices that share passages with a kept notice, or with a text, how much of each, and whether they still stand. That one was posted later does not say from whom it was taken.',
  input: z.strictObject({
    notice: Id.optional().describe('N-…, or give `text`.'),
    text: z.string().min(1).max(1_000_000).optional().describe('A pasted text; it is not kept.'),
  }),
  run: async (reach, { notice: typed, text }) => {
    if ((typed === undefined) === (text === undefined))
      throw new AsPostedError({ code: 'USAGE', message: 'give either `notice` or `text`' });
    const parts = await reach.parts();
    const { database } = parts.store;
    const id = typed === undefined ? undefined : ((await fullId(database, typed, 'N')) as NoticeId);
    const rows = id === undefined ? await ofText(parts, text!) : await copyRowsOf(parts, id);
    const shown = rows.slice(0, 50);
    const others = shown.map((row) => String(row['other']));
    return {
      answer: { type: 'copies', copies: quoteTexts(shown), inAll: rows.length },
      citations: await citeNotices(parts, id === undefined ? others : [id, ...others]),
    };
  },
});

/** The id of the pasted text itself is empty. */
async function ofText(parts: Parts, text: string): Promise<Record<string, unknown>[]> {
  return (await withPresence(parts, await copiesOfText(parts, text))).map(({ notice: _, ...row }) => row);
}

const verify = define({
  name: 'verify',
  title: 'Verify a file or an exhibit',
  description:
    'Checks a bundle, WACZ, WARC, checkpoint, proof or time stamp by its path, or an exhibit of the store by its id: ok, failed (a byte is not what it was) or unknown (could not be checked).',
  input: z.strictObject({
    path: z.string().min(1).max(4_096).optional().describe('A file on this machine, or give `exhibit`.'),
    exhibit: Id.optional().describe('E-… of the store.'),
  }),
  run: async (reach, { path, exhibit }) => {
    if ((path === undefined) === (exhibit === undefined))
      throw new AsPostedError({ code: 'USAGE', message: 'give either `path` or `exhibit`' });
    if (path !== undefined)
      return verdictOf(await verifyFile(await reach.file(path), { name: path, now: reach.now() }), []);
    if (parseId(exhibit!)?.kind !== 'E') throw new AsPostedError({ code: 'USAGE', message: 'an exhibit is named E-…' });
    const parts = await reach.parts();
    const id = await fullId(parts.store.database, exhibit!, 'E');
    const publication = { rules: 'not-published' } as const;
    const bundle = await buildExhibitBundle(id, { store: parts.store, created: reach.now(), publication });
    const result = await verifyFile(bundle, { name: id, now: reach.now() });
    return verdictOf(result, [cite(parts, (await findExhibit(parts.store.database, id))!)]);
  },
});

function verdictOf(result: Awaited<ReturnType<typeof verifyFile>>, citations: object[]): Answer {
  const check = { check: 'asposted verify FILE', file: quoted(result.file) };
  return {
    answer: { ...(quoteTexts(result) as object), meaning: VERDICT_WORDS[result.verdict] },
    citations: citations.length > 0 ? citations : [check],
  };
}

export const TOOLS: readonly Tool[] = [search, notice, screen, copies, verify];
