/** `screen NAME|ID --decide VERDICT`: what a person says of a name and an entry, put on record. */
import { userInfo } from 'node:os';
import { AsPostedError } from '../model/index.js';
import type { Parts } from '../watch/index.js';
import type { Context } from './command.js';
import { EXIT } from './exit-codes.js';
import { need } from './output.js';

const FORM = 'screen NAME|ID --decide same|different|unsure --entry LIST/ENTRY --why WORDS';

/** Of a name that was typed in, or of each name of a notice that finds the entry. */
export async function decide(
  context: Context,
  parts: Parts,
  { name, notice }: { name?: string; notice?: string },
): Promise<number> {
  const { decideMatch } = await import('../watch/index.js');
  const { parsed } = context;
  const { list, entry } = entryOf(need(parsed.value('entry'), '--entry LIST/ENTRY', FORM));
  const only = parsed.value('name');
  const made = await decideMatch(parts, {
    of: notice === undefined ? { name: name! } : { notice, ...(only === undefined ? {} : { only }) },
    ...{ list, entry, verdict: parsed.value('decide')!, by: parsed.value('by') ?? userInfo().username },
    why: need(parsed.value('why'), '--why WORDS', FORM),
  });
  for (const { id, logIndex, entryName, record } of made) {
    const { type, name: asked, verdict: said } = record;
    const about = { name: asked, ...(notice === undefined ? {} : { notice }), list, entry, verdict: said };
    context.out(
      context.json
        ? JSON.stringify({ type, id, ...about, logIndex })
        : `${id}  log ${logIndex}  “${asked}” and ${list} ${entry}, ${entryName}: ${said}`,
    );
  }
  return EXIT.done;
}

/** `us_ofac_sdn/47713`; ids of some lists hold slashes of their own. */
function entryOf(text: string): { list: string; entry: string } {
  const cut = text.indexOf('/');
  if (cut > 0 && cut < text.length - 1) return { list: text.slice(0, cut), entry: text.slice(cut + 1) };
  throw new AsPostedError({
    code: 'USAGE',
    message: `--entry wants LIST/ENTRY, not ${text}`,
    hint: 'For example: --entry us_ofac_sdn/47713.',
  });
}
