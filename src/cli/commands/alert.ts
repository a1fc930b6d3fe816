import { AsPostedError, causeChain, instant } from '../../model/index.js';
import type { Channel } from '../../alert/index.js';
import type { Parts } from '../../watch/index.js';
import { type Context, defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { printRows } from '../output.js';

export default defineCommand({
  name: 'alert',
  summary: 'Show which channels tell people what happened, and send a test.',
  usage: ['list', 'test [CHANNEL]'],
  description:
    'Channels are switched on by a setting: alert.webhook, alert.email and so on. `test` sends a message that stands for no event, to one channel or to all that are on, and says what the other side answered; nothing is recorded.',
  examples: ['asposted alert list', 'asposted alert test email'],
  run: async (context) => {
    const [verb = 'list', ...words] = context.parsed.words;
    switch (verb) {
      case 'list':
        return list(context);
      case 'test':
        return test(context, words[0]);
      default:
        throw new AsPostedError({
          code: 'USAGE',
          message: `alert has no verb ${verb}`,
          hint: 'It has list, test.',
        });
    }
  },
});

async function list(context: Context): Promise<number> {
  const { loadChannels } = await import('../../alert/load.js');
  const parts = await context.open();
  const channels = await loadChannels();
  const kinds = channels.map(({ kind }) => kind);
  const rows = await Promise.all(channels.map((channel) => stateOf(parts, channel, kinds)));
  await printRows(context, rows, {
    header: ['channel', 'state', 'told', 'last delivery', 'last failure', 'settings'],
    cells: ({ channel, state, events, lastDelivery, lastFailure, settings }) => [
      channel as string,
      state as string,
      (events as string[]).join(' '),
      sentence(lastDelivery as Facts, 'outcome', 'detail'),
      sentence(lastFailure as Facts, 'message'),
      Object.entries(settings as Record<string, string>)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    ],
    empty: 'There are no channels.',
  });
  return EXIT.done;
}

type Facts = Readonly<Record<string, unknown>> | null;

const sentence = (facts: Facts, ...names: string[]): string | null =>
  facts && [String(facts['at']), ...names.map((name) => String(facts[name]))].join(' ');

/** Secrets are named as set, never shown; addresses with a token in their path are cut to their host. */
async function stateOf(parts: Parts, channel: Channel, kinds: readonly string[]): Promise<Record<string, unknown>> {
  const [{ hostOf }, { isOn, settingsOf }, { rulesOf }, { lastDelivery }, { recallChannel }] = await Promise.all([
    import('../../alert/http.js'),
    import('../../alert/load.js'),
    import('../../alert/plan.js'),
    import('../../store/index.js'),
    import('../../watch/index.js'),
  ]);
  const on = isOn(channel, { ...parts.settings });
  const shown = Object.entries(settingsOf(channel, { ...parts.settings }))
    .filter(([, value]) => value !== '')
    .map(([name, value]) => {
      if (channel.settings[name]?.secret) return [name, '(secret)'];
      return [name, /^[a-z]+:\/\//i.test(value) ? hostOf(value) : value];
    });
  const last = await lastDelivery(parts.store.database, channel.kind);
  const { failed } = await recallChannel(parts.store.dir, channel.kind);
  return {
    type: 'channel',
    channel: channel.kind,
    state: on ? (failed ? 'failing' : 'on') : 'off',
    events: on ? rulesOf(parts.settings, channel.kind, kinds).types : [],
    lastDelivery: last ? { at: last.at, event: last.event, outcome: last.outcome, detail: last.detail } : null,
    lastFailure: failed ?? null,
    settings: on ? Object.fromEntries(shown) : {},
  };
}

async function test(context: Context, wanted: string | undefined): Promise<number> {
  const { isOn, loadChannels } = await import('../../alert/load.js');
  const settings = await context.settings();
  const channels = await loadChannels();
  const named = channels.filter(({ kind }) => wanted === undefined || kind === wanted);
  if (named.length === 0)
    throw new AsPostedError({
      code: 'USAGE',
      message: `there is no channel ${wanted}`,
      hint: `There are ${channels.map(({ kind }) => kind).join(', ')}.`,
    });
  const on = named.filter((channel) => isOn(channel, { ...settings }));
  if (on.length === 0)
    throw new AsPostedError({
      code: 'BAD_SETTING',
      message: wanted === undefined ? 'no channel is switched on' : `the channel ${wanted} is not switched on`,
      hint: `Set ${named.map((channel) => Object.keys(channel.settings)[0]!).join(' or ')}; docs/120-alert.md tells more.`,
    });
  let failures = 0;
  for (const channel of on) if (!(await sendTest(context, channel))) failures += 1;
  if (failures === 0) return EXIT.done;
  return failures < on.length ? EXIT.partly : EXIT.failed;
}

async function sendTest(context: Context, channel: Channel): Promise<boolean> {
  const [{ settingsOf }, { messageOf }] = await Promise.all([
    import('../../alert/load.js'),
    import('../../alert/message.js'),
  ]);
  const settings = await context.settings();
  const { clock } = await context.tools();
  const at = instant(clock.now());
  // A time in the id: where a service drops duplicates, a second test must still arrive.
  const event = { id: `T-${at.replace(/\D/g, '')}`, event: 'test', at, body: {} };
  const facts = { type: 'alertTest', channel: channel.kind };
  try {
    const sender = channel.make(settingsOf(channel, { ...settings }));
    const message = messageOf(event, { pages: settings['alert.pages'].replace(/\/+$/, '') });
    const { outcome, detail } = await sender.send(message);
    if (context.json) context.out(JSON.stringify({ ...facts, outcome, detail }));
    else context.out(`${channel.kind}: ${outcome} (${detail})`);
    return outcome === 'delivered';
  } catch (error) {
    const [detail] = causeChain(error);
    const hint = error instanceof AsPostedError ? error.hint : undefined;
    if (context.json) context.out(JSON.stringify({ ...facts, outcome: 'failed', detail, hint }));
    else context.out(`${channel.kind}: failed: ${detail}${hint === undefined ? '' : ` ${hint}`}`);
    return false;
  }
}
