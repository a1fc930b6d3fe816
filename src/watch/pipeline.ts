/**
 * The way of a notice, on one page (DESIGN §2):
 *
 *     source → capture → preserve → read → recognise → screen → compare → case → dossier / alert
 *
 * `discover` asks a source for addresses. `check` takes one address through capture and preserve; what follows is pure and
 * happens in `derive`, from the log, so that a rebuild runs the very same code. `tell` hands new events to the channels.
 */
import type { FetchOptions, PageVerdict, SeenRecord } from '../model/index.js';
import { besideControls } from '../compare/index.js';
import { deliverEvents } from './deliver.js';
import { derive } from './derive.js';
import { type CheckContext, recordsOf, textHashOf } from './keep.js';
import { type Look, type Shorter, letGo, look } from './look.js';
import type { Parts } from './parts.js';
import { controlsFor } from './controls.js';
import { policyRecords } from './policy.js';

export interface Target {
  url: string;
  context?: CheckContext;
  fetchOptions?: FetchOptions;
  /** It may be enough that the page stands. */
  shorter?: Shorter | undefined;
}

export interface Checked {
  look: Look;
  /** What was appended to the log, with places; acknowledged: it survives a crash from here on. */
  logged: { index: number; hash: string; record: SeenRecord }[];
}

export async function check(parts: Parts, { url, context = {}, fetchOptions = {}, shorter }: Target): Promise<Checked> {
  const seen = await look(parts, url, fetchOptions, shorter); //                     capture, and a first reading
  const { records, verdict } = await keep(parts, seen, { context, fetchOptions });
  const logged = await parts.store.log.append(records); //                            preserve: from here on it is kept
  await derive(parts); //                                                             read → recognise → screen → compare
  return { look: { ...seen, verdict }, logged };
}

async function keep(
  parts: Parts,
  seen: Look,
  { context, fetchOptions }: Required<Pick<Target, 'context' | 'fetchOptions'>>,
): Promise<{ records: SeenRecord[]; verdict: PageVerdict }> {
  try {
    const controls = await controlsFor(parts, seen, fetchOptions); //                 is the host itself all right?
    const textHash = textHashOf(seen);
    const verdict = besideControls(seen.verdict, { ...controls, ...(textHash === undefined ? {} : { textHash }) });
    const judged = { ...seen, verdict };
    const records = await recordsOf(parts, judged, { ...context, ...controls }, fetchOptions);
    return { records: [...(await policyRecords(parts)), ...records], verdict };
  } finally {
    await letGo(seen);
  }
}

/** One worker tells at a time: two would tell the same thing twice. Whoever comes second leaves it to the first. */
export async function tell(parts: Parts): ReturnType<typeof deliverEvents> {
  const release = await parts.store.database.tryLock('tell');
  if (!release) return { delivered: 0, failed: [] };
  try {
    return await deliverEvents(parts);
  } finally {
    await release();
  }
}
