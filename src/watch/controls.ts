/** A page that is missing without a definite word is believed only if its host is all right (facts/watching §11.3, §11.5, §11.10). */
import { randomBytes } from 'node:crypto';
import { type ControlCheck, type HostState, type ObservationRecord, instant } from '../model/index.js';
import { isWechat } from '../read/index.js';
import {
  findAddress,
  hostState,
  lastStanding,
  noticePresence,
  standingNeighbours,
  standingTexts,
} from '../store/index.js';
import { textHashOf } from './keep.js';
import { type Look, letGo, look } from './look.js';
import type { Parts } from './parts.js';

/** Neighbours looked at until one stands: a true removal often takes its neighbours along. */
const NEIGHBOURS = 3;
/** What goes within so long of another may have gone for one reason. */
const TOGETHER_MS = 24 * 3_600_000;

/**
 * A notice goes missing somewhere between the last look at which it stood and the first at which it did not. Those whose spans meet
 * this one may have gone together: missing from `from` on, and last seen up to `to`.
 */
export function goneTogether({ lastSeen, went }: { lastSeen: string | null; went: string }): Together {
  const shifted = (time: string, ms: number): string => instant(new Date(Date.parse(time) + ms));
  return { from: shifted(lastSeen ?? went, -TOGETHER_MS), to: shifted(went, TOGETHER_MS) };
}

export interface Together {
  from: string;
  to: string;
}

export interface Surroundings {
  /** Texts under which this notice stood before. */
  texts: ReadonlySet<string>;
  /** Asked only where the host matters. */
  host: () => Promise<{ neighbours: readonly string[]; state: HostState }>;
}

type LookAt = (url: string) => Promise<{ class: ControlCheck['class']; textHash?: string }>;
/** What of it goes on record with the check; `host` where the page is missing. */
export type Controls = Required<Pick<ObservationRecord, 'controls'>> & Pick<ObservationRecord, 'host'>;

/**
 * The controls a look needs. A page that stands under a new text is held against an address that cannot exist: a server that gives
 * both the same text has lost the page. Undefined when the look speaks for itself.
 */
export async function gatherControls(
  seen: Pick<Look, 'url' | 'verdict'> & { textHash?: string | undefined },
  { texts, host }: Surroundings,
  lookAt: LookAt,
): Promise<Controls | undefined> {
  const need = needOf(seen, texts);
  if (need === undefined) return undefined;
  const nowhere = randomAddress(seen.url);
  const random: ControlCheck = { url: nowhere, ...(await lookAt(nowhere)), role: 'random' };
  if (need === 'text' && (random.textHash === undefined || random.textHash !== seen.textHash))
    return { controls: [random] };
  const { neighbours, state } = await host();
  const controls = [random];
  for (const url of neighbours.slice(0, NEIGHBOURS)) {
    const neighbour = { url, ...(await lookAt(url)) };
    controls.push(neighbour);
    if (neighbour.class === 'live' && neighbour.textHash !== random.textHash) return { controls, host: state };
  }
  const home = new URL('/', seen.url).href;
  // The first page outlives any redesign, which takes many: it speaks for the host only where one went alone.
  if (state.missing === 1 && home !== seen.url) controls.push({ url: home, ...(await lookAt(home)), role: 'home' });
  return { controls, host: state };
}

function needOf(
  { url, verdict, textHash }: Parameters<typeof gatherControls>[0],
  texts: ReadonlySet<string>,
): 'absence' | 'text' | undefined {
  if (verdict.class === 'gone') return verdict.definite ? undefined : 'absence';
  if (verdict.class === 'unknown') return verdict.kind === 'malformed' && texts.size > 0 ? 'absence' : undefined;
  // WeChat's pages are told by their structure, which no other page of the platform has.
  if (verdict.class !== 'live' || isWechat(url)) return undefined;
  return texts.size > 0 && textHash !== undefined && !texts.has(textHash) ? 'text' : undefined;
}

/** Beside the page, so that the same template answers; long enough that nobody has it. */
function randomAddress(url: string): string {
  const { pathname } = new URL(url);
  const ending = /\.[a-z]{2,5}$/i.exec(pathname)?.[0] ?? '';
  return new URL(`no-such-page-${randomBytes(6).toString('hex')}${ending}`, url.replace(/[?#].*$/, '')).href;
}

export async function controlsFor(parts: Parts, seen: Look): Promise<Controls | undefined> {
  const { database } = parts.store;
  const known = await findAddress(database, seen.url);
  if (!known) return undefined;
  if (seen.verdict.class !== 'live' && (await noticePresence(database, known.noticeId)) === 'removed') return undefined;
  const own = { notice: known.noticeId, host: new URL(seen.url).host };
  const around: Surroundings = {
    texts: new Set(await standingTexts(database, known.noticeId)),
    host: async () => ({
      neighbours: await standingNeighbours(database, { ...own, most: NEIGHBOURS }),
      state: await stateOf(parts, own, seen),
    }),
  };
  return gatherControls({ ...seen, textHash: textHashOf(seen) }, around, async (url) => {
    const control = await look(parts, url);
    const textHash = textHashOf(control);
    await letGo(control);
    return { class: control.verdict.class, ...(textHash === undefined ? {} : { textHash }) };
  });
}

async function stateOf({ store }: Parts, own: { notice: string; host: string }, seen: Look): Promise<HostState> {
  const known = await lastStanding(store.database, own.notice);
  const went = known.missingSince ?? seen.at;
  const { checked, missing, since } = await hostState(store.database, {
    ...own,
    ...goneTogether({ lastSeen: known.lastSeen, went }),
  });
  return {
    host: own.host,
    checked: checked + 1,
    missing: missing + 1,
    since: since !== null && since < went ? since : went,
  };
}
