/** Names of the Swiss list: parts in order, each with the spellings of other scripts and languages. */
import { clean } from '../../forms/text.js';
import { type XmlNode, nodesAt, textAt } from '../../forms/xml.js';

interface Part {
  value: string;
  /** By script: `CYRL`. */
  variants: Map<string, string[]>;
}

/** Of one name so many spellings are put together: three parts of ten spellings each would make a thousand. */
const MOST = 24;

export interface SpeltName {
  text: string;
  /** Not all parts are known in this script. */
  isPart: boolean;
}

/** The name as its parts print it, then in every spelling. Titles are no names. */
export function spellings(name: XmlNode): SpeltName[] {
  const parts = nodesAt(name, 'name-part')
    .filter(({ attributes }) => attributes['name-part-type'] !== 'title')
    .sort((a, b) => order(a) - order(b))
    .map(partOf);
  const found: SpeltName[] = [{ text: parts.map(({ value }) => value).join(' '), isPart: false }];
  for (const script of new Set(parts.flatMap(({ variants }) => [...variants.keys()]))) {
    // A word in Latin letters has its place in any Latin spelling, and none in a Cyrillic one.
    const isLatin = script === 'LATN' || script === '';
    const each = parts.map(({ value, variants }) => variants.get(script) ?? (isLatin ? [value] : []));
    const isPart = each.some((words) => words.length === 0);
    for (const text of combined(each.filter((words) => words.length > 0))) found.push({ text, isPart });
  }
  return found;
}

export function titles(name: XmlNode): string[] {
  const parts = nodesAt(name, 'name-part').filter(({ attributes }) => attributes['name-part-type'] === 'title');
  return parts.map(valueOf);
}

const order = ({ attributes }: XmlNode): number => Number(attributes['order'] ?? 0) || 0;

/** As an element, or as the part's own text. */
const valueOf = (part: XmlNode): string => textAt(part, 'value') || clean(part.text);

function partOf(part: XmlNode): Part {
  const variants = new Map<string, string[]>();
  for (const variant of nodesAt(part, 'spelling-variant')) {
    const script = (variant.attributes['script'] ?? '').toUpperCase();
    const text = clean(variant.text);
    if (text !== '') variants.set(script, [...(variants.get(script) ?? []), text]);
  }
  return { value: valueOf(part), variants };
}

function combined(parts: readonly string[][]): string[] {
  let found = [''];
  for (const words of parts)
    found = found.flatMap((before) => words.map((word) => (before === '' ? word : `${before} ${word}`))).slice(0, MOST);
  return found;
}
