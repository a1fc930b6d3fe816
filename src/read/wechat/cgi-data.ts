/**
 * The page's own data, read without running it (facts/watching §2.8). The script is hostile input: it is parsed, and a
 * closed set of expressions is evaluated by hand. Anything else makes that one field unreadable, never the page.
 */
import { type Expression, type Node, type ObjectExpression, parse } from 'acorn';

export type CgiValue = string | number | boolean | null | CgiValue[] | { [key: string]: CgiValue };
export type CgiData = Record<string, CgiValue>;

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_DEPTH = 40;
/** Of one script: the largest seen is 1.6 MB. */
const MAX_SCRIPT = 8_000_000;

export interface CgiResult {
  data?: CgiData;
  /** The script it stands in. */
  script?: string;
  unreadable: string[];
}

type Assigned = 'cgiDataNew' | 'cgiData';
const ASSIGNS: Readonly<Record<Assigned, RegExp>> = {
  cgiDataNew: /window\.cgiDataNew\s*=\s*\{/,
  cgiData: /window\.cgiData\s*=\s*\{/,
};

/** Whether a script seems to assign it. Scripts have megabytes: a word that is not there is found out faster than a pattern. */
const assigns = (script: string, name: Assigned): boolean =>
  script.includes(`window.${name}`) && ASSIGNS[name].test(script);

/** What a pattern finds first in any of the scripts that hold the word. */
export function firstIn(scripts: readonly string[], word: string, pattern: RegExp): string | undefined {
  for (const script of scripts) {
    const found = script.includes(word) ? pattern.exec(script)?.[1] : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `window.<name> = {…}` out of the script that assigns it. */
export function readAssignment(scripts: readonly string[], name: Assigned): CgiResult {
  const unreadable: string[] = [];
  for (const script of scripts) {
    if (script.length > MAX_SCRIPT || !assigns(script, name)) continue;
    const object = findObject(script, name);
    if (object) return { data: readObject(object, unreadable, '', 0), script, unreadable };
    unreadable.push(`window.${name}`);
  }
  return { unreadable };
}

function findObject(script: string, name: string): ObjectExpression | undefined {
  let tree: Node;
  try {
    tree = parse(script, { ecmaVersion: 'latest', allowReturnOutsideFunction: true });
  } catch {
    return undefined; // not a script, or nested so deeply that the parser gave up
  }
  const queue: unknown[] = [tree];
  for (let at = 0; at < queue.length && at < 2_000_000; at++) {
    const node = queue[at] as Record<string, unknown>;
    if (node['type'] === 'AssignmentExpression' && isMember(node['left'], name)) {
      const right = node['right'] as Node;
      return right.type === 'ObjectExpression' ? (right as ObjectExpression) : undefined;
    }
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) for (const each of value) if (isNode(each)) queue.push(each);
      if (isNode(value)) queue.push(value);
    }
  }
  return undefined;
}

function isNode(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

function isMember(node: unknown, name: string): boolean {
  const { type, object, property } = node as {
    type?: string;
    object?: { name?: string };
    property?: { name?: string };
  };
  return type === 'MemberExpression' && object?.name === 'window' && property?.name === name;
}

class Unreadable extends Error {}

function readObject(object: ObjectExpression, unreadable: string[], path: string, depth: number): CgiData {
  const data: CgiData = Object.create(null) as CgiData;
  for (const property of object.properties) {
    if (property.type !== 'Property' || property.computed || property.kind !== 'init') continue;
    const key =
      property.key.type === 'Identifier'
        ? property.key.name
        : property.key.type === 'Literal'
          ? String(property.key.value)
          : undefined;
    if (key === undefined || FORBIDDEN.has(key)) continue;
    const full = path === '' ? key : `${path}.${key}`;
    try {
      data[key] = evaluate(property.value, { unreadable, path: full, depth: depth + 1 });
    } catch (thrown) {
      if (!(thrown instanceof Unreadable)) throw thrown;
      unreadable.push(full);
    }
  }
  return data;
}

interface Scope {
  unreadable: string[];
  path: string;
  depth: number;
}

function evaluate(node: Expression, scope: Scope): CgiValue {
  if (scope.depth > MAX_DEPTH) throw new Unreadable();
  const inner = { ...scope, depth: scope.depth + 1 };
  switch (node.type) {
    case 'Literal':
      if (
        typeof node.value === 'string' ||
        typeof node.value === 'number' ||
        typeof node.value === 'boolean' ||
        node.value === null
      )
        return node.value;
      throw new Unreadable();
    case 'ObjectExpression':
      return readObject(node, scope.unreadable, scope.path, scope.depth);
    case 'ArrayExpression':
      return node.elements
        .filter((each) => each !== null && each.type !== 'SpreadElement')
        .map((each) => evaluate(each, inner));
    case 'TemplateLiteral':
      if (node.expressions.length > 0) throw new Unreadable();
      return node.quasis[0]?.value.cooked ?? '';
    case 'UnaryExpression': {
      const value = evaluate(node.argument, inner);
      if (node.operator === '-') return -Number(value);
      if (node.operator === '!') return !value;
      throw new Unreadable();
    }
    case 'BinaryExpression':
      // `'123' * 1` is how the page writes numbers.
      if (node.operator === '*' && node.left.type !== 'PrivateIdentifier')
        return Number(evaluate(node.left, inner)) * Number(evaluate(node.right, inner));
      throw new Unreadable();
    case 'LogicalExpression': {
      const left = evaluate(node.left, inner);
      if (node.operator === '||') return left || evaluate(node.right, inner);
      if (node.operator === '&&') return left && evaluate(node.right, inner);
      throw new Unreadable();
    }
    case 'ConditionalExpression':
      return evaluate(node.test, inner) ? evaluate(node.consequent, inner) : evaluate(node.alternate, inner);
    case 'CallExpression':
      if (node.callee.type === 'Identifier' && node.callee.name === 'JsDecode' && node.arguments.length === 1) {
        const value = evaluate(node.arguments[0] as Expression, inner);
        return typeof value === 'string' ? jsDecode(value) : value;
      }
      throw new Unreadable();
    default:
      throw new Unreadable();
  }
}

const ESCAPES: readonly (readonly [RegExp, string])[] = [
  [/\\x5c/g, '\\'],
  [/\\x0d/g, '\r'],
  [/\\x22/g, '"'],
  [/\\x26/g, '&'],
  [/\\x27/g, "'"],
  [/\\x3c/g, '<'],
  [/\\x3e/g, '>'],
  [/\\x0a/g, '\n'],
];

/** What the page's own function of this name does, in its order. */
export function jsDecode(text: string): string {
  return ESCAPES.reduce((decoded, [escape, letter]) => decoded.replace(escape, letter), text);
}
