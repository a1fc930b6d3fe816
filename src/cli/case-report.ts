import { type CaseReport, caseReport as load } from '../case/index.js';
import type { Parts } from '../watch/index.js';
import { printable } from './printable.js';
import { table } from './table.js';

export async function caseReport({ store, catalogue }: Parts, id: string): Promise<CaseReport> {
  return (await load({ database: store.database, catalogue }, id))!;
}

export function caseText(report: CaseReport): string {
  const parts = [
    `${report.id}  ${printable(report.title)}\nopened ${report.at} by ${printable(report.by)}; notices: ${report.notices.join(', ') || 'none'}`,
    timelineText(report),
  ];
  if (report.claims.length > 0) {
    const rows = report.claims.map((each) => [
      each.id,
      each.said,
      each.speaker,
      each.speaksFor,
      each.outlet,
      each.words,
      each.exhibit,
    ]);
    parts.push(`Claims\n${table(['claim', 'said', 'speaker', 'for', 'through', 'words', 'exhibit'], rows)}`);
  }
  if (report.contradictions.length > 0) {
    const rows = report.contradictions.map((each) => [each.rule, each.title, each.between.join(' / '), each.detail]);
    parts.push(
      `What does not sit together (which is true is not said here)\n${table(['rule', 'what', 'between', 'words'], rows)}`,
    );
  }
  if (report.statements.length > 0) {
    const rows = report.statements.map((each) => [each.id, each.kind, each.asked, each.words, each.answer, each.by]);
    parts.push(`Notes, decisions, outreach\n${table(['record', 'kind', 'asked', 'words', 'answer', 'by'], rows)}`);
  }
  return parts.join('\n\n');
}

export function timelineText({ timeline }: CaseReport): string {
  if (timeline.length === 0) return 'Timeline: nothing yet.';
  const rows = timeline.map(({ at, what, basis, exhibit, record, logIndex }) => [
    at,
    basis,
    what,
    [exhibit, record, logIndex === undefined ? undefined : `log ${logIndex}`].filter(Boolean).join(' '),
  ]);
  return `Timeline\n${table(['when', 'basis', 'what', 'record'], rows)}`;
}
