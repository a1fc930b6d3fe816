/** `lists links`: who owns whom by what a list prints, for people and as one document. */
import { AsPostedError, type Day, instant } from '../model/index.js';
import type { EntryLinks, LinkEdge, LinkParty } from '../screen/index.js';
import type { Parts } from '../watch/index.js';
import type { Context } from './command.js';
import { EXIT } from './exit-codes.js';
import { need, parseDay } from './output.js';

/** Of more links the text shows the first; --json has all. */
const MOST_SHOWN = 40;

export async function showLinks(context: Context, words: readonly string[]): Promise<number> {
  const form = 'lists links LIST ENTRY [--on DATE]';
  const list = need(words[0], 'a list', form);
  const entry = need(words[1], 'the id of an entry', form);
  const on = context.parsed.value('on');
  const parts = await context.open({ offline: true });
  const day = on === undefined ? instant(parts.clock.now()).slice(0, 10) : parseDay(on, '--on');
  const { links, publishedAt, version } = await linksOn(parts, { list, entry, day });
  if (context.json) context.out(JSON.stringify({ type: 'entryLinks', list, entry, publishedAt, version, ...links }));
  else for (const line of textOf(links, publishedAt)) context.out(line);
  return EXIT.done;
}

interface Asked {
  list: string;
  entry: string;
  day: Day;
}

async function linksOn(
  { store }: Parts,
  { list, entry, day }: Asked,
): Promise<{ links: EntryLinks; publishedAt: Day; version: string }> {
  const [{ loadListEntries, listVersions }, { LinkGraph, entriesOn, linksOf }] = await Promise.all([
    import('../store/index.js'),
    import('../screen/index.js'),
  ]);
  const versions = await listVersions(store.database, list);
  const newest = versions.filter(({ record }) => record.publishedAt <= day).at(-1)?.record;
  if (!newest)
    throw new AsPostedError({
      code: 'NO_LIST',
      message: `no version of ${list} is held on or before ${day}`,
      hint: `The earliest is of ${versions[0]?.record.publishedAt ?? 'no day: the list is not held'}.`,
    });
  const graph = new LinkGraph(entriesOn(await loadListEntries(store.database, list), day), day);
  const links = linksOf(graph, entry);
  if (links) return { links, publishedAt: newest.publishedAt, version: `sha256:${newest.content}` };
  throw new AsPostedError({
    code: 'NOT_FOUND',
    message: `${list} had no entry ${entry} on ${day}`,
    hint: 'Take the id from `asposted screen NAME --json`, or another day with --on.',
  });
}

function textOf({ party, on, links, owners, owned, together, leftOut }: EntryLinks, publishedAt: Day): string[] {
  const head = `${party.name} (${party.list} ${party.entry ?? ''}) on ${on}, by the version of ${publishedAt}`;
  if (links.length === 0) return [head, 'The list says nothing of links to others.'];
  const more = links.length > MOST_SHOWN ? [`  … and ${links.length - MOST_SHOWN} more (all of them with --json)`] : [];
  return [
    head,
    '',
    'As printed:',
    ...links.slice(0, MOST_SHOWN).map((link) => `  ${printed(link)}`),
    ...more,
    ...section('Owners, and owners of owners:', owners),
    ...section('Owned, and what those own:', owned),
    ...section('Listed owners together:', together),
    '',
    ...(leftOut > 0 ? [`${leftOut} further steps were not followed.`] : []),
    'Shares are those the list prints. Nobody is listed because of a share: what a rule on ownership makes of it is for a person to say.',
  ];
}

const section = (title: string, rows: readonly { words: string }[]): string[] =>
  rows.length === 0 ? [] : ['', title, ...rows.slice(0, MOST_SHOWN).map(({ words }) => `  ${words}`)];

const VERBS: Readonly<Record<LinkEdge['kind'], string>> = {
  ownership: 'owns',
  directorship: 'directs',
  family: 'is family of',
  link: 'is linked to',
};

function printed({ kind, from, to, percentage, says, since, until, isFormer }: LinkEdge): string {
  const named = ({ name, entry }: LinkParty): string =>
    entry === undefined || entry === name ? name : `${name} (${entry})`;
  const facts = [
    percentage === undefined ? (kind === 'ownership' ? 'share not known' : '') : `${percentage.replace(/\s*%$/, '')} %`,
    says === undefined ? '' : `“${says}”`,
    since === undefined ? '' : `since ${since}`,
    until === undefined ? '' : `until ${until}`,
    isFormer ? 'not on this day' : '',
  ].filter((fact) => fact !== '');
  return `${named(from)} ${VERBS[kind]} ${named(to)}${facts.length === 0 ? '' : `: ${facts.join(', ')}`}`;
}
