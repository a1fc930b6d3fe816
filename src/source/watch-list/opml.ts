/** OPML, as feed readers write it. Ours carries the other kinds in attributes of a namespace that they pass over. */
import { AsPostedError, parseDuration } from '../../model/index.js';
import { readXml } from '../../read/index.js';
import {
  MOST_ENTRIES,
  type WatchEntry,
  type WatchList,
  type WatchedSource,
  everyText,
  nameOf,
  optionsOf,
  otherOptions,
  urlsOf,
} from './entry.js';

/** Folders within folders: no reader shows more. */
const DEEPEST = 60;

const bad = (why: string): AsPostedError =>
  new AsPostedError({ code: 'BAD_INPUT', message: `the OPML file cannot be read: ${why}` });

/** A file that is cut or nested past all sense is refused whole; an outline that is no feed is named. */
export function readOpml(text: string): WatchList {
  const list: WatchList = { entries: [], bad: [] };
  const open: { tag: string; feeds: number; line: number; named: boolean }[] = [];
  let root: string | undefined;
  const lineAt = lineCounter(text);
  readXml(text, {
    open: (tag, attributes, at) => {
      if (open.length >= DEEPEST) throw bad('its outlines are nested too deep');
      root ??= tag.toLowerCase();
      const line = lineAt(at);
      const entry = tag.toLowerCase() === 'outline' ? entryOf(attributes, line) : undefined;
      if (entry) {
        if ('why' in entry) list.bad.push(entry);
        else list.entries.push(entry);
        for (const each of open) each.feeds += 1;
      }
      if (list.entries.length + list.bad.length > MOST_ENTRIES) throw bad(`it names more than ${MOST_ENTRIES} feeds`);
      open.push({ tag: tag.toLowerCase(), feeds: 0, line, named: entry !== undefined });
    },
    cut: () => {
      throw bad('it is cut off before its end, or damaged');
    },
    close: () => {
      const { tag, feeds, line, named } = open.pop()!;
      if (tag === 'outline' && feeds === 0 && !named) list.bad.push({ line, why: 'the outline names no feed' });
    },
  });
  if (root !== 'opml') throw bad('it does not begin like one');
  return list;
}

/** Undefined for a folder, or an outline that names nothing. Attribute names are written in any case. */
function entryOf(
  given: Readonly<Record<string, string>>,
  line: number,
): WatchEntry | { line: number; why: string } | undefined {
  const attributes = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value.trim()]));
  const at = (name: string): string => attributes.get(name) ?? '';
  const kind = at('asposted:kind') || (at('xmlurl') === '' ? '' : 'feed');
  if (kind === '') return undefined;
  const url = at('xmlurl') || at('asposted:url');
  const options = optionsOf(at('asposted:options'));
  if (!options) return { line, why: 'its options are no JSON object' };
  const everyMs = parseDuration(at('asposted:every'));
  return {
    line,
    kind,
    name: nameOf(at('title') || at('text'), url || kind),
    options,
    ...(url === '' ? {} : { url }),
    ...(everyMs === undefined ? {} : { everyMs }),
    ...(at('asposted:state') === 'paused' ? { state: 'paused' as const } : {}),
  };
}

/** Places come in order, so that each line break is counted once. */
function lineCounter(text: string): (place: number) => number {
  let [line, at] = [1, -1];
  return (place) => {
    for (let next = text.indexOf('\n', at + 1); next >= 0 && next < place; next = text.indexOf('\n', at + 1)) {
      line += 1;
      at = next;
    }
    return line;
  };
}

export function writeOpml(sources: readonly WatchedSource[]): string {
  const lines = sources.map((source) => {
    const url = urlsOf(source);
    const own: Record<string, string> = {
      'asposted:kind': source.kind,
      'asposted:every': everyText(source.everyMs),
      'asposted:options': JSON.stringify(otherOptions(source)),
      ...(source.state === 'paused' ? { 'asposted:state': 'paused' } : {}),
    };
    const of: Record<string, string> =
      source.kind === 'feed' ? { type: 'rss', xmlUrl: url } : { type: 'link', 'asposted:url': url };
    return `    <outline${attributesOf({ text: source.name, ...of, ...own })}/>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:asposted="urn:asposted">
  <head><title>As Posted</title></head>
  <body>
${lines.join('\n')}
  </body>
</opml>
`;
}

function attributesOf(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');
}

/** What XML 1.0 has no place for is left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"\t\n\r]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
