import { exchange, hostOf, judge } from './http.js';

/** One GET that says that the watch is alive. Gives what went wrong, if anything did, in words that hold nothing of the address but its host. */
export async function beat(url: string): Promise<string | undefined> {
  try {
    const { outcome, detail } = judge(url, await exchange({ url, method: 'GET' }));
    return outcome === 'delivered' ? undefined : `${hostOf(url)} refused it: ${detail}`;
  } catch (thrown) {
    return (thrown as Error).message; // AlertFailed: our own words
  }
}
