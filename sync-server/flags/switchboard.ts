import type { ActorId } from '#shared/model/ids.ts';
import type { KeyStore } from '../accounts/key-store.ts';
import { actorOfKey } from '../accounts/service-key.ts';
import { decidePauses, featuresFor, type Asker, type Pause, type Pauses } from './decide-flags.ts';
import { keyOfFlag, type Flag } from './flag.ts';
import type { FlagStore } from './flag-store.ts';

type Parts = { readonly store: FlagStore; readonly keys: Pick<KeyStore, 'list'> };

const NOTHING: Pauses = { maintenance: undefined, bots: new Map(), platforms: new Map() };

/**
 * The flags as this instance knows them. It reads them again every second, so that what another instance or the command
 * line switched acts here, too; while the database is away, what was known last holds.
 */
export class Switchboard {
  private known: readonly Flag[] = [];
  private pauses = NOTHING;
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** @throws {LogUnavailable} */
  async refresh(): Promise<void> {
    const flags = await this.parts.store.list();
    const namesBots = flags.some(({ setting }) => setting.type === 'kill' && setting.kind === 'bot');
    const keys = namesBots ? await this.parts.keys.list() : [];
    const bots = keys.map(({ id, label }) => ({ id, label, actor: actorOfKey(id) }));
    this.pauses = decidePauses(flags, bots);
    this.known = flags;
  }

  /** @returns what was there before @throws {LogUnavailable} */
  async put(flag: Flag): Promise<Flag | undefined> {
    const before = await this.parts.store.put(flag);
    await this.refresh();
    return before;
  }

  /** @returns what was there @throws {LogUnavailable} */
  async remove(key: string): Promise<Flag | undefined> {
    const before = await this.parts.store.remove(key);
    await this.refresh();
    return before;
  }

  flags(): readonly Flag[] {
    return this.known;
  }

  find(key: string): Flag | undefined {
    return this.known.find(({ setting }) => keyOfFlag(setting) === key);
  }

  maintenance(): Pause | undefined {
    return this.pauses.maintenance;
  }

  platforms(): ReadonlyMap<string, Pause> {
    return this.pauses.platforms;
  }

  /** Why nothing that somebody writes is taken now; undefined when it is. */
  pauseOf(actor: ActorId): Pause | undefined {
    return this.pauses.maintenance ?? this.pauses.bots.get(actor);
  }

  features(asker: Asker): Readonly<Record<string, boolean>> {
    return featuresFor(this.known, asker);
  }
}
