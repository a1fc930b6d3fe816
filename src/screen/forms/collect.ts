/** Rows and problems of one file, and the last word on whether this is the list. */
import type { Day } from '../../model/index.js';
import type { ListRow, ParsedList } from '../list-kind.js';
import { type RowMaker, Unknowns } from './row.js';
import { badList } from './text.js';

/** A list with a larger share of unreadable records is not the list. */
const UNREADABLE = 0.01;

/** Whether so many of the records cannot be read that the file is another one. A single slip is anybody's. */
export function isAnotherFile(rejected: number, records: number): boolean {
  return rejected > Math.max(records * UNREADABLE, 1);
}

/** Whom a form tells what it meets in the file. */
export interface Told {
  /** A record is there, whatever becomes of it. Each must be accounted for: added, merged, left out or rejected. */
  met(): void;
  /** A record that cannot be used: counted, and told of. */
  reject(sentence: string): void;
  /** Something else that is worth knowing; no record is lost by it. */
  problem(sentence: string): void;
}

export interface CollectedFacts {
  publishedAt?: Day | undefined;
  /** What the file says it holds, when it does. */
  counted?: number | undefined;
  parts?: Readonly<Record<string, number>> | undefined;
}

export class Collected implements Told {
  readonly unknowns = new Unknowns();
  readonly #file: string;
  readonly #form: string;
  readonly #open = new Map<string, RowMaker>();
  readonly #rows = new Map<string, ListRow>();
  readonly #problems: string[] = [];
  #met = 0;
  #rejected = 0;
  /** Records that are accounted for without being a row of their own. */
  #others = 0;

  constructor(file: string, form: string) {
    this.#file = file;
    this.#form = form;
  }

  get size(): number {
    return this.#rows.size;
  }

  met(): void {
    this.#met += 1;
  }

  problem(sentence: string): void {
    this.#problems.push(`${this.#file}: ${sentence}`);
  }

  reject(sentence: string): void {
    this.#rejected += 1;
    this.problem(sentence);
  }

  /** The row of this id, for lists that spread one entry over several records. It is added by `done`. */
  row(entry: string, make: () => RowMaker): RowMaker {
    const held = this.#open.get(entry);
    if (held) this.merged();
    const row = held ?? make();
    this.#open.set(entry, row);
    return row;
  }

  add(maker: RowMaker): void {
    const row = maker.done();
    if (row) this.addRow(row);
    else this.reject(`${maker.entry} has no name`);
  }

  addRow(row: ListRow): void {
    if (this.#rows.has(row.entry)) this.#again(row);
    else this.#rows.set(row.entry, row);
  }

  /** The record went into an entry that another began, or says something of entries. */
  merged(): void {
    this.#others += 1;
  }

  /** The record is understood, and is no entry of this list. */
  leftOut(): void {
    this.#others += 1;
  }

  /** Publishers give one id to two subjects by mistake: neither may be lost by it. */
  #again(row: ListRow): void {
    const held = this.#rows.get(row.entry)!;
    const entry = `${row.entry}/${row.name}`;
    if (held.name === row.name || this.#rows.has(entry)) {
      this.merged();
      this.problem(`${row.entry} is there twice; the first is kept`);
      return;
    }
    this.problem(`${row.entry} is the id of two; the second is kept as ${entry}`);
    this.#rows.set(entry, { ...row, entry });
  }

  done({ publishedAt, counted, parts }: CollectedFacts = {}): ParsedList {
    for (const row of this.#open.values()) this.add(row);
    this.#open.clear();
    const [records, rejected] = [this.#met, this.#rejected];
    const why = this.#problems[0] === undefined ? '' : `; ${this.#problems[0]}`;
    if (isAnotherFile(rejected, records) && this.#rows.size > 0)
      throw badList(`${this.#file} is not this list: ${rejected} of ${records} records cannot be read${why}`);
    if (this.#rows.size === 0) throw badList(`${this.#file} holds no entry that can be read${why}`);
    if (counted !== undefined && counted !== records)
      throw badList(`${this.#file} is cut: it says that it holds ${counted} records, and ${records} are there`);
    // Our own mistake, not the file's: but what a reader loses must not read as a list without it.
    const accounted = this.#rows.size + this.#others + rejected;
    if (accounted !== records)
      throw badList(`${this.#file} was not read whole: of ${records} records ${accounted} are accounted for`);
    return {
      rows: [...this.#rows.values()],
      problems: [...this.#problems, ...this.unknowns.sentences().map((each) => `${this.#file}: ${each}`)],
      form: this.#form,
      counts: { records, rejected },
      ...(publishedAt === undefined ? {} : { publishedAt }),
      ...(parts === undefined ? {} : { parts }),
    };
  }
}
