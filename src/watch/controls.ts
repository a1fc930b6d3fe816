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
  /** Other notices of the host that stood last. */
  neighbours: readonly string[];
  /** Whether no other notice of the host is missing that may have gone with this one. */
  alone: boolean;
  /** Texts under which this notice stood before. */
  texts: ReadonlySet<string>;
}

type LookAt = (url: string) => Promise<{ class: ControlCheck['class']; textHash?: string }>;

/**
 * The controls a look needs. A page that stands under a new text is held against an address that cannot exist: a server that gives
 * both the same text has lost the page. Undefined when the look speaks for itself.
 */
export async function gatherControls(
  seen: Pick<Look, 'url' | 'verdict'> & { textHash?: string | undefined },
  around: Surroundings,
  lookAt: LookAt,
): Promise<ControlCheck[] | undefined> {
  const need = needOf(seen, around);
  if (need === undefined) return undefined;
  const control = async (url: string, role: ControlCheck['role']): Promise<ControlCheck> => ({
    url,
    ...(await lookAt(url)),
    ...(role === undefined ? {} : { role }),
  });
  const random = await control(randomAddress(seen.url), 'random');
  if (need === 'text' && (random.textHash === undefined || random.textHash !== seen.textHash)) return [random];
  const controls = [random];
  for (const url of around.neighbours.slice(0, NEIGHBOURS)) {
    const neighbour = await control(url, undefined);
    controls.push(neighbour);
    if (neighbour.class === 'live' && neighbour.textHash !== random.textHash) return controls;
  }
  const home = new URL('/', seen.url).href;
  // The first page outlives any redesign, which takes many: it speaks for the host only where one went alone.
  if (around.alone && home !== seen.url) controls.push(await control(home, 'home'));
  return controls;
}

function needOf(
  { url, verdict, textHash }: Parameters<typeof gatherControls>[0],
  { texts }: Surroundings,
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

export async function controlsFor(
  parts: Parts,
  seen: Look,
): Promise<Pick<ObservationRecord, 'controls' | 'host'> | undefined> {
  const { database } = parts.store;
  const known = await findAddress(database, seen.url);
  if (!known) return undefined;
  const stands = seen.verdict.class === 'live';
  if (!stands && (await noticePresence(database, known.noticeId)) === 'removed') return undefined;
  const { host } = new URL(seen.url);
  const own = { notice: known.noticeId, host };
  const state = await stateOf(parts, own, seen);
  const around = {
    neighbours: await standingNeighbours(database, { ...own, most: NEIGHBOURS }),
    alone: state.missing === 1,
    texts: new Set(await standingTexts(database, known.noticeId)),
  };
  const controls = await gatherControls({ ...seen, textHash: textHashOf(seen) }, around, async (url) => {
    const control = await look(parts, url);
    const textHash = textHashOf(control);
    await letGo(control);
    return { class: control.verdict.class, ...(textHash === undefined ? {} : { textHash }) };
  });
  if (!controls) return undefined;
  // More than the one control of a text: the page turned out to be missing.
  return stands && controls.length === 1 ? { controls } : { controls, host: state };
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
