/** One notice: its words beside their meaning, what became of it, and what the rules of the program find in it. */
import {
  type Change,
  type CopyRelation,
  type RuleFinding,
  beginningOf,
  brokenUp,
  laterRules,
  percent,
  whenOf,
} from '../../model/index.js';
import type { NoticeDetail } from '../../store/index.js';
import { type Markup, html, join, langOf, mixed, said, table } from './markup.js';
import { romanise } from '../../text/romanise.js';
import { type Grounds, type View, basisMark, timed } from './view.js';
import { aid, kindWords, nameWords, namedIn, titleWords } from './words.js';

/** Longer texts are shown up to here; the capture has the rest. */
const LONGEST_TEXT = 12_000;
const MOST_PASSAGES = 20;

export function noticeSection(notice: NoticeDetail, view: View): Markup {
  const { id, account, published, url, language } = notice;
  const all = notice.exhibitList.map((each) => each.id);
  return html`<section aria-labelledby="${id}"><h3 id="${id}">${titleWords(notice)}</h3>
<dl><dt>Notice</dt><dd>${id}</dd><dt>Account</dt><dd>${account?.name ? nameWords(account.name, language) : 'not stated'}</dd>
<dt>Posted</dt><dd>${published === null ? 'not stated' : `${timed(published)}, as the page says`}</dd><dt>Address</dt><dd><code>${brokenUp(url)}</code></dd>
<dt>Exhibits</dt><dd>${view.refs(...all.map((exhibit) => ({ exhibit })))}</dd></dl>
${reasons(notice, view)}${revisions(notice, view)}${words(notice, view)}${copies(notice, view)}${candidates(notice, view)}${rules(notice, view)}${flags(notice, view)}${checks(notice, view)}</section>\n`;
}

const firstLive = ({ id, exhibitList }: NoticeDetail): Grounds => ({
  exhibit: (exhibitList.find((each) => each.class === 'live') ?? exhibitList[0])?.id,
  notice: id,
});

function reasons(notice: NoticeDetail, view: View): Markup | string {
  if (notice.why.length === 0) return '';
  const items = notice.why.map(({ text, observations }) => {
    const grounds = observations.map((id): Grounds => {
      const seen = notice.observations.find((each) => each.id === id);
      return { record: id, logIndex: seen?.logIndex, exhibit: seen?.exhibit };
    });
    return view.item('made', html`${text}`, ...grounds, firstLive(notice));
  });
  return html`<h4>Why it counts as ${notice.presence}</h4><ul>${items}</ul>`;
}

function revisions(notice: NoticeDetail, view: View): Markup {
  return html`${notice.revisionList.map(({ revision, exhibit, at }) => {
    const text = view.exhibit(exhibit)?.reading.text ?? '';
    const shown = text.slice(0, LONGEST_TEXT).toWellFormed();
    const cut =
      text.length > LONGEST_TEXT
        ? html`<p class="meta">The first ${LONGEST_TEXT} of ${text.length} characters; the capture has all.</p>`
        : '';
    const changes = notice.changes.filter((each) => each.revision === revision);
    return html`<h4>The text${notice.revisionList.length > 1 ? `, revision ${revision}` : ''}</h4>
<p class="says seen">As captured on ${timed(at)}, without its layout. ${basisMark('seen')} ${view.refs({ exhibit, notice: notice.id })}</p>
${changes.length === 0 ? '' : html`<ul>${changes.map((each) => view.item('seen', html`Changed against the revision before: ${each.kind}: ${editText(each)}`, { exhibit, notice: notice.id }))}</ul>`}
<blockquote class="reading" lang="${langOf(text, notice.language)}" cite="#${exhibit}">${shown}</blockquote>${cut}`;
  })}`;
}

/** Never by colour alone: signs, and words for those who listen. */
function editText({ edits, before, after }: Change): Markup {
  if (edits.length === 0) return html`“${said(before)}” became “${said(after)}”`;
  return html`${edits.map(({ op, text }) => (op === 'keep' ? said(text) : op === 'add' ? html`<ins>[added: ${said(text)}]</ins>` : html`<del>[removed: ${said(text)}]</del>`))}`;
}

