/** `screen NAME|ID --decide VERDICT`: what a person says of a name and an entry, put on record. */
import { userInfo } from 'node:os';
import { AsPostedError, type DecisionRecord, asSha256, idFromHash, instant } from '../model/index.js';
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
  const [{ decisionRecord }, { derive, loadListed, sha256 }, { newestState, printedOf }] = await Promise.all([
    import('../case/index.js'),
    import('../watch/index.js'),
    import('../screen/index.js'),
  ]);
  const { parsed } = context;
  const verdict = parsed.value('decide')!;
  const { list, entry } = entryOf(need(parsed.value('entry'), '--entry LIST/ENTRY', FORM));
  const why = need(parsed.value('why'), '--why WORDS', FORM);
  const state = newestState((await loadListed(parts)).statesOf(`${list} ${entry}`));
  if (!state)
    throw new AsPostedError({
      code: 'NOT_FOUND',
      message: `no version of ${list} that is held has an entry ${entry}`,
      hint: 'Give it as `screen` shows it: --entry us_ofac_sdn/47713.',
    });
  const names = notice === undefined ? [name!] : await namesThatFind(context, parts, { notice, list, entry });
  const records = names.map((each): DecisionRecord =>
    decisionRecord({
      ...{ at: instant(parts.clock.now()), by: parsed.value('by') ?? userInfo().username },
      ...{ name: each, list, entry, verdict, why, content: asSha256(sha256(printedOf(state))) },
      ...(notice === undefined ? {} : { notice }),
    }),
  );
  const logged = await parts.store.log.append(records);
  await derive(parts);
  for (const [at, { hash, index }] of logged.entries()) {
    const { type, name: asked, verdict: said } = records[at]!;
    const id = idFromHash('C', hash);
    const about = { name: asked, ...(notice === undefined ? {} : { notice }), list, entry, verdict: said };
    context.out(
      context.json
        ? JSON.stringify({ type, id, ...about, logIndex: index })
        : `${id}  log ${index}  “${asked}” and ${list} ${entry}, ${state.name}: ${said}`,
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

async function namesThatFind(
  context: Context,
  parts: Parts,
  { notice, list, entry }: { notice: string; list: string; entry: string },
): Promise<string[]> {
  const { wordsThatFind } = await import('../store/index.js');
  const found = await wordsThatFind(parts.store.database, { notice, list, entry });
  const wanted = context.parsed.value('name');
  const names = wanted === undefined ? found : found.filter((each) => each === wanted);
  if (names.length > 0) return names;
  throw new AsPostedError({
    code: 'NOT_FOUND',
    message:
      found.length === 0
        ? `nothing in ${notice} finds entry ${entry} of ${list}`
        : `${wanted!} in ${notice} does not find entry ${entry} of ${list}`,
    hint: found.length === 0 ? `See \`asposted screen ${notice}\`.` : `What does: ${found.join(', ')}.`,
  });
}
