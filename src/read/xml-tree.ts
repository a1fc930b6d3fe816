/** A small tree of an XML document that strangers wrote: bounded in depth and number, no entities but the five, no DTD. */
import { normaliseText } from './text.js';
import { readXml } from './xml-stream.js';

export interface XmlElement {
  /** Without its prefix: the vocabularies read here do not clash. */
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  /** Its own text, without that of its children. */
  text: string;
}

const MAX_DEPTH = 200;
const MAX_ELEMENTS = 300_000;

/** Why a document could not be read whole. */
export type XmlProblem = 'cut' | 'too deep' | 'too long' | 'no element';

class Stop extends Error {
  readonly problem: XmlProblem;
  constructor(problem: XmlProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** The root as far as it was read, and what kept it from being read whole: a cut document is no shorter document. */
export function parseXml(text: string): { root?: XmlElement; problem?: XmlProblem } {
  const stack: XmlElement[] = [];
  let root: XmlElement | undefined;
  let problem: XmlProblem | undefined;
  let elements = 0;
  try {
    readXml(text, {
      open: (tag, attributes) => {
        if (stack.length >= MAX_DEPTH) throw new Stop('too deep');
        if (++elements > MAX_ELEMENTS) throw new Stop('too long');
        const element: XmlElement = { name: local(tag), attributes, children: [], text: '' };
        stack.at(-1)?.children.push(element);
        root ??= element;
        stack.push(element);
      },
      text: (piece) => {
        const open = stack.at(-1);
        if (open) open.text += piece;
      },
      cut: () => (problem ??= 'cut'),
      close: () => stack.pop(),
    });
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
    problem = thrown.problem;
  }
  if (!root) return { problem: 'no element' };
  return problem === undefined ? { root } : { root, problem };
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The elements at a path of names below one: `at(root, 'ContractingParty', 'Party')`. */
export function elementsAt(from: XmlElement | undefined, ...path: readonly string[]): XmlElement[] {
  let here = from ? [from] : [];
  for (const name of path) here = here.flatMap(({ children }) => children.filter((each) => each.name === name));
  return here;
}

/** Text of the first element at a path; undefined when there is none, or it is empty. */
export function xmlText(from: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  for (const { text } of elementsAt(from, ...path)) {
    const words = normaliseText(text);
    if (words !== '') return words;
  }
  return undefined;
}

/** All elements of a name, wherever they stand, in order. */
export function descendants(from: XmlElement | undefined, name: string): XmlElement[] {
  if (!from) return [];
  return from.children.flatMap((each) => [...(each.name === name ? [each] : []), ...descendants(each, name)]);
}
