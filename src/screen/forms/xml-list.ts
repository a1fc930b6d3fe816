/** An XML list whose entries are elements of their own: opened, counted and closed in one way for all of them. */
import type { ListLimits, ParsedList } from '../list-kind.js';
import { Collected, type CollectedFacts } from './collect.js';
import { type XmlNode, readXml } from './xml.js';

export interface XmlListOptions {
  file: string;
  form?: string;
  limits: ListLimits;
  root: string;
  /** Names of the elements that are entries. */
  records: readonly string[];
  /** What an entry may hold; anything else is told of, because it may be what matters tomorrow. Absent: anything. */
  knows?: ReadonlySet<string>;
  add: (node: XmlNode, collected: Collected) => void;
  /** What the file says of itself, out of the root's attributes and small elements outside entries. The first word counts. */
  facts?: (name: string, text: string, attributes: Readonly<Record<string, string>>) => CollectedFacts | undefined;
}

export function readXmlList(main: Uint8Array, options: XmlListOptions): ParsedList {
  const { file, form = 'xml', limits, root, records, knows, add, facts } = options;
  const collected = new Collected(file, form);
  let said: CollectedFacts = {};
  readXml(main, {
    file,
    limits,
    root,
    records,
    record: (node) => {
      collected.met();
      for (const { name } of knows ? node.children : [])
        if (knows?.has(name) === false) collected.unknowns.add('an element this reader does not know', name);
      add(node, collected);
    },
    other: (name, text, attributes) => {
      said = { ...facts?.(name, text, attributes), ...said };
    },
  });
  return collected.done(said);
}
