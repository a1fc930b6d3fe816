/** Rows and problems of one file, and the last word on whether this is the list. */
import type { Day } from '../../model/index.js';
import type { ListRow, ParsedList } from '../list-kind.js';
import { type RowMaker, Unknowns } from './row.js';
import { badList } from './text.js';

/** A list with a larger share of unreadable records is not the list. */
const UNREADABLE = 0.01;

export interface CollectedFacts {
  publishedAt?: Day | undefined;
  /** What the file says it holds, when it does. */
  counted?: number | undefined;
  parts?: Readonly<Record<string, number>>;
}

export class Collected {
  readonly unknowns = new Unknowns();
  readonly #file: string;
  readonly #form: string;
  readonly #rows = new Map<string, ListRow>();
  readonly #problems: string[] = [];
  #rejected = 0;
  #repeated = 0;

  constructor(file: string, form: string) {
    this.#file = file;
    this.#form = form;
  }

  get size(): number {
    return this.#rows.size;
  }

  problem = (sentence: string): void => {
    this.#problems.push(sentence);
  };

  /** A record that cannot be used: counted, and told of. */
  reject(sentence: string): void {
    this.#rejected += 1;
    this.#problems.push(`${this.#file}: ${sentence}`);
  }

  add(maker: RowMaker): void {
    const row = maker.done();
    if (!row) this.reject(`${maker.entry} has no name`);
    else if (this.#rows.has(row.entry)) this.#again(row);
    else this.#rows.set(row.entry, row);
  }

  /** Another record of an entry that is there already went into it. */
  merged(): void {
    this.#repeated += 1;
  }

  /** Publishers give one id to two subjects by mistake: neither may be lost by it. */
  #again(row: ListRow): void {
    const held = this.#rows.get(row.entry)!;
    const entry = `${row.entry}/${row.name}`;
    if (held.name === row.name || this.#rows.has(entry)) {
      this.#repeated += 1;
      this.#problems.push(`${this.#file}: ${row.entry} is there twice; the first is kept`);
      return;
    }
    this.#problems.push(`${this.#file}: ${row.entry} is the id of two; the second is kept as ${entry}`);
    this.#rows.set(entry, { ...row, entry });
  }

  done({ publishedAt, counted, parts }: CollectedFacts = {}): ParsedList {
    const read = this.#rows.size + this.#rejected + this.#repeated;
    if (this.#rows.size === 0) throw badList(`${this.#file} holds no entry that can be read${first(this.#problems)}`);
    if (this.#rejected > Math.max(read * UNREADABLE, 1) && this.#rejected > this.#rows.size * UNREADABLE)
      throw badList(
        `${this.#file} is not this list: ${this.#rejected} of ${read} records cannot be read${first(this.#problems)}`,
      );
    if (counted !== undefined && counted !== read)
      throw badList(`${this.#file} is cut: it says that it holds ${counted} records, and ${read} are there`);
    return {
      rows: [...this.#rows.values()],
      problems: [...this.#problems, ...this.unknowns.sentences().map((each) => `${this.#file}: ${each}`)],
      form: this.#form,
      ...(publishedAt === undefined ? {} : { publishedAt }),
      ...(parts === undefined ? {} : { parts }),
    };
  }
}

function first(problems: readonly string[]): string {
  return problems[0] === undefined ? '' : `; ${problems[0]}`;
}
