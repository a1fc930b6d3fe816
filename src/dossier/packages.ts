/** Each exhibit of a dossier once more as a WACZ, for players. */
import { join } from 'node:path';
import type { LoggedRecord } from '../model/index.js';
import { loadOrCreatePackageKey } from '../preserve/index.js';
import type { ExhibitRow, Store } from '../store/index.js';
import type { Redaction } from '../verify/index.js';
import { buildPackage } from './package.js';
import type { LaterFile, Publication } from './publication.js';

export interface PackagesOrder {
  store: Store;
  exhibits: readonly ExhibitRow[];
  records: readonly LoggedRecord[];
  redactions: readonly Redaction[];
  created: Date;
  software: string;
  publication: Publication;
  /** Most bytes of the captures together. */
  maxBytes: number;
}

export interface Packages {
  files: LaterFile[];
  /** Places in the bundle by the exhibit's id. */
  places: Map<string, string>;
  /** Why exhibits have none; absent where all have one. */
  without?: string;
}

/** A capture from which records were left out has none: a WACZ cannot say what is missing. Those beyond the limit have none either. */
export async function waczPackages(order: PackagesOrder): Promise<Packages> {
  const { store, exhibits, records, redactions, created, software, publication, maxBytes } = order;
  const cut = new Set(redactions.map(({ exhibit }) => exhibit));
  const whole = exhibits.filter(({ hash }) => !cut.has(hash));
  const made: Packages = { files: [], places: new Map() };
  let [bytes, beyond] = [0, 0];
  for (const each of whole) {
    bytes += each.record.warc.length;
    if (bytes > maxBytes) {
      beyond += 1;
      continue;
    }
    const path = `wacz/${each.id}.wacz`;
    const { rules } = publication;
    const wacz = await buildPackage({
      ...{ created, software, log: store.log, vault: store.vault, exhibits: [each], publication: { rules } },
      title: `exhibit ${each.id} of ${each.record.url}`,
      records: records.filter(({ hash }) => hash === each.hash),
      leaking: each.reading.leaksObserver ? [each.hash] : [],
      signer: await loadOrCreatePackageKey(join(store.dir, 'keys')),
    });
    made.files.push({ path, bytes: wacz, searched: true });
    made.places.set(each.id, path);
  }
  const reasons = [
    ...(beyond === 0
      ? []
      : [
          `${beyond} of ${exhibits.length} exhibits have no WACZ here: the captures have more than ${maxBytes} bytes together, the limit publish.wacz.maxBytes`,
        ]),
    ...(whole.length === exhibits.length
      ? []
      : [
          `${exhibits.length - whole.length} of ${exhibits.length} exhibits have no WACZ here, as records were left out of them`,
        ]),
  ];
  return reasons.length === 0 ? made : { ...made, without: `${reasons.join('; ')}. Their WARC files are here.` };
}
