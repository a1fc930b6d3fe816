/** A row of a list, put together from what its reader finds: nothing blank, nothing twice, the primary name first. */
import type { ListEntry, ListLink } from '../../model/index.js';
import type { ListRow } from '../list-kind.js';
import { statedDate } from './dates.js';
import { identifierOf, numberType, numbersInside } from './numbers.js';
import { placeCode } from './places.js';
import { clean } from './text.js';

type Alias = ListEntry['aliases'][number];

export interface NameFacts {
  primary?: boolean;
  weak?: boolean;
  kind?: 'aka' | 'fka' | 'nka';
}

/** Told of what a reader met and did not know, once each, with how often. */
export class Unknowns {
  readonly #seen = new Map<string, number>();

  add(what: string, text: string): void {
    const key = `${what}: ${text.slice(0, 60)}`;
    // A file of somebody else would fill this: after so many kinds nobody reads on.
    if (this.#seen.has(key) || this.#seen.size < 200) this.#seen.set(key, (this.#seen.get(key) ?? 0) + 1);
  }

  sentences(): string[] {
    return [...this.#seen].map(([what, times]) => (times === 1 ? what : `${what} (${times} times)`));
  }
}

export class RowMaker {
  readonly #row: ListRow;
  readonly #unknowns: Unknowns | undefined;
  readonly #names = new Map<string, Alias & { primary: boolean }>();
  readonly #remarks: string[] = [];
  /** What was taken in: looked up, because one record may be made of a million values and must not take an hour. */
  readonly #taken = new Set<string>();

  constructor(entry: string, schema: ListRow['schema'], unknowns?: Unknowns) {
    this.#unknowns = unknowns;
    this.#row = {
      entry,
      schema,
      name: '',
      aliases: [],
      identifiers: [],
      countries: [],
      addresses: [],
      programs: [],
      remarks: '',
    };
  }

  get entry(): string {
    return this.#row.entry;
  }

  /** How many it has so far. */
  get numbers(): number {
    return this.#row.identifiers.length;
  }

  name(text: string, { primary = false, weak = false, kind = 'aka' }: NameFacts = {}): this {
    const name = clean(text);
    if (!/[\p{L}\p{N}]/u.test(name)) return this;
    const held = this.#names.get(name);
    // Printed twice, once as weak: the better word counts.
    if (held) {
      held.primary ||= primary;
      if (held.weak && !weak) Object.assign(held, { weak: false, kind });
      return this;
    }
    const script = scriptOf(name);
    const facts = { weak, kind: weak ? ('weak' as const) : kind, primary };
    this.#names.set(name, { name, ...facts, ...(script === undefined ? {} : { script }) });
    return this;
  }

  /** False for what is blank or there already. */
  #isNew(what: string, text: string): boolean {
    const key = `${what} ${text}`;
    if (text === '' || this.#taken.has(key)) return false;
    this.#taken.add(key);
    return true;
  }

  /** `label` is the publisher's. False when it names no number: then nothing was taken, and the caller keeps the text. */
  number(label: string, value: string, country?: string): boolean {
    const type = numberType(label);
    if (type === undefined) return false;
    this.identifier(type, value, country);
    return true;
  }

  identifier(type: string, value: string, country?: string): this {
    const code = placeCode(country ?? '') ?? undefined;
    const identifier = identifierOf(type, clean(value), code);
    if (identifier && this.#isNew('number', `${identifier.type} ${identifier.value}`))
      this.#row.identifiers.push(identifier);
    return this;
  }

  /** Numbers that stand inside a text with their label. */
  numbersIn(text: string): this {
    for (const { type, value } of numbersInside(text)) this.identifier(type, value);
    return this;
  }

  country(text: string): this {
    const code = placeCode(text);
    if (code === null) this.#unknowns?.add('a country this reader does not know', text);
    else if (code !== undefined && this.#isNew('country', code)) this.#row.countries.push(code);
    return this;
  }

  address(...parts: readonly (string | undefined)[]): this {
    const address = parts
      .map(clean)
      .filter((part) => part !== '')
      .join(', ');
    if (this.#isNew('address', address)) this.#row.addresses.push(address);
    return this;
  }

  program(text: string): this {
    const program = clean(text);
    if (this.#isNew('program', program)) this.#row.programs.push(program);
    return this;
  }

  remark(text: string, label?: string): this {
    const remark = clean(text);
    if (remark === '') return this;
    const whole = label === undefined ? remark : `${label}: ${remark}`;
    if (this.#isNew('remark', whole)) this.#remarks.push(whole);
    return this;
  }

  listed(text: string | undefined, style: { us?: boolean } = {}): this {
    const date = statedDate(text ?? '', style);
    if (date !== undefined && (this.#row.listedOn === undefined || date < this.#row.listedOn))
      this.#row.listedOn = date;
    return this;
  }

  ends(text: string, style: { us?: boolean } = {}): this {
    const date = statedDate(text, style);
    if (date !== undefined) this.#row.endsOn = date;
    return this;
  }

  listing(list: string, on: string | undefined): this {
    const date = statedDate(on ?? '');
    const name = clean(list);
    const isNew = name !== '' && this.#isNew('listing', `${name} ${date ?? ''}`);
    if (isNew) (this.#row.listings ??= []).push({ list: name, ...(date === undefined ? {} : { on: date }) });
    return this.listed(on);
  }

  birth(text: string): this {
    const birth = clean(text);
    if (this.#isNew('birth', birth)) (this.#row.births ??= []).push(birth);
    return this;
  }

  measure(text: string): this {
    const measure = clean(text);
    if (this.#isNew('measure', measure)) (this.#row.measures ??= []).push(measure);
    return this;
  }

  link(link: ListLink): this {
    const name = clean(link.name);
    if (name === '' && link.entry === undefined) return this;
    const { role, entry, percentage, says, since, until, isFormer } = link;
    // One owner may have had 48 % until one day and 51 % from another: only what is the same in all counts as said twice.
    const key = JSON.stringify([role, name, entry, percentage, says, since, until, isFormer]);
    if (this.#isNew('link', key)) (this.#row.links ??= []).push({ ...link, name });
    return this;
  }

  /** Undefined when there is no name to screen by. A designation may have no primary name: then the first good one is. */
  done(): ListRow | undefined {
    const names = [...this.#names.values()];
    const first = names.find(({ primary }) => primary) ?? names.find(({ weak }) => !weak) ?? names[0];
    if (!first) return undefined;
    this.#row.name = first.name;
    this.#row.aliases = names.filter((each) => each !== first).map(({ primary: _, ...alias }) => alias);
    this.#row.remarks = this.#remarks.join('; ');
    return this.#row;
  }
}

const SCRIPTS: readonly [string, RegExp][] = [
  'Cyrl',
  'Hani',
  'Arab',
  'Hang',
  'Hira',
  'Kana',
  'Hebr',
  'Grek',
  'Geor',
  'Armn',
  'Mymr',
  'Thai',
  'Deva',
  'Beng',
  'Ethi',
].map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'gu')]);

/** The script most letters are of, among those that are not Latin; undefined where most are Latin. */
export function scriptOf(text: string): string | undefined {
  if (!/[\u0370-\uffff]/.test(text)) return undefined;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (latin * 2 > letters) return undefined;
  const counted = SCRIPTS.map(([script, pattern]) => [script, text.match(pattern)?.length ?? 0] as const);
  const most = counted.reduce((best, each) => (each[1] > best[1] ? each : best));
  return most[1] > 0 ? most[0] : undefined;
}
