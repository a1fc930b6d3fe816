/** Dates as lists print them, kept exactly as precise as they are. */
import type { Day } from '../../model/index.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `us` reads 04/22/2020 by month first, as the US Government prints it. */
export interface DateStyle {
  us?: boolean;
}

/** `2011`, `2011-02` or `2011-02-28`; undefined for what is no date, or no day of the calendar. */
export function statedDate(text: string, { us = false }: DateStyle = {}): string | undefined {
  const plain = text.trim().replace(/^circa\s+/i, '');
  const iso = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*|[+-]\d\d:\d\d|Z)?)?)?$/.exec(plain);
  if (iso) return checked(iso[1]!, iso[2], iso[3]);
  // `dd/mm/1945` and `00/00/1945`: parts that the publisher does not know.
  const numbers = /^(\d{1,2}|dd)[./-](\d{1,2}|mm)[./-](\d{4}|\d\d)$/i.exec(plain);
  if (numbers) {
    const [day, month] = us ? [numbers[2], numbers[1]] : [numbers[1], numbers[2]];
    const year = numbers[3]!.length === 4 ? numbers[3]! : `${Number(numbers[3]) > 60 ? 19 : 20}${numbers[3]!}`;
    return checked(year, known(month!), known(day!));
  }
  const words =
    /^(?:(\d{1,2})[ -])?([a-z]{3,9})\.?[ -](\d{4})$/i.exec(plain) ??
    swapped(/^([a-z]{3,9})\.? (\d{1,2}), ?(\d{4})$/i.exec(plain));
  const month = MONTHS.indexOf((words?.[2] ?? '').slice(0, 3).toLowerCase()) + 1;
  return words && month > 0 ? checked(words[3]!, String(month), words[1]) : undefined;
}

/** Only what names a whole day. */
export function statedDay(text: string, style: DateStyle = {}): Day | undefined {
  const date = statedDate(text, style);
  return date?.length === 10 ? date : undefined;
}

/** The earliest of several, as texts of the same shape sort. */
export function earliest(dates: readonly (string | undefined)[]): string | undefined {
  return dates.filter((date) => date !== undefined).sort()[0];
}

function swapped(match: RegExpExecArray | null): (string | undefined)[] | null {
  return match && [match[0], match[2], match[1], match[3]];
}

function known(part: string): string | undefined {
  return /^(?:00?|dd|mm)$/i.test(part) ? undefined : part;
}

function checked(year: string, month: string | undefined, day: string | undefined): string | undefined {
  if (month === undefined) return year;
  const [m, d] = [month.padStart(2, '0'), (day ?? '1').padStart(2, '0')];
  const date = new Date(`${year}-${m}-${d}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== `${year}-${m}-${d}`) return undefined;
  return day === undefined ? `${year}-${m}` : `${year}-${m}-${d}`;
}
