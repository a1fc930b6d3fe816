/** A timeline made of evidence: each line names the record that proves it. Pure; the caller hands in documents. */
export interface TimelineLine {
  /** RFC 3339 in UTC, or a day for what is known no closer. */
  at: string;
  kind: string;
  what: string;
  notice?: string;
  exhibit?: string;
  record?: string;
  logIndex?: number;
  /** Of a listing: the version of the list that says so, `sha256:…`. */
  listVersion?: string;
  /** Whether we saw it ourselves or a source says so. */
  basis: 'seen' | 'stated';
}

/** What the timeline takes of a notice; the store's detail document has more. */
export interface TimelineNotice {
  id: string;
  title: string | null;
  account: { name: string | null } | null;
  published: string | null;
  removal?: { actor: string; words: string; lastSeen: string | null; firstMissing: string; confirmed: string };
  exhibitList: readonly { id: string; at: string; logIndex: number; class: string }[];
  observations: readonly { id: string; at: string; logIndex: number; exhibit: string | null }[];
  changes: readonly { at: string; kind: string; before: string; after: string }[];
  matches: readonly { list: string; entry: string; name: string; query: string; from: string; listVersion?: string }[];
}

export interface TimelineClaim {
  id: string;
  at: string;
  speaker: string;
  outlet?: string;
  said?: string;
  words: string;
  exhibit?: string;
  logIndex: number;
}

export interface TimelineStatement {
  id: string;
  at: string;
  kind: string;
  by: string;
  words: string;
  asked?: string;
  logIndex: number;
}

export function buildTimeline(
  notices: readonly TimelineNotice[],
  claims: readonly TimelineClaim[],
  statements: readonly TimelineStatement[],
): TimelineLine[] {
  const lines = [...notices.flatMap(ofNotice), ...claims.map(ofClaim), ...statements.map(ofStatement)];
  const listings = new Map(notices.flatMap(ofListings).map((line) => [line.what, line]));
  // Stable: what happened at one time stays in the order of notices and of the log.
  return [...lines, ...listings.values()].sort((a, b) => compare(order(a), order(b)));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Instants of different zones sort by when they were; a bare day sorts before the times of that day. */
function order({ at }: TimelineLine): string {
  return at.length === 10 ? at : new Date(at).toISOString();
}

function ofNotice(notice: TimelineNotice): TimelineLine[] {
  const name = `“${notice.title ?? notice.id}”${notice.account?.name ? ` (${notice.account.name})` : ''}`;
  const first = notice.exhibitList.find((each) => each.class === 'live');
  const lines: TimelineLine[] = [];
  const place = (exhibit: TimelineNotice['exhibitList'][number] | undefined): Partial<TimelineLine> =>
    exhibit ? { exhibit: exhibit.id, logIndex: exhibit.logIndex } : {};
  if (notice.published !== null) {
    lines.push({
      at: notice.published,
      kind: 'posted',
      what: `${name} posted, as the page dates itself`,
      notice: notice.id,
      basis: 'stated',
      ...place(first),
    });
  }
  if (first)
    lines.push({
      at: first.at,
      kind: 'captured',
      what: `${name} captured`,
      notice: notice.id,
      basis: 'seen',
      ...place(first),
    });
  for (const change of notice.changes) {
    const what = `${name}: ${change.kind} changed`;
    lines.push({
      at: change.at,
      kind: 'changed',
      what,
      notice: notice.id,
      basis: 'seen',
      ...place(notice.exhibitList.find(({ at }) => at === change.at)),
    });
  }
  return [...lines, ...ofRemoval(notice, name)];
}

function ofRemoval(notice: TimelineNotice, name: string): TimelineLine[] {
  const { removal } = notice;
  if (!removal) return [];
  const line = (at: string, kind: string, what: string): TimelineLine => {
    const seen = notice.observations.find((each) => each.at === at);
    return {
      at,
      kind,
      what,
      notice: notice.id,
      basis: 'seen',
      ...(seen ? { record: seen.id, logIndex: seen.logIndex } : {}),
      ...(seen?.exhibit ? { exhibit: seen.exhibit } : {}),
    };
  };
  const words = removal.words === '' ? 'no words on the page' : `“${removal.words}”`;
  return [
    ...(removal.lastSeen === null ? [] : [line(removal.lastSeen, 'last-seen', `${name} last seen standing`)]),
    line(removal.firstMissing, 'first-missing', `${name} first missing: ${words}`),
    line(removal.confirmed, 'removed', `${name} removal confirmed; by: ${removal.actor}`),
  ];
}

function ofListings(notice: TimelineNotice): TimelineLine[] {
  return notice.matches.map(({ list, entry, name, from, listVersion }) => ({
    at: from,
    kind: 'listed',
    what: `${name} on ${list} (entry ${entry})`,
    basis: 'stated',
    ...(listVersion === undefined ? {} : { listVersion }),
  }));
}

function ofClaim(claim: TimelineClaim): TimelineLine {
  const through = claim.outlet === undefined ? '' : `, through ${claim.outlet}`;
  return {
    at: claim.said ?? claim.at,
    kind: 'claim',
    what: `${claim.speaker}${through}: “${claim.words}”`,
    basis: 'stated',
    record: claim.id,
    logIndex: claim.logIndex,
    ...(claim.exhibit === undefined ? {} : { exhibit: claim.exhibit }),
  };
}

function ofStatement(statement: TimelineStatement): TimelineLine {
  const asked = statement.asked === undefined ? '' : ` ${statement.asked}`;
  return {
    at: statement.at,
    kind: statement.kind,
    what: `${statement.kind}${asked}: ${statement.words} (${statement.by})`,
    basis: 'seen',
    record: statement.id,
    logIndex: statement.logIndex,
  };
}
