/** Names of files inside a package (facts/evidence §7, §9 step 2): what could leave the package or be read in two ways is refused. */
import { fromUtf8, latin1 } from './hash.js';

const UTF8_FLAG = 0x0800;

/** Undefined when the path is safe; a final `/` makes a directory. */
export function pathProblem(path: string): string | undefined {
  const whole = path.endsWith('/') ? path.slice(0, -1) : path;
  if (whole === '') return 'the name is empty';
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(path)) return 'the name holds control characters';
  if (path.includes('\\')) return 'the name holds a backslash';
  if (/^[A-Za-z]:/.test(path)) return 'the name begins with a drive letter';
  if (whole.split('/').some((part) => part === '' || part === '.' || part === '..'))
    return 'the name is absolute or leaves the package';
  return undefined;
}

/** The name as text, always something to show, and why it is refused. */
export function nameProblem(name: Uint8Array, flags: number): { path: string; problem?: string } {
  const path = fromUtf8(name);
  const shown = path ?? latin1(name);
  if (path === undefined) return { path: shown, problem: 'the name is not UTF-8' };
  // Without the flag a reader may take the bytes for code page 437: two names for one entry.
  if (!(flags & UTF8_FLAG) && /[^\0-\x7f]/.test(path))
    return { path: shown, problem: 'the name is not ASCII and not flagged as UTF-8' };
  const problem = pathProblem(path);
  return { path, ...(problem === undefined ? {} : { problem }) };
}
