/**
 * A trie as a double array (facts/copies §21), cut where one term is left: the rest of that term is compared in its own
 * text, which lies in one piece, while every step in the array is a jump through memory.
 */

/** Terms one behind the other: term t is `units[offsets[t]]` to `units[offsets[t + 1]]`. */
export interface Spelled {
  units: Uint16Array;
  offsets: Uint32Array;
}

export interface DoubleArray {
  /** Unit to dense code, by falling frequency; 0 = on no step of the trie. */
  codes: Uint16Array;
  /**
   * Two for each state q. `2q`: base of its children times two, plus 1 if a term ends here; or `~term` where only that
   * term is left. `2q + 1`: the state it is a child of. The child of s by code c is base(s) + c. State 0 is the root.
   */
  cells: Int32Array;
  /** State to the term that ends there; only where `cells` says so. */
  ends: Int32Array;
  /** Most terms that are prefixes of one another: so many hits can begin at one place. */
  nested: number;
}

export function buildTrie(spelled: Spelled): DoubleArray {
  const nodes = growNodes(spelled, { tails: true });
  const { codes, span } = denseCodes(nodes.unit);
  const { bases, size } = placeNodes(nodes, codes, span);
  // One code more than the last cell is room for every step that leads nowhere.
  const cells = new Int32Array(2 * (size + span)).fill(-1);
  const ends = new Int32Array(size + span);
  const states = new Int32Array(nodes.unit.length);
  cells[1] = -2; // no step leads into the root
  for (let node = 0; node < states.length; node++) {
    const state = states[node]!;
    const term = nodes.term[node]!;
    if (nodes.children[node] === 0) {
      cells[2 * state] = ~term;
      continue;
    }
    cells[2 * state] = bases[node]! * 2 + (term < 0 ? 0 : 1);
    ends[state] = term;
    const first = nodes.first[node]!;
    for (let child = first; child < first + nodes.children[node]!; child++) {
      states[child] = bases[node]! + codes[nodes.unit[child]!]!;
      cells[2 * states[child]! + 1] = state;
    }
  }
  return { codes, cells, ends, nested: nodes.nested };
}

/** In order of levels, so that the children of a node lie together. */
export interface Nodes {
  /** Unit on the way into the node; 0 for the root. */
  unit: number[];
  first: number[];
  children: number[];
  /** The term that ends in an inner node, or the only one left below a node without children; else -1. */
  term: number[];
  nested: number;
}

/**
 * Sorts the terms of a node by their next unit, which groups its children, level by level.
 * With `tails` a node where one term is left has no children.
 */
export function growNodes({ units, offsets }: Spelled, { tails }: { tails: boolean }): Nodes {
  const count = offsets.length - 1;
  const order = Uint32Array.from({ length: count }, (_, term) => term);
  const keys = new Float64Array(count);
  const nodes: Nodes = { unit: [0], first: [], children: [], term: [], nested: 0 };
  const from = [0];
  const to = [count];
  const depth = [0];
  const above = [0];
  for (let node = 0; node < nodes.unit.length; node++) {
    let low = from[node]!;
    const high = to[node]!;
    const deep = depth[node]!;
    nodes.first.push(nodes.unit.length);
    if (high - low === 1 && node > 0 && (tails || offsets[order[low]!]! + deep === offsets[order[low]! + 1]!)) {
      nodes.children.push(0);
      nodes.term.push(order[low]!);
      nodes.nested = Math.max(nodes.nested, above[node]! + 1);
      continue;
    }
    sortByUnit(order.subarray(low, high), keys.subarray(low, high), { units, offsets }, deep);
    // A term that ends here sorts before all that go on.
    const ends = low < high && offsets[order[low]!]! + deep === offsets[order[low]! + 1]!;
    nodes.term.push(ends ? order[low]! : -1);
    if (ends) low += 1;
    const nested = above[node]! + (ends ? 1 : 0);
    nodes.nested = Math.max(nodes.nested, nested);
    let children = 0;
    while (low < high) {
      const unit = units[offsets[order[low]!]! + deep]!;
      let end = low + 1;
      while (end < high && units[offsets[order[end]!]! + deep] === unit) end += 1;
      nodes.unit.push(unit);
      from.push(low);
      to.push(end);
      depth.push(deep + 1);
      above.push(nested);
      children += 1;
      low = end;
    }
    nodes.children.push(children);
  }
  return nodes;
}

