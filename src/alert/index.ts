export type { AlertEvent, Channel, ChannelSettings, Delivery, Sender } from './channel.js';
export { atomFeed, rssFeed, type FeedOptions } from './feed.js';
export { channelSettings, isOn, loadChannels, settingsOf } from './load.js';
