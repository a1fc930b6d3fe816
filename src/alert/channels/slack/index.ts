import { defineChannel } from '../../channel.js';
import { post } from '../../http.js';
import { plainText } from '../../message.js';
import { calm } from '../../text.js';

/** Discord takes 2,000 characters, the others more. */
const MOST = 1_900;

export default defineChannel({
  kind: 'slack',
  title: 'Slack and its kin',
  description:
    'Incoming webhooks of Slack, and of Mattermost, Rocket.Chat and Discord (there with `/slack` at the end of the address). They know no key against duplicates: a message may come twice after a crash.',
  settings: {
    'alert.slack': {
      kind: 'text',
      default: '',
      help: 'Address of the incoming webhook. Whoever knows it can post there.',
      secret: true,
    },
  },
  make: (settings) => ({
    send: async (message) => {
      const text = plainText(message, MOST, harmless);
      // `mrkdwn` and `unfurl_…` are Slack's; the others pass over them.
      const body = JSON.stringify({ text, mrkdwn: false, unfurl_links: false, unfurl_media: false });
      return post({ url: settings['alert.slack'] ?? '', body });
    },
  }),
});

/**
 * `<!channel>` and `<http://…|text>` are Slack's markup; `[text](…)`, backticks and doubled signs are Markdown, which the others read
 * and which has no escape that Slack would not show.
 */
function harmless(text: string): string {
  return calm(text)
    .replaceAll('](', '] (')
    .replaceAll('`', 'ˋ')
    .replace(/([*_~|])(?=\1)/g, '$1 ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
