/** Lines of a case's timeline in the language of the page; what is quoted in them stays what it is. */
import type { CaseReport } from '../../case/index.js';
import type { RemovalActor } from '../../model/index.js';
import type { NoticeDetail } from '../../store/index.js';
import { type MessageKey, h, t } from '../messages/index.js';
import type { Html } from './layout.js';
import { changeWord } from './notice-words.js';
import { asIs, said } from './said.js';

type Line = CaseReport['timeline'][number];

/** From the records the line names; the core's own sentence where it names none of them. */
export function timelineWords(line: Line, report: CaseReport): Html {
  return ofNotice(line, report) ?? ofListing(line, report) ?? ofPeople(line, report) ?? said(line.what);
}

const quoted = (words: string): Html => h('cases.quoted', { words: said(words) });

function ofNotice(line: Line, { noticeList }: CaseReport): Html | undefined {
  const found = noticeList.find(({ id }) => id === line.notice);
  if (!found) return undefined;
  const notice = nameOf(found);
  switch (line.kind) {
    case 'posted':
      return h('cases.posted', { notice });
    case 'captured':
      return h('cases.captured', { notice });
    case 'last-seen':
      return h('cases.lastSeen', { notice });
    case 'first-missing': {
      const words = found.removal?.words ?? '';
      return h('cases.firstMissing', { notice, words: words === '' ? t('cases.noWords') : quoted(words) });
    }
    case 'removed':
      return h('cases.removed', { notice, actor: t(ACTORS[found.removal?.actor ?? 'unknown']) });
    case 'changed':
      return changed(line, found, notice);
    default:
      return undefined;
  }
}

function nameOf({ id, title, account }: NoticeDetail): Html {
  const name = { title: said(title ?? id) };
  return account?.name ? h('cases.noticeOf', { ...name, account: said(account.name) }) : h('cases.notice', name);
}

function changed({ at, what }: Line, { changes }: NoticeDetail, notice: Html): Html | undefined {
  const change = changes.find((each) => each.at === at && what.endsWith(`: ${each.kind} changed`));
  return change && h('cases.changed', { notice, what: changeWord(change.kind) });
}

function ofListing({ kind, at, what }: Line, { noticeList }: CaseReport): Html | undefined {
  if (kind !== 'listed') return undefined;
  const matches = noticeList.flatMap((each) => each.matches).filter(({ from }) => from === at);
  const match = matches.find(({ name, list, entry }) => what === `${name} on ${list} (entry ${entry})`);
  return match && h('cases.listed', { name: said(match.name), list: asIs(match.list), entry: asIs(match.entry) });
}

function ofPeople({ kind, record }: Line, { claims, statements }: CaseReport): Html | undefined {
  const claim = claims.find(({ id }) => id === record);
  if (claim) {
    const values = { speaker: said(claim.speaker), words: quoted(claim.words) };
    return claim.outlet === undefined
      ? h('cases.claim', values)
      : h('cases.claimThrough', { ...values, outlet: said(claim.outlet) });
  }
  const made = statements.find(({ id }) => id === record);
  if (!made || made.kind !== kind) return undefined;
  const values = { words: said(made.words), name: asIs(made.by) };
  return made.kind === 'outreach'
    ? h('cases.askedOf', { ...values, asked: said(made.asked ?? '–') })
    : h(STATED[made.kind], values);
}

const STATED = {
  note: 'cases.noted',
  decision: 'cases.decided',
  added: 'cases.addedWhy',
} as const satisfies Record<string, MessageKey>;

const ACTORS = {
  publisher: 'cases.actorPublisher',
  platform: 'cases.actorPlatform',
  complaint: 'cases.actorComplaint',
  account: 'cases.actorAccount',
  unknown: 'cases.actorUnknown',
} as const satisfies Record<RemovalActor, MessageKey>;
