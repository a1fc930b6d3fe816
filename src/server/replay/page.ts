/** The document in the frame: screenshot, then the page written anew. Every word of the page is an attacker's. */
import { escapeUTF8 } from 'entities';
import { AsPostedError, brokenUp, visible } from '../../model/index.js';
import type { ExhibitRow } from '../../store/index.js';
import type { Archived } from './archive.js';
import { dataUrl, imageSource } from './images.js';
import { sanitise } from './sanitise.js';

const TEXT_LIMIT = 1_000_000;

/** `contain` keeps a page's negative margins from painting over what we say about it. */
const STYLE = `body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:#1b1d21;background:#fff}
.note{padding:.6rem 1rem;background:#f4f6f8;border-bottom:2px solid #565c66;font-size:.9rem;overflow-wrap:anywhere}
.archived{contain:content;padding:1rem;overflow-wrap:anywhere}.archived img,.screenshot img{max-width:100%;height:auto}
.screenshot{padding:1rem;border-bottom:1px solid #d5d9df}.address,.missing{color:#565c66;font-size:.85em}pre{white-space:pre-wrap}`;

export function replayPage(exhibit: ExhibitRow, archived: Archived): string {
  const { html, note } = render(exhibit, archived);
  const { url, at, imported } = exhibit.record;
  const screenshot =
    archived.screenshot === undefined
      ? ''
      : `<section class="screenshot"><h2>Screenshot, as the capturing browser saw it</h2><img src="${archived.screenshot}" alt="Screenshot of the archived page"></section>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Archived page ${escapeUTF8(exhibit.id)}</title><style>${STYLE}</style></head><body>
<div class="note" role="note">Archived copy of <code>${escapeUTF8(brokenUp(url))}</code>, ${imported ? 'imported' : 'captured'} ${escapeUTF8(at)}, without scripts, links or anything from elsewhere. ${escapeUTF8(note)}</div>
${screenshot}<div class="archived">${html}</div></body></html>
`;
}

function render({ record, reading }: ExhibitRow, { page, bodies }: Archived): { html: string; note: string } {
  const plain = (text: string): string => `<pre>${escapeUTF8(visible(text.slice(0, TEXT_LIMIT)))}</pre>`;
  if (!page) return { html: plain(reading.text), note: 'The body cannot be decoded; this is what was read from it.' };
  const picture = dataUrl(page.body);
  if (picture !== undefined) return { html: `<img src="${picture}" alt="The archived picture">`, note: '' };
  if (!/html|^$/i.test(page.contentType) && !/^\s*<(?:!doctype\s+html|html)/i.test(page.text)) {
    return /^text\/|json|xml/i.test(page.contentType)
      ? { html: plain(page.text), note: 'Not a page: shown as text.' }
      : {
          html: plain(reading.text),
          note: 'This kind of file is not shown: download it. This is what was read from it.',
        };
  }
  try {
    const { html, dropped, cut } = sanitise(page.text, imageSource(bodies, record.finalUrl));
    const left = dropped.slice(0, 12).map(({ name, count }) => `${count} ${name}`);
    return {
      html,
      note: `${left.length === 0 ? '' : `Left out: ${left.join(', ')}. `}${cut ? 'It is longer than what is shown.' : ''}`,
    };
  } catch (thrown) {
    if (!(thrown instanceof AsPostedError)) throw thrown;
    return { html: plain(reading.text), note: `Shown as text: ${thrown.message}.` };
  }
}