function words(notice: NoticeDetail, view: View): Markup {
  const rows = namedIn(notice, view).map((each) => ({
    basis: 'made',
    cells: [
      kindWords(each.kind),
      join(
        each.texts.slice(0, 12).map((text) => said(text, notice.language)),
        ' · ',
      ),
      join(
        each.texts.slice(0, 12).map((text) => romanised(text, notice.language, each.kind === 'person')),
        ' · ',
      ),
      each.gloss ?? '–',
      each.why === '' ? '–' : each.why,
      view.refs(
        ...each.revisions.map((revision): Grounds => ({
          exhibit: notice.revisionList.find((of) => of.revision === revision)?.exhibit,
        })),
        firstLive(notice),
      ),
    ],
  }));
  return table({
    caption: 'Words of the notice beside their meaning (aids: computed, not part of the evidence)',
    header: ['kind', 'original', 'read as', 'in English', 'because', 'exhibit'],
    rows,
  });
}

function romanised(text: string, language: string, isPerson: boolean): Markup {
  const read = romanise(text, language, isPerson);
  return read ? html`<span lang="${read.lang}">${read.text}</span>` : html`–`;
}

function copies(notice: NoticeDetail, view: View): Markup | string {
  if (notice.copies.length === 0) return '';
  return html`<h4>Who else has it</h4>${notice.copies.map((copy) => {
    const other = view.notice(copy.notice);
    const passages = notice.passages.find((each) => each.other === copy.notice);
    const name = other
      ? html`${titleWords(other)} (${other.account?.name ? nameWords(other.account.name, other.language) : copy.notice}, posted ${timed(other.published)})`
      : html`${copy.notice}, which is not part of this case`;
    return html`${view.says('made', html`${name}: ${copy.relation.replaceAll('-', ' ')}; ${percent(copy.sharedOfThis)} of this notice stands in it, ${percent(copy.sharedOfOther)} of it stands here. It is ${copy.presence}.`, firstLive(notice), other ? firstLive(other) : {})}${other && passages ? sideBySide(passages, { notice, other, view }) : ''}`;
  })}`;
}

/** Passages point into the newest live reading of each side. */
function sideBySide(
  { passages }: CopyRelation,
  { notice, other, view }: { notice: NoticeDetail; other: NoticeDetail; view: View },
): Markup {
  const [mine, theirs] = [newest(notice, view), newest(other, view)];
  if (!mine || !theirs) return html``;
  const rows = passages.slice(0, MOST_PASSAGES).map((each) => ({
    basis: 'made',
    cells: [
      said(mine.text.slice(each.thisStart, each.thisEnd).toWellFormed(), notice.language),
      said(theirs.text.slice(each.otherStart, each.otherEnd).toWellFormed(), other.language),
      view.refs({ exhibit: mine.id }, { exhibit: theirs.id }),
    ],
  }));
  const more = passages.length > MOST_PASSAGES ? `, the first ${MOST_PASSAGES} of ${passages.length}` : '';
  return table({ caption: `Passages that stand in both${more}`, header: ['here', 'there', 'exhibits'], rows });
}

function newest({ exhibitList }: NoticeDetail, view: View): { id: string; text: string } | undefined {
  const live =
    exhibitList.findLast((each) => each.class === 'live') ?? exhibitList.findLast((each) => each.class === 'imported');
  const exhibit = live && view.exhibit(live.id);
  return exhibit && { id: exhibit.id, text: exhibit.reading.text };
}

