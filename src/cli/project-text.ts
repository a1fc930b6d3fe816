import type { ProjectRow } from '../watch/index.js';
import { table } from './table.js';

/** Keys and notices that a line names; `--json` has all of them. */
const SHOWN = 6;

const shortened = (words: readonly string[]): string =>
  words.length > SHOWN ? `${words.slice(0, SHOWN).join(' · ')} · … ${words.length - SHOWN} more` : words.join(' · ');

/** Each notice with its stage, in time. */
export const stagesOf = ({ notices }: ProjectRow): string =>
  shortened(notices.map(({ notice, stage }) => (stage === 'unknown' ? notice : `${stage} ${notice}`)));

export const joinedBy = ({ why }: ProjectRow): string =>
  shortened(why.map(({ by, value }) => `${by.replaceAll('-', ' ')}: ${value}`));

/** The others of its project; said as such, as they are no copies. */
export function projectText(project: ProjectRow, own: string): string {
  const rows = project.notices.map((each) => [
    each.notice === own ? 'this notice' : each.notice,
    each.stage,
    each.published ?? 'unknown',
    each.presence,
    each.account?.name ?? each.account?.id,
    each.title,
  ]);
  const head = `Same project (joined by ${joinedBy(project)}${project.isCut ? '; there may be more' : ''})`;
  return `${head}\n${table(['notice', 'stage', 'published', 'it is', 'account', 'title'], rows)}`;
}
