/** A notice with everything that is shown of it: its own rows, and what relates it to others beside copies. */
import type { NoticeId } from '../model/index.js';
import { type NoticeDetail, type Queryable, showNotice } from '../store/index.js';
import { type ProjectRow, projectOf } from './projects.js';

export interface FullNotice extends NoticeDetail {
  project: ProjectRow | null;
}

export async function fullNotice(db: Queryable, id: string): Promise<FullNotice | undefined> {
  const notice = await showNotice(db, id);
  return notice && { ...notice, project: (await projectOf(db, id as NoticeId)) ?? null };
}
