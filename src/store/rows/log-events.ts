import type { Queryable } from '../database.js';

/** An event about the log itself, not made of its records: whoever knows of it puts it again after a rebuild. */
export interface LogEvent {
  id: string;
  type: 'fork';
  at: string;
  body: Readonly<Record<string, unknown>>;
}

/** Once, however often it is put. */
export async function putLogEvent(db: Queryable, { id, type, at, body }: LogEvent): Promise<void> {
  await db.query('insert into event (id, type, at, body) values ($1, $2, $3, $4) on conflict (id) do nothing', [
    id,
    type,
    at,
    JSON.stringify(body),
  ]);
}
