import { defineChannel } from '../../channel.js';
import { AlertFailed, exchange, hostOf, judge } from '../../http.js';
import { plainText } from '../../message.js';
import { calm } from '../../text.js';

/** The Bot API takes 4,096. */
const MOST = 4_000;

export default defineChannel({
  kind: 'telegram',
  title: 'Telegram',
  description:
    'Messages of a bot to a chat, group or channel. The Bot API knows no key against duplicates: a message may come twice after a crash. Telegram reads what is sent.',
  settings: {
    'alert.telegram': {
      kind: 'text',
      default: '',
      help: 'The chat: its number, e.g. -1001234567890, or @name of a public channel. The bot must be in it.',
    },
    'alert.telegram.token': { kind: 'text', default: '', help: 'Token of the bot, from @BotFather.', secret: true },
    'alert.telegram.server': {
      kind: 'text',
      default: 'https://api.telegram.org',
      help: 'Server of the Bot API, where it is one of your own.',
    },
  },
  make: (settings) => ({
    send: async (message) => {
      const url = `${settings['alert.telegram.server']!.replace(/\/+$/, '')}/bot${settings['alert.telegram.token'] ?? ''}/sendMessage`;
      // Without `parse_mode` nothing in the text is markup.
      const body = JSON.stringify({
        chat_id: settings['alert.telegram'],
        text: plainText(message, MOST, calm),
        link_preview_options: { is_disabled: true },
        disable_web_page_preview: true,
      });
      const answer = await exchange({ url, body });
      const { retry_after: seconds } = (answer.json['parameters'] ?? {}) as { retry_after?: unknown };
      if (answer.status === 429 && typeof seconds === 'number')
        throw new AlertFailed(`${hostOf(url)} wants a pause`, { retryAfterMs: seconds * 1_000 });
      return judge(url, answer);
    },
  }),
});
