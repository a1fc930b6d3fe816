import { generateAtomFeed } from 'feedsmith';
import type { AlertEvent } from './channel.js';

const WORDS: Record<string, string> = {
  notice: 'New notice',
  change: 'Edited',
  removal: 'Removed',
  returned: 'Came back',
  moved: 'Moved',
  unreachable: 'Unreachable',
  copy: 'Shares passages with another notice',
  match: 'Name found on a list',
};

/** The event log as an Atom feed, newest first; each entry's id is the event's, so a reader never shows one twice. */
export function eventFeed(
  events: readonly AlertEvent[],
  { origin, address }: { origin: string; address: string },
): string {
  const newest = [...events].reverse().slice(0, 200);
  return generateAtomFeed({
    id: `urn:asposted:${origin}:events`,
    title: { value: `As Posted: ${origin}` },
    updated: new Date(newest[0]?.at ?? 0),
    links: [{ href: `${address}/events.atom`, rel: 'self' }],
    entries: newest.map((event) => ({
      id: `urn:asposted:${event.id}`,
      title: { value: `${WORDS[event.event] ?? event.event}: ${text(event.body['title']) || text(event.body['url'])}` },
      updated: new Date(event.at),
      published: new Date(event.at),
      links: [{ href: `${address}/notices/${text(event.body['notice'])}` }],
      summary: { value: text(event.body['account']) },
    })),
  });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
