import { readStreamList, type StreamList } from '#shared/model/stream-list/read-stream-list.ts';
import { fail, type Result } from '#shared/kernel/result.ts';
import type { SourceHealth, SourceSettings } from '#shared/protocol/data-source.ts';
import type { SyncTimers } from '#shared/replica/sync-surroundings.ts';
import { fetchList } from './fetch-list.ts';
import { fileMark, readListFile } from './list-file.ts';

export type SourceRunParts = {
  readonly timers: SyncTimers;
  readonly fetch: typeof fetch;
  readonly nowMs: () => number;
  /** Takes over what was read. @returns why it could not be, if so */
  readonly onList: (list: StreamList) => Promise<string | undefined>;
  readonly onHealth: () => void;
};

/** How often a file is looked at. */
const FILE_EVERY_MS = 2_000;
const MOST_PATIENCE_MS = 5 * 60_000;

/**
 * Follows one list:  wait ─▶ read ─▶ well ─▶ wait …
 *                              └───▶ ill ──▶ wait longer, at most five minutes …
 */
export class SourceRun {
  health: SourceHealth = { type: 'waiting' };
  private stopTimer: (() => void) | undefined;
  private failures = 0;
  private mark: string | null | undefined;
  private isOver = false;
  private isReading = false;
  private readonly settings: SourceSettings;
  private readonly parts: SourceRunParts;

  constructor(settings: SourceSettings, parts: SourceRunParts) {
    this.settings = settings;
    this.parts = parts;
    this.wait(0);
  }

  /** Reads it now rather than when its time comes. */
  checkNow(): void {
    this.mark = undefined;
    if (!this.isReading) this.wait(0);
  }

  stop(): void {
    this.isOver = true;
    this.stopTimer?.();
  }

  private wait(ms: number): void {
    this.stopTimer?.();
    if (this.isOver) return;
    this.stopTimer = this.parts.timers.after(ms, () => void this.look());
  }

  private async look(): Promise<void> {
    this.isReading = true;
    const text = await this.read();
    if (text !== 'unchanged' && !this.isOver) await this.take(text);
    this.isReading = false;
    this.wait(this.patienceMs());
  }

  private async read(): Promise<Result<string, string> | 'unchanged'> {
    const { settings } = this;
    if (settings.type === 'json-url') return fetchList(this.parts.fetch, settings.url);
    const mark = await fileMark(settings.path);
    // A file that is gone is told once; so is one whose content was wrong.
    if (mark === this.mark) return 'unchanged';
    this.mark = mark;
    return readListFile(settings.path);
  }

  private async take(text: Result<string, string>): Promise<void> {
    const list = text.ok ? readStreamList(text.value) : fail(text.error);
    const why = list.ok ? await this.parts.onList(list.value) : list.error;
    if (why !== undefined || !list.ok) this.fallIll(why ?? '');
    else {
      const [first] = list.value.refused;
      this.failures = 0;
      this.health = {
        type: 'well',
        atMs: this.parts.nowMs(),
        streams: list.value.streams.length,
        leftOut: list.value.refused.length,
        ...(first === undefined ? {} : { words: `Entry ${String(first.at)}: ${first.words}` }),
      };
    }
    if (!this.isOver) this.parts.onHealth();
  }

  private fallIll(words: string): void {
    const { health } = this;
    this.failures++;
    this.health = {
      type: 'ill',
      words,
      sinceMs: health.type === 'ill' ? health.sinceMs : this.parts.nowMs(),
      wellAtMs: health.type === 'well' ? health.atMs : health.type === 'ill' ? health.wellAtMs : null,
    };
  }

  private patienceMs(): number {
    if (this.settings.type === 'toml-file') return FILE_EVERY_MS;
    const everyMs = this.settings.everySeconds * 1000;
    return Math.max(everyMs, Math.min(MOST_PATIENCE_MS, everyMs * 2 ** Math.min(this.failures, 10)));
  }
}
