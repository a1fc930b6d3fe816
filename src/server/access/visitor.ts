/** Who asks, at hand for every page without each of them passing it on: the header names them, and each form needs their token. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { html } from 'hono/html';
import type { Role } from '../../people/index.js';

export interface Who {
  /** Undefined: there are no accounts, so whoever is at this machine. */
  name?: string;
  role: Role;
  via: 'open' | 'session' | 'token';
  /** What is counted, and what forms are bound to: stays the same from one request to the next, and is no secret of theirs. */
  key: string;
}

export interface Visitor {
  /** Undefined: nobody, on a page that anyone may see. */
  who: Who | undefined;
  /** The hidden field of every form. */
  formToken: string;
  /** What the field for a name shows at first, where no account says who it is. */
  nameToType?: string;
}

declare module 'hono' {
  interface ContextVariableMap {
    /** Set by `access` where the route wants a role. */
    who: Who;
  }
}

const storage = new AsyncLocalStorage<Visitor>();

export const asVisitor = <T>(visitor: Visitor, work: () => T): T => storage.run(visitor, work);

/** Undefined outside of a request for a page. */
export const visitor = (): Visitor | undefined => storage.getStore();

/** The field that every form has; without it a form is refused. */
export const FORM_FIELD = 'formToken';
export const formToken = (): ReturnType<typeof html> =>
  html`<input type="hidden" name="${FORM_FIELD}" value="${visitor()?.formToken ?? ''}" />`;
