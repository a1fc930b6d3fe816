/** What a reader finds first: what is in the bundle, how to check it, and what made it. Plain text. */
import { visible } from '../model/index.js';
import type { DossierFormat } from './formats.js';
import type { DossierData } from './report/index.js';

export function readme(data: DossierData, formats: readonly DossierFormat[]): string {
  const { report, created, software, log, withoutWacz, redactions, wacz } = data;
  const only = (format: DossierFormat, words: string): string => (formats.includes(format) ? words : '');
  return `As Posted dossier: ${visible(report.title)}
Case ${report.id}. Made ${created} by ${visible(software)}.

Read it:    open index.html in a browser, or dossier.pdf where it is there. Nothing is loaded from elsewhere, no script runs.
Check it:   npx asposted verify FILE.zip      (offline, needs nothing else)
or:         open verify.html in a browser and drop the whole ZIP on it; take that page from somebody you trust

What it shows: the holder of the key in log/key recorded these bytes not later than the log's checkpoint, and no byte
changed since. What it does not show: that the site sent the same to everybody, that what the pages say is true, who
wrote them, or that a name on a list is the same as one in a notice. Compare log/key with the key the publisher states elsewhere (log ${visible(log.origin)}).

index.html  the report; every statement links to the exhibit or record it rests on
${only('json', 'case.json   the same as data\n')}${only('csv', TABLES)}${only('ftm', FTM)}${only('stix', 'stix/       the same as a STIX 2.1 bundle\n')}exhibits/   captures as WARC files, byte for byte as received; open them with any WARC viewer, not in a browser directly
${wacz.size === 0 ? '' : 'wacz/       the same exhibits one by one as WACZ, for players such as ReplayWeb.page\n'}records/    what was recorded about them, one canonical JSON document each, named by its SHA-256
${redactions.length === 0 ? '' : '            (.redacted: without the records that manifest.json names under "redactions", with who left them out and why)\n'}log/        the signed checkpoint, the log's public key, one inclusion proof a record (C2SP tlog-proof), time stamps (RFC 3161, OpenTimestamps) if any
manifest.*  hash of every file here, and the log's signature over it
${withoutWacz === undefined ? '' : `\n${withoutWacz}\n`}`;
}

const TABLES = `tables/     timeline, notices, mentions, copies, matches, rules, claims, exhibits as CSV (UTF-8; cells that a spreadsheet would run
            begin with an apostrophe)
`;
const FTM = `ftm/        entities and links for FollowTheMoney tools (Aleph, OpenSanctions, yente), one JSON object a line
`;
