/** What the check before publication must be told: the operator’s own values, this machine’s names and addresses, and how bodies are decoded. */
import { hostname, networkInterfaces } from 'node:os';
import { AsPostedError, type Settings } from '../model/index.js';
import { decodeResponse } from './replay.js';
import type { CaseDossierOptions, PublishRules } from '../dossier/index.js';
import { listKinds } from '../screen/index.js';
import type { Parts } from './parts.js';

/** Asks the system for its names once a bundle. Throws BAD_SETTING for an entry that would be found in every text. */
export function publishRules({ settings }: { settings: Settings }): PublishRules {
  const declared = settings['publish.own'];
  for (const each of declared) {
    if (/^[\p{Script=Latin}\p{Script=Cyrillic}\d]{1,2}$/u.test(each))
      throw new AsPostedError({
        code: 'BAD_SETTING',
        message: 'publish.own holds an entry of one or two letters, which stands in every text',
        hint: 'Write the whole name, address or e-mail; one with blanks as an entry of the list in asposted.yaml.',
      });
  }
  const addresses = Object.values(networkInterfaces()).flatMap((each) =>
    (each ?? []).filter(({ internal }) => !internal),
  );
  return {
    declared,
    machine: [hostname(), ...addresses.map(({ address }) => address)],
    decode: async (bytes) => {
      const { body, text } = await decodeResponse(bytes);
      return { body, text };
    },
  };
}

/** What a dossier is made with besides the case and the check before publication. */
export async function dossierTools({
  store,
  clock,
  software,
  settings,
}: Pick<Parts, 'store' | 'clock' | 'software' | 'settings'>): Promise<Omit<CaseDossierOptions, 'publication'>> {
  const kinds = await listKinds();
  const listNames = Object.fromEntries(kinds.map(({ list, title }) => [list, title]));
  return {
    ...{ store, created: clock.now(), software, listNames },
    waczMaxBytes: settings['publish.wacz.maxBytes'],
  };
}
