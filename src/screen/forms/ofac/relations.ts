/** OFAC's relations, from the one who has them to the other: what the other is to him (facts/screening §4.1). */
import type { ListLink } from '../../../model/index.js';

type Role = ListLink['role'];

const ROLES: readonly [RegExp, Role][] = [
  [/^Owned or Controlled By/i, 'owner'],
  [/^Property in the interest of/i, 'owner'],
  [/^Owns, controls, or operates/i, 'owned'],
  [/^(?:Leader or official of|Principal Executive Officer)/i, 'directed'],
  [/^Family member of/i, 'family'],
];

export function linkRole(says: string): Role {
  return ROLES.find(([pattern]) => pattern.test(says))?.[1] ?? 'linked';
}

const BACK: Readonly<Record<Role, Role>> = {
  owner: 'owned',
  owned: 'owner',
  parent: 'subsidiary',
  subsidiary: 'parent',
  director: 'directed',
  directed: 'director',
  family: 'family',
  linked: 'linked',
};

/** The same relation seen from the other side. */
export function backRole(role: Role): Role {
  return BACK[role];
}
