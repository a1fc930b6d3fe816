/**
 * One project in several notices: the call, its change, its award. Told apart from copies: what joins them is a number, or a name
 * beside a body, and not what they say.
 */
import {
  MOST_PROJECT_HOLDERS,
  type Project,
  type ProjectKey,
  type ProjectStage,
  projectsUnder,
} from '../compare/index.js';
import type { NoticeId, OffsetTime } from '../model/index.js';
import {
  type ListFilter,
  type PostingRow,
  type ProjectHolding,
  type Queryable,
  postingRows,
  projectHoldings,
  selectedNotices,
} from '../store/index.js';

export interface ProjectRow {
  type: 'project';
  relation: 'same-project';
  /** In the order of what the pages claim; those that claim no time last. */
  notices: ProjectNoticeRow[];
  /** What joins them, each with its notices. */
  why: Project['why'];
  /** There may be more: what joins was not followed to its end. */
  isCut?: true;
}

export interface ProjectNoticeRow extends Pick<PostingRow, 'url' | 'account' | 'title' | 'presence' | 'firstSeen'> {
  notice: NoticeId;
  stage: ProjectStage;
  published: OffsetTime | null;
}

/** What joins of a project that goes on and on is followed so far. */
const MOST_FOLLOWED = 1_000;

/** Those with at least one of the notices chosen, in the order in which the first of each was seen. */
export async function listProjects(db: Queryable, filter: ListFilter = {}): Promise<ProjectRow[]> {
  if (filter.notice !== undefined) {
    const project = await projectOf(db, filter.notice as NoticeId);
    return project && (await isChosen(db, project, filter)) ? [project] : [];
  }
  const projects = await rowsOf(db, await projectHoldings(db, { notices: null, most: MOST_PROJECT_HOLDERS }));
  if (Object.keys(filter).length === 0) return projects;
  const chosen = await selectedNotices(db, filter);
  return projects.filter(({ notices }) => notices.some(({ notice }) => chosen.has(notice)));
}

async function isChosen(db: Queryable, { notices }: ProjectRow, filter: ListFilter): Promise<boolean> {
  const chosen = await selectedNotices(db, filter);
  return notices.some(({ notice }) => chosen.has(notice));
}

/** The project of a notice; undefined where nothing joins it to another. */
export async function projectOf(db: Queryable, id: NoticeId): Promise<ProjectRow | undefined> {
  const held = new Map<string, ProjectHolding>();
  const known = new Set<NoticeId>([id]);
  for (let next: NoticeId[] = [id]; next.length > 0 && known.size < MOST_FOLLOWED;) {
    const found = await projectHoldings(db, { notices: next, most: MOST_PROJECT_HOLDERS });
    next = [];
    for (const holding of found) {
      held.set(`${holding.by} ${holding.value}`, holding);
      for (const notice of holding.notices) {
        if (!known.has(notice)) next.push(notice);
        known.add(notice);
      }
    }
  }
  const [project] = await rowsOf(db, [...held.values()]);
  return project && known.size >= MOST_FOLLOWED ? { ...project, isCut: true } : project;
}

async function rowsOf(db: Queryable, holdings: readonly ProjectHolding[]): Promise<ProjectRow[]> {
  const ids = [...new Set(holdings.flatMap(({ notices }) => notices))];
  const heads = new Map((await postingRows(db, ids)).map((row) => [row.notice, row]));
  const keys = holdings
    .map(({ by, value, notices }) => ({
      key: { by, value } as ProjectKey,
      notices: notices.flatMap((notice) => memberOf(heads.get(notice))),
    }))
    .sort((a, b) => compare(a.key.by, b.key.by) || compare(a.key.value, b.key.value));
  const rows = projectsUnder(keys).map(({ notices, why }): ProjectRow => ({
    type: 'project',
    relation: 'same-project',
    notices: notices.map(({ notice, stage }) => {
      const { url, account, title, presence, published, firstSeen } = heads.get(notice)!;
      return { notice, stage, published, url, account, title, presence, firstSeen };
    }),
    why,
  }));
  const first = ({ notices }: ProjectRow): string =>
    notices.map(({ firstSeen, notice }) => `${firstSeen} ${notice}`).sort()[0]!;
  return rows.sort((a, b) => compare(first(a), first(b)));
}

function memberOf(row: PostingRow | undefined): { notice: NoticeId; title?: string; published?: OffsetTime }[] {
  if (!row) return [];
  const { notice, title, published } = row;
  return [{ notice, ...(title === null ? {} : { title }), ...(published === null ? {} : { published }) }];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
