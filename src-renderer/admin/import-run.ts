import type { AdminApi } from './admin-api.ts';
import type { ImportKeeper } from './import-keeper.ts';
import type { ImportState } from './import-state.ts';
import type { ReadImport, Rows } from './read-import.ts';
import { sendRows, type SentRows } from './send-rows.ts';

const AT_ONCE = 100;
const MAX_REFUSED_KEPT = 500;

/**
 * A person's import: goes on while they look at other pages, and is kept in the browser, so that one that was interrupted by
 * a reload, a crash or a server that was away goes on where it was.
 */
export class ImportRun {
  private state: ImportState | undefined;
  private rows: Rows = [];
  private isStopped = false;
  private readonly listeners = new Set<() => void>();
  private readonly api: Pick<AdminApi, 'send'>;
  private readonly keeper: ImportKeeper;

  constructor(api: Pick<AdminApi, 'send'>, keeper: ImportKeeper) {
    this.api = api;
    this.keeper = keeper;
  }

  readonly now = (): ImportState | undefined => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Finds what was interrupted; it goes on when somebody says so. */
  async load(): Promise<void> {
    const kept = await this.keeper.read();
    if (kept === undefined || this.state !== undefined) return;
    this.rows = kept.rows;
    this.show({ ...kept.state, isRunning: false });
  }

  async begin({ kind, rows, leftOut }: ReadImport, name: string): Promise<void> {
    if (this.state?.isRunning === true) return;
    this.rows = rows;
    const counts = { done: 0, all: rows.length, leftOut, added: 0, known: 0, refused: 0 };
    const state = { kind, name, isRunning: true, ...counts, refusedRows: [] };
    this.show(state);
    await this.keeper.keep(rows, state);
    await this.run(state);
  }

  async goOn(): Promise<void> {
    const { state } = this;
    if (state === undefined || state.isRunning || state.done >= state.all) return;
    await this.run({ ...state, isRunning: true, problem: undefined });
  }

  stop(): void {
    this.isStopped = true;
  }

  async forget(): Promise<void> {
    if (this.state?.isRunning === true) return;
    this.rows = [];
    this.show(undefined);
    await this.keeper.forget();
  }

  private async run(begun: ImportState): Promise<void> {
    let state = begun;
    this.isStopped = false;
    this.show(state);
    while (state.done < state.all && !this.isStopped && state.problem === undefined) {
      const some = this.rows.slice(state.done, state.done + AT_ONCE);
      const sent = await sendRows(state.kind, some, state.done, this.api);
      state = sent.ok ? counted(state, some.length, sent.value) : { ...state, problem: sent.error };
      this.show(state);
      await this.keeper.note(state);
    }
    this.show({ ...state, isRunning: false });
    if (state.done >= state.all) await this.keeper.forget();
  }

  private show(state: ImportState | undefined): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

function counted(state: ImportState, sent: number, { added, refused }: SentRows): ImportState {
  return {
    ...state,
    done: state.done + sent,
    added: state.added + added,
    known: state.known + sent - added - refused.length,
    refused: state.refused + refused.length,
    refusedRows: [...state.refusedRows, ...refused].slice(0, MAX_REFUSED_KEPT),
  };
}
