/** The case in sentences: what was posted by whom and when, what became of it, who has it still, what stands in it, who said what. */
import { REMOVED_BY, percent } from '../../model/index.js';
import type { NoticeDetail } from '../../store/index.js';
import { type Markup, html, listed, quoted, said } from './markup.js';
import { type Grounds, type View, counted, dated, onDay } from './view.js';
import { aid, documentWords, nameWords, namedIn, namedWords, titleWords } from './words.js';

/** Most goods, names and candidates that one sentence tells; the section of the notice has all. */
const MOST = 8;

export function summary(view: View): Markup {
  const { report } = view.data;
  const people = [...claims(view), ...conflicts(view), ...outreach(view)];
  return html`<section aria-labelledby="summary"><h2 id="summary">Summary</h2>
${lead(view)}${report.noticeList.map(
    (notice) => html`<h3>“${said(notice.title ?? notice.id, notice.language)}”</h3>
${ofNotice(notice, view)}`,
  )}
${people.length === 0 ? '' : html`<h3>What was said about it</h3>${people}`}</section>\n`;
}

function lead(view: View): Markup | string {
  const { noticeList } = view.data.report;
  if (noticeList.length === 0) return '';
  const removed = noticeList.filter(({ presence }) => presence === 'removed');
  const standing = noticeList.filter(({ presence }) => presence === 'standing').length;
  const others = noticeList.length - removed.length - standing;
  const parts = [
    removed.length === 0 ? 'none was removed' : `${removed.length} ${removed.length === 1 ? 'was' : 'were'} removed`,
    `${standing} stood when last seen`,
    ...(others === 0 ? [] : [`of ${others} it is not known`]),
  ];
  const grounds = (removed.length > 0 ? removed : noticeList).map(({ id }): Grounds => ({ notice: id }));
  return view.says('seen', html`Of ${counted(noticeList.length, 'notice')} in this case ${listed(parts)}.`, ...grounds);
}

const firstLive = (notice: NoticeDetail): Grounds => ({
  exhibit: (notice.exhibitList.find((each) => each.class === 'live') ?? notice.exhibitList[0])?.id,
  notice: notice.id,
});

function ofNotice(notice: NoticeDetail, view: View): Markup {
  return html`${posted(notice, view)}${kept(notice, view)}${fate(notice, view)}${edits(notice, view)}${copies(notice, view)}${goods(notice, view)}${candidates(notice, view)}${rules(notice, view)}`;
}

function posted(notice: NoticeDetail, view: View): Markup {
  const { account, published, language } = notice;
  const who = account?.name
    ? html`The account ${nameWords(account.name, language)}`
    : html`A page that names no account`;
  const when =
    published === null ? html`; the page gives no date` : html` ${onDay(published)}, as the page dates itself`;
  return view.says('stated', html`${who} published it${when}: ${titleWords(notice)}.`, firstLive(notice));
}

function kept(notice: NoticeDetail, view: View): Markup {
  const looks = notice.exhibitList.filter((each) => each.class !== 'imported');
  const [first] = looks;
  if (!first)
    return view.says(
      'people',
      html`It was not fetched by this program: the bytes were handed in as a file.`,
      firstLive(notice),
    );
  const kind = documentWords(notice.documentKind);
  const read = kind === undefined ? '' : view.says('made', html`Its words read like ${kind}.`, firstLive(notice));
  const times = looks.length === 1 ? 'once' : `${looks.length} times, first`;
  return html`${view.says('seen', html`The page was kept, byte for byte, ${times} on ${dated(first.at)}.`, { exhibit: first.id, notice: notice.id })}${read}`;
}

function fate(notice: NoticeDetail, view: View): Markup {
  const { presence, removal, observations, lastSeen } = notice;
  const check = (at: string | null): Grounds => {
    const seen = observations.find((each) => each.at === at);
    return { exhibit: seen?.exhibit, record: seen?.id, logIndex: seen?.logIndex, notice: notice.id };
  };
  if (presence === 'removed' && removal) {
    const words =
      removal.words === ''
        ? html`the page simply was not there`
        : html`in its place the page says ${quoted(removal.words)}${aid(removal.words)}`;
    const seen = removal.lastSeen === null ? '' : html`It was last seen standing on ${dated(removal.lastSeen)}, `;
    return html`${view.says('seen', html`It was removed ${REMOVED_BY[removal.actor]}: ${words}.`, check(removal.confirmed), check(removal.firstMissing))}${view.says('seen', html`${seen}${seen === '' ? 'It was ' : ''}first missing on ${dated(removal.firstMissing)}, and confirmed as removed on ${dated(removal.confirmed)}.`, check(removal.lastSeen), check(removal.firstMissing), check(removal.confirmed))}`;
  }
  const last = observations.at(-1);
  const grounds = check(last?.at ?? null);
  if (presence === 'standing')
    return view.says(
      'seen',
      html`It stood when it was last seen, on ${dated(lastSeen)}.`,
      check(lastSeen),
      firstLive(notice),
    );
  const state =
    presence === 'unreachable'
      ? 'It could not be reached when last looked for, which says nothing about the notice'
      : presence === 'suspected'
        ? 'It may have been removed; a second look must agree before that is said'
        : 'It has moved to another address';
  return view.says('seen', html`${state} (last look on ${dated(last?.at)}).`, grounds);
}

