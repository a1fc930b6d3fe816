import type { Parts } from '../watch/index.js';
import type { Context } from './command.js';
import { printable } from './printable.js';

/** Witnesses and time stamps that are due; what went wrong is said on stderr and fails nothing. */
export async function tend(context: Context, parts: Parts): Promise<void> {
  if (context.signal.aborted) return;
  const { tendLog } = await import('../watch/index.js');
  for (const line of (await tendLog(parts)).warnings) context.err(printable(line));
}
