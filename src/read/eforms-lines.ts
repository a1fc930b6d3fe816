/** The words of an eForms notice, a fact a line. */
import type { EformsChange } from './eforms.js';
import { normaliseText } from './text.js';
import { withUntold } from './told.js';
import { type XmlElement, descendants, elementsAt, xmlText } from './xml-tree.js';

export function linesOfEforms(root: XmlElement, change: EformsChange | undefined): string[] {
  const lines = [
    ...(change ? changeLines(change) : []),
    ...projectLines(elementsAt(root, 'ProcurementProject')[0], ''),
    ...elementsAt(root, 'ProcurementProjectLot').flatMap(lotLines),
    ...descendants(root, 'LotResult').map(resultLine),
    ...descendants(root, 'Company').map(companyLine),
  ];
  return withUntold(lines, worded(root));
}

function changeLines({ of, status, reasonWords, sections, descriptions }: EformsChange): string[] {
  return [
    `Status: ${status}`,
    `This notice changes notice ${of}`,
    ...(reasonWords === undefined ? [] : [`Reason: ${reasonWords}`]),
    ...descriptions.map((text, at) => `Change${sections[at] === undefined ? '' : ` of ${sections[at]}`}: ${text}`),
  ];
}

function projectLines(project: XmlElement | undefined, label: string): string[] {
  if (!project) return [];
  const names = elementsAt(project, 'Name').map(({ text }) => `${label}${normaliseText(text)}`);
  const descriptions = elementsAt(project, 'Description').map(({ text }) => normaliseText(text));
  const [quantity] = elementsAt(project, 'EstimatedOverallContractQuantity');
  const [amount] = elementsAt(project, 'RequestedTenderTotal', 'EstimatedOverallContractAmount');
  const codes = [
    ...elementsAt(project, 'MainCommodityClassification', 'ItemClassificationCode'),
    ...elementsAt(project, 'AdditionalCommodityClassification', 'ItemClassificationCode'),
  ].map(({ attributes, text }) => `${(attributes['listName'] ?? 'cpv').toUpperCase()} ${normaliseText(text)}`);
  return [
    ...names,
    ...descriptions,
    ...(codes.length === 0 ? [] : [`Classification: ${codes.join(', ')}`]),
    ...(quantity ? [`Quantity: ${normaliseText(quantity.text)} ${quantity.attributes['unitCode'] ?? ''}`.trim()] : []),
    ...(amount ? [`Value: ${normaliseText(amount.text)} ${amount.attributes['currencyID'] ?? ''}`.trim()] : []),
  ];
}

function lotLines(lot: XmlElement): string[] {
  const deadline = elementsAt(lot, 'TenderingProcess', 'TenderSubmissionDeadlinePeriod')[0];
  const end = [xmlText(deadline, 'EndDate'), xmlText(deadline, 'EndTime')].filter(Boolean).join(' ');
  return [
    ...projectLines(elementsAt(lot, 'ProcurementProject')[0], `Lot ${xmlText(lot, 'ID') ?? ''}: `),
    ...(end === '' ? [] : [`Tenders until: ${end}`]),
  ];
}

function resultLine(result: XmlElement): string {
  const lot = xmlText(result, 'TenderLot', 'ID') ?? '';
  return `Result of ${lot}: ${[xmlText(result, 'TenderResultCode'), xmlText(result, 'DecisionReason', 'DecisionReasonCode')].filter(Boolean).join(', ')}`;
}

function companyLine(company: XmlElement): string {
  const facts = [
    xmlText(company, 'PartyName', 'Name'),
    xmlText(company, 'PartyLegalEntity', 'CompanyID'),
    xmlText(company, 'PostalAddress', 'CityName'),
    xmlText(company, 'PostalAddress', 'Country', 'IdentificationCode'),
  ];
  return `Organisation: ${facts.filter(Boolean).join(' — ')}`;
}

/** Whatever else is written for people carries the language it is written in. */
function worded(element: XmlElement): string[] {
  const own = element.attributes['languageID'] === undefined ? [] : [normaliseText(element.text)];
  return [...own, ...element.children.flatMap(worded)];
}
