import { AsPostedError } from '../../../model/index.js';
import { type Message, defineChannel } from '../../channel.js';
import { post } from '../../http.js';
import { cut, cutBytes } from '../../text.js';

/** More than 4,096 bytes would become an attachment. */
const MOST_BYTES = 4_000;

const PRIORITY: Readonly<Record<Message['urgency'], number>> = { low: 2, normal: 3, high: 4 };

/** Names of pictures beside the title; others are shown as words. */
const TAGS: Readonly<Record<string, string>> = {
  removal: 'wastebasket',
  account: 'no_entry_sign',
  returned: 'leftwards_arrow_with_hook',
  change: 'pencil2',
  moved: 'arrow_right',
  copy: 'page_facing_up',
  match: 'mag',
  fork: 'rotating_light',
};

export default defineChannel({
  kind: 'ntfy',
  title: 'ntfy',
  description:
    'Notifications on telephones and desktops through ntfy.sh or a server of your own. The id of the message is its sequence id: servers from 2.16 on show a duplicate as the same notification. A topic is open to all who know its name, unless the server protects it.',
  settings: {
    'alert.ntfy': {
      kind: 'text',
      default: '',
      help: 'Address of the topic, e.g. https://ntfy.sh/mytopic.',
      secret: true,
    },
    'alert.ntfy.token': {
      kind: 'text',
      default: '',
      help: 'Access token, where the topic is protected.',
      secret: true,
    },
  },
  make: (settings) => {
    const { server, topic } = topicOf(settings['alert.ntfy'] ?? '');
    const token = settings['alert.ntfy.token'] ?? '';
    return {
      send: async (message) => {
        const { events, link, id, title, text, urgency } = message;
        const type = message.digest ? undefined : TAGS[events[0]!.event];
        // As JSON: in headers, a title would need an encoding of its own.
        const body = JSON.stringify({
          topic,
          title: cut(title, 250),
          message: cutBytes(text, MOST_BYTES),
          priority: PRIORITY[urgency],
          sequence_id: id,
          ...(type === undefined ? {} : { tags: [type] }),
          ...(link === undefined ? {} : { click: link }),
        });
        const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
        return post({ url: server, headers, body });
      },
    };
  },
});

/** Publishing as JSON goes to the server; the topic stands in the body. */
function topicOf(address: string): { server: string; topic: string } {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const topic = /\/([-_A-Za-z0-9]{1,64})$/.exec(url?.pathname ?? '')?.[1];
  if (!url || topic === undefined)
    throw new AsPostedError({
      code: 'BAD_SETTING',
      message: 'alert.ntfy is not the address of a topic',
      hint: 'Give server and topic, e.g. https://ntfy.sh/mytopic.',
    });
  url.pathname = url.pathname.slice(0, -topic.length);
  return { server: url.href, topic };
}
