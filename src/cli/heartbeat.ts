import type { Heartbeat } from '../watch/index.js';
import type { Context } from './command.js';
import { printable } from './printable.js';

/** After a round that ended well; one that was stopped has not. What goes wrong is said on stderr and fails nothing. */
export async function sendBeat(context: Context, beat: Heartbeat): Promise<void> {
  if (context.signal.aborted) return;
  const problem = await beat();
  if (problem !== undefined) context.err(printable(`heartbeat: ${problem}`));
}
