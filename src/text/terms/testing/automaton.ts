/**
 * The same occurrences by another way: Aho and Corasick's automaton as a double array (facts/copies §22). It reads each
 * unit once whatever the terms and has neither filter nor tails; so it is the scan's second opinion where a search term
 * by term would take too long, and its peer in bench/recognise.mjs.
 */
import type { Scan } from '../scan.js';
import { spell, unitsOf } from '../tables.js';
import { type Spelled, denseCodes, growNodes, placeNodes } from '../trie.js';

interface Automaton {
  codes: Uint16Array;
  bases: Int32Array;
  checks: Int32Array;
  /** Longest proper suffix of a state that is a state. */
  fails: Int32Array;
  /** The term that ends in a state, or -1. */
  ends: Int32Array;
  /** Next state on the way of `fails` in which a term ends, or 0. */
  links: Int32Array;
}

/** Reports in the order of ends, the longest first. */
export function makeAutomaton(terms: readonly string[]): Scan {
  const spelled = spell(terms);
  const { offsets } = spelled;
  const automaton = build(spelled);
  return (given, found) => {
    const text = typeof given === 'string' ? unitsOf(given) : given;
    const { codes, ends, links } = automaton;
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      state = step(automaton, state, codes[text[at]!]!);
      for (let end = ends[state]! < 0 ? links[state]! : state; end !== 0; end = links[end]!) {
        const term = ends[end]!;
        found(at + 1 - (offsets[term + 1]! - offsets[term]!), term);
      }
    }
  };
}

function step({ bases, checks, fails }: Automaton, from: number, code: number): number {
  let state = from;
  for (;;) {
    const next = bases[state]! + code;
    if (checks[next] === state) return next;
    if (state === 0) return 0;
    state = fails[state]!;
  }
}

function build(spelled: Spelled): Automaton {
  const nodes = growNodes(spelled, { tails: false });
  const { codes, span } = denseCodes(nodes.unit);
  const { bases: basesOfNodes, size } = placeNodes(nodes, codes, span);
  const cells = (value: number): Int32Array => new Int32Array(size + span).fill(value);
  const made: Automaton = {
    codes,
    bases: cells(0),
    checks: cells(-1),
    fails: cells(0),
    ends: cells(-1),
    links: cells(0),
  };
  const states = new Int32Array(nodes.unit.length);
  made.checks[0] = -2;
  for (let node = 0; node < states.length; node++) {
    const state = states[node]!;
    made.bases[state] = basesOfNodes[node]!;
    made.ends[state] = nodes.term[node]!;
    const fail = made.fails[state]!;
    made.links[state] = made.ends[fail]! < 0 ? made.links[fail]! : fail;
    const first = nodes.first[node]!;
    for (let child = first; child < first + nodes.children[node]!; child++) {
      const code = codes[nodes.unit[child]!]!;
      const next = made.bases[state] + code;
      states[child] = next;
      made.checks[next] = state;
      made.fails[next] = state === 0 ? 0 : step(made, fail, code);
    }
  }
  return made;
}
