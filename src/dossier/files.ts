/** The files of a dossier that people and spreadsheets read, made of one set of data. Pure. */
import type { ZipMember } from '../preserve/index.js';
import { utf8 } from '../verify/index.js';
import { ftmLines } from './exports/ftm.js';
import { stixBundle } from './exports/stix.js';
import type { DossierFormat } from './formats.js';
import { readme } from './readme.js';
import { type DossierData, dossierPage } from './report/index.js';
import { tables } from './tables.js';

export function dossierFiles(data: DossierData, formats: readonly DossierFormat[]): ZipMember[] {
  const has = (format: DossierFormat): boolean => formats.includes(format);
  return [
    text('README.txt', readme(data, formats)),
    text('index.html', dossierPage(data)),
    ...(has('json') ? [text('case.json', `${JSON.stringify(data.report, null, 2)}\n`)] : []),
    ...(has('csv') ? tables(data).map(({ path, csv }) => text(path, csv)) : []),
    ...(has('ftm') ? [text('ftm/entities.json', ftmLines(data))] : []),
    ...(has('stix') ? [text('stix/bundle.json', `${JSON.stringify(stixBundle(data), null, 2)}\n`)] : []),
  ];
}

const text = (path: string, content: string): ZipMember => ({ path, bytes: utf8(content.toWellFormed()) });
