import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { ActorId, type StreamId } from '#shared/model/ids.ts';
import type { Done } from '#shared/protocol/ipc-contract.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { StatusState } from '#shared/protocol/status-state.ts';
import { FromStatusWorker } from '#shared/protocol/status-worker-messages.ts';
import type { ShownChecker, StreamRead, WorkerPresence } from '#shared/protocol/worker-presence.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { SyncTimers } from '#shared/replica/sync-surroundings.ts';
import { createListeners } from '#shared/kernel/listeners.ts';
import { createCatalogueNews, hasWork } from './catalogue-news.ts';
import { checkerOfDesk, decideChecking, isOutranked } from './decide-checking.ts';
import type { StatusSettingsFile } from './status-settings-file.ts';
import type { StartStatusWorker, StatusWorker } from './status-worker.ts';

export type StatusCheckerParts = {
  readonly replica: Pick<Replica, 'id' | 'catalogue' | 'onCatalogue' | 'sendAs'>;
  readonly file: StatusSettingsFile;
  readonly start: StartStatusWorker;
  readonly team: StatusTeam;
  readonly timers: SyncTimers;
  readonly nowMs: () => number;
};

/** What checking depends on in a team, and what the team sees of it. */
export type StatusTeam = {
  readonly isAlone: () => boolean;
  /** Whether whoever is here may write streams. */
  readonly mayWrite: () => boolean;
  /** The checkers that others show. */
  readonly checkers: () => readonly ShownChecker[];
  readonly showChecker: (shown: { checker: ShownChecker; reads: StreamRead[] } | null) => void;
  /** Asks the checkers of the team. @returns whether there are any */
  readonly askNow: (ids: readonly StreamId[]) => boolean;
};

type Run = { readonly worker: StatusWorker; readonly stop: () => void };

const SERVICE = ActorId.parse('service:status');
const LOOK_MS = 2_000;
const GATHER_MS = 200;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

/** The status checker that a desk runs by itself, in a process of its own, while nobody else in its team runs one. */
export class DeskStatusChecker {
  private lastReads: readonly StreamRead[] = [];
  private current: StatusState = { type: 'resting' };
  private run: Run | undefined;
  private isWanted: boolean;
  private unseenSinceMs: number;
  private retryMs = FIRST_RETRY_MS;
  private isClosed = false;
  private callOff: () => void = () => undefined;
  private readonly listeners = createListeners<StatusState>();
  private readonly parts: StatusCheckerParts;

  constructor(parts: StatusCheckerParts) {
    this.parts = parts;
    this.isWanted = parts.file.read();
    this.unseenSinceMs = parts.nowMs();
    this.look();
  }

  state(): StatusState {
    return this.current;
  }

  /** @returns how to stop */
  onState(listener: (state: StatusState) => void): () => void {
    return this.listeners.add(listener);
  }

  /** What the checker of this desk has read last, as a checker of a team would show it. */
  reads(): WorkerPresence {
    return { reads: [...this.lastReads] };
  }

  setWanted(isWanted: boolean): Result<Done, Refusal> {
    this.isWanted = isWanted;
    const isKept = this.parts.file.write(isWanted);
    this.decide();
    return isKept
      ? ok({})
      : ok({ words: 'This could not be kept: after the next start it is as it was before.' });
  }

  /** Asks about these streams now, here or wherever the team's checkers are. */
  checkNow(ids: readonly StreamId[]): Result<Done, Refusal> {
    this.run?.worker.tell({ type: 'check-now', ids: [...ids] });
    const asks = this.parts.team.askNow(ids);
    return asks || this.run !== undefined
      ? ok({ words: 'Asked. The answer shows in a moment.' })
      : fail(NOBODY);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.callOff();
    const { run } = this;
    this.run = undefined;
    run?.stop();
    await run?.worker.stop();
    this.listeners.clear();
  }

  private look(): void {
    if (this.isClosed) return;
    this.decide();
    this.callOff = this.parts.timers.after(LOOK_MS, () => this.look());
  }

  private decide(): void {
    const { team, nowMs, replica } = this.parts;
    const isBehind = isOutranked(checkerOfDesk(replica.id), team.checkers());
    if (isBehind) this.unseenSinceMs = nowMs();
    const wanted = decideChecking({
      isWanted: this.isWanted,
      isAlone: team.isAlone(),
      mayWrite: team.mayWrite(),
      isRunning: this.run !== undefined,
      isOutranked: isBehind,
      unseenSinceMs: this.unseenSinceMs,
      nowMs: nowMs(),
    });
    if (wanted === 'run' && (this.run !== undefined || hasWork(replica.catalogue()))) {
      const { current } = this;
      if (this.run === undefined && !(current.type === 'failed' && nowMs() < current.againAtMs)) this.begin();
      return;
    }
    this.end();
    if (!team.isAlone() && wanted === 'off') this.unseenSinceMs = nowMs();
    this.tell({ type: wanted === 'off' ? 'off' : 'resting' });
  }

  private begin(): void {
    this.tell({ type: 'starting' });
    const news = createCatalogueNews();
    let cancel = (): void => undefined;
    let isWaiting = false;
    const send = (): void => {
      isWaiting = false;
      const next = news.next(this.parts.replica.catalogue());
      if (next !== undefined) worker.tell(next);
    };
    const worker = this.parts.start({
      onMessage: (message) => {
        if (this.run?.worker === worker) this.hear(message, worker, send);
      },
      onEnd: () => {
        if (this.run?.worker === worker) this.fell();
      },
    });
    const unfollow = this.parts.replica.onCatalogue(() => {
      if (isWaiting) return;
      isWaiting = true;
      cancel = this.parts.timers.after(GATHER_MS, send);
    });
    const stop = (): void => {
      cancel();
      unfollow();
    };
    this.run = { worker, stop };
  }

  private hear(message: unknown, worker: StatusWorker, sendNews: () => void): void {
    const read = FromStatusWorker.safeParse(message);
    if (!read.success) return;
    const { data } = read;
    if (data.type === 'ready') return sendNews();
    if (data.type === 'shows') {
      this.retryMs = FIRST_RETRY_MS;
      const checker = { ...data.checker, name: checkerOfDesk(this.parts.replica.id) };
      this.lastReads = data.reads;
      this.parts.team.showChecker({ checker, reads: data.reads });
      return this.tell({ type: 'running', checker });
    }
    const { n, command } = data;
    void this.parts.replica.sendAs(SERVICE, { document: 'catalogue', command }).then((done) => {
      worker.tell({ type: 'done', n, ...(done.ok ? {} : { refusal: done.error }) });
    });
  }

  private fell(): void {
    this.release();
    const againAtMs = this.parts.nowMs() + this.retryMs;
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
    this.tell({ type: 'failed', words: 'The status checker ended by itself.', againAtMs });
  }

  private end(): void {
    const worker = this.release();
    void worker?.stop();
  }

  private release(): StatusWorker | undefined {
    const { run } = this;
    this.run = undefined;
    run?.stop();
    if (run !== undefined) this.parts.team.showChecker(null);
    return run?.worker;
  }

  private tell(state: StatusState): void {
    if (JSON.stringify(state) === JSON.stringify(this.current)) return;
    this.current = state;
    this.listeners.tell(state);
  }
}

const NOBODY: Refusal = {
  reason: 'not-found',
  message: 'Nobody checks streams now: this machine’s checker is off, and the team has none.',
  retryable: true,
};
