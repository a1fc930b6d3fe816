/**
 * Appends of one process that wait for the same lease go into the log as one batch: one lease, one set of files, one signed
 * checkpoint for all of them. Each is answered when that is durable, never before.
 */

/** More leaves than this in one batch hold up the lease for others; the rest goes with the next. */
const MOST = 4_096;

interface Waiting<In, Out> {
  items: readonly In[];
  done: (out: Out[]) => void;
  failed: (error: unknown) => void;
}

export class GroupCommit<In, Out> {
  private readonly commit: (take: () => In[]) => Promise<Out[]>;
  private waiting: Waiting<In, Out>[] = [];
  private running = false;

  /**
   * `commit` takes what is there once it holds the lease, in one call of `take`, and gives one result an item, in their order.
   * When it throws, everybody whose items it took is told; when it took none, everybody who waits.
   */
  constructor(commit: (take: () => In[]) => Promise<Out[]>) {
    this.commit = commit;
  }

  add(items: readonly In[]): Promise<Out[]> {
    return new Promise((done, failed) => {
      this.waiting.push({ items, done, failed });
      void this.run(); // never rejects: each is told by itself
    });
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    while (this.waiting.length > 0) await this.runOnce();
    this.running = false;
  }

  private async runOnce(): Promise<void> {
    let taken: Waiting<In, Out>[] | undefined;
    try {
      const out = await this.commit(() => (taken = this.take()).flatMap(({ items }) => items));
      let from = 0;
      for (const { items, done } of taken ?? []) done(out.slice(from, (from += items.length)));
    } catch (error) {
      for (const { failed } of taken ?? this.waiting.splice(0)) failed(error);
    }
  }

  private take(): Waiting<In, Out>[] {
    let count = 0;
    // At least one, however long.
    const until = this.waiting.findIndex(({ items }, at) => (count += items.length) > MOST && at > 0);
    return this.waiting.splice(0, until < 0 ? this.waiting.length : until);
  }
}
