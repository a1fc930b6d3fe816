/** A notice with everything that is shown of it: its own rows, and what relates it to others beside copies. */
import type { NoticeId } from '../model/index.js';
import { type NoticeDetail, type Queryable, showNotice } from '../store/index.js';
import { type ProjectRow, projectOf } from './projects.js';
import { type SameFileRow, sameFilesOf } from './same-files.js';

export interface FullNotice extends NoticeDetail {
  project: ProjectRow | null;
  sameFiles: SameFileRow[];
}

export async function fullNotice(db: Queryable, id: string): Promise<FullNotice | undefined> {
  const notice = await showNotice(db, id);
  if (!notice) return undefined;
  const [project, sameFiles] = await Promise.all([projectOf(db, id as NoticeId), sameFilesOf(db, id as NoticeId)]);
  return { ...notice, project: project ?? null, sameFiles };
}
