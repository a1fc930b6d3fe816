/** What every page of the world has: the marks that say it is a reconstruction, and the escaping of words in markup. */
import { MARK } from './texts.js';

/** An edit may hold any character; it stays words and never becomes markup. */
export { escapeUTF8 as escapeHtml } from 'entities';

export type Edit = Readonly<{ from: string; to: string }>;

export function applyEdits(text: string, edits: readonly Edit[]): string {
  return edits.reduce((all, { from, to }) => all.replaceAll(from, to), text);
}

/** Stands first in the document, for whoever reads the source of a saved page. */
export const markComment = (mark: string = MARK): string => `<!-- ${mark} -->`;
export const markMeta = (mark: string = MARK): string => `<meta name="asposted-reconstruction" content="${mark}">`;
/** Seen by whoever looks at the page; outside the article, so that it is no part of the notice's text. */
export const markBanner = (mark: string = MARK): string => `<div class="reconstruction-mark">${mark}</div>`;

/** What a server says when it has no page to give. */
export function troublePage(title: string): string {
  return `<!DOCTYPE html>\n${markComment()}
<html><head><meta charset="utf-8">${markMeta()}<title>${title}</title></head><body>${markBanner()}<h1>${title}</h1></body></html>`;
}
