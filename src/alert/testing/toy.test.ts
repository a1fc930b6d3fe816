/** What a channel costs: this one object, and one line of test. */
import { defineChannel } from '../channel.js';
import { post } from '../http.js';
import { plainText } from '../message.js';
import { TOKEN, conformanceSuite } from './conformance.js';

const toy = defineChannel({
  kind: 'toy',
  title: 'Toy channel',
  description: 'Shouts each message over the fence; only here to show what a channel is made of.',
  settings: { 'alert.toy': { kind: 'text', default: '', help: 'Address of the fence.' } },
  make: (settings) => ({
    send: async (message) => {
      const headers = { 'content-type': 'text/plain', 'idempotency-key': message.id };
      return post({ url: settings['alert.toy']!, headers, body: plainText(message) });
    },
  }),
});

conformanceSuite(toy, {
  settings: (origin) => ({ 'alert.toy': `${origin}/${TOKEN}` }),
  id: ({ headers }) => headers['idempotency-key'],
  seen: ({ body }) => body,
  most: 10_000,
});
