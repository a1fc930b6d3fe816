/**
 * The story of May and June 2024, played against a small local world with the code of real life: sources, rounds of the
 * watch, list versions, a case. Only the waiting times are shorter, and they are settings.
 */
import { AsPostedError, type NoticeId, type Settings, parseDuration } from '../model/index.js';
import { findAddress, noticePresence } from '../store/index.js';
import { type Parts, type RoundResult, addListVersion, recordSource, watchRound } from '../watch/index.js';
import { openCase } from './case-work.js';
import type { World } from './world/index.js';
import { SDN_STATES } from './world/ofac.js';

/** What the demo sets besides the way to its world: waiting times, nothing else. */
export const DEMO_SETTINGS: Partial<Settings> = {
  'capture.delay': '50ms',
  'watch.confirm.notice': parseDuration('3s')!,
  'watch.confirm.missing': parseDuration('20s')!,
};

export interface Played {
  notices: { provincial: NoticeId; yunfu: NoticeId; government: NoticeId; news: NoticeId };
  caseId: string;
}

export type Say = (line: string) => void;

const EVERY = 6 * 3_600_000;

export async function playStory(parts: Parts, world: World, say: Say): Promise<Played> {
  say('Adding the lists: OFAC’s SDN list as of 22 and 23 February and 21 May 2024 (an excerpt, public domain).');
  for (const { publishedAt, main, alt, add } of SDN_STATES) {
    await addListVersion(parts, {
      list: 'us_ofac_sdn',
      files: { main, alt, add },
      publishedAt,
      origin: 'excerpt bundled with the demo',
    });
  }
  say('Adding sources: two trade associations on WeChat, the commerce department, a news site (all reconstructions).');
  await addSources(parts, world);
  say('First round: every source is asked, every notice captured.');
  await round(parts);
  const notices = await noticesOf(parts, world);
  say('The association deletes its notice. Second round: the page now shows the platform’s notice.');
  world.set(world.addresses.provincial, 'deleted');
  await round(parts);
  await confirmRemoval(parts, notices.provincial, say);
  say('A case is opened: who said what, who was asked, what does not fit together.');
  const caseId = await openCase(parts, notices);
  return { notices, caseId };
}

async function addSources(parts: Parts, { addresses }: World): Promise<void> {
  const source = (kind: string, name: string, options: Record<string, unknown>): Promise<unknown> =>
    recordSource(parts, { kind, name, options, everyMs: EVERY });
  await source('wechat', 'Guangdong association for trade with Russia (reconstruction)', {
    url: [addresses.provincial],
  });
  await source('wechat', 'Yunfu association for international trade (reconstruction)', { url: [addresses.yunfu] });
  await source('website', 'Guangdong commerce department, disclosure list (reconstruction)', {
    url: addresses.govList,
  });
  await source('website', 'News (reconstruction)', { url: addresses.news, mode: 'page' });
}

/** One round of everything. In the demo nothing may fail: a failure is a fault of the product or of the machine. */
async function round(parts: Parts): Promise<RoundResult> {
  const result = await watchRound(parts, { all: true });
  const [failure] = result.failures;
  if (failure) throw failure.error;
  return result;
}

async function noticesOf(parts: Parts, { addresses }: World): Promise<Played['notices']> {
  const at = async (url: string): Promise<NoticeId> => {
    const known = await findAddress(parts.store.database, url);
    if (known) return known.noticeId;
    throw new AsPostedError({ code: 'NOT_FOUND', message: `the demo’s notice at ${url} was not captured` });
  };
  return {
    provincial: await at(addresses.provincial),
    yunfu: await at(addresses.yunfu),
    government: await at(addresses.govNotice),
    news: await at(addresses.news),
  };
}

/** One look is a suspicion; a second one, far enough apart and on a connection of its own, makes it a removal. */
async function confirmRemoval(parts: Parts, notice: NoticeId, say: Say): Promise<void> {
  const waitMs = parts.settings['watch.confirm.notice'];
  say(
    `Suspected, not yet removed: a second look must agree at least ${waitMs / 1000} s later (10 minutes in real life).`,
  );
  for (let rounds = 0; rounds < 4; rounds++) {
    await parts.clock.sleep(waitMs + 100);
    await round(parts);
    if ((await noticePresence(parts.store.database, notice)) === 'removed') return;
  }
  throw new AsPostedError({
    code: 'BAD_INPUT',
    message: 'the demo’s removal was not confirmed after four more rounds',
  });
}
