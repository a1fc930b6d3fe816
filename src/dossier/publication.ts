/** From the files of a bundle to those that may leave the house: searched, with records left out where that was asked for, or refused. */
import { type LoggedRecord, idFromHash } from '../model/index.js';
import type { ZipMember } from '../preserve/index.js';
import { type Redaction, readWarc, redactedPath, wholePath } from '../verify/index.js';
import { type Finding, type PublishRules, refuseLeaks, scanForPublication } from './publish/index.js';
import { type Cuts, type RedactionOrder, cutsOf, exhibitsIn, withoutRecords } from './redact.js';

export interface Publication {
  /** What must not be in a bundle; `not-published`: it stays in the house, as when a store checks itself. */
  rules: PublishRules | 'not-published';
  /** What is left out of the copies on purpose; said in the signed manifest. */
  redact?: RedactionOrder;
  /** What is worth knowing and no reason to refuse; one line each, without the values. */
  tell?: (line: string) => void;
}

export interface Checked {
  members: ZipMember[];
  redactions: Redaction[];
  /** Searches what was written after the rest: throws like the rest. */
  last: (member: ZipMember) => Promise<void>;
}

/** Files that name others, such as the page: made when it is known what is left out. */
export type LaterFiles = (made: {
  members: readonly ZipMember[];
  redactions: readonly Redaction[];
  /** It will be refused for what was found so far: costly files need not be made. */
  isRefused: boolean;
}) => Promise<LaterFile[]> | LaterFile[];

/** `searched`: its content went through the same check when it was made, and is packed so that another search would miss it. */
export type LaterFile = ZipMember & { searched?: true };

interface Subject {
  records: readonly LoggedRecord[];
  later?: LaterFiles;
  /** Record hashes of exhibits in whose page the reader saw a logged-in observer's identifiers (facts/watching §2.17). */
  leaking?: readonly string[];
  publication: Publication;
}

/** Throws BAD_INPUT, naming each place, when something would tell who made the bundle and is not left out. */
export async function checkPublication(members: readonly ZipMember[], subject: Subject, at: string): Promise<Checked> {
  const { records, publication } = subject;
  const { rules, redact, tell } = publication;
  const findings = rules === 'not-published' ? [] : await scanForPublication(members, rules);
  if (rules !== 'not-published') findings.push(...(await seenByReader(members, findings, subject)));
  const bytesOf = new Map(members.map(({ path, bytes }) => [path, bytes]));
  const warcOf = async (record: Parameters<typeof wholePath>[0]): Promise<Uint8Array> =>
    bytesOf.get(wholePath(record))!;
  const cuts: Cuts = redact ? await cutsOf(redact, { records, findings, warcOf }) : new Map();
  const nameOf = namesOf(records);
  const kept = redact
    ? await applyCuts(members, { records, cuts, order: redact, at })
    : { members: [...members], redactions: [] };
  const notLeftOut = ({ member, record }: Finding): boolean => !(record && cuts.get(member)?.has(record.number));
  const isRefused = findings.some((each) => each.weight === 'refuse' && notLeftOut(each));
  const later = (await subject.later?.({ ...kept, isRefused })) ?? [];
  if (rules !== 'not-published')
    findings.push(
      ...(await scanForPublication(
        later.filter(({ searched }) => !searched),
        rules,
      )),
    );
  const left = findings.filter(notLeftOut);
  for (const line of refuseLeaks(left, nameOf)) tell?.(line);
  return {
    members: [...later.map(({ path, bytes }) => ({ path, bytes })), ...kept.members],
    redactions: kept.redactions,
    last: async (member) => {
      if (rules !== 'not-published') refuseLeaks(await scanForPublication([member], rules), nameOf);
    },
  };
}

/** The WARC files by the exhibit they belong to. */
function namesOf(records: readonly LoggedRecord[]): (member: string) => string | undefined {
  const names = new Map(exhibitsIn(records).map(({ hash, record }) => [wholePath(record), idFromHash('E', hash)]));
  return (member) => names.get(member);
}

/** Two exhibits may share one WARC: what is left out is left out of both, and said of both. */
async function applyCuts(
  members: readonly ZipMember[],
  { records, cuts, order, at }: { records: readonly LoggedRecord[]; cuts: Cuts; order: RedactionOrder; at: string },
): Promise<{ members: ZipMember[]; redactions: Redaction[] }> {
  const made: ZipMember[] = [];
  const redactions: Redaction[] = [];
  for (const member of members) {
    const numbers = cuts.get(member.path);
    const exhibits = exhibitsIn(records).filter(({ record }) => wholePath(record) === member.path);
    if (!numbers || exhibits.length === 0) {
      made.push(member);
      continue;
    }
    const cut = await withoutRecords(member.bytes, numbers);
    made.push({ path: redactedPath(exhibits[0]!.record), bytes: cut.bytes });
    const { reason, by } = order;
    for (const { hash } of exhibits)
      redactions.push(...cut.redactions.map((each) => ({ exhibit: hash, ...each, reason, by, at })));
  }
  return { members: made, redactions };
}

/** The reader parses a page's data where the search reads letters: what only the reader saw counts as well. */
async function seenByReader(
  members: readonly ZipMember[],
  findings: readonly Finding[],
  { records, leaking = [] }: Subject,
): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { hash, record } of exhibitsIn(records)) {
    const member = wholePath(record);
    const bytes = members.find(({ path }) => path === member)?.bytes;
    if (!leaking.includes(hash) || !bytes || findings.some((each) => each.member === member && each.kind === 'session'))
      continue;
    const place = { member, part: 'body', offset: 0, record: { number: await lastResponse(bytes), type: 'response' } };
    const what = 'identifiers of a logged-in observer in the page’s data';
    found.push({ kind: 'session', what, weight: 'refuse', masked: 'several values', ...place });
  }
  return found;
}

async function lastResponse(warc: Uint8Array): Promise<number> {
  let [number, last] = [0, 0];
  for await (const { type } of readWarc(warc)) {
    number += 1;
    if (type === 'response') last = number;
  }
  return last;
}
