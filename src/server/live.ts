/**
 * "More is known than when this page was made", as server-sent events (HTML Standard §9.2): how many entries the log has, once at first and
 * then whenever there are more. Numbers only, so that what anybody may see is decided by the page they load anew.
 */
import type { Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { AsPostedError } from '../model/index.js';
import type { Parts } from '../watch/index.js';
import { problem } from './problems.js';

const ASK_EVERY_MS = 2_000;
/** Proxies end what is silent for a minute. */
const BREATH_EVERY_MS = 25_000;
/** Each holds a connection. */
const MOST_LISTENERS = 200;
/** A listener that went away without a word is let go of. It comes back by itself if it is there. */
const LONGEST_MS = 1_800_000;

type Listener = (entries: number) => void;

export function addLive(app: Hono, { store: { log } }: Pick<Parts, 'store'>): void {
  const listeners = new Set<Listener>();
  let timer: NodeJS.Timeout | undefined;
  let last = -1;
  const look = async (): Promise<void> => {
    // A log that cannot be read now is asked again; pages say of themselves what is wrong.
    const now = await log.size().catch(() => last);
    if (now === last) return;
    last = now;
    for (const tell of listeners) tell(now);
  };
  const listen = (tell: Listener): (() => void) => {
    listeners.add(tell);
    timer ??= setInterval(() => void look(), ASK_EVERY_MS).unref();
    return () => {
      listeners.delete(tell);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  };
  app.get('/live', async (context: Context) => {
    if (listeners.size >= MOST_LISTENERS)
      return problem(
        context,
        new AsPostedError({ code: 'RATE_LIMITED', message: 'too many pages listen already', retry: 'later' }),
      );
    const first = await log.size();
    // nginx holds answers back until they are whole, and this one never is.
    context.header('x-accel-buffering', 'no');
    return streamSSE(context, async (stream) => {
      const ended = new Promise<void>((resolve) => {
        stream.onAbort(resolve);
        setTimeout(resolve, LONGEST_MS).unref();
      });
      const tell = (entries: number): void => void stream.writeSSE({ event: 'log', data: String(entries) });
      const leave = listen(tell);
      const breath = setInterval(() => void stream.write(': \n\n'), BREATH_EVERY_MS).unref();
      try {
        tell(first);
        await ended;
      } finally {
        leave();
        clearInterval(breath);
      }
    });
  });
}
