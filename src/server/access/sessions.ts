/**
 * Who is signed in: in memory, under the hash of what the browser holds, so that nothing that is written or printed opens one. A
 * session knows the `epoch` of its person: with a new password, or without the person, it is over.
 */
import { type People, type Person, hashOf, newSecret, personNamed } from '../../people/index.js';

export interface Session {
  /** SHA-256 of the cookie. */
  hash: string;
  name: string;
  epoch: string;
  /** Milliseconds since 1970. */
  began: number;
  seen: number;
}

export interface Sessions {
  /** What the browser is to hold. */
  begin(person: Person): string;
  find(cookie: string, people: People): { session: Session; person: Person } | undefined;
  end(cookie: string): void;
}

/** Of one person; the oldest ends. */
const MOST_EACH = 20;

export function createSessions({ idleMs, mostMs }: { idleMs: number; mostMs: number }, now: () => number): Sessions {
  const kept = new Map<string, Session>();
  const isOver = ({ began, seen }: Session): boolean => now() - began >= mostMs || now() - seen >= idleMs;
  const makeRoom = (name: string): void => {
    for (const session of kept.values()) if (isOver(session)) kept.delete(session.hash);
    const theirs = [...kept.values()].filter((each) => each.name === name);
    for (const { hash } of theirs.slice(0, Math.max(0, theirs.length + 1 - MOST_EACH))) kept.delete(hash);
  };
  return {
    begin: ({ name, epoch }) => {
      makeRoom(name);
      const cookie = newSecret();
      const hash = hashOf(cookie);
      kept.set(hash, { hash, name, epoch, began: now(), seen: now() });
      return cookie;
    },
    find: (cookie, people) => {
      const session = kept.get(hashOf(cookie));
      if (!session) return undefined;
      const person = personNamed(people, session.name);
      if (person?.epoch !== session.epoch || isOver(session)) {
        kept.delete(session.hash);
        return undefined;
      }
      session.seen = now();
      return { session, person };
    },
    end: (cookie) => {
      kept.delete(hashOf(cookie));
    },
  };
}
