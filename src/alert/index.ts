import { readdir } from 'node:fs/promises';
import type { Channel } from './channel.js';

export type { AlertEvent, Channel, Delivery } from './channel.js';
export { atomFeed, rssFeed, type FeedOptions } from './feed.js';

/** Channels are found by folder: adding one touches no other file. */
export async function loadChannels(): Promise<Channel[]> {
  const folder = new URL('./channels/', import.meta.url);
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const modules = names
    .sort()
    .map(async (name) => (await import(new URL(`${name}/index.${extension}`, folder).href)) as { default: Channel });
  return (await Promise.all(modules)).map((module) => module.default);
}
