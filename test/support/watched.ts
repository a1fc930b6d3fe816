/** A page of the browser with everything it did that a page without rights does not do. */
import type { BrowserContext, Page } from 'playwright-core';

export interface Watched {
  page: Page;
  /** Dialogs, errors and words on the console, pages it opened, files it gave. */
  acts: string[];
  requests: string[];
}

export async function watched(context: BrowserContext): Promise<Watched> {
  const page = await context.newPage();
  const [acts, requests]: [string[], string[]] = [[], []];
  page.on('dialog', (dialog) => {
    acts.push(`dialog ${dialog.message()}`);
    void dialog.dismiss().catch(() => undefined); // the page may be gone already
  });
  page.on('console', (message) => acts.push(`console ${message.text()}`));
  page.on('pageerror', (error) => acts.push(`error ${error.message}`));
  page.on('popup', () => acts.push('popup'));
  page.on('download', () => acts.push('download'));
  page.on('request', (request) => requests.push(request.url()));
  page.on('websocket', (socket) => requests.push(socket.url()));
  return { page, acts, requests };
}

/** Several pages at a time, each lane with one of its own: what acts late is laid to the next document, and fails as well. */
export async function inLanes<T>(
  items: readonly T[],
  lane: (take: () => T | undefined) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  await Promise.all(Array.from({ length: 3 }, () => lane(() => rest.shift())));
}
