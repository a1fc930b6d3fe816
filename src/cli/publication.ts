/** What `dossier` and `export` share: the check before publication, and what is left out on purpose. */
import { AsPostedError } from '../model/index.js';
import type { Publication, RedactionOrder } from '../dossier/index.js';
import type { Parts } from '../watch/index.js';
import type { FlagSpec } from './arguments.js';
import type { Context } from './command.js';
import { printable } from './printable.js';

export const REDACTION_FLAGS: Readonly<Record<string, FlagSpec>> = {
  redact: {
    kind: 'values',
    placeholder: 'E-…:N',
    help: 'Leave record N of an exhibit’s WARC out of the copy (or E-…:request: all of that type).',
  },
  'redact-findings': { kind: 'switch', help: 'Leave out every record for which the bundle would be refused.' },
  reason: { kind: 'value', placeholder: 'WORDS', help: 'With --redact…: why; it stands in the bundle.' },
  by: { kind: 'value', placeholder: 'NAME', help: 'With --redact…: who decided it; it stands in the bundle.' },
};

/** The check as the commands run it; what is only to be told goes to standard error. */
export async function publication(context: Context, parts: Parts): Promise<Publication> {
  const { publishRules } = await import('../watch/index.js');
  const redact = redactionOrder(context);
  return {
    rules: publishRules(parts),
    tell: (line) => {
      context.err(`note: ${printable(line)}`);
    },
    ...(redact ? { redact } : {}),
  };
}

/** Without who and why, a hole in the evidence says nothing. The user name is no default: it would be published. */
function redactionOrder({ parsed }: Context): RedactionOrder | undefined {
  const [records, findings] = [parsed.values('redact'), parsed.has('redact-findings')];
  if (records.length === 0 && !findings) return undefined;
  const [reason, by] = [parsed.value('reason')?.trim() ?? '', parsed.value('by')?.trim() ?? ''];
  if (reason === '' || by === '') {
    throw new AsPostedError({
      code: 'USAGE',
      message: 'leaving something out needs --reason and --by',
      hint: 'Say why and who decided it, e.g. --reason "names our reader" --by "the editors": both stand in the bundle.',
    });
  }
  return { records, findings, reason, by };
}
