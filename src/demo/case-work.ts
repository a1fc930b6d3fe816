/** What a reporter puts on record: claims as attributed, and who was asked. The same records `asposted case` writes. */
import {
  type ClaimRecord,
  type NoticeId,
  type StatementRecord,
  asSha256,
  idFromHash,
  instant,
} from '../model/index.js';
import { caseRecord, claimRecord, statementRecord } from '../case/index.js';
import { exhibitsOf } from '../store/index.js';
import { type Parts, derive, sha256 } from '../watch/index.js';
import { CLAIMS } from './world/texts.js';

const BY = 'demo';

export type DemoNotices = Readonly<Record<'provincial' | 'yunfu' | 'government' | 'news', NoticeId>>;

export async function openCase(parts: Parts, notices: DemoNotices): Promise<string> {
  const at = instant(parts.clock.now());
  const title = 'Foreign companies seek drone detectors: a notice that vanished (reconstruction)';
  const key = asSha256(sha256(`case\n${JSON.stringify([title, BY, at])}`));
  const { provincial, yunfu, government, news } = notices;
  await parts.store.log.append([
    caseRecord({ title, by: BY, at, key, notices: [provincial, yunfu, government, news] }),
  ]);
  const article = await firstExhibit(parts, news);
  const self = await firstExhibit(parts, provincial);
  const common = { at, case: key, by: BY };
  const claims: ClaimRecord[] = [
    claimRecord({ ...common, ...CLAIMS.improper, exhibit: article }),
    claimRecord({ ...common, ...CLAIMS.kazakhstan, exhibit: article }),
    claimRecord({ ...common, ...CLAIMS.work, exhibit: self }),
  ];
  const asked: StatementRecord[] = CLAIMS.comment.asked.map((who) =>
    statementRecord({
      ...common,
      kind: 'outreach',
      words: CLAIMS.comment.words,
      asked: who,
      askedBy: 'CNN',
      exhibit: article,
    }),
  );
  await parts.store.log.append([...claims, ...asked]);
  await derive(parts);
  return idFromHash('K', key);
}

async function firstExhibit(parts: Parts, notice: NoticeId): Promise<string> {
  const exhibits = await exhibitsOf(parts.store.database, notice);
  return exhibits.find(({ reading }) => reading.verdict.class === 'live')!.id;
}
