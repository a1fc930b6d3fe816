/** The check before publication: what must not leave the house is found, named and refused. */
import { AsPostedError, visible } from '../../model/index.js';
import type { Finding } from './finding.js';

export type { Finding, FindingKind } from './finding.js';
export { type PublishRules, scanForPublication } from './scan.js';

/** How many a message names; the rest are counted. */
const NAMED = 10;

/** `nameOf` gives the exhibit whose WARC a file of the bundle is. */
export function findingText(
  { what, member, record, part, offset, masked }: Finding,
  nameOf: (member: string) => string | undefined,
): string {
  const place = record ? `${nameOf(member) ?? member}:${record.number} (${record.type})` : member;
  // Names of header fields and cookies are a site's: what is printed must not steer a terminal.
  return visible(`${place}, ${part} at ${offset}: ${what}, ${masked}`);
}

/** Throws BAD_INPUT when anything found forbids publication; gives back what is only to be told. */
export function refuseLeaks(findings: readonly Finding[], nameOf: (member: string) => string | undefined): string[] {
  const refused = findings.filter(({ weight }) => weight === 'refuse').map((each) => findingText(each, nameOf));
  if (refused.length > 0) {
    const more = refused.length > NAMED ? `; and ${refused.length - NAMED} more` : '';
    const named = refused.slice(0, NAMED).map((line) => `\n  - ${line}`);
    throw new AsPostedError({
      code: 'BAD_INPUT',
      message: `the bundle would tell who made it, or from where (${refused.length} findings), and was not written:${named.join('')}${more}`,
      hint: findings.some(({ record, weight }) => record && weight === 'refuse')
        ? 'Leave the records out with --redact-findings --reason WORDS --by NAME; or capture the page anonymously, from an address without session parameters, and use that exhibit.'
        : 'Capture the page anonymously, from an address without session parameters, and use that exhibit; words of people stand in the log and can only be left out with their case.',
    });
  }
  return findings.map((each) => findingText(each, nameOf));
}
