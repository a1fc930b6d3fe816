import type {
  HostState,
  ObservedCheck,
  Presence,
  PresenceSettings,
  PresenceVerdict,
  Removal,
  RemovalActor,
} from '../model/index.js';
import { countsAs, elapsed, hostStood, isDefinite, isMass } from './absence.js';

export const PRESENCE_DEFAULTS: PresenceSettings = {
  confirmNoticeMs: 10 * 60_000,
  confirmMissingMs: 24 * 3_600_000,
  observations: 3,
  permanentMs: 14 * 86_400_000,
  massItems: 5,
  massShare: 0.2,
  unreachableAfter: 3,
};

/** One change of the verdict, at the check that brought it about. */
export interface PresenceTransition {
  at: string;
  from: Presence | 'new';
  verdict: PresenceVerdict;
}

/** When a suspicion was first held back because others of its host went missing with it; one for each time that happened. */
export interface HeldSuspicion {
  at: string;
  host: HostState;
}

interface State {
  presence: Presence | 'new';
  lastSeen: string | null;
  /** Checks since the last live one that say "gone", definitely or not. */
  missing: ObservedCheck[];
  /** Checks in a row that say nothing about the notice (they block us, or are down). */
  silent: number;
  removal?: Removal;
  movedTo?: string;
}

export interface Judged {
  verdict: PresenceVerdict;
  transitions: PresenceTransition[];
  held: HeldSuspicion[];
}

/**
 * Presence of a notice from all its observations in time order: a fold, so one new check costs one step and the answer
 * never depends on when it was asked. Rules of facts/watching §11; being blocked, down or unreadable never counts as
 * absence, and never resets it either.
 */
export function judgePresence(
  checks: readonly ObservedCheck[],
  settings: PresenceSettings = PRESENCE_DEFAULTS,
): Judged {
  const fold = new PresenceFold(settings);
  for (const check of checks) fold.add(check);
  return fold.judged;
}

/** The same, one check at a time. */
export class PresenceFold {
  readonly judged: Judged = {
    verdict: { presence: 'unreachable', reasons: [{ text: 'never checked', observations: [] }] },
    transitions: [],
    held: [],
  };
  private readonly settings: PresenceSettings;
  private readonly state: State = { presence: 'new', lastSeen: null, missing: [], silent: 0 };

  constructor(settings: PresenceSettings = PRESENCE_DEFAULTS) {
    this.settings = settings;
  }

  add(check: ObservedCheck): void {
    const { state, judged } = this;
    const verdict = step(state, check, check.settings ?? this.settings);
    if (verdict.presence !== state.presence) judged.transitions.push({ at: check.at, from: state.presence, verdict });
    const host = verdict.heldWith;
    if (host && !judged.held.some(({ host: { since } }) => since === host.since))
      judged.held.push({ at: check.at, host });
    state.presence = verdict.presence;
    judged.verdict = verdict;
  }
}

function step(state: State, check: ObservedCheck, settings: PresenceSettings): PresenceVerdict {
  switch (countsAs(check, state.lastSeen !== null)) {
    case 'live':
      return seenLive(state, check);
    case 'moved':
      return seenMoved(state, check);
    case 'notice':
    case 'gone':
      state.silent = 0;
      state.missing.push(check);
      return seenMissing(state, check, settings);
    case 'blocked':
    case 'down':
    case 'unknown':
      return seenNothing(state, check, settings);
  }
}

function seenLive(state: State, check: ObservedCheck): PresenceVerdict {
  const returned = state.presence === 'removed' || state.presence === 'suspected';
  const since = state.missing[0];
  state.lastSeen = check.at;
  state.missing = [];
  state.silent = 0;
  delete state.removal;
  delete state.movedTo;
  const text =
    returned && since
      ? `The page stands again; it was missing from ${since.at} on.`
      : `The page stands: ${check.verdict.rule}.`;
  return { presence: 'standing', reasons: [{ text, observations: [check.id] }] };
}

function seenMoved(state: State, check: ObservedCheck): PresenceVerdict {
  if (check.verdict.class === 'moved') state.movedTo = check.verdict.to;
  state.silent = 0;
  const to = state.movedTo ?? 'an address the page does not name';
  return {
    presence: 'moved',
    ...(state.movedTo === undefined ? {} : { movedTo: state.movedTo }),
    reasons: [{ text: `The page says it moved to ${to}.`, observations: [check.id] }],
  };
}

/** Once removed, it stays so until the page stands again: a later 404 beside a deletion notice changes nothing. */
function seenMissing(state: State, check: ObservedCheck, settings: PresenceSettings): PresenceVerdict {
  if (state.removal) return removed(state, state.removal, 'The page is still missing.', [check]);
  const definite = state.missing.filter(isDefinite);
  const first = state.missing[0]!;
  const agreeing = definite.length >= 2 ? agreed(definite, settings.confirmNoticeMs) : undefined;
  if (agreeing) {
    state.removal = removalOf(state, agreeing, check.at);
    const text = `Two checks at least ${minutes(settings.confirmNoticeMs)} apart, each on a connection of its own, met the same definite notice.`;
    return removed(state, state.removal, text, agreeing);
  }
  const sure = confirmedMissing(state.missing, settings);
  if (sure) {
    state.removal = removalOf(state, sure, check.at);
    const text = `${sure.length} checks over ${minutes(settings.confirmMissingMs)} or more found no page while another page of the same host stood.`;
    return removed(state, state.removal, text, sure);
  }
  if (
    state.missing.length >= settings.observations &&
    elapsed(first, check) >= settings.permanentMs &&
    !state.missing.some((each) => isMass(each, settings))
  ) {
    state.removal = removalOf(state, state.missing, check.at);
    const text = `Every check that met its host for ${minutes(settings.permanentMs)} or more found no page.`;
    return removed(state, state.removal, text, state.missing);
  }
  return suspected(state, settings);
}

