export { ROLES, includesRole, isRole, type Role } from './roles.js';
export {
  openAccounts,
  ownerOfToken,
  personNamed,
  readPeople,
  type Accounts,
  type People,
  type Person,
  type Token,
} from './accounts.js';
export { passwordIs } from './passwords.js';
export { TOKEN_PREFIX, hashOf, newSecret } from './secrets.js';
export { readTrail, type TrailLine } from './trail.js';
export {
  addPerson,
  addToken,
  beginSetUp,
  finishSetUp,
  removePerson,
  revokeToken,
  setPassword,
  setRole,
  type ChangeContext,
  type NewToken,
} from './changes.js';
