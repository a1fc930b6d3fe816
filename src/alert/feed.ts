import { generateAtomFeed, generateRssFeed } from 'feedsmith';
import { visible } from '../model/index.js';
import type { AlertEvent } from './channel.js';
import { titleOf } from './message.js';

const NEWEST = 200;

export interface FeedOptions {
  /** Name of the log: part of the feed's identity. */
  origin: string;
  /** Where the pages are served, without a slash at the end. */
  address: string;
}

interface Item {
  id: string;
  title: string;
  link: string;
  summary: string;
  at: Date;
}

/** Newest first; each item's id is the event's, so a reader never shows one twice. Links lead to our pages, never to the watched one. */
function itemsOf(events: readonly AlertEvent[], address: string): Item[] {
  return [...events]
    .reverse()
    .slice(0, NEWEST)
    .map((event) => ({
      id: `urn:asposted:${event.id}`,
      title: titleOf(event),
      link: text(event.body['notice']) === '' ? `${address}/` : `${address}/notices/${text(event.body['notice'])}`,
      summary: text(event.body['account']),
      at: new Date(event.at),
    }));
}

export function atomFeed(events: readonly AlertEvent[], { origin, address }: FeedOptions): string {
  const items = itemsOf(events, address);
  return generateAtomFeed({
    id: `urn:asposted:${origin}:events`,
    title: { value: `As Posted: ${origin}` },
    updated: items[0]?.at ?? new Date(0),
    links: [{ href: `${address}/events.atom`, rel: 'self' }],
    entries: items.map(({ id, title, link, summary, at }) => ({
      id,
      title: { value: title },
      updated: at,
      published: at,
      links: [{ href: link }],
      summary: { value: summary },
    })),
  });
}

export function rssFeed(events: readonly AlertEvent[], { origin, address }: FeedOptions): string {
  return generateRssFeed({
    title: `As Posted: ${origin}`,
    link: `${address}/`,
    description: 'Notices found, edited, removed, copied, and names found on lists',
    items: itemsOf(events, address).map(({ id, title, link, summary, at }) => ({
      title,
      link,
      description: summary,
      pubDate: at,
      guid: { value: id, isPermaLink: false },
    })),
  });
}

/** XML forbids control characters, escaped or not: one hostile title would end the whole feed. */
function text(value: unknown): string {
  return typeof value === 'string' ? visible(value) : '';
}