/** The first and last definite checks that say the same and are far enough apart, with nothing live in between (the caller resets on live). */
function agreed(definite: readonly ObservedCheck[], apartMs: number): ObservedCheck[] | undefined {
  const last = definite.at(-1)!;
  if (!last.freshConnection) return undefined;
  const first = definite.find((other) => other !== last && elapsed(other, last) >= apartMs);
  return first ? [first, last] : undefined;
}

/** Those that went together wait longer: a part of a site that is being rebuilt has neighbours that stand. */
const MASS_PATIENCE = 3;

/**
 * Indefinite absence needs number, duration, and a host that stood each time (rules 3 and 5): the checks that had it, when they are
 * enough and the last one is among them.
 */
function confirmedMissing(
  missing: readonly ObservedCheck[],
  settings: PresenceSettings,
): readonly ObservedCheck[] | undefined {
  const sound = missing.filter(hostStood);
  const last = missing.at(-1)!;
  if (sound.at(-1) !== last || sound.length < settings.observations) return undefined;
  const wait = settings.confirmMissingMs * (missing.some((check) => isMass(check, settings)) ? MASS_PATIENCE : 1);
  return elapsed(sound[0]!, last) >= wait ? sound : undefined;
}

function removalOf(state: State, evidence: readonly ObservedCheck[], confirmed: string): Removal {
  const first = state.missing[0]!;
  const actors = new Set(evidence.map(actorOf));
  const words = [...new Set(evidence.map((check) => ('words' in check.verdict ? (check.verdict.words ?? '') : '')))];
  return {
    // Two different definite notices: removed, actor unclear, both quoted (rule 2).
    actor: actors.size === 1 ? [...actors][0]! : 'unknown',
    words: words.filter((text) => text !== '').join(' / '),
    ...(evidence.every(isOfAccount) ? { scope: 'account' as const } : {}),
    lastSeen: state.lastSeen,
    firstMissing: first.at,
    confirmed,
  };
}

function actorOf(check: ObservedCheck): RemovalActor {
  return check.verdict.class === 'notice' ? check.verdict.actor : 'unknown';
}

const isOfAccount = ({ verdict }: ObservedCheck): boolean => verdict.class === 'notice' && verdict.scope === 'account';

function removed(state: State, removal: Removal, text: string, evidence: readonly ObservedCheck[]): PresenceVerdict {
  const between = state.lastSeen ? `last seen standing at ${state.lastSeen}` : 'already gone when first checked';
  const wordless = state.missing.some(isDefinite) ? {} : { missingSince: removal.firstMissing };
  return {
    presence: 'removed',
    ...wordless,
    removal,
    reasons: [
      { text, observations: evidence.map(({ id }) => id) },
      { text: `It was ${between}, first missing at ${removal.firstMissing}.`, observations: [state.missing[0]!.id] },
    ],
  };
}

function suspected(state: State, settings: PresenceSettings): PresenceVerdict {
  const definite = state.missing.filter(isDefinite);
  const [first, last] = [state.missing[0]!, state.missing.at(-1)!];
  const wait =
    definite.length > 0 ? settings.confirmNoticeMs : settings.confirmMissingMs / Math.max(1, settings.observations - 1);
  const held = definite.length === 0 && isMass(last, settings) ? last.host : undefined;
  return {
    presence: 'suspected',
    confirmAfter: new Date(Date.parse((definite[0] ?? last).at) + wait).toISOString(),
    ...(definite.length > 0 ? {} : { missingSince: first.at }),
    ...(held ? { heldWith: held } : {}),
    reasons: [{ text: suspicion(definite.length > 0, held), observations: state.missing.map(({ id }) => id) }],
  };
}

function suspicion(definite: boolean, held: HostState | undefined): string {
  if (definite)
    return 'The page shows a definite notice; a second look on a fresh connection must agree before it counts as removed.';
  if (held)
    return `${held.missing} of ${held.checked} notices of ${held.host} went missing at once: that is taken for trouble of the host, or a redesign, until more is known.`;
  return 'The page is missing without a definite word; more observations, and another page of its host that stands, are needed before it counts as removed.';
}

function seenNothing(state: State, check: ObservedCheck, settings: PresenceSettings): PresenceVerdict {
  state.silent += 1;
  const silent = { silent: state.silent };
  const trouble = `This check says nothing about the notice (${check.class}: ${check.verdict.rule}).`;
  if (state.removal) return { ...removed(state, state.removal, trouble, [check]), ...silent };
  const reasons = [{ text: trouble, observations: [check.id] }];
  if (state.silent >= settings.unreachableAfter || state.presence === 'new')
    return { presence: 'unreachable', ...silent, reasons };
  if (state.missing.length > 0) {
    return { ...suspected(state, settings), ...silent };
  }
  const kept: Presence =
    state.presence === 'moved' ? 'moved' : state.presence === 'unreachable' ? 'unreachable' : 'standing';
  return {
    presence: kept,
    ...silent,
    ...(kept === 'moved' && state.movedTo ? { movedTo: state.movedTo } : {}),
    reasons,
  };
}

function minutes(ms: number): string {
  if (ms >= 3_600_000) return `${Math.round(ms / 360_000) / 10} h`;
  return ms >= 60_000 ? `${Math.round(ms / 6_000) / 10} min` : `${ms / 1000} s`;
}
