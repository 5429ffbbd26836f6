import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { ActorId, type StreamId } from '#shared/model/ids.ts';
import type { ListedFields } from '#shared/model/stream-list/read-stream-record.ts';
import type { StreamList } from '#shared/model/stream-list/read-stream-list.ts';
import { MAX_SOURCES, type SourceSettings, type SourceView } from '#shared/protocol/data-source.ts';
import type { Done } from '#shared/protocol/ipc-contract.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Replica } from '#shared/replica/replica.ts';
import { createListeners } from '#shared/kernel/listeners.ts';
import { planSourceNews } from './plan-source-news.ts';
import type { KeptSource, SourceSettingsFile } from './source-settings-file.ts';
import { SourceRun, type SourceRunParts } from './source-run.ts';

export type DataSourcesParts = Pick<SourceRunParts, 'timers' | 'fetch' | 'nowMs'> & {
  readonly replica: Pick<Replica, 'catalogue' | 'sendAs'>;
  readonly file: SourceSettingsFile;
  readonly newId: () => string;
};

/** What a list says is nobody's to undo. */
const SOURCES = ActorId.parse('rule:data-source');
/** So many edits are stored together. */
const AT_ONCE = 500;

type Followed = KeptSource & { readonly run: SourceRun };

/** The lists that this desk follows, each by itself: one that is slow or wrong holds up no other. */
export class DataSources {
  private followed: readonly Followed[];
  private readonly listeners = createListeners<readonly SourceView[]>();
  private readonly parts: DataSourcesParts;

  constructor(parts: DataSourcesParts) {
    this.parts = parts;
    this.followed = parts.file.read().map((kept) => this.follow(kept));
  }

  state(): readonly SourceView[] {
    return this.followed.map(({ id, settings, run }) => ({ id, settings, health: run.health }));
  }

  /** @returns how to stop */
  onState(listener: (state: readonly SourceView[]) => void): () => void {
    return this.listeners.add(listener);
  }

  add(settings: SourceSettings): Result<Done, Refusal> {
    const text = JSON.stringify(settings);
    if (this.followed.some((one) => JSON.stringify(one.settings) === text))
      return refuse('unchanged', 'This list is followed already.');
    if (this.followed.length >= MAX_SOURCES)
      return refuse('limit', `A desk follows ${String(MAX_SOURCES)} lists at most.`);
    return this.keep([...this.followed, this.follow({ id: this.parts.newId(), settings })]);
  }

  /** The streams that came from it stay. */
  remove(id: string): Result<Done, Refusal> {
    const found = this.followed.find((one) => one.id === id);
    if (found === undefined) return refuse('not-found', 'This list is not followed (any more).');
    found.run.stop();
    return this.keep(this.followed.filter((one) => one !== found));
  }

  check(id: string): Result<Done, Refusal> {
    const found = this.followed.find((one) => one.id === id);
    found?.run.checkNow();
    return found === undefined
      ? refuse('not-found', 'This list is not followed (any more).')
      : ok({ words: 'It is being read.' });
  }

  close(): void {
    for (const { run } of this.followed) run.stop();
    this.listeners.clear();
  }

  private follow(kept: KeptSource): Followed {
    const { timers, fetch, nowMs } = this.parts;
    const said = new Map<StreamId, ListedFields>();
    const run = new SourceRun(kept.settings, {
      timers,
      fetch,
      nowMs,
      onList: async (list) => this.take(list, said),
      onHealth: () => this.listeners.tell(this.state()),
    });
    return { ...kept, run };
  }

  /** @returns why the list could not be taken over, if so */
  private async take(list: StreamList, said: Map<StreamId, ListedFields>): Promise<string | undefined> {
    const { replica } = this.parts;
    const catalogue = replica.catalogue();
    const news = planSourceNews(list.streams, said, (id) => catalogue.streams.get(catalogue.resolve(id)));
    for (let from = 0; from < news.length; from += AT_ONCE) {
      const some = news.slice(from, from + AT_ONCE);
      const answers = await Promise.all(
        some.map(async (command) => replica.sendAs(SOURCES, { document: 'catalogue', command })),
      );
      // Told again the next time; what only this one stream may not be is no reason to hold up the others.
      const stopped = answers.find((answer) => !answer.ok && STOPPING.has(answer.error.reason));
      if (stopped?.ok === false) return stopped.error.message;
      const [first] = answers;
      if (first?.ok === false && answers.every((one) => !one.ok && one.error.reason === 'forbidden'))
        return first.error.message;
    }
    said.clear();
    for (const { id, fields } of list.streams) said.set(id, fields);
    return undefined;
  }

  private keep(followed: readonly Followed[]): Result<Done, Refusal> {
    this.followed = followed;
    this.listeners.tell(this.state());
    return this.parts.file.write(followed.map(({ id, settings }) => ({ id, settings })))
      ? ok({})
      : ok({ words: 'This could not be kept: after the next start it is as it was before.' });
  }
}

const STOPPING: ReadonlySet<Refusal['reason']> = new Set<Refusal['reason']>(['not-stored', 'limit']);

const refuse = (reason: Refusal['reason'], message: string): Result<Done, Refusal> =>
  fail({ reason, message, retryable: false });
