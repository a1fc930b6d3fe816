/** What would be read of an address, for people. */
import { printable } from './printable.js';
import type { Preview } from './source-test.js';

export function previewText(preview: Preview): string {
  const lines: (readonly [string, string | number | null | undefined])[] = [
    ['verdict', `${preview.class} (${preview.rule})`],
    ['its words', preview.words],
  ];
  if (!('identity' in preview)) return layOut(preview.url, lines, []);
  const { account, charset, identity, provisional, status, contentType, finalUrl, url, text, length } = preview;
  lines.push(
    ['answer', `${status ?? ''} ${contentType ?? 'without a content type'}`],
    ['led to', finalUrl === url ? null : finalUrl],
    ['title', preview.title],
    ['account', account && [account.name, account.id].filter((each) => each !== null).join(', ')],
    ['author', preview.author],
    ['published', preview.published],
    ['edited', preview.modified],
    ['language', preview.language],
    ['kind', preview.documentKind],
    ['charset', `${charset.name} (${charset.reason})`],
    ['identity', identity + (provisional ? ' (by its address, until the page says more)' : '')],
    ['attached', `${preview.attachments} files, ${preview.images} pictures`],
    ...preview.problems.map((each) => ['problem', each] as const),
    ['text', length === 0 ? 'none' : `${length} characters`],
  );
  return layOut(url, lines, text === '' ? [] : text.split('\n'));
}

function layOut(
  url: string,
  lines: readonly (readonly [string, string | number | null | undefined])[],
  text: readonly string[],
): string {
  const facts = lines
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `  ${name.padEnd(10)} ${printable(String(value))}`);
  const head = `\nWhat would be read of ${printable(url)}`;
  return [head, ...facts, ...text.map((line) => `    ${printable(line)}`)].join('\n');
}
