/** Notices of the European Union in eForms XML (facts/watching §6.3): each version is a document of its own and never changes. */
import type { Reading } from '../model/index.js';
import { baseReading, damaged, fieldsOf } from './data-reading.js';
import { parseDate } from './dates.js';
import { linesOfEforms } from './eforms-lines.js';
import type { ReadInput } from './input.js';
import { languageOf } from './language.js';
import { normaliseText } from './text.js';
import { type XmlElement, descendants, elementsAt, parseXml, xmlText } from './xml-tree.js';

const READER = 'eforms/1';

/** By its root: the five kinds of notice share a vocabulary. */
export function looksLikeEforms(head: string): boolean {
  return /<(?:[\w-]+:)?(?:ContractNotice|ContractAwardNotice|PriorInformationNotice|BusinessRegistrationInformationNotice)[\s>]/.test(
    head,
  );
}

export function readEforms(input: ReadInput): Reading {
  const { text: xml, reading } = baseReading(input, READER);
  const { root, problem } = parseXml(xml.replace(/^\ufeff/, ''));
  if (!root || problem !== undefined)
    return damaged(reading, 'eforms-damaged', `the XML is not whole: ${problem ?? ''}`);
  const id = elementsAt(root, 'ID').find(({ attributes }) => attributes['schemeName'] === 'notice-id');
  const notice = id && normaliseText(id.text);
  const version = xmlText(root, 'VersionID') ?? '01';
  if (notice === undefined || notice === '')
    return damaged(reading, 'eforms-damaged', 'the notice has no id of its own');
  const change = changeOf(root);
  const issued = dateOf(xmlText(root, 'IssueDate'), xmlText(root, 'IssueTime'));
  const lines = linesOfEforms(root, change);
  const text = normaliseText(lines.join('\n'));
  const title = inLanguage(elementsAt(root, 'ProcurementProject', 'Name'), root);
  const buyers = buyersOf(root);
  const type = elementsAt(root, 'NoticeTypeCode')[0];
  return {
    ...reading,
    identity: identityOf(input, root, `${notice}-${version}`),
    language: languageOf(text),
    text,
    ...(title === undefined ? {} : { title }),
    ...(issued === undefined ? {} : { published: issued }),
    // A change notice is the buyer's own word that something was edited.
    ...(change?.edits && issued !== undefined ? { modified: issued } : {}),
    account: { ...reading.account, ...(buyers.length === 0 ? {} : { name: buyers.join('; ') }) },
    fields: fieldsOf({
      notice,
      version,
      procedure: xmlText(root, 'ContractFolderID'),
      type: type && normaliseText(type.text),
      form: type?.attributes['listName'],
      publication: publicationOf(root),
      status: change?.status,
      changes: change?.of,
      changeReason: change?.reason,
      changedSections: change?.sections.join(', '),
    }),
  };
}

export interface EformsChange {
  /** `<notice id>-<version>` of the notice that is changed. */
  of: string;
  reason: string;
  reasonWords: string | undefined;
  /** A status, never a removal: what the notice says of the one it changes. */
  status: string;
  edits: boolean;
  sections: string[];
  descriptions: string[];
}

/** Codes of change-corrig-justification: two cancel, all others are edits the buyer (or its sender) admits. */
function changeOf(root: XmlElement): EformsChange | undefined {
  const [changes] = descendants(root, 'Changes');
  const of = xmlText(changes, 'ChangedNoticeIdentifier');
  if (!changes || of === undefined) return undefined;
  const reason = xmlText(changes, 'ChangeReason', 'ReasonCode') ?? 'unknown';
  const status =
    reason === 'cancel'
      ? 'cancelled by notice'
      : reason === 'cancel-intent'
        ? 'cancellation announced by notice'
        : `edited by notice (${reason})`;
  return {
    of,
    reason,
    reasonWords: xmlText(changes, 'ChangeReason', 'ReasonDescription'),
    status,
    edits: reason !== 'cancel' && reason !== 'cancel-intent',
    sections: elementsAt(changes, 'Change', 'ChangedSection', 'ChangedSectionIdentifier').map(({ text }) =>
      normaliseText(text),
    ),
    descriptions: elementsAt(changes, 'Change', 'ChangeDescription').map(({ text }) => normaliseText(text)),
  };
}

/** Under the number TED published it by, from its address or its own words; an unpublished one under its own id and version. */
function identityOf(input: ReadInput, root: XmlElement, version: string): Reading['identity'] {
  const url = new URL(input.requestedUrl);
  const inAddress = /(?:^|\/)0*(\d{1,9}-\d{4})(?:\/|$)/.exec(url.pathname)?.[1];
  const number = url.hostname === 'ted.europa.eu' ? inAddress : publicationOf(root);
  return { key: number === undefined ? `eforms:${version}` : `ted:${number}` };
}

function publicationOf(root: XmlElement): string | undefined {
  const [publication] = descendants(root, 'NoticePublicationID');
  return publication && /^\s*0*(\d{1,9}-\d{4})\s*$/.exec(publication.text)?.[1];
}

/** Buyers are named by reference: the contracting parties' ids stand in the list of organisations. */
function buyersOf(root: XmlElement): string[] {
  const ids = elementsAt(root, 'ContractingParty', 'Party', 'PartyIdentification', 'ID').map(({ text }) => text.trim());
  const companies = descendants(root, 'Company');
  return ids.flatMap((id) => {
    const company = companies.find((each) => xmlText(each, 'PartyIdentification', 'ID') === id);
    const name = company && inLanguage(elementsAt(company, 'PartyName', 'Name'), root);
    return name === undefined ? [] : [name];
  });
}

/** In the notice's own language where it stands in several. */
function inLanguage(names: readonly XmlElement[], root: XmlElement): string | undefined {
  const language = xmlText(root, 'NoticeLanguageCode');
  const own = names.find(({ attributes }) => attributes['languageID'] === language) ?? names[0];
  const text = own && normaliseText(own.text);
  return text === '' ? undefined : text;
}

/** `2020-04-17+01:00` and `12:34:56+01:00`: both carry the zone, which is the date's. */
export function dateOf(date: string | undefined, time: string | undefined): string | undefined {
  const [, day, zone] = /^(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?$/.exec(date ?? '') ?? [];
  if (day === undefined) return undefined;
  const [, clock, ownZone] = /^(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/.exec(time ?? '') ?? [];
  return parseDate(`${day}T${clock ?? '00:00'}${ownZone ?? zone ?? ''}`, '+00:00');
}
