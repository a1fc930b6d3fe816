/** The formulae in what a notice shares with others: text that many otherwise different sources carry, and how many. */
import type { NoticeId, Passage } from '../model/index.js';
import { type SharedBody, documentsOf, noticesOfDocuments, sharedWith, textsOf } from '../store/index.js';
import { sha256 } from './keep.js';
import type { Parts } from './parts.js';
import { placesOf } from './places.js';

/** From the side of the notice asked about, as its passages are. */
export interface Formula extends Passage {
  /** Otherwise different accounts and sites that carry it. */
  sources: number;
}

/** Of each other notice, by what both say now; a notice whose text has no formula in common is not named. */
export async function formulaeOf({ store }: Pick<Parts, 'store'>, id: NoticeId): Promise<Map<NoticeId, Formula[]>> {
  const { database } = store;
  const [mine] = await textsOf(database, [id]);
  if (!mine) return new Map();
  const hash = sha256(mine.text);
  const own = (await documentsOf(database, id)).find(({ textHash }) => textHash === hash);
  if (!own) return new Map();
  const shared = (await sharedWith(database, own.number)).filter(({ body }) => body.formulae !== undefined);
  const owners = await noticesOfDocuments(
    database,
    shared.map(({ other }) => other),
  );
  const texts = await textsOf(database, [...new Set([...owners.values()].map(({ notice }) => notice))]);
  const textOf = new Map(texts.map(({ notice, text }) => [notice, text]));
  const found = new Map<NoticeId, Formula[]>();
  for (const { other, isLater, body } of shared) {
    const owner = owners.get(other);
    const theirs = owner && textOf.get(owner.notice);
    if (owner === undefined || theirs === undefined || owner.notice === id || sha256(theirs) !== owner.textHash)
      continue;
    found.set(owner.notice, formulaeIn(isLater ? [mine.text, theirs] : [theirs, mine.text], body, isLater));
  }
  return found;
}

/** `later` is the text the units of the formulae are counted in. */
function formulaeIn([later, earlier]: readonly [string, string], body: SharedBody, isLater: boolean): Formula[] {
  const [inLater, inEarlier] = [placesOf(later), placesOf(earlier)];
  const found: Formula[] = [];
  for (const { start, end, sources } of body.formulae ?? [])
    for (let at = 0; at < body.runs.length; at += 3) {
      const [a, b, length] = [body.runs[at]!, body.runs[at + 1]!, body.runs[at + 2]!];
      const [from, to] = [Math.max(start, a), Math.min(end, a + length)];
      if (from >= to) continue;
      const [one, other] = [inLater(from, to), inEarlier(b + from - a, b + to - a)];
      const [mine, theirs] = isLater ? [one, other] : [other, one];
      found.push({
        ...{ thisStart: mine[0], thisEnd: mine[1], otherStart: theirs[0], otherEnd: theirs[1] },
        sources,
      });
    }
  return found.sort((x, y) => x.thisStart - y.thisStart || x.thisEnd - y.thisEnd);
}
