/** A small case through the code of real life: posted, kept, copied, removed; spoken about; asked about. Some of its words are attempts at XSS. */
import { type CaseReport, caseRecord, caseReport, claimRecord, statementRecord } from '../../src/case/index.js';
import { SDN_STATES } from '../../src/demo/world/ofac.js';
import { asSha256, idFromHash, instant } from '../../src/model/index.js';
import { xssAttempt } from '../../src/model/testing/xss.js';
import { exhibitsOf, findAddress } from '../../src/store/index.js';
import { sha256Hex, utf8 } from '../../src/verify/index.js';
import { addListVersion, check, derive } from '../../src/watch/index.js';
import { DELETED, type TestParts, articleOf } from '../../src/watch/testing/parts.js';

export const URL_OF = (letter: string): string => `https://mp.weixin.qq.com/s/${letter.repeat(22)}`;
const CALL =
  '各会员企业：我会近日收到国外企业来函，拟通过我会在省内寻找有供货能力的生产厂家。采购内容：无人机探测器（如Bulat探测器）、无人机抑制器、通信频段干扰器，请有供货能力的企业联系我会秘书处，联系人：单建国。供货企业应为在本省注册的生产型企业，能够提供产品说明书。';

/** `a` is removed by its publisher, `b` is its copy and stands. */
export async function storyCase(parts: TestParts): Promise<CaseReport> {
  for (const { publishedAt, main, alt, add } of SDN_STATES)
    await addListVersion(parts, { list: 'us_ofac_sdn', files: { main, alt, add }, publishedAt, origin: 'an excerpt' });
  parts.pages.set(URL_OF('a'), articleOf('国外企业采购无人机设备通知', [CALL], 1, { account: '某省对俄促进会' }));
  parts.pages.set(URL_OF('b'), articleOf('转发：采购无人机设备通知', [CALL], 2, { account: xssAttempt(6) }));
  for (const each of ['a', 'b']) await check(parts, { url: URL_OF(each) });
  parts.pages.set(URL_OF('a'), DELETED);
  for (let look = 0; look < 3; look++) {
    parts.clock.advance(86_400_000);
    await check(parts, { url: URL_OF('a') });
  }
  const notices = await Promise.all(
    ['a', 'b'].map(async (each) => (await findAddress(parts.store.database, URL_OF(each)))!.noticeId),
  );
  const key = asSha256(sha256Hex(utf8('case')));
  const common = { at: instant(parts.clock.now()), case: key, by: 'the editors' };
  const exhibit = (await exhibitsOf(parts.store.database, notices[1]!))[0]!.id;
  const about = { speaker: 'an official', speaksFor: 'the association', about: 'posting', outlet: 'a paper', exhibit };
  await parts.store.log.append([
    caseRecord({ at: common.at, by: common.by, key, title: 'A notice that vanished', notices }),
    claimRecord({ ...common, ...about, said: '2024-06-05', words: 'The posting was improper.' }),
    claimRecord({ ...common, ...about, words: `The buyers are in Kazakhstan. ${xssAttempt(0)}` }),
    statementRecord({ ...common, kind: 'outreach', words: 'Both were asked for comment.', asked: 'the association' }),
  ]);
  await derive(parts);
  const { database } = parts.store;
  return (await caseReport({ database, catalogue: parts.catalogue }, idFromHash('K', key)))!;
}
