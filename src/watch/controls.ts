/** A page that is missing without a definite word is believed only if its host is all right (facts/watching §11.3, §11.5, §11.10). */
import { randomBytes } from 'node:crypto';
import {
  type ControlCheck,
  type FetchOptions,
  type HostState,
  type ObservationRecord,
  instant,
} from '../model/index.js';
import { isWechat, visibleText } from '../read/index.js';
import {
  findAddress,
  firstReading,
  hostState,
  lastLookLive,
  lastStanding,
  noticePresence,
  readingBefore,
  redesignSince,
  standingNeighbours,
  standingTexts,
} from '../store/index.js';
import {
  MOST_BEFORE,
  type EditSurroundings,
  type LookAt,
  type NeighbourBefore,
  type SeenText,
  confirmEdit,
} from './edit.js';
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

export interface Surroundings extends EditSurroundings {
  /** Texts under which this notice stood before. */
  texts: ReadonlySet<string>;
  /** Asked only where the host matters. */
  host: () => Promise<{ neighbours: readonly string[]; state: HostState }>;
}

/** What of it goes on record with the check; `host` where the page is missing, `redesign` where its site was made over. */
export type Controls = Required<Pick<ObservationRecord, 'controls'>> & Pick<ObservationRecord, 'host' | 'redesign'>;

/**
 * The controls a look needs. A page that stands under a new text is held against an address that cannot exist: a server that gives
 * both the same text has lost the page. Undefined when the look speaks for itself.
 */
export async function gatherControls(
  seen: Pick<Look, 'url' | 'verdict' | 'at'> & SeenText,
  around: Surroundings,
  lookAt: LookAt,
): Promise<Controls | undefined> {
  const need = needOf(seen, around.texts);
  if (need === undefined) return undefined;
  // WeChat's pages are told by their structure, which no other page of the platform has.
  if (need === 'text' && isWechat(seen.url)) return confirmEdit(seen, around, lookAt);
  const nowhere = randomAddress(seen.url);
  const random = await controlAt(nowhere, lookAt, 'random');
  if (need === 'text' && (random.textHash === undefined || random.textHash !== seen.textHash)) {
    const confirmed = random.class === 'down' ? { controls: [] } : await confirmEdit(seen, around, lookAt);
    return { ...confirmed, controls: [random, ...confirmed.controls] };
  }
  return standsElse(seen.url, { random, around, lookAt });
}

/** Whether the host is all right although this page of it is missing: another one that stands says so. */
async function standsElse(
  own: string,
  { random, around, lookAt }: { random: ControlCheck; around: Surroundings; lookAt: LookAt },
): Promise<Controls> {
  const { neighbours, state } = await around.host();
  const controls = [random];
  for (const url of neighbours.slice(0, NEIGHBOURS)) {
    const neighbour = await controlAt(url, lookAt);
    controls.push(neighbour);
    if (neighbour.class === 'live' && neighbour.textHash !== random.textHash) return { controls, host: state };
  }
  const home = new URL('/', own).href;
  // The first page outlives any redesign, which takes many: it speaks for the host only where one went alone.
  if (state.missing === 1 && home !== own) controls.push(await controlAt(home, lookAt, 'home'));
  return { controls, host: state };
}

/** As it goes on record: without the text. */
async function controlAt(url: string, lookAt: LookAt, role?: ControlCheck['role']): Promise<ControlCheck> {
  const { text: _, ...found } = await lookAt(url);
  return { url, ...found, ...(role === undefined ? {} : { role }) };
}

function needOf(
  { verdict, textHash }: Parameters<typeof gatherControls>[0],
  texts: ReadonlySet<string>,
): 'absence' | 'text' | undefined {
  if (verdict.class === 'gone') return verdict.definite ? undefined : 'absence';
  if (verdict.class === 'unknown') return verdict.kind === 'malformed' && texts.size > 0 ? 'absence' : undefined;
  if (verdict.class !== 'live') return undefined;
  return texts.size > 0 && textHash !== undefined && !texts.has(textHash) ? 'text' : undefined;
}

/** Beside the page, so that the same template answers; long enough that nobody has it. */
function randomAddress(url: string): string {
  const { pathname } = new URL(url);
  const ending = /\.[a-z]{2,5}$/i.exec(pathname)?.[0] ?? '';
  return new URL(`no-such-page-${randomBytes(6).toString('hex')}${ending}`, url.replace(/[?#].*$/, '')).href;
}

/** `asked`: as the page itself was asked; a control asked another way proves nothing (rule 12). */
export async function controlsFor(parts: Parts, seen: Look, asked: FetchOptions = {}): Promise<Controls | undefined> {
  const { database } = parts.store;
  const known = await findAddress(database, seen.url);
  if (!known) return undefined;
  if (seen.verdict.class !== 'live' && (await noticePresence(database, known.noticeId)) === 'removed') return undefined;
  const own = { notice: known.noticeId, host: new URL(seen.url).host };
  const neighbours = async (most: number): ReturnType<typeof standingNeighbours> =>
    standingNeighbours(database, { ...own, most });
  const around: Surroundings = {
    texts: new Set(await standingTexts(database, known.noticeId)),
    host: async () => ({
      neighbours: (await neighbours(NEIGHBOURS)).map(({ url }) => url),
      state: await stateOf(parts, own, seen),
    }),
    textBefore: async () => {
      const reading = await readingBefore(database, known.noticeId);
      return reading && visibleText(reading);
    },
    neighboursBefore: async () => textsBefore(parts, { ...own, neighbours: await neighbours(MOST_BEFORE) }),
    redesignSince: async (from) => redesignSince(database, { host: own.host, from }),
  };
  const { browser: _, ...plain } = asked;
  return gatherControls({ ...seen, ...textOf(seen) }, around, async (url) => {
    const control = await look(parts, url, plain);
    await letGo(control);
    return { class: control.verdict.class, ...textOf(control) };
  });
}

function textOf(seen: Look): { textHash?: string; text?: string } {
  return seen.reading ? { textHash: textHashOf(seen)!, text: visibleText(seen.reading) } : {};
}

/** What its neighbours said when this notice last stood under its old text. */
async function textsBefore(
  { store: { database } }: Parts,
  { notice, neighbours }: { notice: string; neighbours: readonly { id: string; url: string }[] },
): Promise<NeighbourBefore[]> {
  const upTo = await lastLookLive(database, notice);
  const found: NeighbourBefore[] = [];
  for (const { id, url } of upTo === undefined ? [] : neighbours) {
    const before = await readingBefore(database, id, upTo);
    const reading = before ?? (await firstReading(database, id));
    if (reading) found.push({ url, text: visibleText(reading), later: !before });
  }
  return found;
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
