import type { Queryable } from '../database.js';
import { storable } from './seen.js';

/** An event of no notice: of the log itself (not made of its records: whoever knows of it puts it again after a rebuild), or of a source. */
export interface OwnEvent {
  id: string;
  type: 'fork' | 'silent';
  at: string;
  body: Readonly<Record<string, unknown>>;
}

/** Once, however often it is put. */
export async function putEvent(db: Queryable, { id, type, at, body }: OwnEvent): Promise<void> {
  await db.query('insert into event (id, type, at, body) values ($1, $2, $3, $4) on conflict (id) do nothing', [
    id,
    type,
    at,
    storable(body),
  ]);
}
