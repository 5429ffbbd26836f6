import { Map as PersistentMap } from 'immutable';
import type { StreamerId } from '../model/ids.ts';
import { AccountBook, type Claimant } from './account-book.ts';
import type { LiveRecords } from './live-records.ts';
import { accountField } from './read-catalogue-record.ts';
import { updateTable } from './shown-table.ts';
import type { StreamerView } from './view.ts';

/** Streamers as they are shown: each account once, with the streamer whose it is. */
export class ShownStreamers {
  private readonly records: LiveRecords<Claimant>;
  private readonly accounts = new AccountBook();
  private shown = PersistentMap<StreamerId, StreamerView>();

  constructor(records: LiveRecords<Claimant>) {
    this.records = records;
  }

  /** Follows the records; gives the ids whose view is another now. */
  refresh(): ReadonlySet<StreamerId> {
    const dirty = new Set<StreamerId>();
    for (const [id, before] of this.records.refresh()) {
      dirty.add(id as StreamerId);
      for (const other of this.accounts.note(before, this.records.get(id))) dirty.add(other);
    }
    const changed = new Set<StreamerId>();
    if (dirty.size === 0) return changed;
    this.shown = this.shown.withMutations((table) => {
      for (const id of dirty) if (updateTable(table, id, this.show(id))) changed.add(id);
    });
    return changed;
  }

  table(): PersistentMap<StreamerId, StreamerView> {
    return this.shown;
  }

  /** The fields of accounts that are stored and not shown, as they are others'. */
  decidedAccounts(): ReadonlyMap<StreamerId, readonly string[]> {
    return new Map([...this.accounts.decided()].map(([id, lost]) => [id, lost.map(accountField)]));
  }

  private show(id: StreamerId): StreamerView | undefined {
    const view = this.records.get(id)?.view;
    const accounts = view?.accounts.filter((account) => this.accounts.isShown(id, account));
    if (view === undefined || accounts?.length === view.accounts.length) return view;
    return { ...view, accounts: accounts ?? [] };
  }
}
