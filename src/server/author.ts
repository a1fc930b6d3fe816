/** Whose name stands under what is put on record. */
import { userInfo } from 'node:os';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { AsPostedError } from '../model/index.js';

const NAME_COOKIE = 'asposted-name';

/** With accounts the account's, and no other; without, the one that was typed, else the user's of this process, as the commands do. */
export function authorOf(context: Context, typed?: string): string {
  const { name } = context.get('who');
  if (name === undefined) return typed === undefined || typed === '' ? userInfo().username : typed;
  if (typed === undefined || typed === name) return name;
  throw new AsPostedError({
    code: 'USAGE',
    message: 'with accounts the name is that of the account',
    hint: 'Leave `by` away.',
  });
}

/** What the field for the name shows at first; undefined where the account says it. */
export function rememberedName(context: Context): string | undefined {
  if (context.get('who').name !== undefined) return undefined;
  const kept = getCookie(context, NAME_COOKIE)?.trim();
  return kept === undefined || kept === '' ? userInfo().username : kept.slice(0, 80);
}

export function rememberName(context: Context, typed: string): void {
  if (context.get('who').name === undefined && typed !== '')
    setCookie(context, NAME_COOKIE, typed.slice(0, 80), {
      ...{ httpOnly: true, sameSite: 'Strict', path: '/', maxAge: 31_536_000 },
    });
}