function candidates(notice: NoticeDetail, view: View): Markup | string {
  const { matches } = notice;
  const on = matches[0]?.on;
  if (on === undefined) return '';
  const rows = matches.map((each) => ({
    basis: 'made',
    cells: [
      html`${said(each.query)}${each.via === undefined ? '' : html` <span class="meta">${each.via}</span>`}`,
      html`${view.listName(each.list)}, entry ${each.entry}: ${said(each.name)}`,
      html`${timed(each.from)}${each.to === null ? '' : html` to ${timed(each.to)}`}`,
      html`${said(each.matchedName)}: ${each.why.join('; ')} <span class="meta">(name ${each.nameEvidence}, more ${each.corroboration})</span>`,
      each.contradictions === undefined || each.contradictions.length === 0
        ? 'nothing that both sides say'
        : each.contradictions.join('; '),
      each.decision
        ? html`${each.decision.verdict}: ${each.decision.why} (${each.decision.by}, ${timed(each.decision.at)}${each.decision.stale ? '; the list has changed the entry since' : ''})`
        : 'none',
      view.refs(
        { listVersion: each.listVersion },
        decisionOf(each, view),
        { exhibit: notice.revisionList.find(({ revision }) => revision === each.mention.revision)?.exhibit },
        firstLive(notice),
      ),
    ],
  }));
  return html`<h4>Candidates on timed lists</h4><p class="meta">Asked as of ${timed(on)}. A candidate is not an identification; no match would be no clearance.</p>${table({ caption: 'Names of the notice against entries', header: ['asked', 'entry', 'in force from', 'how the name matched', 'what contradicts', 'decision', 'list, exhibit'], rows })}`;
}

function decisionOf({ list, entry, query, decision }: NoticeDetail['matches'][number], { data }: View): Grounds {
  if (!decision) return {};
  const found = data.records.findLast(
    ({ record }) =>
      record.type === 'decision' &&
      record.list === list &&
      record.entry === entry &&
      record.name === query &&
      record.at === decision.at,
  );
  return found ? { logIndex: found.index, record: `decision ${found.index}` } : {};
}

function rules(notice: NoticeDetail, view: View): Markup | string {
  const { rules: found } = notice;
  if (found.length === 0) return '';
  const row = (each: RuleFinding) => ({
    basis: 'made',
    cells: [
      html`${each.regime} ${each.entry}: ${each.title}`,
      html`${each.instrument}; ${whenOf(each)}, from ${beginningOf(each)}${each.to === null ? '' : html` to ${each.to}`}`,
      join(
        [...(each.codes ?? []), ...each.found].map(
          ({ text, says }) => html`“${said(text, notice.language)}”${says === undefined ? '' : `: ${says}`}`,
        ),
        '; ',
      ),
      each.missing.join(', ') || 'nothing',
      view.refs(firstLive(notice)),
    ],
  });
  const header = ['entry', 'instrument', 'the text gives', 'the text does not give', 'exhibit'];
  const later = found.filter(({ inForce }) => !inForce);
  const limits = notice.revisionList.at(-1)?.recognition.limits ?? [];
  return html`<h4>Rules that could concern the goods</h4>${table({ caption: 'Candidate entries in force on the day of the notice', header, rows: found.filter(({ inForce }) => inForce).map(row) })}${table({ caption: 'Entries of another day, shown apart', header, rows: later.map(row) })}${laterRules(found).map((each) => view.says('made', html`${each}`, firstLive(notice)))}
${limits.length === 0 ? '' : html`<p class="meta">${limits.join(' ')}</p>`}`;
}

function flags(notice: NoticeDetail, view: View): Markup | string {
  if (notice.flags.length === 0) return '';
  const rows = notice.flags.map(({ id, title, words: shown, detail, source }) => ({
    basis: 'made',
    cells: [
      html`${title} <span class="meta">${id}</span>`,
      join(
        [...new Set(shown.map(({ text }) => text))]
          .slice(0, 6)
          .map(
            (text) => html`“${said(text.slice(0, 120).toWellFormed(), notice.language)}”${aid(text, notice.language)}`,
          ),
        ' · ',
      ),
      mixed(detail ?? '–'),
      source,
      view.refs(firstLive(notice)),
    ],
  }));
  return html`<h4>What was noticed</h4>${table({ caption: 'Each with the words that show it; none is a verdict', header: ['what', 'words', 'detail', 'rule from', 'exhibit'], rows })}`;
}

function checks(notice: NoticeDetail, view: View): Markup {
  const rows = notice.observations.map((each) => ({
    basis: 'seen',
    cells: [
      timed(each.at),
      each.class,
      mixed(each.rule),
      view.refs({ exhibit: each.exhibit, record: each.id, logIndex: each.logIndex, notice: notice.id }),
    ],
  }));
  return table({ caption: 'Every look at the page', header: ['when', 'concluded', 'by', 'record'], rows });
}
