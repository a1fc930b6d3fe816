/** Finds words of a page that come from no message, so that they would stay English in every language. */
import { parseHTML } from 'linkedom';

export const MARKS = ['⟦', '⟧'] as const;

/** What is written alike in every language: units, formats, ourselves. A number may follow, of the next cell of a table. */
const ALIKE =
  /\b(?:UTC|JSON|CSV|WARC|WACZ|SHA-256|As Posted|RFC 3161|OpenTimestamps|STIX|FollowTheMoney|HTTP|KB|MB)(?!\p{L})/gu;
/** Texts of others and things that have no language: pages and people are quoted under a `lang`, names and ids under `translate="no"`. */
const OF_OTHERS = 'script, style, template, code, pre, kbd, time, [translate="no"], .id';
const SPOKEN_ATTRIBUTES = ['aria-label', 'title', 'placeholder', 'alt'];

/** What is outside of all marks. */
function outside(text: string): string {
  let [depth, left] = [0, ''];
  for (const letter of text) {
    if (letter === MARKS[0]) depth += 1;
    else if (letter === MARKS[1]) depth -= 1;
    else if (depth === 0) left += letter;
  }
  return left;
}

/** As much of a document as is used here; the tree is `linkedom`'s. */
interface Node {
  localName: string;
  textContent: string;
  getAttribute(name: string): string | null;
}
interface Tree {
  body: Node;
  querySelectorAll(selector: string): Iterable<Node>;
}

/** Whole words that no message said, of a page that was made with `marks` around messages. */
export function unspoken(page: string): string[] {
  // Cells stand apart: "UTC" and the number beside it are no word.
  const { document } = parseHTML(page.replace(/<\/t[dh]>/g, '\n$&')) as unknown as { document: Tree };
  for (const each of document.querySelectorAll(OF_OTHERS)) each.textContent = '';
  for (const each of document.querySelectorAll('[lang]')) if (each.localName !== 'html') each.textContent = '';
  const attributes = [...document.querySelectorAll('body *')].flatMap((each) =>
    SPOKEN_ATTRIBUTES.map((name) => each.getAttribute(name) ?? ''),
  );
  const texts = outside(document.body.textContent).split('\n');
  return [...texts, ...attributes.map(outside)]
    .map((each) => each.replace(ALIKE, '').trim())
    .filter((each) => /\p{L}{2,}/u.test(each));
}
