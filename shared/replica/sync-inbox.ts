import type { DocumentName } from './replica-store.ts';
import type { ReplicaSync } from './replica-sync.ts';

type Item =
  | { readonly type: 'update'; readonly update: Uint8Array; readonly isAnswer: boolean }
  | { readonly type: 'saved'; readonly edit: number }
  | { readonly type: 'refused'; readonly edit: number; readonly reason: string };

type InboxEvents = {
  /** All that the server holds is on disk here. */
  readonly onInStep: () => void;
  /** It could not be put on disk here: the line is of no use until it can. */
  readonly onFailure: (words: string) => void;
};

/**
 * What came over a line for one document, on its way to the replica: one thing after the other, in the order in which it
 * came, what is of a kind together.
 */
export class SyncInbox {
  private items: Item[] = [];
  private isBusy = false;
  /** Counts the lines: what is left of an earlier one is of no interest. */
  private line = 0;
  /** After a refusal edits are replaced by others, so that each `saved` has to be told by its own number. */
  private isAnyRefused = false;
  private readonly sync: ReplicaSync;
  private readonly name: DocumentName;
  private readonly events: InboxEvents;

  constructor(sync: ReplicaSync, name: DocumentName, events: InboxEvents) {
    this.sync = sync;
    this.name = name;
    this.events = events;
  }

  /** The line has ended. */
  clear(): void {
    this.items = [];
    this.line += 1;
    this.isAnyRefused = false;
  }

  put(...items: readonly Item[]): void {
    this.items.push(...items);
    void this.work();
  }

  private async work(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    while (this.items.length > 0) {
      const { line } = this;
      const failure = await this.perform(this.takeRun());
      if (failure !== undefined && line === this.line) this.events.onFailure(failure);
    }
    this.isBusy = false;
  }

  /** Things of one kind that came one after the other. */
  private takeRun(): readonly Item[] {
    const [first] = this.items;
    if (first === undefined) return [];
    const end = this.items.findIndex(({ type }) => type !== first.type);
    return this.items.splice(0, end === -1 ? this.items.length : end);
  }

  /** @returns why it could not be done, in words */
  private async perform(run: readonly Item[]): Promise<string | undefined> {
    const { line } = this;
    const updates = run.flatMap((item) => (item.type === 'update' ? [item] : []));
    if (updates.length > 0) {
      const taken = await this.sync.receive(
        this.name,
        updates.map(({ update }) => update),
      );
      if (!taken.ok) return taken.error.words;
      if (line === this.line && updates.some(({ isAnswer }) => isAnswer)) this.events.onInStep();
      return undefined;
    }
    const refused = run.flatMap((item) =>
      item.type === 'refused' ? [{ n: item.edit, reason: item.reason }] : [],
    );
    if (refused.length > 0) {
      this.isAnyRefused = true;
      const done = await this.sync.markRefused(this.name, refused);
      return done.ok ? undefined : done.error.words;
    }
    const saved = run.flatMap((item) => (item.type === 'saved' ? [item.edit] : []));
    for (const edit of this.isAnyRefused ? saved : saved.slice(-1)) {
      const done = await this.sync.markSaved(this.name, edit);
      if (!done.ok) return done.error.words;
    }
    return undefined;
  }
}
