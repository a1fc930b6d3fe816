/**
 * A page that stands under a new text is looked at once more: a text that comes and goes is no edit. And its neighbours are: where they
 * changed in the same way, the site was made over, and what changed of this notice cannot be told from it (facts/watching §12).
 */
import { type ControlCheck, type ObservationRecord, instant } from '../model/index.js';
import { countingSentences, sentences, shapeOf } from '../compare/index.js';

export interface SeenText {
  textHash?: string | undefined;
  /** What `textHash` is of; goes into no record. */
  text?: string | undefined;
}

export type LookAt = (url: string) => Promise<{ class: ControlCheck['class']; textHash?: string; text?: string }>;

export interface NeighbourBefore {
  url: string;
  /** What it said up to the last look at this notice, or first said after that. */
  text: string;
  /** First seen after that: it speaks for a redesign, but not against one that may have come before. */
  later: boolean;
}

export interface EditSurroundings {
  /** What this notice said before. */
  textBefore: () => Promise<string | undefined>;
  neighboursBefore: () => Promise<readonly NeighbourBefore[]>;
  /** Since when pages of the host are met under new texts, of those so met from a time on. */
  redesignSince: (from: string) => Promise<string | undefined>;
}

/** So many neighbours that changed in the same way, and none that did not among those looked at, make a redesign. */
const MADE_OVER = 2;
/** Some of them may be in trouble of their own. */
export const MOST_BEFORE = 6;
/** Looks at a site that was made over are spread over so long. */
const MADE_OVER_MS = 3 * 24 * 3_600_000;
const MOST_COUNTING = 20;
const LONGEST_SHAPE = 200;

type Confirmed = Required<Pick<ObservationRecord, 'controls'>> & Pick<ObservationRecord, 'redesign'>;

export async function confirmEdit(
  seen: { url: string; at: string } & SeenText,
  around: EditSurroundings,
  lookAt: LookAt,
): Promise<Confirmed> {
  const again = await lookAgain(seen, lookAt);
  if (!again.alike) return { controls: [again] };
  const before = await around.textBefore();
  const here = before === undefined || seen.text === undefined ? undefined : changeOfShapes(before, seen.text);
  // Numbers alone: 30 pieces became 50. That is this notice's own.
  if (!here || here.size === 0) return { controls: [again] };
  const controls = [again];
  let changed = 0;
  for (const { url, text: was, later } of await around.neighboursBefore()) {
    const { text: is, ...found } = await lookAt(url);
    if (found.class !== 'live' || is === undefined) continue;
    const there = changeOfShapes(was, is);
    const same = [...here].every((each) => there.has(each));
    if (!same && later) continue;
    controls.push({ url, ...found, changed: same });
    if (!same) return { controls };
    changed += 1;
    if (changed === MADE_OVER) break;
  }
  if (changed < MADE_OVER) return { controls };
  const { host } = new URL(seen.url);
  const from = instant(new Date(Date.parse(seen.at) - MADE_OVER_MS));
  const since = (await around.redesignSince(from)) ?? seen.at;
  return { controls, redesign: { host, since } };
}

/** Sentences that came and went, whatever their numbers. */
function changeOfShapes(before: string, after: string): Set<string> {
  const [was, is] = [shapes(before), shapes(after)];
  return new Set([
    ...[...is].filter((shape) => !was.has(shape)).map((shape) => `+${shape}`),
    ...[...was].filter((shape) => !is.has(shape)).map((shape) => `-${shape}`),
  ]);
}

const shapes = (text: string): Set<string> => new Set(sentences(text).map(shapeOf));

async function lookAgain({ url, textHash, text }: { url: string } & SeenText, lookAt: LookAt): Promise<ControlCheck> {
  const { text: later, ...found } = await lookAt(url);
  const again = { url, ...found, role: 'again' } as const;
  if (found.class !== 'live' || later === undefined || text === undefined) return { ...again, alike: false };
  if (found.textHash === textHash) return { ...again, alike: true };
  const { alike, counting } = countingSentences(text, later);
  const shapes = counting.filter((shape) => shape.length <= LONGEST_SHAPE).slice(0, MOST_COUNTING);
  return { ...again, alike, ...(shapes.length === 0 ? {} : { counting: shapes }) };
}

/** Whether what a check saw was there at a second look too; of checks that had none, nobody doubted it. */
export function isSteady({ controls }: Pick<ObservationRecord, 'controls'>): boolean {
  return controls?.find(({ role }) => role === 'again')?.alike !== false;
}
