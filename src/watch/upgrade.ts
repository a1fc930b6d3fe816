/** Fetching what calendars have promised: the way from a kept proof to a Bitcoin block. */
import { type CalendarOutcome, type CallTsa, upgradeOts } from '../preserve/index.js';
import type { Store } from '../store/index.js';
import { readOts } from '../verify/index.js';

export interface UpgradeOptions {
  /** Calendars that may be asked beside the known ones (`log.ots`). */
  named: readonly string[];
  call: CallTsa;
}

export interface UpgradeOutcome {
  size: number;
  /** `N.ots` in `stamped/SIZE`. */
  name: string;
  /** `block`: it leads to one now. `pending`: not yet. `broken`: it cannot be read, which `fsck` says too. */
  outcome: 'block' | 'pending' | 'broken';
  /** Each block it leads to now, the Merkle root as explorers show it. */
  blocks: { height: number; root: string }[];
  calendars: CalendarOutcome[];
}

/** Every kept proof that leads to no block yet; one block is enough. */
export async function upgradeStamps(
  { stamps }: Store['log'],
  { named, call }: UpgradeOptions,
): Promise<UpgradeOutcome[]> {
  const done: UpgradeOutcome[] = [];
  for (const size of await stamps.sizes()) {
    const finished = new Set((await stamps.finished(size)).map(({ name }) => name));
    for (const { name, bytes } of await stamps.proofs(size)) {
      if (finished.has(name)) continue;
      const at = { size, name };
      try {
        const { outcomes: calendars, proof } = await upgradeOts({ bytes, named, call });
        const grown = proof !== undefined && (await stamps.replace(size, name, proof));
        const blocks = await blocksOf(grown ? proof : bytes);
        done.push({ ...at, outcome: blocks.length > 0 ? 'block' : 'pending', blocks, calendars });
      } catch (thrown) {
        if ((thrown as { code?: unknown }).code !== 'BAD_INPUT') throw thrown;
        const detail = (thrown as Error).message;
        done.push({ ...at, outcome: 'broken', blocks: [], calendars: [{ name, outcome: 'refused', detail }] });
      }
    }
  }
  return done;
}

async function blocksOf(proof: Uint8Array): Promise<UpgradeOutcome['blocks']> {
  const { attestations } = await readOts(proof);
  return attestations.flatMap((each) =>
    each.kind === 'bitcoin' ? [{ height: each.height, root: each.message.match(/../g)!.reverse().join('') }] : [],
  );
}