const TERMS = 2 ** 32;

/** `order` by the unit at `depth`; numbers without a comparing function sort without a call for each pair. */
function sortByUnit(order: Uint32Array, keys: Float64Array, { units, offsets }: Spelled, depth: number): void {
  for (let at = 0; at < order.length; at++) {
    const term = order[at]!;
    const unit = offsets[term]! + depth;
    keys[at] = (unit < offsets[term + 1]! ? units[unit]! + 1 : 0) * TERMS + term;
  }
  keys.sort();
  for (let at = 0; at < order.length; at++) order[at] = keys[at]! % TERMS;
}

/** Frequent units get low codes, so that the children of most nodes lie close together. */
export function denseCodes(unitsOfNodes: readonly number[]): { codes: Uint16Array; span: number } {
  const counts = new Uint32Array(65_536);
  const used: number[] = [];
  for (let node = 1; node < unitsOfNodes.length; node++) {
    const unit = unitsOfNodes[node]!;
    if (counts[unit] === 0) used.push(unit);
    counts[unit]! += 1;
  }
  used.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const codes = new Uint16Array(65_536);
  used.forEach((unit, at) => {
    codes[unit] = at + 1;
  });
  return { codes, span: used.length + 1 };
}

/** Free cells tried one after the other; then the steps double, so that a place is found soon and at the latest behind all others. */
const NEAR = 16;
/** Where so many did not fit the next node need not begin: the cells left there are filled by nodes of one child. */
const SKIP = 64;

/** First fit, the widest nodes first: a base for each, so that no two nodes want the same cell. */
export function placeNodes(nodes: Nodes, codes: Uint16Array, span: number): { bases: Int32Array; size: number } {
  const free = new FreeCells();
  const bases = new Int32Array(nodes.unit.length);
  free.take(0);
  let hint = 1;
  for (const node of byFallingChildren(nodes.children)) {
    const children = nodes.unit.slice(nodes.first[node], nodes.first[node]! + nodes.children[node]!);
    const wanted = children.map((unit) => codes[unit]!).sort((a, b) => a - b);
    const lowest = wanted[0]!;
    const fits = (cell: number): boolean => wanted.every((code) => free.has(cell - lowest + code));
    let cell = free.next(wanted.length === 1 ? lowest : Math.max(hint, lowest));
    let misses = 0;
    // Behind the last cell taken everything fits.
    for (; !fits(cell); misses++) cell = free.next(Math.min(cell + 2 ** Math.floor(misses / NEAR), free.end));
    if (misses >= NEAR) hint = free.next(hint + SKIP);
    const base = cell - lowest;
    for (const code of wanted) free.take(base + code);
    bases[node] = base;
  }
  return { bases, size: Math.max(free.end, span) };
}

function byFallingChildren(children: readonly number[]): number[] {
  const inner = Array.from(children.keys()).filter((node) => children[node]! > 0);
  return inner.sort((a, b) => children[b]! - children[a]! || a - b);
}

/** Which cells are free. */
class FreeCells {
  /** 0 for a free cell; for a taken one a cell behind it, up to which none is free. Ways get shorter as they are gone. */
  #behind = new Int32Array(1_024);
  /** Behind the last cell taken. */
  end = 0;

  has(cell: number): boolean {
    return cell >= this.end || this.#behind[cell] === 0;
  }

  /** First free cell from `cell` on. */
  next(cell: number): number {
    const behind = this.#behind;
    let at = cell;
    while (at < this.end && behind[at] !== 0) {
      const further = behind[at]!;
      if (further < this.end && behind[further] !== 0) behind[at] = behind[further]!;
      at = further;
    }
    return at;
  }

  take(cell: number): void {
    if (cell >= this.#behind.length) {
      const old = this.#behind;
      this.#behind = new Int32Array(2 * (cell + 1));
      this.#behind.set(old);
    }
    this.#behind[cell] = cell + 1;
    this.end = Math.max(this.end, cell + 1);
  }
}
