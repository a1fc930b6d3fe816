import { defineChannel } from '../../channel.js';
import { AlertFailed, exchange, hostOf, judge } from '../../http.js';
import { plainText } from '../../message.js';
import { calm } from '../../text.js';

/** An event may have 64 KiB in all. */
const MOST = 10_000;

export default defineChannel({
  kind: 'matrix',
  title: 'Matrix',
  description:
    'Messages to a room, as an account that is in it. The id of the message is the transaction id, so the server itself drops a duplicate. Rooms with encryption cannot be written to.',
  settings: {
    'alert.matrix': { kind: 'text', default: '', help: 'The room by its id, e.g. !abcdefg:example.org.' },
    'alert.matrix.server': {
      kind: 'text',
      default: 'https://matrix.org',
      help: 'Address of the homeserver of the account.',
    },
    'alert.matrix.token': { kind: 'text', default: '', help: 'Access token of the account.', secret: true },
  },
  make: (settings) => ({
    send: async (message) => {
      const room = encodeURIComponent(settings['alert.matrix'] ?? '');
      const server = settings['alert.matrix.server']!.replace(/\/+$/, '');
      const url = `${server}/_matrix/client/v3/rooms/${room}/send/m.room.message/${encodeURIComponent(message.id)}`;
      // Empty `m.mentions`: no word in the text calls anybody. No `format`: no word in it is markup.
      const body = JSON.stringify({ msgtype: 'm.text', body: plainText(message, MOST, calm), 'm.mentions': {} });
      const headers = { authorization: `Bearer ${settings['alert.matrix.token'] ?? ''}` };
      const answer = await exchange({ url, method: 'PUT', headers, body });
      const wait = answer.json['retry_after_ms'];
      if (answer.status === 429 && typeof wait === 'number')
        throw new AlertFailed(`${hostOf(url)} wants a pause`, { retryAfterMs: wait });
      return judge(url, answer);
    },
  }),
});
