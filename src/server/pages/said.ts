/** What is shown as it is, whatever language the page is in: never translated, and read aloud in its own language. */
import { html } from 'hono/html';
import type { Html } from './layout.js';
import { langOfText, visible } from './words.js';

/** Words of pages and people. */
export const said = (text: string): Html => html`<span lang="${langOfText(text)}">${visible(text)}</span>`;

/** Names of people here, of lists and kinds, and other things without a language. */
export const asIs = (name: string): Html => html`<span translate="no">${visible(name)}</span>`;

/** Sentences of the records and of the law as this program holds it, which are kept in English. */
export const inEnglish = (words: string): Html => html`<span lang="en">${visible(words)}</span>`;
