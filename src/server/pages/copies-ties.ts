/** What joins notices without words of one in the other: a project, files, perhaps a translation. */
import { html } from 'hono/html';
import { type SameFileRow, sameFileWords } from '../../watch/index.js';
import { type MessageKey, h, t } from '../messages/index.js';
import type { CopiesView } from './copies-view.js';
import { headers, languageWord, nameOf, stands } from './copies-words.js';
import { type Html, table } from './layout.js';
import { said } from './said.js';
import { readable } from './words.js';

type Project = NonNullable<CopiesView['notice']['project']>;
const STAGES = {
  call: 'copies.stageCall',
  change: 'copies.stageChange',
  award: 'copies.stageAward',
  contract: 'copies.stageContract',
  cancelled: 'copies.stageCancelled',
  unknown: 'copies.stageUnknown',
} as const satisfies Record<Project['notices'][number]['stage'], MessageKey>;
const JOINED = {
  number: 'copies.byNumber',
  'number-and-body': 'copies.byNumberAndBody',
  'number-and-name': 'copies.byNumberAndName',
  'name-and-body': 'copies.byNameAndBody',
} as const satisfies Record<Project['why'][number]['by'], MessageKey>;

export function project(view: CopiesView): Html | string {
  const { project: found } = view.notice;
  if (!found) return '';
  const rows = found.notices.map((each) => [
    nameOf(view, each.notice),
    t(STAGES[each.stage]),
    readable(each.published),
    said(each.title ?? '–'),
    stands(view, each.notice),
  ]);
  const keys = found.why.map(
    ({ by, value }, at) => html`${at > 0 ? '; ' : ''}${h(JOINED[by], { value: said(value) })}`,
  );
  return html`<section aria-labelledby="project">
    <h2 id="project">${t('copies.project')}</h2>
    <p>${h('copies.joined', { keys: html`${keys}` })} ${found.isCut ? t('copies.mayBeMore') : ''}</p>
    ${table({ caption: t('copies.projectNotices'), header: headers('postedBy', 'stage', 'datePage', 'titleHead', 'standsNow'), rows })}
  </section>`;
}

export function files(view: CopiesView): Html | string {
  const rows = view.notice.sameFiles.flatMap((row) => row.files.map((file) => fileCells(view, row, file)));
  if (rows.length === 0) return '';
  return html`<section aria-labelledby="files">
    <h2 id="files">${t('copies.files')}</h2>
    ${table({ caption: t('copies.filesCaption'), header: headers('notice', 'what', 'file', 'bytes', 'sources', 'standsNow'), rows })}
  </section>`;
}

const FILES = {
  'same-attachment': { same: 'copies.sameAttachment', nearly: 'copies.nearlyAttachment' },
  'same-image': { same: 'copies.sameImage', nearly: 'copies.nearlyImage' },
} as const satisfies Record<SameFileRow['relation'], unknown>;

function fileCells(view: CopiesView, row: SameFileRow, file: SameFileRow['files'][number]): (Html | string)[] {
  const { name, size } = sameFileWords(row, file);
  const isNearly = file.difference !== undefined;
  return [
    nameOf(view, row.other),
    t(FILES[row.relation][isNearly ? 'nearly' : 'same']),
    html`${said(name)}${size === '' ? '' : `, ${size}`}`,
    String(file.length),
    String(file.sources),
    stands(view, row.other),
  ];
}

export function translations(view: CopiesView): Html | string {
  const { translations: found } = view;
  if (found === undefined)
    return html`<p>
      ${h('copies.translationsNotLooked', { command: html`<code>asposted copies ${view.notice.id} --translations</code>` })}
    </p>`;
  if (found.length === 0) return '';
  const rows = found.map((each) => [
    nameOf(view, each.other),
    languageWord(each.otherLanguage),
    html`${each.anchors.map(({ ofThis, ofOther }, at) => html`${at > 0 ? ', ' : ''}${said(ofThis.text)}${ofThis.text === ofOther.text ? '' : html` = ${said(ofOther.text)}`}`)}`,
    stands(view, each.other),
  ]);
  return html`<section aria-labelledby="translations">
    <h2 id="translations">${t('copies.translations')}</h2>
    <p>${t('copies.translationsNote')}</p>
    ${table({ caption: t('copies.translationsCaption'), header: headers('postedBy', 'language', 'inBoth', 'standsNow'), rows })}
  </section>`;
}