function edits(notice: NoticeDetail, view: View): Markup | string {
  if (notice.changes.length === 0) return '';
  const exhibits = notice.revisionList.map(({ exhibit }): Grounds => ({ exhibit, notice: notice.id }));
  const kinds = [...new Set(notice.changes.map(({ kind }) => kind))];
  return view.says(
    'seen',
    html`It was edited: ${notice.revisions} revisions were kept, which differ in ${listed(kinds)}.`,
    ...exhibits,
  );
}

function copies(notice: NoticeDetail, view: View): Markup {
  return html`${notice.copies.map((copy) => {
    const other = view.notice(copy.notice);
    const where = other ? titleWords(other) : html`another notice that is not part of this case (${copy.notice})`;
    const by = other?.account?.name ? html` of ${nameWords(other.account.name, other.language)}` : '';
    const state =
      other?.presence === 'standing'
        ? html`, which stood when last seen on ${dated(other.lastSeen)}`
        : html`, which is ${copy.presence}`;
    return view.says(
      'made',
      html`${percent(copy.sharedOfThis)} of its text also stands in ${where}${by}${state}.`,
      firstLive(notice),
      other ? firstLive(other) : {},
    );
  })}`;
}

function goods(notice: NoticeDetail, view: View): Markup {
  const named = namedIn(notice, view);
  const sentence = (kind: string, before: string): Markup | string => {
    const of = named.filter((each) => each.kind === kind);
    if (of.length === 0) return '';
    const words = of.slice(0, MOST).map((each) => namedWords(each, notice.language));
    const more = of.length > MOST ? html`, and ${of.length - MOST} more` : '';
    return view.says('made', html`${before} ${listed(words)}${more}.`, firstLive(notice));
  };
  return html`${sentence('goods', 'Goods that its text names:')}${sentence('tradeName', 'Trade names in it:')}`;
}

function candidates(notice: NoticeDetail, view: View): Markup {
  const told = notice.matches.slice(0, MOST).map((each) => {
    const because = each.via === undefined ? '' : html` (${each.via})`;
    const version = view.listVersion(each.listVersion)?.record;
    const of = version?.type === 'listVersion' ? `, in the version of ${dated(version.publishedAt)}` : '';
    return view.says(
      'made',
      html`The name ${said(each.query)}${because} agrees with ${said(each.matchedName)} in entry ${each.entry} of ${view.listName(each.list)}, ${said(each.name)}, in force from ${dated(each.from)}${of}: a candidate, not an identification.`,
      { listVersion: each.listVersion },
      firstLive(notice),
    );
  });
  const more = notice.matches.length - MOST;
  return html`${told}${more > 0 ? view.says('made', html`${more} more candidates stand in the section of the notice.`, { notice: notice.id }) : ''}`;
}

function rules(notice: NoticeDetail, view: View): Markup | string {
  const inForce = notice.rules.filter((each) => each.inForce);
  if (inForce.length === 0) return '';
  const on = notice.revisionList.at(-1)?.recognition.on;
  const open = inForce.filter(({ missing }) => missing.length > 0).length;
  return view.says(
    'made',
    html`On ${dated(on)} ${counted(inForce.length, 'entry', 'entries')} of control lists could concern such goods; for ${open} of them the text does not give what the entry asks for.`,
    firstLive(notice),
  );
}

function claims(view: View): Markup[] {
  return view.data.report.claims.map((each) => {
    const body = each.speaksFor === undefined ? '' : html`, for ${said(each.speaksFor)},`;
    const through = each.outlet === undefined ? '' : html`, as told by ${said(each.outlet)}`;
    const when = each.said === undefined ? '' : html` (${dated(each.said)})`;
    return view.says(
      'stated',
      html`${said(capital(each.speaker))}${body} said${through}${when}: ${quoted(each.words)}`,
      {
        ...each,
        record: each.id,
      },
    );
  });
}

function conflicts(view: View): Markup[] {
  const { contradictions, claims: all } = view.data.report;
  return contradictions.map((each) =>
    view.says(
      'made',
      html`${each.title}: the two stand <a href="#contradictions">side by side</a> below; which is true is not said here.`,
      ...each.between.map((id) => groundsOf(id, all)),
    ),
  );
}

export function groundsOf(id: string, claims: View['data']['report']['claims']): Grounds {
  const claim = claims.find((each) => each.id === id);
  return claim ? { record: id, exhibit: claim.exhibit, logIndex: claim.logIndex } : { notice: id, exhibit: id };
}

function outreach(view: View): Markup[] {
  const asked = view.data.report.statements.filter(({ kind }) => kind === 'outreach');
  return asked.map((each) => {
    const answer = each.answer === undefined ? html`No answer is on record.` : html`The answer: ${quoted(each.answer)}`;
    return view.says(
      'people',
      html`${said(capital(each.asked ?? 'somebody'))} was asked${each.askedBy === undefined ? '' : html` by ${said(each.askedBy)}`}: ${quoted(each.words)} ${answer}`,
      { ...each, record: each.id },
    );
  });
}

const capital = (text: string): string => {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
};
