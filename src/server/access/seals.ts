/** Words that only this process can have written: HMAC-SHA256 under a key that is made at its start and never leaves it. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Seals {
  /** For forms: bound to whose they are, so that a page elsewhere cannot fill one in for somebody. */
  form(owner: string): string;
  isForm(owner: string, token: string): boolean;
  /** For one archived page, for a short time: it is shown from another site, which gets no cookie. */
  ticket(exhibit: string): string;
  isTicket(exhibit: string, ticket: string): boolean;
}

/** A page is looked at when it is opened; the ticket stands in an address, so it is worth nothing soon after. */
const TICKET_MS = 5 * 60_000;

export function createSeals(now: () => number): Seals {
  const key = randomBytes(32);
  const seal = (...words: string[]): string =>
    createHmac('sha256', key).update(JSON.stringify(words)).digest('base64url');
  const same = (a: string, b: string): boolean => {
    const [left, right] = [Buffer.from(a), Buffer.from(b)];
    return left.length === right.length && timingSafeEqual(left, right);
  };
  return {
    form: (owner) => seal('form', owner),
    isForm: (owner, token) => same(token, seal('form', owner)),
    ticket: (exhibit) => {
      const until = String(now() + TICKET_MS);
      return `${until}.${seal('replay', exhibit, until)}`;
    },
    isTicket: (exhibit, ticket) => {
      const [until = '', sealed = ''] = ticket.split('.');
      return same(sealed, seal('replay', exhibit, until)) && Number(until) > now();
    },
  };
}
