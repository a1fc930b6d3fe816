import { common } from './common.js';
import { dossier } from './dossier.js';
import { inbox } from './inbox.js';
import { notice } from './notice.js';
import { copies } from './copies.js';
import { evidence } from './evidence.js';
import { cases } from './cases.js';
import { sources } from './sources.js';
import { search } from './search.js';
import { removals } from './removals.js';
import { profiles } from './profiles.js';
import { people } from './people.js';
import { access } from './access.js';

export const english = {
  common,
  dossier,
  inbox,
  notice,
  copies,
  evidence,
  cases,
  sources,
  search,
  removals,
  profiles,
  people,
  access,
};
