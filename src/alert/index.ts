export type { AlertEvent, Channel, ChannelSettings, Delivery, Message, Sender } from './channel.js';
export { atomFeed, rssFeed, type FeedOptions } from './feed.js';
export { beat } from './heartbeat.js';
export { channelSettings, isOn, loadChannels, settingsOf } from './load.js';
export { EVENT_WORDS, digestOf, messageOf, titleOf } from './message.js';
export { type Planned, type Rules, type Unfinished, pauseAfter, plan, rulesOf } from './plan.js';
