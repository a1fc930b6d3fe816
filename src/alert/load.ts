import { readdir } from 'node:fs/promises';
import type { SettingTable } from '../model/index.js';
import type { Channel, ChannelSettings } from './channel.js';

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

/** What channels add to the table of settings. */
export async function channelSettings(): Promise<SettingTable> {
  return Object.assign({}, ...(await loadChannels()).map(({ settings }) => settings)) as SettingTable;
}

/** A channel's own part of the resolved settings; what nobody resolved has its default. */
export function settingsOf(channel: Channel, resolved: Readonly<Record<string, unknown>>): ChannelSettings {
  return Object.fromEntries(
    Object.entries(channel.settings).map(([name, { default: value }]) => [name, String(resolved[name] ?? value)]),
  );
}

/** The first of its settings is not empty. */
export function isOn(channel: Channel, resolved: Readonly<Record<string, unknown>>): boolean {
  return Object.values(settingsOf(channel, resolved))[0] !== '';
}
