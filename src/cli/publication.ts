import type { Publication } from '../dossier/index.js';
import type { Parts } from '../watch/index.js';
import type { Context } from './command.js';
import { printable } from './printable.js';

/** The check before publication as the commands run it; what is only to be told goes to standard error. */
export async function publication(context: Context, parts: Parts): Promise<Publication> {
  const { publishRules } = await import('../watch/index.js');
  return {
    rules: publishRules(parts),
    tell: (line) => {
      context.err(`note: ${printable(line)}`);
    },
  };
}
